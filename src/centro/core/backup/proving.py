"""The proof of a restored center, run as `python -m centro.core.backup.proving` with it as the data folder.

It says one line of JSON: what it found, or `refused` with the reason. Only what it has proved is installed.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

SAMPLE = 500  # rows of each table whose sealed fields are opened


class Refused(Exception):
    """The restored center is not whole."""


def prove() -> dict[str, Any]:
    """Check signature, counts, purges, chains, sealed values and files of the center in this data folder."""
    from django.conf import settings

    from centro.core.backup.manifest import NotOurs, read_manifest

    manifest = read_manifest((settings.DATA / "manifest.json").read_bytes())
    try:
        manifest.check_signature()
    except NotOurs as error:
        raise Refused(str(error)) from error
    _bring_database_back(manifest.vendor)
    _check_counts(manifest)
    _bring_up_to_date(manifest)
    entries = _check_chains(manifest)
    purged = _replay_purges(json.loads((settings.DATA / "ledger.json").read_text()))
    _check_sealed_values()
    _check_files()
    _write_it_down()
    return {"rows": sum(manifest.tables.values()), "entries": entries, "purged": purged}


def _bring_database_back(vendor: str) -> None:
    """PostgreSQL: load the dump into the database, which must be empty. SQLite: the file is the database."""
    from django.conf import settings
    from django.db import connection

    from centro.core.backup.making import run_postgresql

    if vendor == "sqlite":
        return
    if connection.introspection.table_names():
        raise Refused("the PostgreSQL database is not empty: make a new one, and name it in DATABASE_URL")
    dump = (settings.DATA / "database.dump").read_bytes()
    run_postgresql("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "--dbname=", given=dump)


def _check_counts(manifest: Any) -> None:
    from django.db import connection

    from centro.core.backup.manifest import count_tables, read_heads

    with connection.cursor() as cursor:
        counts, heads = count_tables(cursor), read_heads(cursor)
    wrong = sorted(name for name in {*counts, *manifest.tables} if counts.get(name) != manifest.tables.get(name))
    if wrong:
        raise Refused(f"the number of rows is not what the manifest says: {', '.join(wrong[:5])}")
    if heads != manifest.heads:
        raise Refused("the logs do not end where the manifest says")


def _bring_up_to_date(manifest: Any) -> None:
    """Tables as this version wants them. A backup made by a newer version is refused."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    known = {f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Refused(f"this backup was made by a newer version of Centro ({unknown[0]})")
    call_command("migrate", verbosity=0, interactive=False)


def _check_chains(manifest: Any) -> dict[str, int]:
    """Both logs hold from their first link to the one that the manifest names; the keyring anchors them there."""
    from centro.core import audit
    from centro.core.models import Access, Event
    from centro.core.vault import keyring

    entries = {}
    for log in (Event, Access):
        seq, mac = manifest.heads[log.__name__]
        keyring.set_anchor(log.__name__, seq, bytes.fromhex(mac))
        verdict = audit.verify(log)
        if verdict.broken_at is not None:
            raise Refused(f"the {log.__name__} log is broken at entry {verdict.broken_at} ({verdict.why})")
        entries[log.__name__] = verdict.entries
    return entries


def _replay_purges(ledger: list[str]) -> int:
    """Destroy again whatever any ledger names: keys, rows, papers. Returns how many vaults had come back to life."""
    from uuid import UUID

    from django.db import transaction

    from centro.core import purge
    from centro.core.vault import keyring

    dead = [UUID(vault) for vault in ledger]
    alive = len(keyring.living(dead))
    with transaction.atomic():
        purge.bury(dead)
        for model, field in _vault_models():
            model._default_manager.filter(**{f"{field}__in": dead}).delete()
    return alive


def _vault_models() -> list[tuple[Any, str]]:
    from django.apps import apps

    from centro.core.vault.fields import VaultKeyField

    found = []
    for model in apps.get_models():
        found += [(model, field.name) for field in model._meta.fields if isinstance(field, VaultKeyField)]
    return found


def _check_sealed_values() -> None:
    """Open the sealed fields of some rows of every table: keyring and database belong together."""
    from django.apps import apps

    from centro.core.vault import keyring
    from centro.core.vault.fields import SealedText
    from centro.core.vault.seal import Unreadable

    with keyring.held_for_request():
        for model in apps.get_models():
            sealed = [field for field in model._meta.fields if isinstance(field, SealedText)]
            for row in model._default_manager.all()[:SAMPLE] if sealed else []:
                try:
                    for field in sealed:
                        field.check_opens(row)
                except Unreadable as error:
                    raise Refused(
                        f"sealed values of {model._meta.label} do not open ({type(error).__name__})"
                    ) from error


def _check_files() -> None:
    """Every paper has its files, and each opens under its own key."""
    from centro.core.documents import blobs
    from centro.core.models import Document, Upload
    from centro.core.vault.seal import Unreadable

    papers: list[tuple[Any, str]] = [(paper, "issued") for paper in Document.objects.iterator()]
    for upload in Upload.objects.iterator():
        papers += [(upload, "original")] if upload.has_original else []
        papers += [(upload, "preview")] if upload.preview_kind else []
    for paper, part in papers:
        try:
            blobs.read(paper, part)
        except Unreadable as error:
            raise Refused(f"the file {paper.pk}.{part} does not open") from error


def _write_it_down() -> None:
    from django.db import connection, transaction

    from centro.core import audit, policy
    from centro.core.models import Access, Event

    with transaction.atomic():
        audit.record_event("backup.restored", by=policy.system("backup"))
    for log in (Event, Access):
        audit.drop_anchor(log)
    connection.close()


def main() -> int:
    """Print what was found, or why it is refused."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from centro.core.backup.making import CannotBackUp
    from centro.core.vault.root import Locked
    from centro.core.vault.seal import Unreadable

    try:
        facts = prove()
    except (Refused, CannotBackUp, Locked) as error:
        facts = {"refused": str(error)}
    except Unreadable:
        facts = {"refused": "the keyring does not open: is the root key the right one?"}
    sys.stdout.write(json.dumps(facts) + "\n")
    return 1 if "refused" in facts else 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    sys.exit(main())
