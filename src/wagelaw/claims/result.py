"""A computed claim: its items, weeks, totals, what expires when, and the document it is written as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import Any

from wagelaw.calendar import Calendar
from wagelaw.case.fields import ITEM_CODES
from wagelaw.case.records import Case
from wagelaw.claims.citations import CITATIONS, EXPOSURE, FEDERAL, FORMULAS
from wagelaw.claims.exposure import Exposure
from wagelaw.claims.inputs import input_text
from wagelaw.claims.lines import Line, worth_showing
from wagelaw.claims.wages import Week
from wagelaw.money import (
    RATE_UNITS,
    cents,
    decimal_text,
    dollars,
)

FORMAT = "wagelaw/claim/1"
GROUPS = {
    "wages": (
        "unpaid_wages",
        "minimum_wage",
        "overtime",
        "piece_rate_nonproductive",
        "sick_leave",
        "vacation",
        "deductions",
        "tips",
        "app_driver_guarantee",
    ),
    "premiums": ("meal_premium", "rest_premium", "split_shift", "reporting_time"),
    "liquidated_damages": ("liquidated_damages",),
    "interest": ("interest",),
    "penalties": ("waiting_time", "wage_statement", "records_request", "bounced_check", "late_pay"),
    "reimbursements": ("expenses",),
}


@dataclass(slots=True)
class Item:
    """All lines of one code. Money in cents."""

    code: str
    lines: list[Line]
    law: tuple[str, ...]

    @property
    def cents(self) -> int:
        """What is owed and can still be claimed."""
        return sum(line.cents for line in self.lines)

    @property
    def barred_cents(self) -> int:
        """What is owed but time-barred."""
        return sum(line.barred_cents for line in self.lines)


@dataclass(slots=True)
class Claim:
    """The result of `wagelaw.claim`. `as_json()` is the document of the contract, `render()` its words."""

    case: Case
    calendar: Calendar
    law_version: str
    items: list[Item]
    weeks: list[Week]
    federal: list[Item] | None
    federal_adds: int
    exposure: list[Exposure]
    not_covered: list[tuple[str, str]]
    notes: list[tuple[str, dict[str, str]]]
    remarks: list[dict[str, str]] = field(default_factory=list)

    def totals(self, items: Iterable[Item] | None = None) -> dict[str, int]:
        """Cents by group, and the total of all."""
        by_code = {item.code: item.cents for item in (self.items if items is None else items)}
        found = {group: sum(by_code.get(code, 0) for code in codes) for group, codes in GROUPS.items()}
        return {**found, "total": sum(found.values())}

    def expiring(self) -> list[tuple[str, int]]:
        """Month by month, cents that can no longer be claimed if nothing is filed; none once a claim is filed."""
        if self.case.filed_on and self.case.filed_on < self.case.computed_on:
            return []
        months: dict[str, int] = {}
        for item in self.items:
            for line in item.lines:
                for day, cents_of_part in line.ends():
                    month = day.isoformat()[:7]
                    months[month] = months.get(month, 0) + cents_of_part
        return sorted((month, amount) for month, amount in months.items() if amount)

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """The claim as the document `wagelaw/claim/1`; notes and reasons in the language."""
        from wagelaw.working import note_words, reason_words

        document: dict[str, Any] = {
            "format": FORMAT,
            "place": self.case.place,
            "computed_on": self.case.computed_on.isoformat(),
            "law_version": self.law_version,
            "items": [_item(item) for item in self.items],
            "weeks": self.as_json_weeks(),
            "totals": _totals(self.totals()),
            "expiring": [{"month": month, "amount": dollars(amount)} for month, amount in self.expiring()],
            "exposure": [_exposure(one) for one in self.exposure],
            "not_covered": [{"code": code, "why": reason_words(why, language)} for code, why in self.not_covered],
            "notes": [note_words(name, values, language) for name, values in self.notes],
        }
        if self.remarks:
            document["remarks"] = self.remarks
        if self.federal is not None:
            document["federal"] = {
                "items": [_item(item) for item in self.federal],
                "totals": _totals(self.totals(self.federal)),
                "adds": dollars(self.federal_adds),
            }
        return document

    def render(self, language: str = "en") -> str:
        """The claim in words: items with their working, the weeks, totals, notes."""
        from wagelaw.working import claim_in_words

        return claim_in_words(self, language)

    def lines_in_words(self, code: str, language: str = "en") -> list[dict[str, Any]]:
        """The lines of one item, oldest first: payday (`due`), days of work, cents, last day to file, and words."""
        from wagelaw.working import line_words

        lines = next((item.lines for item in self.items if item.code == code), [])
        return [
            {
                "due": line.due,
                "first": line.first,
                "last": line.last,
                "cents": line.cents,
                "barred_cents": line.barred_cents,
                "file_by": line.open_until,
                "words": line_words(line, language),
            }
            for line in lines
        ]

    def payments(self) -> list[dict[str, Any]]:
        """Every payment counted, those of `payment_patterns` included: the days it was for, its payday, cents."""
        from wagelaw.calendar import expanded_payments

        return [
            {"first": one.first, "last": one.last, "paid_on": one.paid_on, "cents": one.amount * 100 // RATE_UNITS}
            for one in expanded_payments(self.case)
        ]

    def as_json_weeks(self) -> list[dict[str, Any]]:
        """The workweeks from the first to the last one with work."""
        start = self.calendar.start
        return [
            {
                "start": date.fromordinal(start + 7 * at).isoformat(),
                "minutes_worked": week.minutes,
                "regular_minutes": week.regular,
                "overtime_minutes": week.overtime,
                "double_minutes": week.double,
                "regular_rate": decimal_text(week.rate / RATE_UNITS, 6),
                "minimum_wage": decimal_text(Fraction(week.minimum, RATE_UNITS), 2),
                "due": dollars(cents(week.due)),
                "paid": dollars(cents(week.paid)),
                "owed": dollars(cents(max(0, week.due - week.paid))),
            }
            for at, week in enumerate(self.weeks)
        ]


def items_of(lines: Iterable[Line], claims: tuple[str, ...] | None, federal: bool = False) -> list[Item]:
    """Lines gathered by code, in the contract's order; only codes claimed, and only what comes to a cent."""
    by_code: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if claims is None or line.code in claims:
            by_code[line.code].append(line)
    found = []
    law = FEDERAL if federal else CITATIONS
    for code in ITEM_CODES:
        shown = worth_showing(by_code[code])
        if shown:
            shown.sort(key=attrgetter("due", "first"))
            found.append(Item(code, shown, law[code]))
    return found


