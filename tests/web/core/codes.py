"""What a phone does in these tests: authenticator codes, and a passkey made of a real P-256 key."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cbor import encode
from fido2.cose import ES256

from centro.core.models import User

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def code_now(secret: str) -> str:
    """What the authenticator app shows at this moment."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Phone:
    """A device that holds one passkey for one site."""

    site: str = "testserver"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential_id: bytes = b"credential-of-the-test-phone-001"
    flags: int = PRESENT | VERIFIED

    def make(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`: the field `credential` as the browser sends it."""
        public = encode(ES256.from_cryptography_key(self.key.public_key()))
        data = self._head(self.flags | HAS_KEY)
        data += bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        statement = encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client_data("webauthn.create", options)
        return self._answer({"clientDataJSON": _text(client), "attestationObject": _text(statement)})

    def show(self, options: dict[str, Any], user: User) -> str:
        """Answer `navigator.credentials.get`."""
        client, data = self._client_data("webauthn.get", options), self._head(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": _text(client),
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": _text(user_pk_to_url_str(user).encode()),
            }
        )

    def _head(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + (1).to_bytes(4, "big")

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": f"https://{self.site}"}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, str]) -> str:
        ident = _text(self.credential_id)
        answer = {"id": ident, "rawId": ident, "type": "public-key", "response": response}
        return json.dumps({**answer, "clientExtensionResults": {"credProps": {"rk": True}}})
