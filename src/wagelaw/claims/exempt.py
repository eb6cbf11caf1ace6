"""Exempt workers: exempt only while the salary meets the test of each date (Lab. Code § 515(a); 29 CFR 541.600)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar
from wagelaw.case.records import Case
from wagelaw.claims.agreed import Agreed
from wagelaw.claims.law import Law
from wagelaw.money import RATE_UNITS
from wagelaw.parameters import LawError, series, value

WEEKS = 52


def exempt_spells(
    case: Case, calendar: Calendar, agreed: Agreed, law: Law, federal: bool, notes: set[str]
) -> NDArray[np.bool_]:
    """Which spells are exempt work; where the test fails, the worker is computed as nonexempt and a note says so."""
    exempt = np.zeros(len(calendar.spells.day), dtype=np.bool_)
    classes = [one.worker_class or case.worker_class for one in calendar.shifts]
    if "exempt" not in classes:
        return exempt
    passed: dict[int, bool] = {}
    for at, (owner, day) in enumerate(zip(calendar.spells.shift.tolist(), calendar.spells.day.tolist(), strict=True)):
        if classes[owner] != "exempt":
            continue
        if day not in passed:
            passed[day] = _passes(case, calendar, agreed, law, day, federal)
        exempt[at] = passed[day]
    if not all(passed.values()):
        notes.add("exempt_salary_too_low_federal" if federal else "exempt_salary_too_low")
    return exempt


def _passes(case: Case, calendar: Calendar, agreed: Agreed, law: Law, day: int, federal: bool) -> bool:
    at = int(agreed.salary_term[day])
    if at < 0:
        return False
    yearly = Fraction(agreed.weekly[at]) * WEEKS / RATE_UNITS
    on = calendar.date_of(day)
    if federal:
        weekly = law.number("flsa_exempt_salary_weekly", on, "executive_administrative_professional", "US")
        return yearly >= weekly * WEEKS
    return yearly >= _state_threshold(case, law, day, calendar)


def _state_threshold(case: Case, law: Law, day: int, calendar: Calendar) -> Fraction:
    on = calendar.date_of(day)
    general = law.sized("ca_exempt_salary_annual", on)
    if not case.industry:
        return general
    if case.industry.startswith("health_care"):
        hourly = law.minimum_wage(on).amount
        return max(general, hourly * Fraction(3, 2) * 2080)
    try:
        rows = series("ca_exempt_salary_annual", "US-CA", case.industry)
    except LawError:
        return general
    if not any(row.holds_on(on) for row in rows):
        return general
    return max(general, value("ca_exempt_salary_annual", "US-CA", on, case.industry).amount)