def _totals(totals: dict[str, int]) -> dict[str, str]:
    return {name: dollars(amount) for name, amount in totals.items()}


def _item(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "amount": dollars(item.cents),
        "time_barred": dollars(item.barred_cents),
        "from": min(line.first for line in item.lines).isoformat(),
        "to": max(line.last for line in item.lines).isoformat(),
        "law": list(item.law),
        "working": [step_document(line, item.law) for line in item.lines],
    }


def step_document(line: Line, law: tuple[str, ...]) -> dict[str, Any]:
    """One step: what it is, its inputs, the formula, the result, the law."""
    step: dict[str, Any] = {
        "what": line.step,
        "payday": line.due.isoformat(),
        "from": line.first.isoformat(),
        "to": line.last.isoformat(),
        "inputs": {name: input_text(kind, value) for name, (kind, value) in line.inputs.items()},
        "formula": FORMULAS[line.step],
        "result": dollars(line.cents),
        "law": law[0],
    }
    if line.barred_cents:
        step["time_barred"] = dollars(line.barred_cents)
    if line.open_until:
        step["file_by"] = line.open_until.isoformat()
    if line.parts:
        step["parts"] = [{"amount": dollars(part), "file_by": day.isoformat()} for day, part in line.ends()]
    return step


def _exposure(one: Exposure) -> dict[str, Any]:
    amount = dollars(cents(one.amount))
    step = {
        "what": one.step,
        "inputs": {name: input_text(kind, value) for name, (kind, value) in one.inputs.items()},
        "formula": FORMULAS[one.step],
        "result": amount,
        "law": EXPOSURE[one.code][0],
    }
    return {"code": one.code, "amount": amount, "law": list(EXPOSURE[one.code]), "working": [step]}
