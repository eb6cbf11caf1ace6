"""Every table of this app at once, for a new center; an older one takes the single steps instead."""

import centro.core.clock
import centro.core.vault.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from centro.core.migrating import Tables


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_merges'),
        ('people', '0003_imports_and_exports'),
        ('people', '0004_list_indexes'),
        ('people', '0005_tags'),
        ('people', '0006_versions_of_parts'),
        ('people', '0007_buildings'),
        ('people', '0008_share_buildings'),
        ('people', '0009_homes_in_buildings'),
        ('people', '0010_networks'),
        ('people', '0011_texts'),
        ('people', '0012_export_shapes'),
        ('people', '0013_masked_strays'),
    ]

    initial = True

    dependencies = [
        ('core', '__first__'),
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='Employer',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='employer', null=True)),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=120, mask='', null=True)),
                    ('aliases', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Household',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ],
            ),
            migrations.CreateModel(
                name='StoppedNumber',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('mark', models.BinaryField(max_length=16, unique=True)),
                    ('language', models.CharField(blank=True, max_length=3)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                ],
            ),
            migrations.CreateModel(
                name='StrayText',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='stray-text', null=True)),
                    ('number', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20, mask='phone', null=True)),
                    ('words', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=3, limit=1600, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('provider_id', models.CharField(max_length=64, unique=True)),
                    ('settled_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Tag',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='tag', null=True)),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=40, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                ],
                options={
                    'ordering': ('at',),
                },
            ),
            migrations.CreateModel(
                name='Building',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='building', null=True)),
                    ('street', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=160, mask='', null=True)),
                    ('city', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=60, mask='', null=True)),
                    ('zip', models.CharField(blank=True, max_length=5)),
                    ('folded_mark', centro.core.vault.fields.BlindIndex(db_index=True, max_length=16, null=True, of='folded')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('folded_mark',), name='building_once')],
                },
            ),
            migrations.CreateModel(
                name='ImportBatch',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='import', null=True)),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=200, mask='', null=True)),
                    ('header', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=4000, mask='', null=True)),
                    ('columns', models.JSONField(default=list)),
                    ('state', models.CharField(choices=[('mapping', 'Choose columns'), ('checking', 'Being checked'), ('checked', 'Checked'), ('adding', 'Being added'), ('done', 'Added'), ('undone', 'Undone')], default='mapping', max_length=10)),
                    ('total', models.PositiveIntegerField(default=0)),
                    ('done', models.PositiveIntegerField(default=0)),
                    ('adds_alike', models.BooleanField(default=False)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-at',),
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='person-identity', null=True)),
                    ('given', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('family', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('family2', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('native', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('romanized', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=120, mask='', null=True)),
                    ('call_me', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=60, mask='', null=True)),
                    ('birth_year', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=4, mask='', null=True)),
                    ('age_band', models.CharField(blank=True, choices=[('under_18', 'Under 18'), ('18_24', '18 to 24'), ('25_34', '25 to 34'), ('35_44', '35 to 44'), ('45_54', '45 to 54'), ('55_64', '55 to 64'), ('65_plus', '65 or older')], max_length=10)),
                    ('language', models.CharField(choices=[('en', 'English'), ('es', 'Español'), ('ko', '한국어'), ('zap', 'Dizhsa (Zapoteco)'), ('quc', 'K’iche’'), ('mam', 'Mam'), ('kjb', 'Q’anjob’al'), ('mix', 'Tu’un Savi (Mixteco)'), ('zh', '中文'), ('tl', 'Tagalog'), ('vi', 'Tiếng Việt'), ('bn', 'বাংলা'), ('th', 'ไทย'), ('hy', 'Հայերեն'), ('ru', 'Русский'), ('ne', 'नेपाली'), ('pt', 'Português'), ('ar', 'العربية'), ('fa', 'فارسی'), ('am', 'አማርኛ')], default='en', max_length=3)),
                    ('languages', models.JSONField(default=list)),
                    ('zip', models.CharField(blank=True, db_index=True, max_length=5)),
                    ('met_through', models.CharField(blank=True, choices=[('walk_in', 'Walked in'), ('phone', 'Called us'), ('friend', 'A friend or relative'), ('visit', 'House visit'), ('workplace', 'At their workplace'), ('event', 'Event or meeting'), ('outreach', 'Street outreach'), ('referral', 'Sent by another organization'), ('online', 'Website or social media'), ('corner', 'Day-labor corner')], max_length=12)),
                    ('member_number', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20, mask='', null=True)),
                    ('member_number_mark', centro.core.vault.fields.BlindIndex(db_index=True, max_length=16, null=True, of='member_number')),
                    ('safe_contact', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('restricted_at', models.DateTimeField(null=True)),
                    ('added_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('changed_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='people.household')),
                    ('import_batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='people.importbatch')),
                    ('in_care_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged', to='people.person')),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('merged_into__isnull', True), ('restricted_at__isnull', True)), fields=['-changed_at', 'id'], name='person_recent'), models.Index(condition=models.Q(('merged_into__isnull', True), ('restricted_at__isnull', True)), fields=['language', '-changed_at', 'id'], name='person_recent_in'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='person_merged')],
                },
            ),
            migrations.CreateModel(
                name='NotSame',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='not_same_once')],
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('channel', models.CharField(choices=[('call', 'Call'), ('text', 'Text message'), ('email', 'E-mail')], max_length=6)),
                    ('inbox', models.CharField(choices=[('desk', 'Front desk'), ('organizing', 'Organizing')], default='desk', max_length=10)),
                    ('is_incoming', models.BooleanField(default=False)),
                    ('is_confirmation', models.BooleanField(default=False)),
                    ('to', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=254, mask='phone', null=True)),
                    ('words', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=3, limit=1600, mask='', null=True)),
                    ('language', models.CharField(max_length=3)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('state', models.CharField(choices=[('outbox', 'in the outbox'), ('waiting', 'about to be sent'), ('sending', 'being sent'), ('sent', 'sent'), ('delivered', 'arrived'), ('failed', 'did not arrive'), ('unsure', 'not sure whether it was sent'), ('stopped', 'held back'), ('received', 'came in')], default='outbox', max_length=10)),
                    ('state_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('failure', models.CharField(blank=True, max_length=12)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('next_at', models.DateTimeField(null=True)),
                    ('provider_id', models.CharField(max_length=64, null=True, unique=True)),
                    ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='people.person')),
                ],
                options={
                    'ordering': ('-at', 'id'),
                    'indexes': [models.Index(fields=['person', 'inbox', '-at'], name='message_of_person'), models.Index(condition=models.Q(('state__in', ('waiting', 'sending'))), fields=['next_at'], name='message_waiting')],
                },
            ),
            migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('moved', models.JSONField(default=dict)),
                    ('filled', models.JSONField(default=list)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('undone_at', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='people.person')),
                ],
            ),
            migrations.CreateModel(
                name='Involvement',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('scope_kind', models.CharField(max_length=20)),
                    ('scope', models.UUIDField()),
                    ('since', models.DateTimeField(default=centro.core.clock.now)),
                    ('until', models.DateTimeField(null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='involvements', to='people.person')),
                ],
                options={
                    'indexes': [models.Index(fields=['person', 'scope'], name='involvement_of'), models.Index(fields=['scope'], name='involvement_in')],
                },
            ),
            migrations.CreateModel(
                name='Email',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('address', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=254, mask='email', null=True)),
                    ('address_mark', centro.core.vault.fields.BlindIndex(db_index=True, max_length=16, null=True, of='address')),
                    ('shared_with', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='emails', to='people.person')),
                ],
                options={
                    'ordering': ('at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(choices=[('keep_file', 'Keep my file'), ('call', 'Call me'), ('text', 'Text me'), ('email', 'E-mail me'), ('attorney', 'Show my file to an attorney'), ('clinic', 'Tell the clinic that I want help'), ('agency', 'Send my papers to an agency'), ('organizer', 'Let an organizer see my contact details'), ('story', 'Use my photo or story'), ('matching', 'Match me with co-workers of the same employer')], max_length=12)),
                    ('text', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=4000, mask='', null=True)),
                    ('text_version', models.CharField(max_length=12)),
                    ('language', models.CharField(max_length=3)),
                    ('how', models.CharField(choices=[('spoken', 'Said so'), ('signed', 'Signed on paper'), ('texted', 'By text message')], max_length=8)),
                    ('taken_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('expires_on', models.DateField(null=True)),
                    ('withdrawn_at', models.DateTimeField(null=True)),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.person')),
                ],
                options={
                    'ordering': ('-taken_at', 'id'),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('person', 'purpose'), name='consent_one_live_per_purpose')],
                },
            ),
            migrations.CreateModel(
                name='Phone',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20, mask='phone', null=True)),
                    ('number_mark', centro.core.vault.fields.BlindIndex(db_index=True, max_length=16, null=True, of='number')),
                    ('kind', models.CharField(choices=[('mobile', 'Mobile'), ('home', 'Home'), ('work', 'Work'), ('other', 'Somebody else’s')], default='mobile', max_length=10)),
                    ('text_ok', models.BooleanField(default=False)),
                    ('voicemail_ok', models.BooleanField(default=False)),
                    ('from_hour', models.TimeField(null=True)),
                    ('to_hour', models.TimeField(null=True)),
                    ('shared_with', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='people.person')),
                ],
                options={
                    'ordering': ('at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Purge',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('person_id', models.UUIDField(db_index=True)),
                    ('vault', models.UUIDField(null=True)),
                    ('basis', models.CharField(choices=[('asked', 'The person asked for it'), ('retention', 'Kept long enough'), ('mistake', 'Recorded by mistake')], max_length=10)),
                    ('no_dispute_expected', models.BooleanField(default=False)),
                    ('proposed_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('due_on', models.DateField()),
                    ('done_at', models.DateTimeField(null=True)),
                    ('cancelled_at', models.DateTimeField(null=True)),
                    ('rows', models.PositiveIntegerField(default=0)),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('done_at__isnull', True)), fields=('person_id',), name='purge_once_open'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='purge_needs_two_people')],
                },
            ),
            migrations.CreateModel(
                name='Referral',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('to', models.CharField(choices=[('clinic', 'The clinic'), ('organizing', 'An organizer')], max_length=10)),
                    ('topic', models.CharField(blank=True, choices=[('', '—'), ('pay', 'Pay'), ('fired', 'Lost the job'), ('treated_differently', 'Treated differently or harassed'), ('punished', 'Punished for speaking up'), ('benefits', 'Benefits denied'), ('injured', 'Hurt at work'), ('other', 'Something else')], max_length=20)),
                    ('call_name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('safe_time', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('tells_day', models.BooleanField(default=False)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('intake', models.UUIDField(null=True)),
                    ('campaign', models.UUIDField(null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.consent')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='referrals', to='people.person')),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-at', 'id'),
                    'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['to', '-at'], name='referral_waiting')],
                },
            ),
            migrations.CreateModel(
                name='Residency',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('unit', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20, mask='', null=True)),
                    ('tenure', models.CharField(blank=True, choices=[('tenant', 'Tenant'), ('housemate', 'Housemate'), ('live_in', 'Lives where they work'), ('other', 'Other')], max_length=10)),
                    ('from_on', models.DateField(null=True)),
                    ('to_on', models.DateField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('building', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residencies', to='people.building')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='residencies', to='people.person')),
                ],
                options={
                    'ordering': ('-from_on', 'id'),
                },
            ),
            migrations.CreateModel(
                name='SameAs',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('why', models.CharField(max_length=20)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('one', 'other'), name='same_as_once')],
                },
            ),
            migrations.CreateModel(
                name='Tagging',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='people.person')),
                    ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taggings', to='people.tag')),
                ],
                options={
                    'ordering': ('at',),
                    'constraints': [models.UniqueConstraint(fields=('person', 'tag'), name='tag_once_a_person')],
                },
            ),
            migrations.CreateModel(
                name='Thread',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('inbox', models.CharField(choices=[('desk', 'Front desk'), ('organizing', 'Organizing')], max_length=10)),
                    ('last_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('unread_at', models.DateTimeField(null=True)),
                    ('may_mean_stop', models.BooleanField(default=False)),
                    ('in_hands_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='people.person')),
                ],
                options={
                    'ordering': ('-last_at', 'id'),
                    'indexes': [models.Index(fields=['inbox', '-last_at'], name='thread_recent')],
                    'constraints': [models.UniqueConstraint(fields=('person', 'inbox'), name='thread_once')],
                },
            ),
            migrations.CreateModel(
                name='Workplace',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='workplace', null=True)),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=120, mask='', null=True)),
                    ('name_on_checks', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=120, mask='', null=True)),
                    ('aliases', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('street', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=160, mask='', null=True)),
                    ('city', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=60, mask='', null=True)),
                    ('zip', models.CharField(blank=True, max_length=5)),
                    ('industry', models.CharField(blank=True, max_length=6)),
                    ('jurisdiction', models.CharField(blank=True, max_length=60)),
                    ('changed_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='workplaces', to='people.employer')),
                ],
                options={
                    'indexes': [models.Index(fields=['-changed_at', 'id'], name='workplace_recent')],
                },
            ),
            migrations.CreateModel(
                name='Employment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('job', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=80, mask='', null=True)),
                    ('works_as', models.CharField(choices=[('employee', 'Employee'), ('contractor', 'Called an independent contractor'), ('day_labor', 'Day labor'), ('owner_driver', 'Owner-driver'), ('unknown', 'Not known')], default='employee', max_length=12)),
                    ('from_on', models.DateField(null=True)),
                    ('to_on', models.DateField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='employments', to='people.person')),
                    ('workplace', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='people.workplace')),
                ],
                options={
                    'ordering': ('to_on', '-from_on', 'id'),
                },
            ),
            migrations.CreateModel(
                name='Export',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='export', null=True)),
                    ('reason', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('content', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20000000, mask='', null=True)),
                    ('shape', models.CharField(choices=[('contacts', 'For calling: names, one phone, language'), ('osdi', 'For another program: columns named by OSDI')], default='contacts', max_length=8)),
                    ('language', models.CharField(blank=True, max_length=3)),
                    ('zip', models.CharField(blank=True, max_length=5)),
                    ('rows', models.PositiveIntegerField(default=0)),
                    ('state', models.CharField(choices=[('waiting', 'Waits for a second officer'), ('making', 'Being made'), ('ready', 'Ready'), ('taken', 'Taken'), ('gone', 'Destroyed')], default='making', max_length=8)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('ready_at', models.DateTimeField(null=True)),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-at',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('asked_by')), _negated=True), _connector='OR'), name='export_needs_two_people')],
                },
            ),
            migrations.CreateModel(
                name='ImportRow',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveIntegerField()),
                    ('cells', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=20000, mask='', null=True)),
                    ('state', models.CharField(choices=[('waiting', 'Waiting'), ('ready', 'Ready'), ('alike', 'Maybe already here'), ('wrong', 'To correct'), ('added', 'Added')], default='waiting', max_length=8)),
                    ('person', models.UUIDField(null=True)),
                    ('alike', models.UUIDField(null=True)),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='people.importbatch')),
                ],
                options={
                    'ordering': ('number',),
                    'indexes': [models.Index(fields=['batch', 'state', 'number'], name='import_row_state')],
                    'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='import_row_once')],
                },
            ),
        ]),
    ]
