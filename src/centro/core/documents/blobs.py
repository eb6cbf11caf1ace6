"""Sealed bytes beside the database: one file a part, written whole or not at all.

`<BLOBS>/<two hex digits>/<paper id>.<part>` holds one envelope of the vault, bound to table, part and
paper. A file is on the disk before the row that speaks of it is committed; a file without a row is swept
after a week.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from centro.core import clock
from centro.core.models.documents import Paper
from centro.core.vault import keyring
from centro.core.vault.seal import Unreadable, Where, key_id_of, seal, unseal

PARTS = ("issued", "original", "preview")
ORPHAN_AGE = timedelta(days=7)


def _folder() -> Path:
    return Path(settings.BLOBS)


def path_of(paper_id: UUID, part: str) -> Path:
    if part not in PARTS:
        raise ValueError(part)
    return _folder() / paper_id.hex[:2] / f"{paper_id}.{part}"


def _where(paper: Paper, part: str) -> Where:
    return Where(paper._meta.db_table, f"blob:{part}", paper.pk)


def write(paper: Paper, part: str, content: bytes) -> None:
    """Seal bytes under the paper's vault key and put them on the disk, synced. `OSError`: no room."""
    key_id = paper.vault_id()
    envelope = seal(content, key=keyring.vault_key(key_id), key_id=key_id, where=_where(paper, part))
    path = path_of(paper.pk, part)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_whole(path, envelope)


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(f".{uuid4().hex}")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(paper: Paper, part: str) -> bytes:
    """Open a part; `Unreadable` when the file is missing, moved or changed, or its key is gone."""
    try:
        envelope = path_of(paper.pk, part).read_bytes()
    except OSError as error:
        raise Unreadable(f"the {part} of a paper is not on the disk") from error
    return unseal(envelope, key=keyring.vault_key(key_id_of(envelope)), where=_where(paper, part))


def delete(paper_id: UUID) -> None:
    """Take every part of a paper off the disk."""
    for part in PARTS:
        path_of(paper_id, part).unlink(missing_ok=True)


def drop(paper_id: UUID, part: str) -> None:
    """Take one part of a paper off the disk."""
    path_of(paper_id, part).unlink(missing_ok=True)


def all_files() -> Iterator[Path]:
    """Every finished file, in the order of its name."""
    return iter(sorted(path for path in _folder().glob("??/*") if not path.name.startswith(".")))


def sweep(known: set[UUID], *, now: datetime | None = None) -> int:
    """Delete files older than a week that no row speaks of, and unfinished ones. Returns how many."""
    oldest = ((now or clock.now()) - ORPHAN_AGE).timestamp()
    gone = 0
    for path in list(_folder().glob("??/*")) + list(_folder().glob("??/.*")):
        if path.stat().st_mtime < oldest and _paper_of(path) not in known:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _paper_of(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None
