"""Restoring: open and check a snapshot beside the living center, prove it in a process of its own, then install it.

Nothing of the center that stands is touched before the proof is done; what it replaces is moved aside, not deleted.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from centro.core.backup import brought, sealing
from centro.core.backup.manifest import Manifest, digest, read_manifest
from centro.core.backup.store import MARK, Store, write_new

DATABASE, KEYRING, BLOBS = "centro.sqlite3", "keyring.sqlite3", "blobs"
PARTS = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEYRING, f"{KEYRING}-wal", f"{KEYRING}-shm", BLOBS)


class CannotRestore(Exception):
    """The restore was not done and nothing was changed; the text says why."""


@dataclass(frozen=True)
class Restored:
    """What was restored, as the proof found it."""

    stamp: str
    rows: int
    entries: dict[str, int]
    purged: int
    files: int


def restore(
    folder: Path, identity: str, data: Path, root_key: Path, *, stamp: str = "", vendor: str = "sqlite"
) -> Restored:
    """Bring back the snapshot `stamp` (else the newest) into the data folder.

    Needs the identity from the paper kit, and the root key file in its place. The newest keyring is taken, whatever
    the age of the snapshot, and the ledgers of all snapshots are replayed: what was purged since stays dead.
    """
    store, secret = Store(folder), _identity(identity)
    if not root_key.is_file():
        raise CannotRestore(f"there is no root key at {root_key}: put it there first, from the paper kit")
    chosen = _choose(store, stamp)
    work = data / f".restoring-{chosen}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, mode=0o700)
    try:
        manifest = stage(store, secret, chosen, work, vendor, living=data)
        facts = _prove(work, root_key)
        _install(work, data, chosen)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Restored(chosen, facts["rows"], facts["entries"], facts["purged"], len(manifest.files))


def _identity(text: str) -> sealing.Identity:
    try:
        return sealing.identity_of(text)
    except ValueError as error:
        raise CannotRestore(str(error)) from error


def _choose(store: Store, stamp: str) -> str:
    stamps = store.stamps()
    if not stamps or not store.keyring_stamps():
        raise CannotRestore(f"{store.folder} holds no backup of a center")
    if stamp and stamp not in stamps:
        raise CannotRestore(f"there is no snapshot {stamp}; the newest is {stamps[-1]}")
    return stamp or stamps[-1]


# --- opening ----------------------------------------------------------------------------------------------------------


def stage(store: Store, secret: sealing.Identity, stamp: str, work: Path, vendor: str, *, living: Path) -> Manifest:
    """Open every part of a snapshot into a folder and compare it with what the manifest says of it."""
    try:
        manifest = read_manifest(sealing.open_sealed(store.snapshot(stamp) / "manifest.age", secret))
        if manifest.vendor != vendor:
            raise CannotRestore(f"this backup is of {manifest.vendor}, and this center is set up for {vendor}")
        database = _part(store, secret, manifest, "database")
        _part(store, secret, manifest, "ledger")
        newest = store.keyring_stamps()[-1]
        keys = sealing.open_sealed(store.keyring(newest), secret)
        if newest == stamp and digest(keys) != manifest.parts["keyring"]:
            raise CannotRestore("the keyring is not the one of this snapshot")
        write_new(work / KEYRING, keys)
        write_new(work / (DATABASE if vendor == "sqlite" else "database.dump"), database)
        for name, size in manifest.files.items():
            _bring_file(store, secret, name, size, work)
        _bring_forms(store, secret, manifest, work)
        write_new(work / "manifest.json", manifest.to_bytes())
        write_new(work / "ledger.json", json.dumps(sorted(_all_purged(store, secret, living))).encode())
    except sealing.Closed as error:
        sentence = f"{error} does not open: it was changed, or it was sealed to another identity"
        raise CannotRestore(sentence) from error
    return manifest


def _part(store: Store, secret: sealing.Identity, manifest: Manifest, name: str) -> bytes:
    content = sealing.open_sealed(store.snapshot(manifest.stamp) / f"{name}.age", secret)
    if digest(content) != manifest.parts[name]:
        raise CannotRestore(f"the {name} is not the one that the manifest names")
    return content


def _bring_file(store: Store, secret: sealing.Identity, name: str, size: int, work: Path) -> None:
    """A file of a purged person is gone from every place: the proof asks whether its paper should still be there."""
    if not store.file(name).exists():
        return
    content = sealing.open_sealed(store.file(name), secret)
    if len(content) != size:
        raise CannotRestore(f"the file {name} has another size than the manifest says")
    write_new(work / BLOBS / name[:2] / name.partition(MARK)[0], content)


def _bring_forms(store: Store, secret: sealing.Identity, manifest: Manifest, work: Path) -> None:
    """The forms that the center brought; a snapshot of an older version does not know of them."""
    known = manifest.parts.get("forms")
    if known is None:
        return
    content = sealing.open_sealed(store.forms(known), secret)
    if digest(content) != known:
        raise CannotRestore("the forms are not the ones that the manifest names")
    brought.unpack(content, work)


def _all_purged(store: Store, secret: sealing.Identity, living: Path) -> set[str]:
    """Every vault that any snapshot of this folder, or the center that still stands, knows as purged."""
    purged: set[str] = set()
    for stamp in store.stamps():
        purged |= set(json.loads(sealing.open_sealed(store.snapshot(stamp) / "ledger.age", secret)))
    return purged | _purged_here(living)


def _purged_here(living: Path) -> set[str]:
    import sqlite3
    from contextlib import closing
    from uuid import UUID

    path = living / DATABASE
    if not path.is_file():
        return set()
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
            return {str(UUID(vault)) for (vault,) in reader.execute("select vault from core_purgedvault")}
    except sqlite3.Error:  # what stands here is damaged: that is why somebody restores
        return set()


# --- proving and installing -------------------------------------------------------------------------------------------


def _prove(work: Path, root_key: Path) -> dict[str, Any]:
    """Prove the staged center in a process of its own, which has it as its data folder."""
    environment = {**os.environ, "CENTRO_DATA": str(work), "CENTRO_ROOT_KEY_FILE": str(root_key)}
    program = [sys.executable, "-m", "centro.core.backup.proving"]
    # S603: our own interpreter and our own module.
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    try:
        facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError) as error:
        raise CannotRestore(f"the proof did not end: {done.stderr.strip()[-300:]}") from error
    if "refused" in facts:
        raise CannotRestore(str(facts["refused"]))
    return facts


def _install(work: Path, data: Path, stamp: str) -> None:
    """Put the proved parts in their places; what stood there is moved aside."""
    aside = data / f"replaced-by-{stamp}"
    number = 1
    while aside.exists():
        number += 1
        aside = data / f"replaced-by-{stamp}-{number}"
    aside.mkdir(mode=0o700)
    parts = (*PARTS, brought.FORMS) if (work / brought.FORMS).exists() else PARTS
    for name in parts:
        if (data / name).exists():
            (data / name).rename(aside / name)
    for name in parts:
        if (work / name).exists():
            (work / name).rename(data / name)
    if not any(aside.iterdir()):
        aside.rmdir()
