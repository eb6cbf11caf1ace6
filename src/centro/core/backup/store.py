"""A folder of backups: how it is laid out, how it is written, and what is thinned out.

    snapshots/20261123T181500Z/{manifest,database,ledger}.age
    keyrings/20261123T181500Z.age
    files/ab/<paper id>.<part>~<digest>.age each sealed file once, and anew when something on it was covered
    forms/<digest>.age                      the forms that the center brought, once for each change

Only new names are ever written, so that the folder can lie on storage where this machine adds and never deletes.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

MARK = "~"  # between the name of a file and what tells its states apart
STAMP = "%Y%m%dT%H%M%SZ"
EVERYTHING_FOR, DAILY_FOR, MONTHLY_FOR = timedelta(days=2), timedelta(days=35), timedelta(days=366)


def stamp_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(STAMP)


def moment_of(stamp: str) -> datetime:
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)


@dataclass(frozen=True)
class Store:
    """One folder of backups of one center."""

    folder: Path

    def snapshot(self, stamp: str) -> Path:
        return self.folder / "snapshots" / stamp

    def keyring(self, stamp: str) -> Path:
        return self.folder / "keyrings" / f"{stamp}.age"

    def file(self, name: str) -> Path:
        return self.folder / "files" / name[:2] / f"{name}.age"

    def forms(self, digest: str) -> Path:
        return self.folder / "forms" / f"{digest}.age"

    def stamps(self) -> list[str]:
        """Finished snapshots, the oldest first."""
        return sorted(path.name for path in (self.folder / "snapshots").glob("*Z") if path.is_dir())

    def keyring_stamps(self) -> list[str]:
        return sorted(path.stem for path in (self.folder / "keyrings").glob("*Z.age"))


def write_new(path: Path, content: bytes) -> None:
    """Write a file whole and synced, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{uuid4().hex}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def kept(stamps: Iterable[str], now: datetime, *, monthly: bool) -> set[str]:
    """Which stamps to keep: all of two days, one a day for 35 days, and (`monthly`) one a month for a year.

    Of each day and month the newest stays, so that a snapshot made today never pushes out one of yesterday.
    """
    keep: dict[str, str] = {}
    for stamp in sorted(stamps):
        age = now - moment_of(stamp)
        if age <= EVERYTHING_FOR:
            keep[stamp] = stamp
        if age <= DAILY_FOR:
            keep[f"day {stamp[:8]}"] = stamp
        if monthly and age <= MONTHLY_FOR:
            keep[f"month {stamp[:6]}"] = stamp
    return set(keep.values())


def thin(store: Store, now: datetime) -> int:
    """Delete what the schedule no longer keeps; run it on the machine that holds the folder. Returns how many.

    Keyrings are never kept longer than 35 days: an old one could open what was purged since.
    """
    old_snapshots = set(store.stamps()) - kept(store.stamps(), now, monthly=True)
    for stamp in old_snapshots:
        for part in store.snapshot(stamp).iterdir():
            part.unlink()
        store.snapshot(stamp).rmdir()
    newest = set(store.keyring_stamps()[-1:])
    old_keyrings = set(store.keyring_stamps()) - kept(store.keyring_stamps(), now, monthly=False) - newest
    for stamp in old_keyrings:
        store.keyring(stamp).unlink()
    return len(old_snapshots) + len(old_keyrings)
