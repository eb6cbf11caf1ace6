"""A department of a wall chart can be corrected: whoever saves second is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizing", "0011_counts_that_stay"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
