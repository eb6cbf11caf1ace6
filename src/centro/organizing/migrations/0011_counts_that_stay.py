"""What purged people counted for at events that are settled stays as numbers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizing", "0001_squashed_0010_assembly_never_closed"),
    ]

    operations = [
        migrations.AddField(
            model_name="gathering",
            name="gone_came",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="gathering",
            name="gone_missed",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
