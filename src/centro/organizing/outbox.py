"""Reports from phones: sealed there to this center's public key, opened here, and nowhere else.

    shared = ECDH(P-256: the phone's key of this one report, the center's key)
    key    = HKDF-SHA256(shared, info = "centro field report" ‖ id)
    sealed = AES-256-GCM(key, nonce, report as JSON padded with spaces, AAD = id ‖ pack)

The phone throws its half away as soon as it has sealed: it cannot read what waits to be sent. The center's half is
drawn from a key of the keyring, so that a database alone opens nothing.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from centro.core.vault import keyring

LARGEST = 32_000  # bytes of one report, sealed: 4,000 Korean letters of a story and everything else
_INFO = b"centro field report"
# The order of P-256 (FIPS 186-4, D.1.2.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Garbled(Exception):
    """What arrived is no report of ours, or not under this id and pack."""


@dataclass(frozen=True)
class Sealed:
    """One report as it travels: the phone's public key of this report, the nonce, the ciphertext."""

    key: bytes
    nonce: bytes
    body: bytes

    @classmethod
    def read(cls, item: Mapping[str, Any]) -> "Sealed":
        """From the JSON of the phone (base64 texts). `Garbled` for anything else."""
        try:
            parts = [base64.b64decode(str(item[name]), validate=True) for name in ("key", "nonce", "body")]
        except (KeyError, TypeError, binascii.Error, ValueError) as error:
            raise Garbled from error
        if len(parts[2]) > LARGEST:
            raise Garbled
        return cls(*parts)


def _private_key() -> ec.EllipticCurvePrivateKey:
    return _drawn_from(keyring.named_key("field-outbox"))


@lru_cache(maxsize=1)
def _drawn_from(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The center's half, kept as the keyring keeps the key that it is drawn from: in memory."""
    drawn = HKDF(hashes.SHA256(), 48, None, b"centro field outbox").derive(secret)
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """The center's key as a phone imports it: base64 of the uncompressed point (65 bytes)."""
    point = _private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def open_report(sealed: Sealed, *, report: UUID, pack: UUID) -> dict[str, Any]:
    """The report as the phone wrote it. `Garbled` when it was made for another id or pack, or changed on the way."""
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sealed.key)
        shared = _private_key().exchange(ec.ECDH(), theirs)
        key = HKDF(hashes.SHA256(), 32, None, _INFO + report.bytes).derive(shared)
        plain = AESGCM(key).decrypt(sealed.nonce, sealed.body, report.bytes + pack.bytes)
        told = json.loads(plain)
    except (InvalidTag, ValueError) as error:
        raise Garbled from error
    if not isinstance(told, dict):
        raise Garbled
    return told
