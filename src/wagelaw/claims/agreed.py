"""What was agreed for each spell of work: by the hour, by salary, by the day, by the piece, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Case, Term
from wagelaw.money import MINUTES
from wagelaw.rules.regular_rate import salary_hours, weekly_salary

HOURLY, SALARY, DAY_RATE, PIECE = range(4)
# Beyond these, Python's own integers are used: a week has at most 10,080 minutes, weighted at most fourfold, and
# 10,080 × 4 × 10,080 × 20,000,000,000 is still below 2⁶³.
LARGEST_SCALED_RATE = 20_000_000_000
LARGEST_SCALE = 20_000  # with it no minimum wage below $100 an hour passes the limit above
LARGEST_PIECE_PAY = 10**11


@dataclass(slots=True)
class Agreed:
    """Pay agreed, by spell and by day, in grains times `scale` (so that hourly shares of salaries are whole).

    `kind`, `rate` (grains a minute): by spell. `day_rate`, `piece_pay`: by day. `salary_term`: by day, index or −1.
    `weekly`: a week's salary by term. `by_pieces`: days on which pieces were paid.
    A spell with no agreement has kind HOURLY and rate 0.
    """

    scale: int
    kind: Ints
    rate: NDArray[Any]
    day_rate: NDArray[Any]
    piece_pay: NDArray[Any]
    salary_term: Ints
    terms: tuple[Term, ...]
    weekly: list[Fraction]
    agreement: list[str]
    by_pieces: NDArray[np.bool_]


def agreed_pay(case: Case, calendar: Calendar) -> Agreed:
    """The agreed pay of a case on its calendar."""
    salaries = [weekly_salary(one.amount, one.per or "") if one.basis == "salary" else Fraction(0) for one in case.pay]
    hours = [salary_hours(one.covers_hours) for one in case.pay]
    rates = [weekly * MINUTES / minutes for weekly, minutes in zip(salaries, hours, strict=True)]
    scale = lcm(1, *(rate.denominator for rate in rates))
    exact = _needs_python_integers(case, scale)
    kind: type = object if exact else np.int64
    found = Agreed(
        scale,
        np.zeros(len(calendar.spells.day), dtype=np.int64),
        np.zeros(len(calendar.spells.day), dtype=kind),
        np.zeros(calendar.days, dtype=kind),
        np.zeros(calendar.days, dtype=kind),
        np.full(calendar.days, -1, dtype=np.int64),
        case.pay,
        salaries,
        [],
        np.zeros(calendar.days, dtype=np.bool_),
    )
    _by_term(case, calendar, found, [int(rate * scale) for rate in rates])
    return found


def _needs_python_integers(case: Case, scale: int) -> bool:
    """The bound check: whether a week's sums might pass what int64 holds, or fractions of commissions are needed."""
    rates = [one.amount for one in case.pay]
    rates += [one.rate for one in case.shifts if one.rate] + [one.rate for one in case.patterns if one.rate]
    pieces = [one.pieces for one in case.shifts if one.pieces] + [one.pieces for one in case.patterns if one.pieces]
    most = scale * max(rates, default=0)
    if any(one.basis == "commission" for one in case.pay) or scale > LARGEST_SCALE:
        return True
    return most > LARGEST_SCALED_RATE or most * max(pieces, default=0) > LARGEST_PIECE_PAY


def _by_term(case: Case, calendar: Calendar, found: Agreed, salary_rates: list[int]) -> None:
    days, scale = calendar.days, found.scale
    hourly = np.full(days, -1, dtype=found.rate.dtype)
    salary = np.zeros(days, dtype=found.rate.dtype)
    pieces = np.zeros(days, dtype=found.rate.dtype)
    by_kind = np.full(days, HOURLY, dtype=np.int64)
    found.agreement = ["oral"] * days
    for at, term in enumerate(case.pay):
        span = calendar.clip_span(term.first, term.last)
        if term.basis == "hourly":
            hourly[span] = term.amount * scale
        elif term.basis == "salary":
            salary[span] = salary_rates[at]
            found.salary_term[span] = at
        elif term.basis == "day_rate":
            found.day_rate[span] = term.amount * MINUTES * scale
        elif term.basis == "piece":
            pieces[span] = term.amount * MINUTES * scale
        if term.basis in ("piece", "commission"):
            by_kind[span] = PIECE
        if term.agreement == "written":
            found.agreement[span] = ["written"] * (span.stop - span.start)
    by_kind[found.day_rate > 0] = DAY_RATE
    by_kind[found.salary_term >= 0] = SALARY
    by_kind[hourly >= 0] = HOURLY
    _by_spell(calendar, found, by_kind, np.maximum(hourly, 0), salary)
    _pieces(calendar, found, pieces)
    _commissions(case, calendar, found)


def _by_spell(calendar: Calendar, found: Agreed, by_kind: Ints, hourly: NDArray[Any], salary: NDArray[Any]) -> None:
    day, owner = calendar.spells.day, calendar.spells.shift
    own = np.array([-1 if one.rate is None else one.rate for one in calendar.shifts], dtype=found.rate.dtype)
    own = own[owner] * found.scale if len(own) else own
    has_own = own >= 0
    found.kind[:] = np.where(has_own, HOURLY, by_kind[day])
    found.rate[:] = np.where(
        has_own,
        own,
        np.where(found.kind == SALARY, salary[day], np.where(found.kind == HOURLY, hourly[day], 0)),
    )
    worked_by_day = np.zeros(calendar.days, dtype=np.bool_)
    worked_by_day[day[found.kind == DAY_RATE]] = True
    found.day_rate[~worked_by_day] = 0


def _pieces(calendar: Calendar, found: Agreed, rate: NDArray[Any]) -> None:
    """Piece pay belongs to the workday in which the stretch began."""
    counts = np.array([one.pieces or 0 for one in calendar.shifts], dtype=found.rate.dtype)
    if counts.any():
        days = calendar.begun
        np.add.at(found.piece_pay, days, counts * rate[days])
        found.by_pieces[days[counts > 0]] = True


def _commissions(case: Case, calendar: Calendar, found: Agreed) -> None:
    """An agreed commission is spread over the minutes of its workweek."""
    for term in case.pay:
        if term.basis != "commission":
            continue
        span = calendar.clip_span(term.first, term.last)
        minutes = calendar.sum_by_day(calendar.spells.day, calendar.spells.minutes)
        for week in range(calendar.weeks):
            part = slice(max(span.start, 7 * week), min(span.stop, 7 * week + 7))
            whole = int(minutes[7 * week : 7 * week + 7].sum())
            for day in range(part.start, part.stop):
                if minutes[day]:
                    pay = _commission_of_day(term, int(minutes[day]), whole)
                    found.piece_pay[day] += pay * MINUTES * found.scale


def _commission_of_day(term: Term, minutes: int, in_week: int) -> Fraction:
    if term.per == "day":
        return Fraction(term.amount)
    return weekly_salary(term.amount, term.per or "week") * minutes / in_week
