"""Contacts and assessments as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from centro.organizing.choices import Issue
from centro.organizing.models import Contact


@dataclass(frozen=True)
class ContactLine:
    """One try as the history shows it."""

    contact: Contact
    issues: list[str]
    who: list[str]
    named: list[Any]


def contact_lines(rows: Iterable[Contact]) -> list[ContactLine]:
    """Codes by their words, names of whoever went."""
    labels = {code: str(label) for code, label in Issue.choices}
    return [
        ContactLine(
            contact=row,
            issues=[labels[code] for code in row.issues if code in labels],
            who=[str(user.name or user.username) for user in (row.by, *row.together_with.all())],
            named=list(row.named.all()),
        )
        for row in rows
    ]
