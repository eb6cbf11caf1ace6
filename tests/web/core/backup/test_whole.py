"""A restored center is the same center: counted, opened, chains intact; the commands; the schedule."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from centro.core.backup import store
from tests.web.core.backup.centers import (
    COUNT,
    FOUND,
    PEOPLE,
    PURGED,
    Center,
    Drill,
    new_center,
    restore,
)

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]

FORM_MAP = """---
version: 2026-11-23
title: Form of an agency
pdf: form_1.pdf
sha256: none
routes: [records]
fields: []
---
"""


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
    target.lay_tables()
    target.run('keyring.new_vaults("person-identity")')
    restore(drill, target.data)
    (aside,) = target.data.glob("replaced-by-*")
    assert (aside / "centro.sqlite3").exists()
    assert (aside / "keyring.sqlite3").exists()
    assert target.run(COUNT)["readable"] == PEOPLE - PURGED


def test_the_forms_that_the_center_brought_come_back_as_they_were(drill: Drill, tmp_path: Path) -> None:
    living = Center(Path(shutil.copytree(drill.center.data, tmp_path / "living")))
    forms, folder = living.data / "forms", Path(shutil.copytree(drill.folder, tmp_path / "backups"))
    forms.mkdir()
    (forms / "form_1.pdf").write_bytes(b"%PDF-1.7 one")
    (forms / "form_1.en.md").write_text(FORM_MAP)
    (forms / ".unfinished").write_bytes(b"half")
    before = living.back_up(folder)
    assert living.back_up(folder) != before
    assert len(list((folder / "forms").iterdir())) == 2, "none of the drill's own, and these once for two snapshots"
    (forms / "form_1.pdf").write_bytes(b"%PDF-1.7 two")
    living.back_up(folder)
    target = new_center(tmp_path / "new")
    (target.data / "forms").mkdir()
    (target.data / "forms" / "older.pdf").write_bytes(b"%PDF-1.7 older")
    restore(drill, target.data, stamp=before, folder=folder)
    assert {path.name: path.read_bytes()[:12] for path in (target.data / "forms").iterdir()} == {
        "form_1.pdf": b"%PDF-1.7 one",
        "form_1.en.md": FORM_MAP[:12].encode(),
    }
    assert [path.name for path in target.data.glob("replaced-by-*/forms/*")] == ["older.pdf"]


COVER = """
from centro.core.documents import covering
from centro.core.documents.looking import Covered
row = Upload.objects.order_by("pk").first()
covered = Covered(row.version, b"a black place, and longer than it was", ())
assert covering.cover_places(by=BY, upload=row, covered=covered, drop_original=False)
"""
PREVIEW = """
row = Upload.objects.order_by("pk").first()
with access.viewing(BY):
    say(words=blobs.read(row, "preview").decode())
"""


def test_a_file_that_was_covered_between_two_backups_comes_back_covered(drill: Drill, tmp_path: Path) -> None:
    living = Center(Path(shutil.copytree(drill.center.data, tmp_path / "living")))
    folder = Path(shutil.copytree(drill.folder, tmp_path / "backups"))
    living.run(COVER)
    living.back_up(folder)
    covered, _done = restore(drill, tmp_path / "new", folder=folder)
    assert covered.run(PREVIEW)["words"].startswith("a black place")
    before, _done = restore(drill, tmp_path / "old", stamp=drill.after, folder=folder)
    assert before.run(PREVIEW)["words"].startswith("CANARY-file-")


def test_a_second_backup_adds_only_new_files(drill: Drill) -> None:
    names = {path.name for path in (drill.folder / "files").rglob("*.age")}
    assert len(names) == 20, "ten uploads of two parts, sealed once although backed up twice"


def test_nothing_is_backed_up_when_nothing_was_written(drill: Drill, tmp_path: Path) -> None:
    data = Path(shutil.copytree(drill.center.data, tmp_path / "center"))
    center = Center(data)
    assert center.run(f'say(made=making.backup_if_changed(Path("{tmp_path / "b"}")))')["made"] is None
    center.run('audit.record_access("open", by=BY, route="x")')
    assert center.run(f'say(made=making.backup_if_changed(Path("{tmp_path / "b"}")))')["made"] is not None


def test_the_two_commands(tmp_path: Path) -> None:
    center, folder = new_center(tmp_path / "center"), tmp_path / "backups"
    center.lay_tables()
    center.run(FOUND)
    early = center.command("backup", "--to", str(folder))
    assert (early.returncode, "--new-identity" in early.stderr) == (1, True)
    shown = center.command("backup", "--new-identity")
    identity = next(line.strip() for line in shown.stdout.splitlines() if "AGE-SECRET-KEY" in line)
    made = center.command("backup", "--to", str(folder))
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Snapshot ")
    again = center.command("backup", "--to", str(folder), "--if-changed")
    assert "Nothing was written" in again.stdout
    other = new_center(tmp_path / "other")
    done = other.command("restore", "--from", str(folder), given=f"{identity}\n")
    assert done.returncode == 0, done.stderr
    assert "chains intact" in done.stdout
    assert other.run(COUNT)["readable"] == PEOPLE
    wrong = other.command("restore", "--from", str(tmp_path), given=f"{identity}\n")
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
