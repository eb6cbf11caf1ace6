"""What a center that is older than a table finds after `centro migrate`."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from centro.core import policy
from centro.core.access import viewing
from centro.core.vault import keyring
from centro.core.vault.seal import Where, seal
from centro.people.models import Building, Person, Residency


def migrate(name: str) -> Any:
    """Bring the tables of people to this state; returns the models as they were then."""
    executor = MigrationExecutor(connection)
    executor.migrate([("people", name)])
    return executor.loader.project_state(("people", name)).apps


def migrate_all() -> None:
    """Bring every table to its newest state: those of modules above went back with the ones they stand on."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def old_home(apps: Any, street: str, city: str, zip_code: str) -> Any:
    """A person who lives at an address, as it was kept before there were buildings."""
    key = keyring.new_vaults("person-identity")[0]
    person = apps.get_model("people", "Person").objects.create(key=key)
    home = apps.get_model("people", "Residency").objects.create(person=person, zip=zip_code)
    for column, text in (("street", street), ("city", city)):
        where = Where("people_residency", column, home.pk)
        sealed = seal(text.encode(), key=keyring.vault_key(key), key_id=key, where=where) if text else None
        setattr(home, column, sealed)
    home.save()
    return home.pk


@pytest.fixture
def outside_of_a_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Tables are altered between transactions; what was written is taken away by hand, since no log may be emptied."""
    with django_db_blocker.unblock():
        yield
        Person.objects.all().delete()
        Building.objects.all().delete()


@pytest.mark.slow
@pytest.mark.usefixtures("outside_of_a_transaction")
def test_addresses_of_an_older_center_become_buildings() -> None:
    try:
        before = migrate("0007_buildings")
        ana = old_home(before, "12 main st", "", "90247")
        rosa = old_home(before, "12 Main Street", "Gardena", "90247")
        luz = old_home(before, "7 Elm St", "Torrance", "")
    finally:
        migrate_all()
    homes = Residency.objects.in_bulk([rosa, ana, luz])
    assert homes[rosa].building_id == homes[ana].building_id != homes[luz].building_id
    with viewing(policy.system("test")):
        assert (homes[ana].street, homes[ana].city, homes[ana].zip) == ("12 Main Street", "Gardena", "90247")
        assert (homes[luz].street, homes[luz].city) == ("7 Elm St", "Torrance")
