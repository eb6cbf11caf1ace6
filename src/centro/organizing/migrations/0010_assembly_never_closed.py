"""An assembly was never closed: the column nobody wrote or read goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("organizing", "0009_coaching_evidence")]

    operations = [migrations.RemoveField("assembly", "closed_at")]
