import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_share_buildings'),
    ]

    operations = [
        migrations.RemoveField(model_name='residency', name='street'),
        migrations.RemoveField(model_name='residency', name='city'),
        migrations.RemoveField(model_name='residency', name='zip'),
        migrations.AlterField(
            model_name='residency',
            name='building',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residencies', to='people.building'),
        ),
    ]
