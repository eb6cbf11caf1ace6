"""The root key: 32 bytes that never stand in the database, the environment or a backup."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

ROOT_BYTES = 32


class Locked(Exception):
    """There is no usable root key: the site stays shut until an officer unlocks it."""


@lru_cache(maxsize=4)
def _read(path: Path, changed_at: int) -> bytes:
    key = path.read_bytes()
    if len(key) != ROOT_BYTES:
        raise Locked(f"the root key file must hold {ROOT_BYTES} bytes, this one holds {len(key)}")
    return key


def key() -> bytes:
    """The root key, read once per change of its file; `Locked` when it is missing or of the wrong size."""
    path = Path(settings.ROOT_KEY_FILE)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise Locked("the root key file cannot be read") from error


def make(path: Path) -> None:
    """Write a new root key that only this user may read; refuse to replace one that exists."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(os.urandom(ROOT_BYTES))
        file.flush()
        os.fsync(file.fileno())
