"""What was paid is credited, period by period and kind by kind, and what is left is owed.

A payment pays the agreed straight time of its own period first, then that period's overtime, then what the minimum
wage lacks; never another period, never a premium. A dollar is claimed under one code only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from wagelaw.calendar import Calendar
from wagelaw.case.records import Case, Payment
from wagelaw.claims.law import Law
from wagelaw.claims.lines import Limits, Line
from wagelaw.claims.lodging import credit_of
from wagelaw.claims.periods import Period
from wagelaw.claims.salary import agreed_for_period
from wagelaw.claims.wages import Part, Wages
from wagelaw.money import MINUTES, Amount
from wagelaw.parameters import is_california
from wagelaw.rules.liquidated_damages import unpaid_at_minimum


@dataclass(slots=True)
class Ledger:
    """The state of one pay period, in grains."""

    period: Period
    parts: list[Part] = field(default_factory=list)
    agreed: Amount = 0
    at_minimum: Amount = 0
    short: Amount = 0
    overtime: Amount = 0
    straight: Amount = 0
    uncounted: Amount = 0
    uncounted_at_minimum: Amount = 0
    rest: Amount = 0
    nonproductive: Amount = 0
    paid: Amount = 0
    credited: Amount = 0
    unpaid: Amount = 0
    overtime_paid: Amount = 0
    overtime_owed: Amount = 0
    short_paid: Amount = 0
    short_owed: Amount = 0
    unpaid_minimum: Amount = 0  # of `unpaid`, at the minimum wage


def ledgers(case: Case, wages: Wages, law: Law) -> list[Ledger]:
    """One ledger per pay period, with its payments credited."""
    found = [Ledger(period) for period in wages.schedule.periods]
    for part in wages.parts:
        found[part.period].parts.append(part)
    has_salary = any(term.basis == "salary" for term in case.pay)
    for one in found:
        _add_up(case, one, has_salary)
        _credit(one)
    _credit_overtime_payments(found, wages)
    _credit_lodging(case, found, law)
    for one in found:
        _owe(one)
    return found


def enter_in_weeks(kept: Iterable[Ledger], wages: Wages) -> None:
    """Enters due and paid in the workweeks: what was paid in the proportion of what was due."""
    for one in kept:
        _spread_over_weeks(one, wages)


def _add_up(case: Case, one: Ledger, has_salary: bool) -> None:
    if len(one.parts) == 1:
        (part,) = one.parts
        one.agreed, one.at_minimum, one.short = part.agreed, part.at_minimum, part.short
        one.overtime, one.straight, one.rest = part.overtime_due, part.straight, part.rest
        one.uncounted, one.uncounted_at_minimum = part.uncounted, part.uncounted_at_minimum
        one.nonproductive = part.nonproductive
    else:
        _add_parts(one)
    if one.parts and one.agreed and has_salary:
        salary = agreed_for_period(case, one.period.first, one.period.last)
        others = any(term.basis not in ("salary", "none") for term in case.pay)
        if salary is not None and not others:
            one.agreed = salary - sum(part.salary_for_overtime for part in one.parts)


def _add_parts(one: Ledger) -> None:
    for part in one.parts:
        one.agreed += part.agreed
        one.at_minimum += part.at_minimum
        one.short += part.short
        one.overtime += part.overtime_due
        one.straight += part.straight
        one.uncounted += part.uncounted
        one.uncounted_at_minimum += part.uncounted_at_minimum
        one.rest += part.rest
        one.nonproductive += part.nonproductive


def _credit(one: Ledger) -> None:
    period = one.period
    straight, anything = period.paid_straight * MINUTES, period.paid_any * MINUTES
    one.paid = straight + anything
    one.credited = min(one.agreed - one.uncounted, one.paid)
    one.unpaid = one.agreed - one.credited
    left_straight = max(0, straight - one.credited)
    left = max(0, one.paid - one.credited - left_straight)
    one.overtime_paid = min(one.overtime, min(left_straight, one.straight) + left)
    rest = left_straight + left - one.overtime_paid
    one.short_paid = min(one.short, max(0, rest))


def _credit_overtime_payments(found: list[Ledger], wages: Wages) -> None:
    """Payments made for overtime go to the overtime of the periods they name, oldest first."""
    for payment in wages.schedule.apart:
        if payment.purpose == "overtime":
            left: Amount = payment.amount * MINUTES
            for one in _periods_of(found, payment):
                taken = min(left, one.overtime - one.overtime_paid)
                one.overtime_paid += taken
                left -= taken


def _periods_of(found: Iterable[Ledger], payment: Payment) -> Iterator[Ledger]:
    for one in sorted(found, key=lambda entry: entry.period.first):
        if one.period.first <= payment.last and payment.first <= one.period.last:
            yield one


def _credit_lodging(case: Case, found: list[Ledger], law: Law) -> None:
    """Meals and lodging under a written agreement count toward California's minimum wage only."""
    if not is_california(case.place):
        return
    for one in case.meals_lodging:
        left: Amount = credit_of(law, one)
        for entry in found:
            if left and entry.period.first <= one.last and one.first <= entry.period.last:
                taken = min(left, entry.short - entry.short_paid)
                entry.short_paid += taken
                left -= taken


