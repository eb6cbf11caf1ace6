"""The two logs take rows and never give them back."""

from django.db import migrations

from centro.core.migrating import arm, disarm


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(arm, disarm)]
