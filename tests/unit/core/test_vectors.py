"""M16: published vectors of the cipher, and our own of the envelope and the log, read by a second hand-made reader."""

import hmac
import json
import struct
from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from centro.core import audit
from centro.core.models import Event
from centro.core.vault.seal import Where, seal

# The Galois/Counter Mode of Operation (McGrew, Viega), appendix B, cases 13, 14 and 16: AES-256, 96-bit nonces.
_KEY = "feffe9928665731c6d6a8f9467308308" * 2
_PLAIN = (
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
_CIPHER = (
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
)
GCM = {
    13: ("00" * 32, "00" * 12, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    14: ("00" * 32, "00" * 12, "00" * 16, "", "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"),
    16: (
        _KEY,
        "cafebabefacedbaddecaf888",
        _PLAIN,
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        _CIPHER,
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
}


@pytest.mark.parametrize("case", GCM)
def test_the_cipher_gives_the_published_answers(case: int) -> None:
    key, nonce, plain, beside, cipher, tag = (bytes.fromhex(part) for part in GCM[case])
    assert AESGCM(key).encrypt(nonce, plain, beside) == cipher + tag
    assert AESGCM(key).decrypt(nonce, cipher + tag, beside) == plain


@pytest.mark.parametrize("case", GCM)
def test_one_wrong_bit_of_the_tag_is_refused(case: int) -> None:
    """The control: a cipher that did not look at its tag would pass the test above."""
    key, nonce, _, beside, cipher, tag = (bytes.fromhex(part) for part in GCM[case])
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(nonce, cipher + bytes([tag[0] ^ 1]) + tag[1:], beside)


def test_the_envelope_is_what_its_description_says() -> None:
    """Opened here by the description alone: version, cipher, key id, nonce, then length and text, padded."""
    key, key_id, row = bytes(range(32)), UUID(int=9), UUID(int=7)
    envelope = seal("김영희".encode(), key=key, key_id=key_id, where=Where("people_person", "given", row))
    assert envelope[:2] == b"\x01\x01"
    assert envelope[2:18] == key_id.bytes
    parts = (b"\x01", b"people_person", b"given", row.bytes, key_id.bytes)
    beside = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    padded = AESGCM(key).decrypt(envelope[18:30], envelope[30:], beside)
    assert len(padded) == 32
    assert padded[:4] == struct.pack(">I", 9)
    assert padded[4:].rstrip(b"\0").decode() == "김영희"


def test_a_link_of_the_log_is_what_its_description_says() -> None:
    """mac = HMAC-SHA256(key, mac before ‖ the row as sorted JSON): a log of today verifies in every later version."""
    row = Event(
        seq=3,
        at=datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
        kind="person.added",
        by=UUID(int=1),
        role="front_desk",
        about_kind="person",
        about=UUID(int=2),
        person=None,
        codes=["given"],
    )
    said = {
        "seq": 3,
        "at": 1_795_456_800_000_000,
        "kind": "person.added",
        "by": "00000000-0000-0000-0000-000000000001",
        "role": "front_desk",
        "about_kind": "person",
        "about": "00000000-0000-0000-0000-000000000002",
        "person": None,
        "codes": ["given"],
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    assert audit._mac(bytes(32), bytes(32), row) == hmac.digest(bytes(32), bytes(32) + text, "sha256")
