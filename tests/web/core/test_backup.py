"""Backup and restore: whole, sealed, proved before it is installed; and what was purged never comes back.

Each center here is a folder of its own, worked on by processes of its own, as in life.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from centro.core.backup import restoring, sealing, store
from centro.core.backup.manifest import digest, read_manifest
from config.env import ROOT

pytestmark = [pytest.mark.real_time, pytest.mark.slow]
PEOPLE, PURGED = 40, 5
PROGRAMS = Path("/usr/lib/postgresql/15/bin")
ROOT_KEY = bytes(range(32))

START = """
import json, sys, django
django.setup()
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from centro.core import access, audit, policy, purge
from centro.core.backup import making, sealing
from centro.core.documents import actions, blobs
from centro.core.documents.uploads import examine_bytes
from centro.core.models import *
from centro.core.vault import keyring
from centro.people.models import Person, Phone
BY = policy.system("test")
def say(**facts): print(json.dumps(facts, default=str))
"""
FOUND = f"""
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
for n in range({PEOPLE}):
    with transaction.atomic():
        person = Person.objects.create(given=f"Given {{n}}", family=f"Family {{n}}")
        Phone.objects.create(person=person, number=f"+1213555{{n:04d}}")
        audit.record_event("person.added", by=BY, about=person, person=person.pk)
        if n < 10:
            file = examine_bytes("note.txt", f"CANARY-file-{{n}}".encode())
            actions.keep_upload(by=BY, about=person, person=person.pk, file=file)
audit.record_access("open", by=BY, route="test")
"""
COUNT = """
def reads(person):
    try:
        with access.viewing(BY):
            return person.given.startswith("Given") and all(p.number.startswith("+1213") for p in person.phones.all())
    except Exception:
        return False
people = list(Person.objects.prefetch_related("phones"))
say(people=len(people), readable=sum(map(reads, people)), events=Event.objects.count(),
    uploads=Upload.objects.count(), files=len(list(blobs.all_files())),
    names=sorted(p.phones.count() for p in people)[:1],
    verdicts=[audit.verify(log).broken_at for log in (Event, Access)])
"""
PURGE = f"""
dead = list(Person.objects.order_by("added_at")[:{PURGED}])
with transaction.atomic():
    purge.bury([p.key for p in dead])
    Person.objects.filter(pk__in=[p.pk for p in dead]).delete()
