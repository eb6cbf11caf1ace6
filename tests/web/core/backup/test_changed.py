"""M29: a snapshot with one changed byte, mixed, forged or with the wrong keys is refused."""

import os
import shutil
from pathlib import Path

import pytest

from centro.core.backup import restoring, sealing, store
from centro.core.backup.manifest import digest, read_manifest
from tests.web.core.backup.centers import (
    ROOT_KEY,
    Drill,
    refusal,
)

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]


def test_a_hundred_single_changed_bytes_are_refused(drill: Drill, copy: Path, tmp_path: Path) -> None:
    folder = store.Store(copy)
    identity = sealing.identity_of(drill.identity)
    sealed = [folder.snapshot(drill.after) / f"{part}.age" for part in ("manifest", "database", "ledger")]
    sealed += [
        folder.keyring(drill.after),
        next(path for path in sorted((copy / "files").rglob("*.age")) if _is_listed(folder, drill, path)),
    ]
    refused = 0
    for path in sealed:
        whole = path.read_bytes()
        for step in range(20):
            changed = bytearray(whole)
            changed[step * (len(whole) - 1) // 19] ^= 1
            path.write_bytes(changed)
            shutil.rmtree(tmp_path / "work", ignore_errors=True)
            (tmp_path / "work").mkdir()
            with pytest.raises(restoring.CannotRestore):
                restoring.stage(folder, identity, drill.after, tmp_path / "work", "sqlite", living=tmp_path)
            refused += 1
        path.write_bytes(whole)
    assert refused == 100
    shutil.rmtree(tmp_path / "work")
    (tmp_path / "work").mkdir()
    restoring.stage(folder, identity, drill.after, tmp_path / "work", "sqlite", living=tmp_path)


def test_other_forms_are_refused(drill: Drill, copy: Path, tmp_path: Path) -> None:
    (forms,) = (copy / "forms").iterdir()
    shutil.copy(store.Store(copy).snapshot(drill.after) / "ledger.age", forms)
    assert "the forms are not the ones" in refusal(drill, tmp_path / "new", copy)


def _is_listed(folder: store.Store, drill: Drill, path: Path) -> bool:
    identity = sealing.identity_of(drill.identity)
    manifest = read_manifest(sealing.open_sealed(folder.snapshot(drill.after) / "manifest.age", identity))
    return path.name.removesuffix(".age") in manifest.files


def test_parts_of_two_snapshots_are_not_mixed(drill: Drill, copy: Path, tmp_path: Path) -> None:
    folder = store.Store(copy)
    for part in ("database", "ledger"):
        shutil.copy(folder.snapshot(drill.before) / f"{part}.age", folder.snapshot(drill.after) / f"{part}.age")
        assert f"the {part} is not the one" in refusal(drill, tmp_path / "new", copy)
        shutil.copy(
            drill.folder / "snapshots" / drill.after / f"{part}.age", folder.snapshot(drill.after) / f"{part}.age"
        )
    shutil.copy(folder.keyring(drill.before), folder.keyring(drill.after))
    assert "keyring is not the one" in refusal(drill, tmp_path / "new", copy)


def test_a_snapshot_forged_with_the_public_key_is_refused(drill: Drill, copy: Path, tmp_path: Path) -> None:
    """Whoever holds a recipient can seal anything; they cannot sign it."""
    path = store.Store(copy).snapshot(drill.after)
    identity = sealing.identity_of(drill.identity)
    database = bytearray(sealing.open_sealed(path / "database.age", identity))
    database[-1] ^= 1
    manifest = read_manifest(sealing.open_sealed(path / "manifest.age", identity))
    manifest.parts["database"] = digest(bytes(database))
    _seal_to(path / "database.age", bytes(database), drill)
    _seal_to(path / "manifest.age", manifest.to_bytes(), drill)
    assert "not signed" in refusal(drill, tmp_path / "new", copy)


def _seal_to(path: Path, content: bytes, drill: Drill) -> None:
    import pyrage

    path.write_bytes(pyrage.encrypt(content, [sealing.identity_of(drill.identity).to_public()]))


def test_a_missing_file_is_seen(drill: Drill, copy: Path, tmp_path: Path) -> None:
    folder = store.Store(copy)
    listed = [path for path in (copy / "files").rglob("*.age") if _is_listed(folder, drill, path)]
    listed[0].unlink()
    assert "does not open" in refusal(drill, tmp_path / "new", copy)


def test_two_files_swapped_are_seen(drill: Drill, copy: Path, tmp_path: Path) -> None:
    folder = store.Store(copy)
    one, other = [
        path for path in sorted((copy / "files").rglob("*.original~*.age")) if _is_listed(folder, drill, path)
    ][:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert "does not open" in refusal(drill, tmp_path / "new", copy)


def test_without_the_root_key_nothing_is_restored(drill: Drill, tmp_path: Path) -> None:
    with pytest.raises(restoring.CannotRestore, match="no root key"):
        restoring.restore(drill.folder, drill.identity, tmp_path, tmp_path / "root.key")


def test_another_root_key_is_refused(drill: Drill, tmp_path: Path) -> None:
    assert "root key" in refusal(drill, tmp_path / "new", drill.folder, root_key=os.urandom(32))


def test_another_identity_opens_nothing(drill: Drill, tmp_path: Path) -> None:
    stranger = Drill(drill.center, drill.folder, sealing.new_identity()[0], drill.before, drill.after, [])
    assert "another identity" in refusal(stranger, tmp_path / "new", drill.folder)


def test_the_server_holds_nothing_that_opens_a_backup(drill: Drill) -> None:
    for path in drill.center.data.rglob("*"):
        if path.is_file():
            assert b"AGE-SECRET-KEY" not in path.read_bytes(), path
            assert not path.name.startswith(".backup-")


def test_nothing_of_a_person_lies_in_clear_in_a_backup(drill: Drill) -> None:
    sealed = b"".join(path.read_bytes() for path in drill.folder.rglob("*") if path.is_file())
    opened = sealing.open_sealed(
        store.Store(drill.folder).snapshot(drill.after) / "database.age", sealing.identity_of(drill.identity)
    )
    for clear in (b"Given 7", b"Family 7", b"+12135550007", b"CANARY-file", b"SQLite format"):
        assert clear not in sealed
    assert b"SQLite format" in opened
    assert b"Given 7" not in opened
    assert ROOT_KEY not in sealed + opened
