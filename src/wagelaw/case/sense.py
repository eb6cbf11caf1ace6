"""What a well-formed case must also be: days in order, a length for every stretch, one agreed rate a day, …"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Any

from wagelaw.case.fields import WEEKDAYS
from wagelaw.case.problems import CaseError, Problem
from wagelaw.case.records import Case, Meal, Pattern, Shift, Term
from wagelaw.parameters import places

LONGEST_DAY = 1440
INSIDE_SALES_ORDERS = (4, 7)
PERIODS_OF = {
    "hourly": ("hour",),
    "salary": ("week", "two_weeks", "half_month", "month", "year"),
    "day_rate": ("day",),
    "piece": ("unit",),
    "commission": ("day", "week", "two_weeks", "half_month", "month", "year"),
    "none": (None,),
}
USUAL_PERIOD = {"hourly": "hour", "day_rate": "day", "piece": "unit"}
SPANS = ("pay", "patterns", "remuneration", "payments", "payment_patterns", "meals_lodging", "app_periods")


def check_sense(case: Case) -> None:
    """CaseError with every part that makes no sense."""
    problems = [
        *_places(case),
        *_spans(case),
        *_stretches(case),
        *_terms(case.pay),
        *_employment(case),
        *_after_computation(case),
        *_entries(case),
        *_exemption(case),
    ]
    if problems:
        raise CaseError(problems)


def _places(case: Case) -> Iterator[Problem]:
    known = places()
    named = [("place", case.place)]
    for key in ("shifts", "patterns", "app_periods"):
        named += [(f"{key}[{at}].place", row.place) for at, row in enumerate(getattr(case, key)) if row.place]
    for path, place in named:
        if place not in known:
            yield Problem(path, "unknown_place", {"found": place})


def _spans(case: Case) -> Iterator[Problem]:
    for key in SPANS:
        for at, row in enumerate(getattr(case, key)):
            if row.last < row.first:
                yield from _in_order(f"{key}[{at}]", row.first, row.last)
    for at, waiver in enumerate(case.meal_waivers):
        yield from _in_order(f"meal_waivers[{at}]", waiver.first_day, waiver.last_day)
    if case.cba:
        yield from _in_order("cba", case.cba.first, case.cba.last)


def _in_order(path: str, first: date, last: date) -> Iterator[Problem]:
    if last < first:
        yield Problem(f"{path}.to", "ends_before_start", {"first": str(first), "found": str(last)})


def _stretches(case: Case) -> Iterator[Problem]:
    for at, shift in enumerate(case.shifts):
        if not _is_usual(shift):
            yield from _stretch(f"shifts[{at}]", shift)
        if shift.nonproductive_minutes and shift.nonproductive_minutes > length(shift):
            yield Problem(f"shifts[{at}].nonproductive_minutes", "longer_than_stretch")
        if shift.paid_minutes is not None and shift.paid_minutes > length(shift):
            yield Problem(f"shifts[{at}].paid_minutes", "longer_than_stretch")
        if shift.pieces is not None and not _pays_pieces(case.pay, shift.date):
            yield Problem(f"shifts[{at}].pieces", "no_piece_rate", {"found": str(shift.date)})
    for at, pattern in enumerate(case.patterns):
        yield from _stretch(f"patterns[{at}]", pattern)
        if pattern.pieces is not None and not any(term.basis == "piece" for term in case.pay):
            yield Problem(f"patterns[{at}].pieces", "no_piece_rate", {"found": str(pattern.first)})


def _is_usual(shift: Shift) -> bool:
    """Whether a stretch is given by the clock, its meals too, in order and inside it: nothing to refuse."""
    start, end = shift.start, shift.end
    if start is None or end is None or shift.minutes is not None:
        return False
    reached, whole = 0, (end - start) % LONGEST_DAY or LONGEST_DAY
    for meal in shift.meals:
        if meal.start is None or meal.end is None or meal.minutes is not None:
            return False
        first = (meal.start - start) % LONGEST_DAY
        if first < reached:
            return False
        reached = first + ((meal.end - meal.start) % LONGEST_DAY or LONGEST_DAY)
    return reached <= whole


def _pays_pieces(terms: Iterable[Term], day: date) -> bool:
    return any(term.basis == "piece" and term.first <= day <= term.last for term in terms)


def _stretch(path: str, stretch: Shift | Pattern) -> Iterator[Problem]:
    by_clock = stretch.start is not None and stretch.end is not None
    half = (stretch.start is None) != (stretch.end is None)
    if half or by_clock == (stretch.minutes is not None):
        yield Problem(path, "clock_or_minutes")
        return
    yield from _meals(path, stretch, by_clock)


def _meals(path: str, stretch: Shift | Pattern, by_clock: bool) -> Iterator[Problem]:
    reached = 0
    for at, meal in enumerate(stretch.meals):
        place = f"{path}.meals[{at}]"
        has_clock = meal.start is not None and meal.end is not None
        if (meal.start is None) != (meal.end is None) or has_clock == (meal.minutes is not None):
            yield Problem(place, "meal_clock_or_minutes")
        elif has_clock and not by_clock:
            yield Problem(place, "meal_needs_clock")
        elif by_clock:
            first, last = meal_span(stretch, meal)
            if last > length(stretch, with_meals=True) or first < reached:
                yield Problem(place, "meal_outside")
            reached = max(reached, last)


def meal_span(stretch: Shift | Pattern, meal: Meal) -> tuple[int, int]:
    """First and last minute of a meal, counted from the start of a stretch given by the clock.

    A meal without a time is taken to have begun in time: at the end of the fourth hour or in the middle.
    """
    assert stretch.start is not None
    if meal.start is not None and meal.end is not None:
        first = (meal.start - stretch.start) % LONGEST_DAY
        return first, first + ((meal.end - meal.start) % LONGEST_DAY or LONGEST_DAY)
    lasting = meal.minutes or 0
    if meal.after_minutes is not None:
        return meal.after_minutes, meal.after_minutes + lasting
    first = min(240, max(0, length(stretch, with_meals=True) - lasting) // 2)
    return first, first + lasting


def length(stretch: Shift | Pattern, with_meals: bool = False) -> int:
    """Minutes of a stretch by the clock on the wall; meals off duty are taken off unless `with_meals`."""
    if stretch.minutes is not None:
        return stretch.minutes
    assert stretch.start is not None
    assert stretch.end is not None
    whole = (stretch.end - stretch.start) % LONGEST_DAY or LONGEST_DAY
    if with_meals:
        return whole
    return whole - sum(last - first for first, last in (meal_span(stretch, meal) for meal in stretch.meals))


def _terms(terms: tuple[Term, ...]) -> Iterator[Problem]:
    for at, term in enumerate(terms):
        term.per = term.per or USUAL_PERIOD.get(term.basis)
        if term.per not in PERIODS_OF[term.basis]:
            expected = " · ".join(str(one) for one in PERIODS_OF[term.basis])
            yield Problem(f"pay[{at}].per", "not_choice", {"found": str(term.per), "expected": expected})
    for basis in ("hourly", "salary", "day_rate", "piece"):
        yield from _overlaps(terms, basis)


def _overlaps(terms: tuple[Term, ...], basis: str) -> Iterator[Problem]:
    """Two rates of one kind on one day would leave it open which was agreed."""
    same = sorted((term.first, term.last, at) for at, term in enumerate(terms) if term.basis == basis)
    for (_, last, _), (following, _, at) in itertools.pairwise(same):
        if following <= last:
            yield Problem(f"pay[{at}].from", "terms_overlap", {"found": str(following)})


def _employment(case: Case) -> Iterator[Problem]:
    job = case.employment
    if job is None:
        return
    if job.start and job.end:
        yield from _in_order("employment", job.start, job.end)
    if job.separation != "current" and job.end is None:
        yield Problem("employment.end", "missing", {"expected": '"2025-01-31"'})
    if job.separation == "quit_with_notice" and job.notice_given_on is None:
        yield Problem("employment.notice_given_on", "missing", {"expected": '"2025-01-31"'})


def _after_computation(case: Case) -> Iterator[Problem]:
    """What lies after the day of computation has not happened."""
    dated: list[tuple[str, Any, str]] = [
        ("payments", case.payments, "paid_on"),
        ("shifts", case.shifts, "date"),
        ("expenses", case.expenses, "date"),
        ("deductions", case.deductions, "date"),
        ("tips_taken", case.tips_taken, "date"),
        ("bounced_checks", case.bounced_checks, "date"),
        ("records_requests", case.records_requests, "received_on"),
    ]
    for key, rows, name in dated:
        days = [*map(attrgetter(name), rows)]
        if max(days, default=case.computed_on) <= case.computed_on:
            continue
        for at, day in enumerate(days):
            if day > case.computed_on:
                values = {"found": str(day), "computed_on": str(case.computed_on)}
                yield Problem(f"{key}[{at}].{name}", "after_computation", values)
    for at, pattern in enumerate(case.patterns):
        if pattern.first > case.computed_on:
            values = {"found": str(pattern.first), "computed_on": str(case.computed_on)}
            yield Problem(f"patterns[{at}].from", "after_computation", values)


def _exemption(case: Case) -> Iterator[Problem]:
    """Which orders know an exemption, and where a period of fourteen days may begin."""
    if case.overtime_exemption == "inside_sales" and case.wage_order not in INSIDE_SALES_ORDERS:
        yield Problem("wage_order", "not_choice", {"found": str(case.wage_order), "expected": "4 · 7"})
    start = case.eight_and_eighty
    if start and WEEKDAYS[start.weekday()] != case.workweek_start:
        yield Problem("eight_and_eighty", "not_workweek_start", {"found": str(start), "expected": case.workweek_start})


def _entries(case: Case) -> Iterator[Problem]:
    for at, expense in enumerate(case.expenses):
        if (expense.amount is None) == (expense.miles is None):
            yield Problem(f"expenses[{at}]", "amount_or_miles")
    for at, request in enumerate(case.records_requests):
        if request.answered_on and request.answered_on < request.received_on:
            yield from _in_order(f"records_requests[{at}]", request.received_on, request.answered_on)
    for at, check in enumerate(case.bounced_checks):
        if check.made_good_on and check.made_good_on < check.date:
            yield from _in_order(f"bounced_checks[{at}]", check.date, check.made_good_on)
