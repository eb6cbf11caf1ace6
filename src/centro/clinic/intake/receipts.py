"""The receipt of a public intake: ten characters that nobody can guess, kept only as a mark of a slow hash."""

import re
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw

from centro.core.vault import keyring

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 10
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def receipt_of(form: UUID) -> str:
    """The receipt of one form: the same form sent twice gets the same one, and it is stored nowhere."""
    number = int.from_bytes(keyring.blind("intake.receipt", form.hex)[:7], "big") >> 6
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))


def written(receipt: str) -> str:
    """As people read it aloud: two groups of five."""
    return f"{receipt[:5]}-{receipt[5:]}"


def as_typed(text: str) -> str:
    """A receipt as somebody typed it: no matter the case, spaces, dashes, or letters that look like digits."""
    plain = re.sub(r"[\s-]", "", text.upper()).translate(_READ_AS)
    return plain if len(plain) == LENGTH and set(plain) <= set(ALPHABET) else ""


def mark_of(receipt: str) -> bytes:
    """What is stored: a keyed mark of a slow hash, so that a stolen table cannot be tried against every receipt."""
    slow = hash_secret_raw(receipt.encode(), _salt(), 1, 46 * 1024, 1, 32, Type.ID)
    return keyring.blind("intake.receipt_mark", slow.hex())


def _salt() -> bytes:
    return keyring.blind("intake.receipt_salt", "system")
