"""What this installation protects, counted from the tables themselves, so that the sentence stays true."""

from dataclasses import dataclass

from django.db import connection

from centro.core import inventory
from centro.core.vault.fields import SealedText


@dataclass(frozen=True)
class Protection:
    """How many kinds of words are sealed, how many columns are clear codes, and where the rows lie."""

    sealed: int
    clear: int
    is_one_file: bool


def protection() -> Protection:
    fields = list(inventory.our_fields())
    sealed = sum(isinstance(field, SealedText) for field in fields)
    return Protection(sealed=sealed, clear=len(fields) - sealed, is_one_file=connection.vendor == "sqlite")
