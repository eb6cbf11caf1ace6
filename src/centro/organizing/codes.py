"""Short codes that people read out, and type from paper: drawn at random, so that they say nothing."""

import secrets

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else on paper


def new_code(letters: int) -> str:
    """So many letters: four are one of 810,000, eight one of 656 billion."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(letters))
