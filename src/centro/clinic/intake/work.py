"""Proof of work of the public form: a browser that did it sent one form, and not ten thousand.

The browser looks for a number with which the hash of the form's own token begins with enough zeros. One hash checks
it. Nobody is watched, no third party is asked, and who has no script sends the form without it (see `limits`).
"""

from hashlib import sha256

LONGEST = 20  # digits of the number


def is_done(token: str, number: str, *, bits: int) -> bool:
    """Whether the SHA-256 of “token:number” begins with so many zero bits. Always, where none are asked for."""
    if bits == 0:
        return True
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST):
        return False
    digest = sha256(f"{token}:{number}".encode()).digest()
    return int.from_bytes(digest, "big") >> (len(digest) * 8 - bits) == 0
