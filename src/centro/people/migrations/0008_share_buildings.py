from uuid import uuid4

from django.db import migrations

from centro.core.vault import keyring
from centro.core.vault.fields import open_columns
from centro.core.vault.seal import Where, seal
from centro.people.addresses import fold_address

TABLE = 'people_building'


def share_buildings(apps, editor):
    """Each address of a home becomes a building under a key of its own; homes of one address share one."""
    residencies = apps.get_model('people', 'Residency').objects.filter(building__isnull=True)
    if not residencies.exists():
        return  # a new center: nothing to open, so no key is asked for
    zips = dict(residencies.values_list('pk', 'zip'))
    made = {}
    with keyring.held_for_request():
        keyring.hold_all(['person-identity'])
        rows = open_columns(residencies.order_by('from_on', 'pk'), ('street', 'city'), for_index=True)
        for home, street, city in sorted(rows, key=lambda row: not row[2]):  # whoever knew the city says it for all
            folded = fold_address(street, city, zips[home]) or str(home)
            if folded not in made:
                made[folded] = _building(apps, folded, street, city, zips[home])
            residencies.filter(pk=home).update(building=made[folded])


def _building(apps, folded, street, city, zip_code):
    row, key_id = uuid4(), keyring.new_vaults('building')[0]
    key = keyring.vault_key(key_id)

    def sealed(column, text):
        return seal(text.encode(), key=key, key_id=key_id, where=Where(TABLE, column, row)) if text else None

    return apps.get_model('people', 'Building').objects.create(
        id=row,
        key=key_id,
        street=sealed('street', street),
        city=sealed('city', city),
        zip=zip_code,
        folded_mark=keyring.blind('folded', folded),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_buildings'),
    ]

    operations = [
        migrations.RunPython(share_buildings, migrations.RunPython.noop),
    ]
