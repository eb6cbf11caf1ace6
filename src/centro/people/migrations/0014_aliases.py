"""Other names of a person: what they are or were also called, and what a merge did not choose."""

from django.db import migrations

import centro.core.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0013_masked_strays"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="aliases",
            field=centro.core.vault.fields.SealedText(
                blank=True, editable=True, klass=2, limit=800, mask="", null=True
            ),
        ),
    ]
