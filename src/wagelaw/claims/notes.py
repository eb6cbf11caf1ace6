"""Notes of a claim: values from memory or projected, switches that matter, assumptions made."""

from __future__ import annotations

from collections.abc import Iterable, Set

from wagelaw.calendar import Calendar
from wagelaw.case.fields import SWITCHES
from wagelaw.case.records import Case, Shift
from wagelaw.claims.hours import Switches
from wagelaw.claims.law import Law
from wagelaw.money import decimal_text


def notes_of(
    case: Case, law: Law, switches: Switches, notes: set[str], calendar: Calendar
) -> list[tuple[str, dict[str, str]]]:
    """Ids of notes with the values of their words, in a fixed order."""
    found: list[tuple[str, dict[str, str]]] = [(name, {}) for name in sorted(notes)]
    if calendar.weeks and case.workweek_start == "sunday" and case.workday_start == 0:
        found.append(("workweek_assumed", {}))
    for name in SWITCHES:
        if name in switches.touched:
            setting = switches.given.get(name, SWITCHES[name])
            found.append(("switch", {"switch": name, "setting": str(setting).lower()}))
    for value in sorted(law.used.values(), key=lambda one: (one.parameter, one.place, one.from_on)):
        values = {
            "parameter": value.parameter,
            "place": value.place,
            "on": str(value.from_on),
            "amount": decimal_text(value.amount, 4).rstrip("0").rstrip("."),
            "source": value.source,
        }
        found.append((f"value_{value.state}", values))
    return found


def either_or(codes: Set[str]) -> set[str]:
    """Notes where two penalties of a claim may not both be taken: § 210 or PAGA, § 203.1 or Civil Code § 1719."""
    found = {"late_pay_or_paga"} if {"late_pay", "paga"} <= codes else set()
    return found | ({"check_or_civil_code"} if "bounced_check" in codes else set())


def remarks_of(shifts: Iterable[Shift]) -> list[dict[str, str]]:
    """The remarks that stand at shifts, for the working; they never compute."""
    return [
        {"date": str(one.date), "note": one.note or "", "confidence": one.confidence or ""}
        for one in shifts
        if one.note or one.confidence
    ]
