"""When a leader opened her link was never written: opening a page writes nothing but the log of accesses."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("organizing", "0012_departments_are_corrected"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="leaderlink",
            name="seen_at",
        ),
    ]
