"""M19: what was purged never comes back, whichever copies are put together."""

import shutil
from pathlib import Path

import pytest

from centro.core.backup import sealing, store
from tests.web.core.backup.centers import (
    COUNT,
    PEOPLE,
    PURGE,
    PURGED,
    Center,
    Drill,
    new_center,
    restore,
)

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]


def test_purged_people_are_unreadable_live(drill: Drill) -> None:
    found = drill.center.run(COUNT)
    assert (found["people"], found["readable"]) == (PEOPLE - PURGED, PEOPLE - PURGED)
    ring = b"".join(path.read_bytes() for path in drill.center.data.glob("keyring.sqlite3*"))
    assert len(drill.old_keys) == PURGED
    assert not [key for key in drill.old_keys if bytes.fromhex(key) in ring]


def test_the_control_their_keys_were_in_the_file_before(drill: Drill, tmp_path: Path) -> None:
    identity = sealing.identity_of(drill.identity)
    ring = sealing.open_sealed(store.Store(drill.folder).keyring(drill.before), identity)
    assert all(bytes.fromhex(key) in ring for key in drill.old_keys)


def test_old_data_with_the_new_keyring_does_not_open_them(drill: Drill, tmp_path: Path) -> None:
    """Not by our restore, but by hand: the old database beside the keyring of today."""
    center = new_center(tmp_path / "by-hand")
    identity, folder = sealing.identity_of(drill.identity), store.Store(drill.folder)
    old = sealing.open_sealed(folder.snapshot(drill.before) / "database.age", identity)
    (center.data / "centro.sqlite3").write_bytes(old)
    (center.data / "keyring.sqlite3").write_bytes(sealing.open_sealed(folder.keyring(drill.after), identity))
    found = center.run(COUNT)
    assert (found["people"], found["readable"]) == (PEOPLE, PEOPLE - PURGED)


def test_restoring_an_old_snapshot_does_not_bring_them_back(drill: Drill, tmp_path: Path) -> None:
    center, done = restore(drill, tmp_path / "new", stamp=drill.before)
    found = center.run(COUNT)
    assert done.stamp == drill.before
    assert (found["people"], found["readable"], found["files"]) == (PEOPLE - PURGED, PEOPLE - PURGED, 10)


def test_nor_does_the_old_snapshot_with_its_old_keyring(drill: Drill, copy: Path, tmp_path: Path) -> None:
    store.Store(copy).keyring(drill.after).unlink()
    center, done = restore(drill, tmp_path / "new", stamp=drill.before, folder=copy)
    found = center.run(COUNT)
    assert done.purged == PURGED, "they had come back to life, and were destroyed again"
    assert (found["people"], found["readable"], found["files"]) == (PEOPLE - PURGED, PEOPLE - PURGED, 10)


def test_the_control_without_any_ledger_they_would_come_back(drill: Drill, copy: Path, tmp_path: Path) -> None:
    store.Store(copy).keyring(drill.after).unlink()
    shutil.rmtree(store.Store(copy).snapshot(drill.after))
    center, done = restore(drill, tmp_path / "new", folder=copy)
    assert done.purged == 0
    assert center.run(COUNT)["readable"] == PEOPLE


def test_a_purge_that_a_power_cut_stopped_half_way_is_finished(drill: Drill, tmp_path: Path) -> None:
    center = Center(Path(shutil.copytree(drill.center.data, tmp_path / "center")))
    half = 'purge._destroy = lambda *_: sys.exit("power cut")\n' + PURGE
    center.run(half, fails=True)
    found = center.run(
        'alive = keyring.living(PurgedVault.objects.values_list("vault", flat=True))\nsay(alive=len(alive))'
    )
    assert found["alive"] == PURGED
    assert center.run("say(done=purge.finish(), again=purge.finish())") == {"done": PURGED, "again": 0}
