"""A phone in the field, as the server meets it: seals reports as static/organizing/field/crypto.js does."""

import base64
import json
import os
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from centro.organizing.models import Assignment


def text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@dataclass
class Phone:
    """What a phone knows after it took a list along."""

    pack: UUID
    token: str
    server_key: str
    people: list[dict[str, Any]]
    given: dict[str, Any] = field(default_factory=dict)

    def seal(self, told: dict[str, Any], report: UUID | None = None) -> dict[str, str]:
        """One item of the outbox."""
        mark = report or uuid4()
        mine = ec.generate_private_key(ec.SECP256R1())
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(self.server_key))
        key = HKDF(hashes.SHA256(), 32, None, b"centro field report" + mark.bytes).derive(
            mine.exchange(ec.ECDH(), theirs)
        )
        nonce, plain = os.urandom(12), json.dumps(told, ensure_ascii=False).encode().ljust(1024)
        body = AESGCM(key).encrypt(nonce, plain, mark.bytes + self.pack.bytes)
        point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"id": str(mark), "key": text(point), "nonce": text(nonce), "body": text(body)}

    def send(self, *items: dict[str, str]) -> dict[str, Any]:
        """What the server answers; without cookies, as the phone sends."""
        sent = {"token": self.token, "items": list(items)}
        answer = Client().post("/organizing/field/outbox/", json.dumps(sent), content_type="application/json")
        told: dict[str, Any] = answer.json()
        return told


def take_along(client: Client, row: Assignment) -> Phone:
    """Take a list along, as the page does."""
    given = client.post("/organizing/field/packs/", {"list": row.pk}).json()
    return Phone(UUID(given["pack"]), given["token"], given["server_key"], given["people"], given)
