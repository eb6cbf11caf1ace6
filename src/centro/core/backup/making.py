"""Making a backup: database, files, ledger, keyring; in this order each holds all that the one before needs."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from centro.core import audit, clock, policy
from centro.core.backup import brought, sealing
from centro.core.backup.manifest import Manifest, applied_migrations, count_tables, digest, read_heads, ready_to_sign
from centro.core.backup.store import MARK, Store, stamp_of, write_new
from centro.core.documents import blobs
from centro.core.models import Access, Event, PurgedVault
from centro.core.vault import keyring

BY = policy.system("backup")


class CannotBackUp(Exception):
    """The backup was not made; the text says why."""


@dataclass(frozen=True)
class Made:
    stamp: str
    rows: int
    new_files: int
    bytes: int


def backup(folder: Path) -> Made:
    """Add one snapshot of this center to a folder of backups, sealed to its recipients."""
    sealing.recipients()
    with _alone():
        try:
            return _make(Store(folder))
        except OSError as error:
            raise CannotBackUp(f"{folder}: {error.strerror or error}") from error


def backup_if_changed(folder: Path) -> Made | None:
    """The same, unless nothing was written to the logs since the last one."""
    return None if _status().get("heads") == _heads_now() else backup(folder)


def last_made() -> dict[str, Any]:
    """When the last backup was made, for pages that show how this center is doing; empty when there is none."""
    return _status()


def _make(store: Store) -> Made:
    stamp = stamp_of(clock.now())
    if stamp in store.stamps():
        raise CannotBackUp(f"there is a snapshot {stamp} already")
    _clear_leftovers()
    ready_to_sign()
    with transaction.atomic():
        audit.record_event("backup.made", by=BY)
    for log in (Event, Access):
        audit.drop_anchor(log)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".backup-") as work:
        database, manifest = _database(Path(work), stamp)
        files = _seal_new_files(store, manifest)
        ledger = _ledger()
        keys = _keyring(Path(work))
    manifest.parts = {"database": digest(database), "ledger": digest(ledger), "keyring": digest(keys)}
    manifest.parts["forms"] = _seal_forms(store)
    manifest.sign()
    sealed = {"database": sealing.seal(database), "ledger": sealing.seal(ledger)}
    write_new(store.keyring(stamp), sealing.seal(keys))
    for name, content in sealed.items():
        write_new(store.snapshot(stamp) / f"{name}.age", content)
    write_new(store.snapshot(stamp) / "manifest.age", sealing.seal(manifest.to_bytes()))
    _remember(stamp)
    size = sum(len(content) for content in sealed.values())
    return Made(stamp, sum(manifest.tables.values()), files, size)


# --- the parts --------------------------------------------------------------------------------------------------------


def _database(work: Path, stamp: str) -> tuple[bytes, Manifest]:
    """The whole database at one moment, with the counts of that moment."""
    return _sqlite(work, stamp) if connection.vendor == "sqlite" else _postgresql(stamp)


def _sqlite(work: Path, stamp: str) -> tuple[bytes, Manifest]:
    copy = work / "database"
    with connection.cursor() as cursor:
        cursor.execute("vacuum into %s", [str(copy)])
    with closing(sqlite3.connect(copy)) as reader, closing(reader.cursor()) as cursor:
        manifest = _facts(stamp, cursor)
    return copy.read_bytes(), manifest


def _postgresql(stamp: str) -> tuple[bytes, Manifest]:
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        cursor.execute("select pg_export_snapshot()")
        (moment,) = cursor.fetchone()
        manifest = _facts(stamp, cursor)
        return run_postgresql("pg_dump", "--format=custom", "--no-owner", f"--snapshot={moment}"), manifest


def run_postgresql(program: str, *options: str, given: bytes | None = None) -> bytes:
    """Run one of PostgreSQL's own programs on this center's database."""
    there = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    where = {name: str(there[key]) for name, key in names.items() if there.get(key)}
    path = {"PATH": os.environ.get("PATH", "/usr/bin:/bin")}
    try:
        # S603: the program's name and its options are ours; the password travels in its environment.
        done = subprocess.run([program, *options], input=given, env={**path, **where}, capture_output=True, check=False)
    except OSError as error:
        raise CannotBackUp(f"{program} is not installed") from error
    if done.returncode != 0:
        raise CannotBackUp(f"{program} failed: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout


def _facts(stamp: str, cursor: Any) -> Manifest:
    return Manifest(
        stamp=stamp,
        vendor=connection.vendor,
        parts={},
        tables=count_tables(cursor),
        heads=read_heads(cursor),
        migrations=applied_migrations(),
    )


def _seal_new_files(store: Store, manifest: Manifest) -> int:
    """Seal files that the folder does not hold as they are now, and list all. One purged meanwhile is in the ledger."""
    new = 0
    for path in blobs.all_files():
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        name = f"{path.name}{MARK}{digest(content)[:16]}"
        manifest.files[name] = len(content)
        if not store.file(name).exists():
            write_new(store.file(name), sealing.seal(content))
            new += 1
    return new


def _seal_forms(store: Store) -> str:
    """Seal the forms that the center brought, where the folder does not hold them as they are now. Their digest."""
    forms = brought.packed(settings.DATA)
    if not store.forms(digest(forms)).exists():
        write_new(store.forms(digest(forms)), sealing.seal(forms))
    return digest(forms)


def _ledger() -> bytes:
    vaults = PurgedVault.objects.order_by("vault").values_list("vault", flat=True)
    return json.dumps([str(vault) for vault in vaults]).encode()


def _keyring(work: Path) -> bytes:
    copy = work / "keyring"
    keyring.copy_to(copy)
    return copy.read_bytes()


def _clear_leftovers() -> None:
    """Copies of a backup that was killed while it was made."""
    for path in Path(settings.DATA).glob(".backup-*"):
        shutil.rmtree(path, ignore_errors=True)


# --- one at a time, and only when needed ------------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(settings.DATA) / "backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CannotBackUp("another backup is being made") from error
        yield


def _status_file() -> Path:
    return Path(settings.DATA) / "backup.status"


def _status() -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_status_file().read_text())
    except (OSError, ValueError):
        return {}
    return found


def _heads_now() -> dict[str, Any]:
    with connection.cursor() as cursor:
        return {log: list(head) for log, head in read_heads(cursor).items()}


def _remember(stamp: str) -> None:
    _status_file().write_text(json.dumps({"stamp": stamp, "heads": _heads_now()}))
