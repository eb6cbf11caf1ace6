"""Inside sales under orders 4 and 7: no overtime in a workweek of pay above one and a half minimum wages, more than
half of it commissions (orders sec. 3(D)). Each workweek stands alone."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Case
from wagelaw.claims.agreed import Agreed
from wagelaw.claims.on_top import pay_on_top
from wagelaw.money import Amount, plain
from wagelaw.rules.regular_rate import is_inside_sales


def weeks_without_overtime(
    case: Case, calendar: Calendar, agreed: Agreed, minimum: Ints, notes: set[str]
) -> NDArray[np.bool_] | None:
    """By workweek, whether the worker is exempt from overtime; None where no exemption is claimed.

    `minimum`: by spell. A note says so where a seller's week fails the test.
    """
    if case.overtime_exemption == "driver":
        return np.ones(calendar.weeks, dtype=np.bool_)
    if case.overtime_exemption != "inside_sales":
        return None
    minutes = calendar.sum_by_day(calendar.spells.day, calendar.spells.minutes)
    floors = np.zeros(calendar.days, dtype=np.int64)
    np.maximum.at(floors, calendar.spells.day, minimum)
    commissions = _commissions(case, calendar, agreed, minutes)
    others = _other_pay(case, calendar, agreed, minutes)
    passed = [
        is_inside_sales(
            commissions[week] + others[week],
            commissions[week],
            int(minutes[7 * week : 7 * week + 7].sum()),
            int(floors[7 * week : 7 * week + 7].max()),
        )
        for week in range(calendar.weeks)
    ]
    if any(minutes[7 * week : 7 * week + 7].any() and not passed[week] for week in range(calendar.weeks)):
        notes.add("inside_sales_fails")
    return np.array(passed, dtype=np.bool_)


def _commissions(case: Case, calendar: Calendar, agreed: Agreed, minutes: Ints) -> list[Amount]:
    """Grains of commissions of each workweek. Where pieces are paid too, what is agreed counts as piece pay."""
    of_kind = tuple(one for one in case.remuneration if one.kind == "commission")
    on_top = pay_on_top(of_kind, calendar, minutes, minutes, flat_apart=False).for_all_hours
    pieces = any(term.basis == "piece" for term in case.pay)
    return [
        on_top.get(week, 0) + (0 if pieces else _sum(agreed.piece_pay, week, agreed.scale))
        for week in range(calendar.weeks)
    ]


def _other_pay(case: Case, calendar: Calendar, agreed: Agreed, minutes: Ints) -> list[Amount]:
    """Grains of all other pay for work of each workweek."""
    of_kind = tuple(one for one in case.remuneration if one.kind != "commission")
    on_top = pay_on_top(of_kind, calendar, minutes, minutes, flat_apart=False).for_all_hours
    pieces = any(term.basis == "piece" for term in case.pay)
    by_time = calendar.sum_by_day(calendar.spells.day, agreed.rate * calendar.spells.minutes) + agreed.day_rate
    pay = by_time + agreed.piece_pay if pieces else by_time
    return [on_top.get(week, 0) + _sum(pay, week, agreed.scale) for week in range(calendar.weeks)]


def _sum(by_day: Ints, week: int, scale: int) -> Amount:
    return Fraction(plain(by_day[7 * week : 7 * week + 7].sum())) / scale
