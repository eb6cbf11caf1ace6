"""A claim for reading: its working in two languages, what it rests on, and two claims side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import wagelaw
from centro.clinic.claiming import Outcome, Step
from centro.clinic.hours_sheet import item_meaning, item_name, spoken
from centro.clinic.models import SettledLaw

WHY: dict[str, str | Promise] = {
    "law": _("The law tables were updated"),
    "time": _("Time has passed: more interest, and what expired meanwhile"),
    "job": _("Facts of the job were changed"),
    "hours": _("Hours were changed"),
    "pay": _("Pay was changed"),
    "switches": _("A question of unsettled law was settled"),
}


@dataclass(frozen=True)
class LineReading:
    """What one payday owes, in the worker's language and in English."""

    due: date
    cents: int
    barred: int
    file_by: date | None
    words: str
    english: str


def item_reading(outcome: Outcome, code: str, language: str) -> dict[str, Any] | None:
    """One item with all its lines; None where the claim has no such item."""
    item = next((one for one in outcome.claim.items if one.code == code), None) if outcome.claim else None
    if item is None:
        return None
    native = outcome.claim.lines_in_words(code, language)
    english = outcome.claim.lines_in_words(code, "en")
    return {
        "item": item,
        "language": language,
        "is_english": language == "en",
        "name": item_name(code, language),
        "name_en": item_name(code, "en"),
        "meaning": item_meaning(code, language),
        "meaning_en": item_meaning(code, "en"),
        "law": item.law,
        "lines": [
            LineReading(one["due"], one["cents"], one["barred_cents"], one["file_by"], one["words"], two["words"])
            for one, two in zip(native, english, strict=True)
        ],
    }


PROMISED = ("unpaid_wages",)  # what is owed by the promise itself, whoever the worker is to the law


@dataclass(frozen=True)
class BothSums:
    """The two computations of a claim whose worker is called a contractor, in cents: by the promise, and by the law."""

    promised: int
    by_law: int

    @property
    def as_employee(self) -> int:
        return self.promised + self.by_law


def both_sums(outcome: Outcome) -> BothSums | None:
    """The promise alone is owed to a contractor; the wage laws add the rest to it. None where nothing is computed."""
    if outcome.claim is None:
        return None
    promised = sum(item.cents for item in outcome.claim.items if item.code in PROMISED)
    return BothSums(promised, outcome.total - promised)


@dataclass
class Notes:
    """What a claim rests on: values not read in their source, settled questions, assumptions, what was left out."""

    unverified: list[str]
    questions: list[tuple[str, bool, SettledLaw | None]]
    assumed: list[str]
    not_covered: list[tuple[str, str]]


def notes_of(outcome: Outcome, settled: Iterable[SettledLaw], language: str) -> Notes:
    """The notes of a claim, sorted by what one does with them."""
    found, known = Notes([], [], [], []), {row.switch: row for row in settled}
    if outcome.claim is None:
        return found
    written = outcome.claim.as_json(spoken(language))
    for (name, values), text in zip(outcome.claim.notes, written["notes"], strict=True):
        if name.startswith("value_"):
            found.unverified.append(text)
        elif name == "switch":
            question = wagelaw.switches(spoken(language))[values["switch"]]["question"]
            found.questions.append((question, values["setting"] == "true", known.get(values["switch"])))
        else:
            found.assumed.append(text)
    found.not_covered = [(_name(one["code"], language), one["why"]) for one in written["not_covered"]]
    return found


def _name(code: str, language: str) -> str:
    try:
        return item_name(code, spoken(language))
    except KeyError:
        return ""


@dataclass(frozen=True)
class Question:
    """A question of unsettled law: its words, how it is answered for everybody and here, whether it matters here."""

    switch: str
    words: str
    default: bool
    settled: SettledLaw | None
    matters: bool


def open_questions(outcome: Outcome, settled: Iterable[SettledLaw], language: str) -> list[Question]:
    """Every question, those that matter to this claim first."""
    known = {row.switch: row for row in settled}
    notes = outcome.claim.notes if outcome.claim else []
    touched = {values["switch"] for name, values in notes if name == "switch"}
    found = [
        Question(name, one["question"], one["default"], known.get(name), name in touched)
        for name, one in wagelaw.switches(spoken(language)).items()
    ]
    return sorted(found, key=lambda one: not (one.matters or one.settled))


def step_words(step: Step, language: str) -> dict[str, Any]:
    """One reason for a change, with the items it touched, the largest first."""
    items = sorted(step.items.items(), key=lambda pair: -abs(pair[1]))
    return {
        "why": WHY[step.why],
        "cents": step.cents,
        "items": [(item_name(code, language), cents) for code, cents in items],
    }


def compared(old: Mapping[str, Any], outcome: Outcome, language: str) -> list[dict[str, Any]]:
    """Item by item, what it was and what it is."""
    before = {code: cents for code, cents, _barred in old["items"]}
    now = {item.code: item.cents for item in outcome.claim.items} if outcome.claim else {}
    codes = [*before, *(code for code in now if code not in before)]
    return [
        {
            "name": item_name(code, spoken(language)),
            "old": before.get(code, 0),
            "now": now.get(code, 0),
            "change": now.get(code, 0) - before.get(code, 0),
        }
        for code in codes
    ]
