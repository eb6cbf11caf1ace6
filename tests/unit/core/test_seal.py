"""The envelope opens only where it was sealed, and says nothing about what it holds."""

import os
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centro.core.vault.seal import Unreadable, Where, key_id_of, padded_length, seal, unseal

KEY, KEY_ID = bytes(range(32)), uuid4()
HOME = Where("people_person", "given", uuid4())


@given(st.binary(max_size=5000))
def test_what_is_sealed_opens(plain: bytes) -> None:
    envelope = seal(plain, key=KEY, key_id=KEY_ID, where=HOME)
    assert unseal(envelope, key=KEY, where=HOME) == plain
    assert key_id_of(envelope) == KEY_ID


@pytest.mark.parametrize(
    "elsewhere",
    [
        Where("people_phone", "given", HOME.row),
        Where("people_person", "family", HOME.row),
        Where("people_person", "given", uuid4()),
        Where("people_persong", "iven", HOME.row),
    ],
)
def test_an_envelope_moved_elsewhere_stays_shut(elsewhere: Where) -> None:
    envelope = seal(b"Rosa", key=KEY, key_id=KEY_ID, where=HOME)
    with pytest.raises(Unreadable):
        unseal(envelope, key=KEY, where=elsewhere)


def test_every_flipped_bit_is_noticed() -> None:
    envelope = seal(b"Rosa", key=KEY, key_id=KEY_ID, where=HOME)
    for byte in range(len(envelope)):
        broken = bytearray(envelope)
        broken[byte] ^= 1
        with pytest.raises(Unreadable):
            unseal(bytes(broken), key=KEY, where=HOME)


@pytest.mark.parametrize("cut", [0, 1, 30, 45])
def test_a_cut_envelope_or_plain_text_stays_shut(cut: int) -> None:
    envelope = seal(b"Rosa", key=KEY, key_id=KEY_ID, where=HOME)
    for wrong in (envelope[:cut], b"Rosa Hernandez, plain text put in place of an envelope"):
        with pytest.raises(Unreadable):
            unseal(wrong, key=KEY, where=HOME)


def test_another_key_does_not_open() -> None:
    envelope = seal(b"Rosa", key=KEY, key_id=KEY_ID, where=HOME)
    with pytest.raises(Unreadable):
        unseal(envelope, key=os.urandom(32), where=HOME)


def test_lengths_tell_little() -> None:
    assert len({len(seal(b"x" * n, key=KEY, key_id=KEY_ID, where=HOME)) for n in range(28)}) == 1


@given(st.integers(min_value=0, max_value=10**7))
def test_padding_costs_at_most_32_bytes_or_12_percent(size: int) -> None:
    padded = padded_length(size)
    assert padded >= size
    assert padded - size <= max(32, size * 0.12)


def test_a_known_envelope_opens_in_every_later_version() -> None:
    """A vector of version 1: if this ever fails, old databases no longer open."""
    where = Where("people_person", "given", UUID(int=7))
    envelope = bytes.fromhex(VECTOR)
    assert unseal(envelope, key=KEY, where=where) == "김영희 Rosa Ñ".encode()


VECTOR = (
    "010100000000000000000000000000000009f10d6a24fa6560de37c4dd4c7778d7b5847507cd2b5b8dd6286c371ae0577e3c"
    "0ab727c81579116a71133b43c79a8ff0711b641dffdbd692d2e4d960"
)
