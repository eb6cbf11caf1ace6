"""The envelope of one sealed value.

    version (1) | algorithm (1) | vault key id (16) | nonce (12) | AES-256-GCM of the padded text, with its tag

The authenticated data names table, column, row and key, each with its length before it, so that an envelope opens
only where it was sealed. Text is padded to 32 bytes; from one kilobyte on by Padmé (at most 12 % more), so that a
length tells little.
"""

import os
import struct
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION, AES_256_GCM = 1, 1
_HEAD = struct.Struct(">BB16s12s")
PAD_TO, PADME_FROM = 32, 1024


class Unreadable(Exception):
    """The envelope was moved, cut, changed, or its key is gone. Never opened in part, never shown raw."""


@dataclass(frozen=True, slots=True)
class Where:
    """The one place an envelope belongs to."""

    table: str
    column: str
    row: UUID

    def bound_to(self, key_id: UUID) -> bytes:
        parts = (bytes([VERSION]), self.table.encode(), self.column.encode(), self.row.bytes, key_id.bytes)
        return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def padded_length(size: int) -> int:
    """Bytes a text of `size` bytes occupies once padded."""
    if size <= PADME_FROM:
        return max(PAD_TO, -(-size // PAD_TO) * PAD_TO)
    exponent = size.bit_length() - 1
    loose_bits = exponent - exponent.bit_length()
    mask = (1 << loose_bits) - 1
    return (size + mask) & ~mask


def _pad(plain: bytes) -> bytes:
    framed = struct.pack(">I", len(plain)) + plain
    return framed.ljust(padded_length(len(framed)), b"\0")


def _unpad(padded: bytes) -> bytes:
    (size,) = struct.unpack_from(">I", padded)
    if size > len(padded) - 4:
        raise Unreadable("the length inside the envelope is wrong")
    return padded[4 : 4 + size]


def seal(plain: bytes, *, key: bytes, key_id: UUID, where: Where) -> bytes:
    """Seal bytes for one place under one vault key; a new random nonce each time."""
    nonce = os.urandom(12)
    head = _HEAD.pack(VERSION, AES_256_GCM, key_id.bytes, nonce)
    return head + AESGCM(key).encrypt(nonce, _pad(plain), where.bound_to(key_id))


def key_id_of(envelope: bytes) -> UUID:
    """The vault key an envelope names; `Unreadable` when it is no envelope of ours."""
    if len(envelope) < _HEAD.size + 16 or envelope[0] != VERSION or envelope[1] != AES_256_GCM:
        raise Unreadable("not an envelope of a version this program knows")
    return UUID(bytes=envelope[2:18])


def unseal(envelope: bytes, *, key: bytes, where: Where) -> bytes:
    """Open an envelope at its place; `Unreadable` for anything but the exact bytes sealed there."""
    key_id = key_id_of(envelope)
    nonce, body = envelope[18:30], envelope[30:]
    try:
        return _unpad(AESGCM(key).decrypt(nonce, body, where.bound_to(key_id)))
    except InvalidTag as error:
        raise Unreadable(f"{where.table}.{where.column} does not open") from error
