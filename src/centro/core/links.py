"""Links that open something without an account: drawn at random, known to the database by their mark alone."""

import secrets
from hashlib import sha256


def new_link() -> str:
    """A secret of 256 bits, as it stands in an address."""
    return secrets.token_urlsafe(32)


def mark_of(link: str) -> bytes:
    """What is kept of a link: enough to know it again, not enough to make it."""
    return sha256(link.encode()).digest()
