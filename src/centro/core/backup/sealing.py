"""Sealing with age: anybody who has a recipient can seal, only who holds an identity can open."""

from pathlib import Path
from typing import Any

import pyrage
from django.conf import settings

Identity = Any  # pyrage.x25519.Identity, which has no types


class NoRecipients(Exception):
    """Nobody could open a backup: no recipient is set."""


class Closed(Exception):
    """A sealed file does not open: it was changed, or it was sealed to another identity."""


def recipients_file() -> Path:
    return Path(settings.DATA) / "backup.recipients"


def recipients() -> list[str]:
    """The public keys that backups are sealed to, one a line; lines with # are remarks."""
    path = recipients_file()
    lines = path.read_text(encoding="ascii").splitlines() if path.is_file() else []
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise NoRecipients(f"{path} names nobody who could open a backup")
    return found


def new_identity() -> tuple[str, str]:
    """A new identity, to be written on paper, and its recipient, to be added here."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def add_recipient(recipient: str) -> None:
    """Seal backups to this identity as well, from now on. `ValueError` when it is not a recipient of age."""
    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise ValueError("a recipient of age begins with “age1”") from error
    with recipients_file().open("a", encoding="ascii") as file:
        file.write(f"{recipient}\n")


def seal(content: bytes) -> bytes:
    """Seal for every recipient of this center."""
    sealed: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(line) for line in recipients()])
    return sealed


def identity_of(text: str) -> Identity:
    """The identity in a text: its first line that begins with AGE-SECRET-KEY. `ValueError` when there is none."""
    line = next((line.strip() for line in text.splitlines() if line.strip().startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(line)
    except pyrage.IdentityError as error:
        raise ValueError("an identity of age begins with “AGE-SECRET-KEY-”") from error


def open_sealed(path: Path, identity: Identity) -> bytes:
    """The content of a sealed file; `Closed` for anything but exactly what was sealed."""
    try:
        content: bytes = pyrage.decrypt(path.read_bytes(), [identity])
    except (pyrage.DecryptError, OSError) as error:
        raise Closed(path.name) from error
    return content
