"""Phones by their keyed mark: the same number, whoever has it."""

from django.db.models import QuerySet

from centro.core.vault import keyring
from centro.people.models import Person


def mark_of(number: str) -> bytes:
    """The keyed mark of a phone number, as it stands beside phones."""
    return keyring.blind("number", number)


def people_with(mark: bytes) -> QuerySet[Person]:
    """Everybody who has this phone; a family may share one. For the program itself, which shows nobody."""
    rows: QuerySet[Person] = Person.objects.filter(phones__number_mark=mark, merged_into__isnull=True)
    return rows.distinct().order_by("pk")
