"""Pay periods: which days each payday pays, and what was received for them.

Payments for straight time (or for any wage) make the periods; days that no payment covers belong to the period that
`paydays` gives, else to the half-months of Lab. Code § 204. `paydays`, where given, says when wages fell due; else a
payment's own day does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from wagelaw.calendar import Calendar, Ints, expanded_payments, month_end, period_end, week_start
from wagelaw.case.records import Case, Payment

BASIC = ("any", "straight_time")


@dataclass(slots=True)
class Period:
    """One pay period. Money in ten-thousandths of a dollar; `overtime_due` differs from `due` only under § 204."""

    first: date
    last: date
    due: date
    overtime_due: date
    paid_any: int = 0
    paid_straight: int = 0
    payments: list[Payment] = field(default_factory=list)


@dataclass(slots=True)
class PaySchedule:
    """The periods, oldest first, and the period of each day of the grid (−1: no work and no payment).

    `present`: by day, minutes of any work, and at least one where a shift began (also one of no length).
    """

    periods: list[Period]
    of_day: Ints
    present: Ints
    apart: list[Payment]  # for overtime, premiums, sick leave, vacation


def pay_schedule(case: Case, calendar: Calendar) -> PaySchedule:
    """The case's pay periods: every day with a payment or with work has one."""
    payments = expanded_payments(case)
    basic = sorted(
        (one for one in payments if one.purpose in BASIC), key=lambda one: (one.first, one.last, one.paid_on)
    )
    periods = [_period(case, group) for group in _joined(basic)]
    of_day = np.full(calendar.days, -1, dtype=np.int64)
    for at, period in enumerate(periods):
        of_day[calendar.clip_span(period.first, period.last)] = at
    present = _presence(calendar)
    uncovered = np.flatnonzero((of_day < 0) & (present > 0))
    _cover(case, calendar, uncovered.tolist(), periods, of_day)
    return PaySchedule(periods, of_day, present, [one for one in payments if one.purpose not in BASIC])


def _presence(calendar: Calendar) -> Ints:
    present: Ints = calendar.sum_by_day(calendar.spells.day, calendar.spells.minutes)
    present[calendar.begun] = np.maximum(present[calendar.begun], 1)
    return present


def _joined(payments: Iterable[Payment]) -> list[list[Payment]]:
    """Payments grouped so that no two groups share a day; they come sorted by their first day."""
    groups: list[list[Payment]] = []
    reached = date.min
    for one in payments:
        if groups and one.first <= reached:
            groups[-1].append(one)
        else:
            groups.append([one])
            reached = one.last
        reached = max(reached, one.last)
    return groups


def _period(case: Case, payments: list[Payment]) -> Period:
    if len(payments) == 1:
        return _of_one(case, payments[0])
    last = max(one.last for one in payments)
    due = min(one.paid_on for one in payments if one.last == last)
    if case.paydays:
        due = last + timedelta(days=case.paydays.days_after)
    return Period(
        payments[0].first,
        last,
        due,
        due,
        sum(one.amount for one in payments if one.purpose == "any"),
        sum(one.amount for one in payments if one.purpose == "straight_time"),
        payments,
    )


def _of_one(case: Case, payment: Payment) -> Period:
    due = payment.paid_on
    if case.paydays:
        due = payment.last + timedelta(days=case.paydays.days_after)
    amounts = (payment.amount, 0) if payment.purpose == "any" else (0, payment.amount)
    return Period(payment.first, payment.last, due, due, *amounts, [payment])


def _cover(case: Case, calendar: Calendar, days: list[int], periods: list[Period], of_day: Ints) -> None:
    """Adds a period for each stretch of the pay calendar in which days were worked and nothing was paid."""
    added: dict[tuple[date, date], int] = {}
    for day in days:
        first, last = _natural_period(case, calendar, calendar.date_of(day))
        if (first, last) not in added:
            added[first, last] = len(periods)
            periods.append(_unpaid_period(case, first, last))
        of_day[day] = added[first, last]


def _natural_period(case: Case, calendar: Calendar, day: date) -> tuple[date, date]:
    every = case.paydays.every if case.paydays else "half_month"
    if every == "week":
        start = date.fromordinal(week_start(day.toordinal(), case.workweek_start))
        return start, start + timedelta(days=6)
    if every == "two_weeks":
        first_week = calendar.start
        start = date.fromordinal(day.toordinal() - (day.toordinal() - first_week) % 14)
        return start, start + timedelta(days=13)
    first = day.replace(day=16) if every == "half_month" and day.day > 15 else day.replace(day=1)
    return first, period_end(first, every)


def _unpaid_period(case: Case, first: date, last: date) -> Period:
    if case.paydays:
        due = last + timedelta(days=case.paydays.days_after)
        return Period(first, last, due, due)
    return Period(first, last, half_month_payday(first), half_month_payday(last + timedelta(days=1)))


def half_month_payday(first: date) -> date:
    """Lab. Code § 204: work of days 1–15 by the 26th, of the rest of the month by the 10th of the next."""
    if first.day <= 15:
        return first.replace(day=26)
    return month_end(first) + timedelta(days=10)
