"""Locked start from the terminal: seal the root key by a passphrase, say it after a start, shut the center again."""

import getpass
import os
import sys
from pathlib import Path

from config import running


def seal_root_key() -> int:
    """From now on the root key lies on the disk only sealed; the clear file is removed."""
    running.start_django()
    from django.conf import settings

    from centro.core.vault import locked_start, root

    if settings.SEALED_ROOT_KEY.exists():
        raise running.Stop("this center starts locked already.")
    clear = settings.ROOT_KEY_FILE
    try:
        sealed = locked_start.seal(root.key(), _new_passphrase())
    except root.Locked as why:
        raise running.Stop(f"{why}.") from None
    except locked_start.TooShort:
        raise running.Stop(
            "a passphrase has at least 15 characters; four words are good. Nothing was changed."
        ) from None
    key = root.key()
    locked_start.write(settings.SEALED_ROOT_KEY, sealed)
    locked_start.write(settings.UNLOCKED_ROOT_KEY, key)
    _overwrite(clear)
    running.say("This center starts locked from now on. After each start of the machine: “centro unlock”.")
    return 0


def unlock() -> int:
    """Open the center after a start: the key goes into memory, and the site answers."""
    running.start_django()
    from django.conf import settings

    from centro.core.vault import locked_start

    if not settings.SEALED_ROOT_KEY.exists():
        raise running.Stop("this center does not start locked: there is nothing to unlock.")
    try:
        key = locked_start.open_sealed(settings.SEALED_ROOT_KEY.read_bytes(), _ask("Passphrase: "))
    except locked_start.WrongPassphrase:
        raise running.Stop("this is not the passphrase. Nothing was changed.") from None
    locked_start.write(settings.UNLOCKED_ROOT_KEY, key)
    running.say("Unlocked. The site answers again within a moment.")
    return 0


def lock() -> int:
    """Shut the center at once: the key leaves the memory, and every page answers 503."""
    running.start_django()
    from django.conf import settings

    if not settings.SEALED_ROOT_KEY.exists():
        raise running.Stop("this center does not start locked; run “centro root-key seal” first.")
    settings.UNLOCKED_ROOT_KEY.unlink(missing_ok=True)
    running.say("Locked. Nobody reads anything until “centro unlock”.")
    return 0


def _ask(question: str) -> str:
    """A passphrase that is not shown; from a pipe where nobody is at the terminal."""
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _new_passphrase() -> str:
    first = _ask("A passphrase of at least 15 characters (four words are good): ")
    if _ask("Once more: ") != first:
        raise running.Stop("the two were not the same. Nothing was changed.")
    return first


def _overwrite(path: Path) -> None:
    """Write over the clear key before it is removed; on flash the wear levelling may keep a copy (docs/privacy.md)."""
    path.chmod(0o600)
    path.write_bytes(bytes(path.stat().st_size))
    os.sync()
    path.unlink()
