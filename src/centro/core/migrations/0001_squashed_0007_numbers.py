"""Every table of this app at once, for a new center; an older one takes the single steps instead."""

import centro.core.clock
import centro.core.vault.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from centro.core.migrating import Tables, arm, disarm


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_append_only'),
        ('core', '0003_documents'),
        ('core', '0004_invitations'),
        ('core', '0005_periods'),
        ('core', '0006_user_version'),
        ('core', '0007_numbers'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        Tables([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='user', null=True)),
                    ('username', models.CharField(max_length=60, unique=True, verbose_name='user name')),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=1, limit=120, mask='', null=True)),
                    ('email', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=1, limit=254, mask='', null=True)),
                    ('language', models.CharField(default='en', max_length=2)),
                    ('speaks', models.JSONField(default=list)),
                    ('is_active', models.BooleanField(default=True)),
                    ('is_demo', models.BooleanField(default=False)),
                    ('made_at', models.DateTimeField(default=centro.core.clock.now, editable=False)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'ordering': ('username',),
                },
            ),
            migrations.CreateModel(
                name='Center',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='center', null=True)),
                    ('name', models.CharField(default='Centro', max_length=120)),
                    ('accent', models.CharField(default='#c2410c', max_length=7)),
                    ('phone', models.CharField(blank=True, max_length=40)),
                    ('address', models.CharField(blank=True, max_length=200)),
                    ('version', models.PositiveIntegerField(default=1)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('kind', models.CharField(max_length=60)),
                    ('by', models.UUIDField(null=True)),
                    ('role', models.CharField(blank=True, max_length=20)),
                    ('mac', models.BinaryField(max_length=32)),
                    ('about_kind', models.CharField(max_length=40)),
                    ('about', models.UUIDField(null=True)),
                    ('person', models.UUIDField(db_index=True, null=True)),
                    ('codes', models.JSONField(default=list)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Once',
                fields=[
                    ('key', models.UUIDField(primary_key=True, serialize=False)),
                    ('user', models.UUIDField()),
                    ('at', models.DateTimeField(db_index=True, default=centro.core.clock.now)),
                    ('location', models.CharField(blank=True, max_length=400)),
                ],
            ),
            migrations.CreateModel(
                name='PeriodRun',
                fields=[
                    ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='PurgedVault',
                fields=[
                    ('vault', models.UUIDField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                ],
            ),
            migrations.CreateModel(
                name='Access',
                fields=[
                    ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('kind', models.CharField(max_length=60)),
                    ('by', models.UUIDField(null=True)),
                    ('role', models.CharField(blank=True, max_length=20)),
                    ('mac', models.BinaryField(max_length=32)),
                    ('route', models.CharField(max_length=80)),
                    ('records', models.JSONField(default=list)),
                    ('fields', models.JSONField(default=list)),
                    ('count', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(fields=['by', 'kind', 'at'], name='access_budget')],
                },
            ),
            migrations.CreateModel(
                name='Document',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='paper', null=True)),
                    ('about_kind', models.CharField(max_length=40)),
                    ('about', models.UUIDField(db_index=True)),
                    ('person', models.UUIDField(db_index=True, null=True)),
                    ('klass', models.PositiveSmallIntegerField(default=3)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('kind', models.CharField(max_length=40)),
                    ('language', models.CharField(max_length=2)),
                    ('text_version', models.CharField(max_length=12)),
                    ('digest', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=64, mask='', null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-at', 'id'),
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('route', models.CharField(max_length=200)),
                    ('body', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=200000, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='SearchTerm',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('words', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=1, limit=120, mask='', null=True)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_terms', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Upload',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='paper', null=True)),
                    ('about_kind', models.CharField(max_length=40)),
                    ('about', models.UUIDField(db_index=True)),
                    ('person', models.UUIDField(db_index=True, null=True)),
                    ('klass', models.PositiveSmallIntegerField(default=3)),
                    ('at', models.DateTimeField(default=centro.core.clock.now)),
                    ('kind', models.CharField(max_length=5)),
                    ('name', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=200, mask='', null=True)),
                    ('digest', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=64, mask='', null=True)),
                    ('size', models.PositiveIntegerField()),
                    ('pages', models.PositiveIntegerField(default=1)),
                    ('has_original', models.BooleanField(default=True)),
                    ('preview_kind', models.CharField(blank=True, max_length=5)),
                    ('is_scanned', models.BooleanField(default=False)),
                    ('numbers', models.CharField(choices=[('ask', 'Nobody looked for numbers yet'), ('seen', 'Shows a number'), ('none', 'No number'), ('covered', 'A number is covered'), ('left', 'May be shown as it is')], default='ask', max_length=7)),
                    ('looked_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('looked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-at', 'id'),
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reason', models.CharField(choices=[('join', 'joins the center'), ('recover', 'lost every way to sign in')], max_length=10)),
                    ('made_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('opens_at', models.DateTimeField(null=True)),
                    ('mark', models.BinaryField(max_length=32, null=True, unique=True)),
                    ('ends_at', models.DateTimeField(null=True)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('made_by__isnull', True), models.Q(('approved_by', models.F('made_by')), _negated=True), _connector='OR'), name='recovery_needs_two_people')],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('scope_kind', models.CharField(max_length=20)),
                    ('scope', models.UUIDField()),
                    ('relation', models.CharField(choices=[('center', 'the whole center'), ('own', 'people in my care'), ('team', 'my team'), ('assigned', 'assigned to me now'), ('program', 'my program'), ('none', 'nothing')], max_length=12)),
                    ('from_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('to_at', models.DateTimeField(null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['user', 'relation', 'scope'], name='place_by_user'), models.Index(fields=['scope'], name='place_by_scope')],
                },
            ),
            migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('role', models.CharField(choices=[('front_desk', 'Front desk'), ('organizer', 'Organizer'), ('counsellor', 'Counsellor'), ('attorney', 'Attorney'), ('manager', 'Manager'), ('director', 'Director'), ('trainer', 'Trainer'), ('dispatcher', 'Dispatcher'), ('outreach', 'Outreach worker'), ('volunteer', 'Volunteer'), ('interpreter', 'Interpreter'), ('steward', 'Data steward'), ('admin', 'Administrator'), ('auditor', 'Auditor')], max_length=20)),
                    ('proposed_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('from_at', models.DateTimeField(null=True)),
                    ('to_at', models.DateTimeField(null=True)),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), ('proposed_by__isnull', True), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='role_grant_needs_two_people'), models.UniqueConstraint(condition=models.Q(('to_at__isnull', True)), fields=('user', 'role'), name='role_grant_once_open')],
                },
            ),
            migrations.CreateModel(
                name='Task',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='task', null=True)),
                    ('what', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=300, mask='', null=True)),
                    ('due_on', models.DateField(db_index=True)),
                    ('about_kind', models.CharField(blank=True, max_length=40)),
                    ('about', models.UUIDField(db_index=True, null=True)),
                    ('made_at', models.DateTimeField(default=centro.core.clock.now)),
                    ('done_at', models.DateTimeField(null=True)),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to=settings.AUTH_USER_MODEL)),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('due_on', 'made_at'),
                    'indexes': [models.Index(fields=['owner', 'done_at', 'due_on'], name='task_open_by_owner')],
                },
            ),
        ]),
        migrations.RunPython(arm, disarm),
    ]
