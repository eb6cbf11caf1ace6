"""The envelope of one sealed value.

    version (1) | algorithm (1) | vault key id (16) | nonce (12) | AES-256-GCM of the padded text, with its tag

The authenticated data names table, column, row and key, each with its length before it, so that an envelope opens
only where it was sealed. Text is padded to 32 bytes; from one kilobyte on by Padmé (at most 12 % more), so that a
length tells little.
"""

import os
import struct
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION, AES_256_GCM = 1, 1
_HEAD = struct.Struct(">BB16s12s")
_LENGTH = struct.Struct(">I")
PAD_TO, PADME_FROM = 32, 1024


class Unreadable(Exception):
    """The envelope was moved, cut, changed, or its key is gone. Never opened in part, never shown raw."""


@dataclass(frozen=True, slots=True)
class Where:
    """The one place an envelope belongs to."""

    table: str
    column: str
    row: UUID

    def bound_to(self, key_id: bytes) -> bytes:
        return _column(self.table, self.column) + _with_length(self.row.bytes) + _with_length(key_id)


def _with_length(part: bytes) -> bytes:
    return _LENGTH.pack(len(part)) + part


@lru_cache(maxsize=1024)
def _column(table: str, column: str) -> bytes:
    """The beginning of what is authenticated: the same for every value of a column."""
    return b"".join(map(_with_length, (bytes([VERSION]), table.encode(), column.encode())))


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
    return head + AESGCM(key).encrypt(nonce, _pad(plain), where.bound_to(key_id.bytes))


def key_id_of(envelope: bytes) -> UUID:
    """The vault key an envelope names; `Unreadable` when it is no envelope of ours."""
    return UUID(bytes=_key_id(envelope))


def _key_id(envelope: bytes) -> bytes:
    if len(envelope) < _HEAD.size + 16 or envelope[0] != VERSION or envelope[1] != AES_256_GCM:
        raise Unreadable("not an envelope of a version this program knows")
    return envelope[2:18]


def unseal(envelope: bytes, *, key: bytes, where: Where) -> bytes:
    """Open an envelope at its place; `Unreadable` for anything but the exact bytes sealed there."""
    key_id = _key_id(envelope)
    nonce, body = envelope[18:30], envelope[30:]
    try:
        return _unpad(AESGCM(key).decrypt(nonce, body, where.bound_to(key_id)))
    except InvalidTag as error:
        raise Unreadable(f"{where.table}.{where.column} does not open") from error
