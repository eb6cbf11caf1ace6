"""Rest periods and nonproductive time of piece workers, which Lab. Code § 226.2 has paid apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Case
from wagelaw.claims.agreed import HOURLY, PIECE, Agreed
from wagelaw.claims.hours import Hours, sums
from wagelaw.claims.on_top import OnTop
from wagelaw.money import Amount, plain
from wagelaw.rules.piece_rate import rest_rate
from wagelaw.rules.rest_periods import LENGTH


@dataclass(slots=True)
class RestPay:
    """Grains owed by day and by week; of it for nonproductive time by day; minutes of both by day."""

    of_day: dict[int, Amount] = field(default_factory=dict)
    of_week: dict[int, Amount] = field(default_factory=dict)
    nonproductive: dict[int, Amount] = field(default_factory=dict)
    minutes_apart: dict[int, int] = field(default_factory=dict)
    rates: dict[int, Fraction] = field(default_factory=dict)

    def owe(self, day: int, amount: Amount) -> None:
        """Adds what is owed for a day."""
        if amount:
            self.of_day[day] = self.of_day.get(day, 0) + amount
            self.of_week[day // 7] = self.of_week.get(day // 7, 0) + amount


def rest_pay(
    case: Case,
    calendar: Calendar,
    hours: Hours,
    agreed: Agreed,
    minimum: Ints,
    on_top: OnTop,
    hourly_pay: NDArray[Any],
) -> RestPay:
    """What is owed in weeks with any piece work, above an hourly base already paid for the same minutes."""
    found = RestPay()
    weeks = {day // 7 for day in np.flatnonzero(agreed.by_pieces).tolist()} | on_top.piece_weeks
    if not weeks:
        return found
    rest, idle = _minutes(calendar, weeks)
    has_base = _has_base(calendar, agreed)
    for day, minutes in idle.items():
        if not has_base[day]:
            amount = int(minimum[day]) * minutes
            found.owe(day, amount)
            found.nonproductive[day] = found.nonproductive.get(day, 0) + amount
    for day in {*rest, *idle}:
        found.minutes_apart[day] = rest.get(day, 0) + idle.get(day, 0)
    for week in sorted(weeks):
        _rest_of_week(week, calendar, hours, agreed, minimum, on_top, hourly_pay, rest, has_base, found)
    return found


def _minutes(calendar: Calendar, weeks: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Minutes of rest periods and of nonproductive time by day, in the weeks given."""
    rest: dict[int, int] = {}
    idle: dict[int, int] = {}
    for at, shift in enumerate(calendar.shifts):
        day = int(calendar.begun[at])
        if day // 7 not in weeks:
            continue
        if shift.rest_periods:
            rest[day] = rest.get(day, 0) + LENGTH * shift.rest_periods
        if shift.nonproductive_minutes:
            idle[day] = idle.get(day, 0) + shift.nonproductive_minutes
    return rest, idle


def _has_base(calendar: Calendar, agreed: Agreed) -> list[bool]:
    """Days on which an hourly base was agreed for the time."""
    paid = (agreed.kind == HOURLY) & (agreed.rate > 0)
    pieces = agreed.kind == PIECE
    found: list[bool] = (
        (sums(calendar, paid.astype(np.int64)) > 0) & (sums(calendar, pieces.astype(np.int64)) == 0)
    ).tolist()
    return found


def _rest_of_week(
    week: int,
    calendar: Calendar,
    hours: Hours,
    agreed: Agreed,
    minimum: Ints,
    on_top: OnTop,
    hourly_pay: NDArray[Any],
    rest: dict[int, int],
    has_base: list[bool],
    found: RestPay,
) -> None:
    days = range(7 * week, 7 * week + 7)
    resting = {day: rest[day] for day in days if rest.get(day)}
    if not resting:
        return
    scale, minutes = agreed.scale, int(hours.minutes[7 * week : 7 * week + 7].sum())
    base = {
        day: Fraction(plain(hourly_pay[day])) / scale / int(hours.minutes[day])
        if has_base[day] and hours.minutes[day]
        else Fraction(0)
        for day in resting
    }
    pay = sum(
        (Fraction(plain(hourly_pay[day])) + Fraction(plain(agreed.piece_pay[day])) for day in days),
        Fraction(0),
    )
    pay = pay / scale + on_top.for_all_hours.get(week, 0) + on_top.flat.get(week, 0)
    pay += found.of_week.get(week, 0)
    for_rest = sum((base[day] * resting[day] for day in resting), Fraction(0))
    floor = max(int(minimum[day]) for day in resting)
    rate = rest_rate(pay, for_rest, minutes, sum(resting.values()), floor)
    found.rates[week] = rate
    for day, resting_minutes in resting.items():
        found.owe(day, max(Fraction(0), rate - base[day]) * resting_minutes)
