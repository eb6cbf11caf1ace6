"""The ground under every test: a data folder of its own, gone afterwards, and catalogues that are compiled.

Loaded by pytest before Django's settings (`-p config.testing` in pyproject.toml), in every worker process.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

MEMORY, ROOM = Path("/dev/shm"), 2**30


def _folder() -> str | None:
    """In memory where there is room: keys are synced to the disk as in a center, a hundred times a second here."""
    try:
        has_room = shutil.disk_usage(MEMORY).free >= ROOM and os.access(MEMORY, os.W_OK)
    except OSError:
        return None
    return str(MEMORY) if has_room else None


# Whatever the terminal was set to, tests never touch a center or a demo.
DATA = Path(tempfile.mkdtemp(prefix="centro-test-", dir=_folder()))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
(DATA / "root.key").write_bytes(os.urandom(32))
os.environ["CENTRO_MODE"] = "test"
os.environ["CENTRO_DATA"] = str(DATA)
for name in (
    "CENTRO_ROOT_KEY_FILE",
    "CENTRO_SECRET_KEY_FILE",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "CENTRO_TIME_ZONE",
):
    os.environ.pop(name, None)


def pytest_configure() -> None:
    """Pages speak three languages in tests as everywhere; the folder of collected files may be empty, but is there."""
    from config import messages
    from config.env import ROOT

    (ROOT / "instance" / "static").mkdir(parents=True, exist_ok=True, mode=0o700)
    with messages.alone():
        messages.compile_all()
