import uuid

import django.db.models.deletion
from django.db import migrations, models

import centro.core.vault.fields


class Migration(migrations.Migration):
    """Buildings get a table; 0008 fills it from the addresses of homes, 0009 takes those away."""

    dependencies = [
        ('people', '0006_versions_of_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Building',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', centro.core.vault.fields.VaultKeyField(editable=False, kind='building', null=True)),
                ('street', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=160, mask='', null=True)),
                ('city', centro.core.vault.fields.SealedText(blank=True, editable=True, klass=2, limit=60, mask='', null=True)),
                ('zip', models.CharField(blank=True, max_length=5)),
                ('folded_mark', centro.core.vault.fields.BlindIndex(db_index=True, editable=False, max_length=16, null=True, of='folded')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('folded_mark',), name='building_once')],
            },
        ),
        migrations.AddField(
            model_name='residency',
            name='building',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residencies', to='people.building'),
        ),
    ]
