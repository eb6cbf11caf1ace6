"""What `centro check --deploy` says of an installation: its keys, its backups, its decoder, its memory."""

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Notice

from centro.core import health
from centro.core.backup import sealing
from centro.core.documents import uploads
from centro.core.documents.refusals import UploadRefused

STOLEN_WITH_KEY = (
    "A stolen machine or disk image yields every name: the root key lies on the same disk as the data. "
    "Run “centro root-key seal”, or put it on another volume and name it in CENTRO_ROOT_KEY_FILE."
)
SWAPS = Path("/proc/swaps")


@register(deploy=True)
def fit_for_a_center(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return [*_root_key(), *_backups(), *_decoder(), *_memory()]


def _root_key() -> Iterator[CheckMessage]:
    """The root key on another disk than the data, and for this user only."""
    path = Path(settings.ROOT_KEY_FILE)
    if settings.SEALED_ROOT_KEY.is_file() and not path.is_file():
        yield Notice("This center is locked: run “centro unlock”.", id="centro.W107")
        return
    if not path.is_file():
        yield Error(f"There is no root key at {path}.", id="centro.E101")
        return
    if path.stat().st_dev == Path(settings.DATA).stat().st_dev:
        yield Notice(STOLEN_WITH_KEY, id="centro.W101")
    if path.stat().st_mode & 0o077:
        yield Error(f"Others may read the root key: chmod 0400 {path}.", id="centro.E102")


def _backups() -> Iterator[CheckMessage]:
    """Backups that somebody can open, and that are made."""
    try:
        sealing.recipients()
    except sealing.NoRecipients:
        yield Notice("Nobody could open a backup: run “centro backup --new-identity”.", id="centro.W102")
        return
    if not health.is_backed_up():
        yield Notice("No backup was made in the last day: run “centro backup --to FOLDER”.", id="centro.W103")


def _decoder() -> Iterator[CheckMessage]:
    """The decoder of uploads can open nothing."""
    try:
        facts, _ = uploads.decode("probe", b"")
    except (UploadRefused, OSError):
        yield Error("The decoder of uploads does not start.", id="centro.E103")
        return
    if facts["can_open"]:
        yield Error("The decoder of uploads can open files and reach the network.", id="centro.E104")
    elif not facts["is_alone"]:
        yield Notice("The kernel gives the decoder no network of its own; limits alone hold it.", id="centro.W104")


def _memory() -> Iterator[CheckMessage]:
    """What is in memory is never written to a disk."""
    if SWAPS.is_file() and len(SWAPS.read_text().splitlines()) > 1:
        yield Notice("Swap is on: names in memory may be written to the disk. Turn it off.", id="centro.W105")
    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield Notice("Core dumps are on: set LimitCORE=0 (docs/running.md).", id="centro.W106")