"""


KEYS = """
import sqlite3
ring = sqlite3.connect(settings.KEYRING)
dead = Person.objects.order_by("added_at")[:PURGED]
say(keys=[ring.execute("select wrapped from vault where id=?", (p.key.bytes,)).fetchone()[0].hex() for p in dead])
""".replace("PURGED", str(PURGED))


@dataclass
class Center:
    """One center in a folder: `run` does something in it, in a process of its own."""

    data: Path
    database_url: str = ""

    def environment(self) -> dict[str, str]:
        own = {"CENTRO_MODE": "test", "CENTRO_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "config.settings"}
        base = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**base, **own, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DATABASE_URL": self.database_url}

    def run(self, code: str, *, fails: bool = False) -> dict[str, Any]:
        done = subprocess.run(
            [sys.executable, "-c", START + code],
            env=self.environment(),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == fails, done.stderr
        lines = done.stdout.splitlines()
        return json.loads(lines[-1]) if lines and not fails else {"error": done.stderr}

    def command(self, call: str, given: str = "") -> subprocess.CompletedProcess[str]:
        code = f"import sys; from config import backup; sys.exit(backup.{call})"
        return subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment(),
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )

    def back_up(self, folder: Path) -> str:
        time.sleep(1.01)  # a snapshot is named by its second
        return str(self.run(f'say(stamp=making.backup(Path("{folder}")).stamp)')["stamp"])


def new_center(data: Path, database_url: str = "") -> Center:
    data.mkdir(parents=True, exist_ok=True)
    (data / "root.key").write_bytes(ROOT_KEY)
    return Center(data, database_url)


@dataclass
class Drill:
    """A center that was backed up, lost some people by purge, and was backed up again."""

    center: Center
    folder: Path
    identity: str
    before: str
    after: str
    old_keys: list[str]


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    here = tmp_path_factory.mktemp("drill")
    return _drill(new_center(here / "center"), here / "backups")


def _drill(center: Center, folder: Path) -> Drill:
    identity, recipient = sealing.new_identity()
    (center.data / "backup.recipients").write_text(f"# the board\n{recipient}\n")
    center.run(FOUND)
    before = center.back_up(folder)
    keys = center.run(KEYS)["keys"]
    center.run(PURGE)
    after = center.back_up(folder)
    return Drill(center, folder, identity, before, after, keys)


def restore(
    drill: Drill, into: Path, *, stamp: str = "", folder: Path | None = None
) -> tuple[Center, restoring.Restored]:
    center = new_center(into)
    os_environment = {**os.environ}
    os.environ.update(center.environment())
    try:
        done = restoring.restore(folder or drill.folder, drill.identity, into, into / "root.key", stamp=stamp)
    finally:
        os.environ.clear()
        os.environ.update(os_environment)
    return center, done


def refusal(drill: Drill, into: Path, folder: Path) -> str:
    with pytest.raises(restoring.CannotRestore) as refused:
        restore(drill, into, folder=folder)
    assert not (into / "centro.sqlite3").exists()
    assert not list(into.glob(".restoring-*"))
    return str(refused.value)


@pytest.fixture
def copy(drill: Drill, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drill.folder, tmp_path / "backups"))


# --- whole ------------------------------------------------------------------------------------------------------------


def test_a_restored_center_is_the_same_center(drill: Drill, tmp_path: Path) -> None:
    living = drill.center.run(COUNT)
    center, done = restore(drill, tmp_path / "new")
    found = center.run(COUNT)
    assert done.stamp == drill.after
    assert done.purged == 0
    assert found == {**living, "events": living["events"] + 1}, "one more: that it was restored"
    assert found["readable"] == PEOPLE - PURGED
    assert found["uploads"] == 5
    assert found["files"] == 10
    assert found["verdicts"] == [None, None]


def test_what_stood_there_is_moved_aside(drill: Drill, tmp_path: Path) -> None:
    target = new_center(tmp_path / "center")
    target.run(FOUND)
    restore(drill, target.data)
    (aside,) = target.data.glob("replaced-by-*")
    assert (aside / "centro.sqlite3").exists()
    assert (aside / "keyring.sqlite3").exists()
    assert target.run(COUNT)["readable"] == PEOPLE - PURGED


def test_a_second_backup_adds_only_new_files(drill: Drill) -> None:
    names = {path.name for path in (drill.folder / "files").rglob("*.age")}
    assert len(names) == 20, "ten uploads of two parts, sealed once although backed up twice"


def test_nothing_is_backed_up_when_nothing_was_written(drill: Drill, tmp_path: Path) -> None:
    data = Path(shutil.copytree(drill.center.data, tmp_path / "center"))
    center = Center(data)
    assert center.run(f'say(made=making.backup_if_changed(Path("{tmp_path / "b"}")))')["made"] is None
    center.run('audit.record_access("open", by=BY, route="x")')
    assert center.run(f'say(made=making.backup_if_changed(Path("{tmp_path / "b"}")))')["made"] is not None


# --- purged (M19) -----------------------------------------------------------------------------------------------------


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


# --- changed (M29) ----------------------------------------------------------------------------------------------------


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
    one, other = [path for path in sorted((copy / "files").rglob("*.original.age")) if _is_listed(folder, drill, path)][
        :2
    ]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert "does not open" in refusal(drill, tmp_path / "new", copy)


# --- keys -------------------------------------------------------------------------------------------------------------


def test_without_the_root_key_nothing_is_restored(drill: Drill, tmp_path: Path) -> None:
    with pytest.raises(restoring.CannotRestore, match="no root key"):
        restoring.restore(drill.folder, drill.identity, tmp_path, tmp_path / "root.key")


def test_another_root_key_is_refused(drill: Drill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT_KEY", os.urandom(32))
    assert "root key" in refusal(drill, tmp_path / "new", drill.folder)


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


# --- the commands -----------------------------------------------------------------------------------------------------


def test_the_two_commands(tmp_path: Path) -> None:
    center, folder = new_center(tmp_path / "center"), tmp_path / "backups"
    center.run(FOUND)
    early = center.command(f"run_backup(['--to', '{folder}'])")
    assert (early.returncode, "--new-identity" in early.stderr) == (1, True)
    shown = center.command("run_backup(['--new-identity'])")
    identity = next(line.strip() for line in shown.stdout.splitlines() if "AGE-SECRET-KEY" in line)
    made = center.command(f"run_backup(['--to', '{folder}'])")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Snapshot ")
    again = center.command(f"run_backup(['--to', '{folder}', '--if-changed'])")
    assert "Nothing was written" in again.stdout
    other = new_center(tmp_path / "other")
    done = other.command(f"run_restore(['--from', '{folder}'])", given=f"{identity}\n")
    assert done.returncode == 0, done.stderr
    assert "chains intact" in done.stdout
    assert other.run(COUNT)["readable"] == PEOPLE
    wrong = other.command(f"run_restore(['--from', '{tmp_path}'])", given=f"{identity}\n")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "nothing was restored" in wrong.stderr


def test_a_full_disk_is_said_and_leaves_nothing_behind(drill: Drill, tmp_path: Path) -> None:
    center = Center(Path(shutil.copytree(drill.center.data, tmp_path / "center")))
    full = "import os\ndef full(_): raise OSError(28, 'No space left on device')\nos.fsync = full\n"
    failed = center.run(full + f'making.backup(Path("{tmp_path / "b"}"))', fails=True)
    assert "CannotBackUp" in failed["error"]
    assert "No space left" in failed["error"]
    assert not [path for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert not list(center.data.glob(".backup-*"))


# --- thinned ----------------------------------------------------------------------------------------------------------


def test_the_schedule_keeps_two_days_whole_35_days_daily_and_a_year_monthly() -> None:
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    stamps = [store.stamp_of(now - timedelta(minutes=15 * n)) for n in range(4 * 24 * 400)]
    kept = store.kept(stamps, now, monthly=True)
    ages = sorted(now - store.moment_of(stamp) for stamp in kept)
    assert sum(age <= timedelta(days=2) for age in ages) == 2 * 96 + 1
    assert sum(timedelta(days=2) < age <= timedelta(days=35) for age in ages) in {33, 34}
    assert sum(age > timedelta(days=35) for age in ages) in {10, 11, 12}
    assert max(ages) <= timedelta(days=366)
    keyrings = store.kept(stamps, now, monthly=False)
    assert max(now - store.moment_of(stamp) for stamp in keyrings) <= timedelta(days=35)


def test_thinning_never_takes_the_last_keyring(drill: Drill, copy: Path) -> None:
    folder = store.Store(copy)
    assert store.thin(folder, store.moment_of(drill.after)) == 0
    assert store.thin(folder, store.moment_of(drill.after) + timedelta(days=400)) == 3
    assert folder.stamps() == []
    assert folder.keyring_stamps() == [drill.after]


# --- PostgreSQL -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    from config.cluster import cluster

    if not PROGRAMS.is_dir():
        pytest.skip("PostgreSQL 15 is not on this machine")
    with cluster(PROGRAMS) as url:
        second = url.replace("/postgres?", "/second?")
        host = url.partition("host=")[2].replace("%2F", "/")
        subprocess.run(["createdb", "-h", host, "-U", "centro", "second"], check=True)
        yield url, second


def test_backup_and_restore_on_postgresql(two_databases: tuple[str, str], tmp_path: Path) -> None:
    first, second = two_databases
    drill = _drill(new_center(tmp_path / "center", first), tmp_path / "backups")
    target = new_center(tmp_path / "new", second)
    (tmp_path / "identity").write_text(drill.identity)
    options = f"['--from', '{drill.folder}', '--identity', '{tmp_path / 'identity'}', '--snapshot', '{drill.before}']"
    done = target.command(f"run_restore({options})")
    assert done.returncode == 0, done.stderr
    found = target.run(COUNT)
    assert (found["readable"], found["verdicts"]) == (PEOPLE - PURGED, [None, None])
    again = target.command(f"run_restore({options})")
    assert again.returncode == 1
    assert "not empty" in again.stderr
