"""Locked start: on the disk the root key exists only sealed by a passphrase; after a start somebody has to say it.

    "CRK1" | salt (16) | nonce (12) | AES-256-GCM of the root key, under Argon2id of the passphrase (256 MiB, 3 passes)

Unlocked, the key lies in a file in memory (`/dev/shm`), which a power cut empties. A machine that was seized while
switched off holds nothing that opens without the passphrase or a paper kit.
"""

import os
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC, SALT, NONCE = b"CRK1", 16, 12
SHORTEST = 15


class WrongPassphrase(Exception):
    """The passphrase does not open the sealed key (or the file was changed)."""


class TooShort(Exception):
    """A passphrase has at least fifteen characters: four words are good."""


def _key(passphrase: str, salt: bytes) -> bytes:
    words = " ".join(passphrase.split()).encode()
    return hash_secret_raw(words, salt, time_cost=3, memory_cost=256 * 1024, parallelism=1, hash_len=32, type=Type.ID)


def seal(root_key: bytes, passphrase: str) -> bytes:
    """The root key as it may lie on the disk; `TooShort` for a passphrase that could be guessed."""
    if len(" ".join(passphrase.split())) < SHORTEST:
        raise TooShort
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return MAGIC + salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, root_key, MAGIC)


def open_sealed(sealed: bytes, passphrase: str) -> bytes:
    """The root key again; `WrongPassphrase` for anything but the very passphrase and the very bytes."""
    body = sealed.removeprefix(MAGIC)
    salt, nonce, box = body[:SALT], body[SALT : SALT + NONCE], body[SALT + NONCE :]
    try:
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, box, MAGIC)
    except (InvalidTag, ValueError) as error:
        raise WrongPassphrase from error


def write(path: Path, content: bytes) -> None:
    """A file that only this user may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
