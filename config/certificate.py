"""A throw-away certificate, so that a phone in the same network can try the demo (`centro demo --https`)."""

import os
import socket
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LASTS = timedelta(days=7)
NOWHERE = ("192.0.2.1", 9)  # kept for documentation (RFC 5737); a datagram socket sends nothing when it connects


def own_address() -> str:
    """The address of this machine in its network; empty where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(NOWHERE)
        except OSError:
            return ""
        return str(line.getsockname()[0])


def make(folder: Path, address: str) -> tuple[Path, Path]:
    """Write a certificate for this address and localhost, and its key; the ones of an earlier start are replaced."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate, secret = folder / "demo.crt", folder / "demo.key"
    for path, content in (
        (certificate, _certificate(key, address).public_bytes(serialization.Encoding.PEM)),
        (secret, _bytes_of(key)),
    ):
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    return certificate, secret


def _certificate(key: ec.EllipticCurvePrivateKey, address: str) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Centro demo")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address(address))])
    now = datetime.now(UTC)
    draft = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    draft = draft.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + LASTS)
    return draft.add_extension(names, critical=False).sign(key, hashes.SHA256())


def _bytes_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
