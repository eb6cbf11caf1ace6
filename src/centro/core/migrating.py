"""What migrations call. Centers have run it: what it does to their tables must not change.

`Tables` makes all tables of an app at once; `arm` puts the triggers on the two logs that make them append-only.
"""

from collections.abc import Sequence
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

LOGS = ("core_event", "core_access")


class Tables(Operation):
    """Several new tables in one operation.

    After each `CreateModel` alone Django builds every model class that is tied to it anew, and all are tied to the
    user: a second of work for ten tables. Here the classes are built once, and tables may point at later ones.
    """

    reversible = True

    def __init__(self, tables: Sequence[migrations.CreateModel]) -> None:
        self.tables = list(tables)

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # built again when the database asks for them
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create models " + ", ".join(table.name for table in self.tables)


def arm(apps: Any, schema: Any) -> None:
    """The two logs take rows and never give them back: no UPDATE, DELETE or (PostgreSQL) TRUNCATE."""
    for table in LOGS:
        if schema.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema.execute(
                    f"create trigger {table}_no_{verb} before {verb} on {table} "
                    "begin select raise(abort, 'append-only'); end"
                )
        else:
            schema.execute(
                "create or replace function core_append_only() returns trigger language plpgsql as "
                "$$ begin raise exception 'append-only'; end $$"
            )
            schema.execute(
                f"create trigger {table}_append_only before update or delete or truncate on {table} "
                "for each statement execute function core_append_only()"
            )


def disarm(apps: Any, schema: Any) -> None:
    """Take the triggers off again."""
    for table in LOGS:
        if schema.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema.execute(f"drop trigger {table}_no_{verb}")
        else:
            schema.execute(f"drop trigger {table}_append_only on {table}")
