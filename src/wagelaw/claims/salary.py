"""Salaries: what of a salary is due for each workweek, and what was agreed for a whole pay period."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from wagelaw.calendar import Calendar, Ints, month_end
from wagelaw.case.records import Case, Term
from wagelaw.claims.agreed import Agreed
from wagelaw.money import MINUTES, Amount


def salary_of_weeks(case: Case, calendar: Calendar, agreed: Agreed, minutes: Ints) -> dict[int, Amount]:
    """Grains of salary due for each workweek with work; a week only partly under a term by its fifths."""
    if not any(term.basis == "salary" for term in case.pay):
        return {}
    found: dict[int, Amount] = {}
    worked, terms = (minutes > 0).tolist(), agreed.salary_term.tolist()
    for week in range(calendar.weeks):
        days = range(7 * week, 7 * week + 7)
        for term in {terms[day] for day in days if worked[day]} - {-1}:
            covered = [day for day in days if terms[day] == term]
            share = _share(calendar, covered, sum(worked[day] for day in covered))
            found[week] = found.get(week, 0) + agreed.weekly[term] * MINUTES * share
    return found


def _share(calendar: Calendar, covered: list[int], worked: int) -> Fraction:
    """The part of a week's salary for the days covered: whole weeks count whole, others by working days in fifths."""
    if len(covered) == 7:
        return Fraction(1)
    working_days = sum((calendar.start + day - 1) % 7 < 5 for day in covered)
    return min(Fraction(1), Fraction(max(working_days, worked), 5))


def agreed_for_period(case: Case, first: date, last: date) -> Amount | None:
    """Grains of salary agreed for a pay period that is a natural one of its term (a month, a half-month, weeks)."""
    for term in case.pay:
        if term.basis == "salary" and term.first <= first and last <= term.last:
            times = _times(term, first, last)
            return None if times is None else term.amount * MINUTES * times
    return None


def _times(term: Term, first: date, last: date) -> Fraction | None:
    days = (last - first).days + 1
    if term.per == "week" and days % 7 == 0:
        return Fraction(days, 7)
    if term.per == "two_weeks" and days % 14 == 0:
        return Fraction(days, 14)
    if term.per in ("month", "half_month", "year"):
        halves = _half_months(first, last)
        per_term = {"half_month": 1, "month": 2, "year": 24}[term.per]
        return Fraction(halves, per_term) if halves else None
    return None


def _half_months(first: date, last: date) -> int:
    """How many calendar half-months a span is, 0 if it is not a whole number of them."""
    starts = first.day in (1, 16)
    ends = last.day == 15 or last == month_end(last)
    if not (starts and ends):
        return 0
    months = 2 * (12 * (last.year - first.year) + last.month - first.month)
    return months + (1 if last.day == 15 else 2) - (1 if first.day == 16 else 0)
