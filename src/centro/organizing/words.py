"""Contacts and assessments as sentences."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from centro.organizing.choices import Issue, Outcome
from centro.organizing.models import Contact
from centro.people.choices import WRITTEN_IN


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


def in_every_language(say: Callable[[], str]) -> list[str]:
    """What this says in each language we write: for a sheet that goes from hand to hand."""
    said = []
    for code in WRITTEN_IN:
        with translation.override(code):
            said.append(str(say()))
    return said


_SAID = {
    "new_name": _("Somebody new"),
    "new_phone": _("Phone"),
    "new_where": _("Where they live or work"),
    "outcome": _("What happened?"),
    "story": _("Their story"),
    "own_issue": _("In their own words"),
    "known_as0": _("Whom did they name?"),
    "works0": _("Where they work"),
    "known_as1": _("Another person"),
    "works1": _("Where they work"),
    "known_as2": _("Another person"),
    "works2": _("Where they work"),
    "value": _("Assessment"),
    "ask_words": _("Which meeting, which task"),
    "step": _("Next step"),
    "device_at": _("When"),
}


def report_lines(words: str) -> list[tuple[str, str]]:
    """What a held report says, as label and text; nothing where it cannot be read."""
    try:
        told = json.loads(words)
    except ValueError:
        return []
    outcomes = {code: str(label) for code, label in Outcome.choices}
    told["device_at"] = _time(str(told.get("device_at", "")))
    lines = [(str(label), str(told[name])) for name, label in _SAID.items() if told.get(name)]
    return [(label, outcomes.get(text, text)) for label, text in lines]


def _time(text: str) -> str:
    """A moment as people say it; nothing where a phone told nonsense."""
    try:
        when = parse_datetime(text)
    except ValueError:
        return ""
    return formats.date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT") if when and when.tzinfo else ""
