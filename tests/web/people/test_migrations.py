"""What a center that is older than this version finds after `centro migrate`: the single steps, one after the other.

A new center gets all tables at once (`0001_squashed_…`); both must end with the same tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from centro.core import policy
from centro.core.access import viewing
from centro.core.vault import keyring
from centro.core.vault.seal import Where, seal
from centro.people.models import Residency

# The state of a center that never heard of buildings.
OLDER = [("core", "0006_user_version"), ("people", "0007_buildings"), ("clinic", "0007_productions")]


@contextmanager
def empty_database(name: str, folder: Path) -> Iterator[None]:
    """Work in a database without a table, and then in the one before again."""
    before = connections["default"]
    own = before.copy()
    own.settings_dict["NAME"] = name if own.vendor == "postgresql" else folder / f"{name}.sqlite3"
    if own.vendor == "postgresql":
        with before.cursor() as cursor:
            cursor.execute(f"create database {name}")
    connections["default"] = own
    try:
        yield
    finally:
        own.close()
        connections["default"] = before
        if own.vendor == "postgresql":
            with before.cursor() as cursor:
                cursor.execute(f"drop database {name}")


def migrate_to_older() -> Any:
    """Take the single steps up to the older center; returns the models as they were then."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    loader.replace_migrations = False
    loader.build_graph()
    for whole, migration in loader.replacements.items():
        loader.graph.remove_replacement_node(whole, migration.replaces)
    executor.migrate(OLDER)
    return loader.project_state(OLDER).apps


def migrate() -> None:
    """What `centro migrate` does."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def tables() -> dict[str, Any]:
    """Every table: its columns in the order of their names, its keys, indexes and constraints; and the triggers."""
    look = connection.introspection
    with connection.cursor() as cursor:
        found: dict[str, Any] = {"triggers": sorted(_triggers(cursor))}
        for name in look.table_names(cursor):
            columns = sorted(tuple(map(str, column)) for column in look.get_table_description(cursor, name))
            rules = look.get_constraints(cursor, name).items()
            found[name] = columns, sorted((_name(rule), str(sorted(facts.items(), key=str))) for rule, facts in rules)
    return found


def _name(rule: str) -> str:
    """SQLite counts what has no name, in the order of the columns."""
    return "" if rule.startswith(("__unnamed", "fk_")) else rule


def _triggers(cursor: Any) -> list[tuple[str, ...]]:
    lists = {
        "sqlite": "select name, sql from sqlite_master where type = 'trigger'",
        "postgresql": "select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    }
    cursor.execute(lists[connection.vendor])
    return [tuple(row) for row in cursor.fetchall()]


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


@pytest.mark.slow
def test_an_older_center_gets_the_tables_of_a_new_one_and_keeps_its_addresses(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        with empty_database("new_center", tmp_path):
            migrate()
            new = tables()
        with empty_database("older_center", tmp_path):
            older = migrate_to_older()
            ana = old_home(older, "12 main st", "", "90247")
            rosa = old_home(older, "12 Main Street", "Gardena", "90247")
            luz = old_home(older, "7 Elm St", "Torrance", "")
            assert tables() != new
            migrate()
            assert tables() == new
            homes = Residency.objects.in_bulk([rosa, ana, luz])
    assert homes[rosa].building_id == homes[ana].building_id != homes[luz].building_id
    with viewing(policy.system("test")):
        assert (homes[ana].street, homes[ana].city, homes[ana].zip) == ("12 Main Street", "Gardena", "90247")
        assert (homes[luz].street, homes[luz].city) == ("7 Elm St", "Torrance")
