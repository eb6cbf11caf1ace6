"""The two logs take rows and never give them back: triggers refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE."""

from typing import Any

from django.db import migrations

LOGS = ("core_event", "core_access")


def arm(apps: Any, schema: Any) -> None:
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
    for table in LOGS:
        if schema.connection.vendor == "sqlite":
            for verb in ("update", "delete"):
                schema.execute(f"drop trigger {table}_no_{verb}")
        else:
            schema.execute(f"drop trigger {table}_append_only on {table}")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(arm, disarm)]
