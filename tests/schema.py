"""The tables of this version, made once: migrations take seconds of work, a copy of what they leave takes none.

The file stands in `instance/test`, named by the migrations and packages it came from; a new migration makes a new one.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from config.env import ROOT

FOLDER = ROOT / "instance" / "test"
KEPT = 3  # versions; other branches of one clone have theirs


def tables() -> Path:
    """An SQLite file with every table of this version and no row that a migration did not write."""
    FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = FOLDER / f"tables-{_version()}.sqlite3"
    with (FOLDER / "tables.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several workers of pytest ask at the same moment
        if not made.exists():
            _migrate(made)
            for old in sorted(FOLDER.glob("tables-*.sqlite3"), key=lambda file: -file.stat().st_mtime)[KEPT:]:
                old.unlink()
    return made


def lay(data: Path) -> None:
    """Put the tables into the data folder of a center that has none yet."""
    shutil.copyfile(tables(), data / "centro.sqlite3")


def fill(connection: sqlite3.Connection) -> None:
    """Put the tables into an open, empty database."""
    with sqlite3.connect(tables()) as made:
        made.backup(connection)


def _version() -> str:
    """What the tables depend on: our migrations, and the packages that bring their own."""
    sources = [*sorted((ROOT / "src").glob("centro/*/migrations/*.py")), ROOT / "requirements-test.lock"]
    facts = sha256()
    for source in sources:
        facts.update(f"{source.parent.parent.name} {source.name}\n".encode() + source.read_bytes())
    return facts.hexdigest()[:16]


def _migrate(made: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="centro-tables-") as folder:
        data = Path(folder)
        (data / "root.key").write_bytes(bytes(range(32)))
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        own = {"CENTRO_MODE": "test", "CENTRO_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        program = "from config import running; running.start_django(); running.bring_up_to_date()"
        subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, env={**kept, **own, "PYTHONPATH": paths})
        with sqlite3.connect(data / "centro.sqlite3") as database:
            database.execute("pragma wal_checkpoint(truncate)")
        shutil.copyfile(data / "centro.sqlite3", made.with_suffix(".part"))
    made.with_suffix(".part").rename(made)


if __name__ == "__main__":
    tables()
