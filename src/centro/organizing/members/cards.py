"""The code on a member card: twelve letters that say nothing, known to the database by their hash."""

from hashlib import sha256

from centro.organizing.codes import CODE_LETTERS


def plain_code(typed: str) -> str:
    """What was typed or scanned, without spaces and dashes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter in CODE_LETTERS)[:20]


def mark_of_card(code: str) -> bytes:
    """SHA-256 of a code; sixty random bits need no salt."""
    return sha256(plain_code(code).encode()).digest()


def in_groups(code: str) -> str:
    """`ABCD-EFGH-JKMN`, as people read it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