def _owe(one: Ledger) -> None:
    one.overtime_owed = one.overtime - one.overtime_paid
    one.short_owed = one.short - one.short_paid
    lost = one.unpaid - one.uncounted
    one.unpaid_minimum = one.uncounted_at_minimum + unpaid_at_minimum(
        lost, one.agreed - one.uncounted, min(one.at_minimum, one.agreed) - one.uncounted_at_minimum
    )


def _spread_over_weeks(one: Ledger, wages: Wages) -> None:
    if len(one.parts) == 1:
        part = one.parts[0]
        week = wages.weeks[part.week]
        due, paid = part.overtime_due + (part.agreed + part.short), one.overtime_paid + (one.credited + one.short_paid)
        week.due = week.due + due if week.due else due
        week.paid = week.paid + paid if week.paid else paid
        return
    for part in one.parts:
        week = wages.weeks[part.week]
        week.due += part.agreed + part.short + part.overtime_due
        week.paid += _portion(one.credited, part.agreed, sum(other.agreed for other in one.parts))
        week.paid += _portion(one.overtime_paid, part.overtime_due, one.overtime)
        week.paid += _portion(one.short_paid, part.short, one.short)


def _portion(amount: Amount, part: Amount, whole: Amount) -> Amount:
    if amount == whole or not amount:
        return part if amount else 0
    return Fraction(amount) * Fraction(part) / Fraction(whole)


def wage_lines(case: Case, calendar: Calendar, wages: Wages, found: list[Ledger], limits: Limits) -> Iterator[Line]:
    """Lines of unpaid wages, minimum wage, overtime and piece workers' rest time."""
    for one in found:
        period = one.period
        span = (period.first, period.last)
        if one.unpaid > 0:
            yield _unpaid_line(one, limits, _agreement(wages, one))
        if one.short_owed > 0:
            yield limits.line(
                "minimum_wage",
                period.due,
                *span,
                one.short_owed,
                "minimum_wage_line",
                _short_inputs(one),
                one.short_owed,
            )
        if one.overtime_owed > 0:
            yield limits.line(
                "overtime",
                period.overtime_due,
                *span,
                one.overtime_owed,
                "overtime_line",
                ((wages, one.parts), one.overtime, one.overtime_paid),
            )
        if one.rest > 0:
            inputs = {"amount": ("money", one.rest), "nonproductive": ("money", one.nonproductive)}
            yield limits.line(
                "piece_rate_nonproductive",
                period.due,
                *span,
                one.rest,
                "rest_pay_line",
                inputs,
                one.nonproductive,
            )


def _agreement(wages: Wages, one: Ledger) -> str:
    """Whether what was agreed for the period's days of work was all in writing."""
    if not one.parts or all(term.agreement == "oral" for term in wages.agreed.terms):
        return "oral"
    schedule, first, last = wages.schedule, 7 * one.parts[0].week, 7 * one.parts[-1].week + 7
    worked = (schedule.of_day[first:last] == one.parts[0].period) & (schedule.present[first:last] > 0)
    agreed = {wages.agreed.agreement[first + at] for at in np.flatnonzero(worked).tolist()}
    return "written" if agreed == {"written"} else "oral"


def _unpaid_line(one: Ledger, limits: Limits, agreement: str) -> Line:
    """Agreed pay not received; on an oral promise the part above the minimum wage expires first."""
    period = one.period
    floor = min(one.unpaid_minimum, one.unpaid)
    above = one.unpaid - floor
    floor_open = limits.is_open("minimum_wage", period.due)
    above_open = limits.is_open("unpaid_wages", period.due, agreement)
    if agreement == "written":
        floor_open = floor_open or above_open
    amount = (floor if floor_open else 0) + (above if above_open else 0)
    until = None
    parts: tuple[tuple[date, Amount], ...] = ()
    if amount:
        until = limits.open_until("unpaid_wages" if above_open and above else "minimum_wage", period.due, agreement)
        if floor and above and above_open:
            later = limits.open_until("minimum_wage", period.due)
            parts = ((until, above), (later, floor)) if later > until else ()
    given = (sum([part.regular for part in one.parts]), one.agreed, one.credited, floor)
    return Line(
        "unpaid_wages",
        period.due,
        period.first,
        period.last,
        amount,
        one.unpaid - amount,
        until,
        "unpaid_wages_line",
        given,
        floor,
        parts,
    )


def _short_inputs(one: Ledger) -> tuple[Amount, ...]:
    hours = sum([part.regular for part in one.parts])
    return hours, one.agreed + one.short, one.agreed, one.short_paid
