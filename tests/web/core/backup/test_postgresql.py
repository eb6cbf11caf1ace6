"""The same on PostgreSQL, in a private cluster."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.cluster import cluster
from tests.web.core.backup.centers import (
    COUNT,
    PEOPLE,
    PURGED,
    hold_drill,
    new_center,
)

pytestmark = [pytest.mark.real_time, pytest.mark.slow, pytest.mark.own_database]


PROGRAMS = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture
def two_databases() -> Iterator[tuple[str, str]]:
    if not PROGRAMS.is_dir():
        pytest.skip("PostgreSQL 15 is not on this machine")
    with cluster(PROGRAMS) as url:
        second = url.replace("/postgres?", "/second?")
        host = url.partition("host=")[2].replace("%2F", "/")
        subprocess.run(["createdb", "-h", host, "-U", "centro", "second"], check=True)
        yield url, second


def test_backup_and_restore_on_postgresql(two_databases: tuple[str, str], tmp_path: Path) -> None:
    first, second = two_databases
    drill = hold_drill(new_center(tmp_path / "center", first), tmp_path / "backups")
    target = new_center(tmp_path / "new", second)
    (tmp_path / "identity").write_text(drill.identity)
    options = ["--from", str(drill.folder), "--identity", str(tmp_path / "identity"), "--snapshot", drill.before]
    done = target.command("restore", *options)
    assert done.returncode == 0, done.stderr
    found = target.run(COUNT)
    assert (found["readable"], found["verdicts"]) == (PEOPLE - PURGED, [None, None])
    again = target.command("restore", *options)
    assert again.returncode == 1
    assert "not empty" in again.stderr
