"""The wages of a California claim: straight time, the minimum wage and overtime of every week and pay period.

Arrays are by spell or by day, in grains times the case's `scale`; a `Part` is what of a workweek lies in one pay
period, and its amounts are plain grains (whole numbers, or fractions where the law divides).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Case
from wagelaw.claims.agreed import DAY_RATE, HOURLY, PIECE, SALARY, Agreed
from wagelaw.claims.hours import Hours, Switches, premium_of_spells, sums
from wagelaw.claims.on_top import OnTop, pay_on_top
from wagelaw.claims.periods import PaySchedule
from wagelaw.claims.rest_pay import RestPay, rest_pay
from wagelaw.claims.salary import salary_of_weeks
from wagelaw.money import Amount, plain
from wagelaw.ratio import ratio
from wagelaw.rules import minimum_wage
from wagelaw.rules.regular_rate import extra_half, full_multiple


@dataclass(slots=True)
class Part:
    """What of one workweek lies in one pay period: minutes, and amounts in grains."""

    period: int
    week: int
    regular: int
    overtime: int
    double: int
    agreed: Amount  # agreed pay of the regular hours
    at_minimum: Amount  # the same hours at the minimum wage, where that is lower
    short: Amount  # by which agreed pay of regular hours lies below the minimum wage
    overtime_due: Amount
    straight: Amount  # of overtime_due: the hours at the straight rate
    uncounted: Amount = 0  # agreed pay of regular minutes the employer did not count
    uncounted_at_minimum: Amount = 0
    rest: Amount = 0  # rest and nonproductive time of piece workers
    nonproductive: Amount = 0  # of it: nonproductive time at the minimum wage
    salary_for_overtime: Amount = 0  # federal law: what of a salary paid overtime hours
    minimum: int = 0  # the week's minimum wage, in ten-thousandths of a dollar an hour


@dataclass(slots=True)
class Week:
    """A workweek: minutes by kind, regular rate and minimum wage in ten-thousandths a hour, wages due in grains."""

    minutes: int
    regular: int
    overtime: int
    double: int
    rate: Fraction
    minimum: int
    due: Amount = 0
    paid: Amount = 0


@dataclass(slots=True)
class Wages:
    """All wages of a case, by part and by week, and the arrays other rules need (by day, plain minutes)."""

    calendar: Calendar
    hours: Hours
    agreed: Agreed
    minimum_of_day: Ints
    parts: list[Part]
    weeks: list[Week]
    earned_of_day: NDArray[Any]
    on_top: OnTop
    schedule: PaySchedule
    scale: int
    salary: dict[int, Amount]


@dataclass(slots=True)
class _Arrays:
    """Pay by day, in scaled grains."""

    agreed: NDArray[Any]
    at_minimum: NDArray[Any]
    short: NDArray[Any]
    straight: NDArray[Any]  # of premium minutes
    pool: NDArray[Any]  # lawful pay for all hours: hourly
    pool_minutes: NDArray[Any]
    pool_overtime: NDArray[Any]
    pool_double: NDArray[Any]
    salary_twice: NDArray[Any]  # twice the overtime due on salaries
    salary_pay: NDArray[Any]
    day_pay: NDArray[Any]
    day_regular: NDArray[Any]
    day_overtime: NDArray[Any]
    day_double: NDArray[Any]
    earned: NDArray[Any]


def state_wages(
    case: Case,
    calendar: Calendar,
    hours: Hours,
    agreed: Agreed,
    minimum: Ints,
    schedule: PaySchedule,
    switches: Switches,
) -> Wages:
    """Wages due under California law. `minimum`: the minimum wage by spell, in ten-thousandths of a dollar an hour."""
    if (agreed.kind == DAY_RATE).any() and not switches.on("day_rate_over_regular_hours"):
        _pool_day_rates(agreed)
    of_day = np.zeros(calendar.days, dtype=np.int64)
    np.maximum.at(of_day, calendar.spells.day, minimum)
    arrays = _arrays(calendar, hours, agreed, minimum)
    on_top = pay_on_top(case.remuneration, calendar, hours.minutes, hours.regular, flat_apart=True)
    rest = rest_pay(case, calendar, hours, agreed, of_day, on_top, arrays.pool)
    _add_piece_pay(calendar, hours, agreed, of_day, rest, arrays)
    salary = salary_of_weeks(case, calendar, agreed, schedule.present)
    wages = Wages(
        calendar,
        hours,
        agreed,
        of_day,
        [],
        _weeks(calendar, hours, arrays, on_top, rest, of_day, agreed.scale),
        arrays.earned,
        on_top,
        schedule,
        agreed.scale,
        salary,
    )
    wages.parts = _parts(wages, arrays, rest)
    _uncounted(calendar, hours, agreed, minimum, wages)
    return wages


def _pool_day_rates(agreed: Agreed) -> None:
    """The federal view of day rates (29 CFR 778.112): they pay every hour of the day."""
    agreed.piece_pay += agreed.day_rate
    agreed.day_rate[:] = 0
    agreed.kind[agreed.kind == DAY_RATE] = PIECE


def _arrays(calendar: Calendar, hours: Hours, agreed: Agreed, minimum: Ints) -> _Arrays:
    spells = calendar.spells
    worked = np.where(hours.exempt, 0, spells.minutes)
    premium = premium_of_spells(calendar, hours, hours.overtime + hours.double)
    double = premium_of_spells(calendar, hours, hours.double)
    overtime, regular = premium - double, worked - premium
    floor, rate, kind = minimum * agreed.scale, agreed.rate, agreed.kind
    lawful = minimum_wage.lawful_rate(rate, floor)
    hourly, salary, by_day = kind == HOURLY, kind == SALARY, kind == DAY_RATE
    pooled = hourly | (kind == PIECE)
    timed = hourly | salary

    def by(values: NDArray[Any], where: NDArray[np.bool_]) -> NDArray[Any]:
        return sums(calendar, np.where(where, values, 0))

    day_regular = by(regular, by_day)
    day_floor = by(floor * regular, by_day)
    day_pay = minimum_wage.lawful_rate(agreed.day_rate, day_floor)
    return _Arrays(
        agreed=by(rate * regular, hourly) + agreed.day_rate,
        at_minimum=by(np.minimum(rate, floor) * regular, timed) + np.minimum(agreed.day_rate, day_floor),
        short=by(minimum_wage.shortfall(rate, floor, regular), timed) + day_pay - agreed.day_rate,
        straight=by(lawful * premium, hourly),
        pool=by(lawful * worked, hourly),
        pool_minutes=by(worked, pooled),
        pool_overtime=by(overtime, pooled),
        pool_double=by(double, pooled),
        salary_twice=by(full_multiple(lawful, overtime, double), salary),
        salary_pay=by(lawful * worked, salary),
        day_pay=day_pay,
        day_regular=day_regular,
        day_overtime=by(overtime, by_day),
        day_double=by(double, by_day),
        earned=by(lawful * worked, timed) + day_pay,
    )


def _add_piece_pay(
    calendar: Calendar, hours: Hours, agreed: Agreed, minimum: Ints, rest: RestPay, arrays: _Arrays
) -> None:
    """Adds piece pay to the arrays: it pays every productive minute, at least at the minimum wage."""
    is_piece = agreed.kind == PIECE
    worked = np.where(hours.exempt, 0, calendar.spells.minutes)
    minutes = sums(calendar, np.where(is_piece, worked, 0))
    days = np.flatnonzero((agreed.piece_pay > 0) | (minutes > 0))
    if not len(days):
        return
    for name in ("agreed", "at_minimum", "short", "straight", "pool", "earned"):
        setattr(arrays, name, getattr(arrays, name).astype(object))
    for day in days.tolist():
        _add_piece_day(hours, agreed, minimum, rest, arrays, day, int(minutes[day]))


def _add_piece_day(
    hours: Hours, agreed: Agreed, minimum: Ints, rest: RestPay, arrays: _Arrays, day: int, minutes: int
) -> None:
    pay = plain(agreed.piece_pay[day])
    floor = 0
    if minutes:
        productive = max(0, minutes - rest.minutes_apart.get(day, 0))
        floor = int(minimum[day]) * agreed.scale * productive
    lawful = max(pay, floor)
    whole = int(hours.minutes[day])
    regular = Fraction(int(hours.regular[day]), whole) if whole else Fraction(1)
    arrays.agreed[day] += pay * regular
    arrays.at_minimum[day] += min(pay, floor) * regular
    arrays.short[day] += (lawful - pay) * regular
    arrays.straight[day] += lawful * (1 - regular)
    arrays.pool[day] += lawful
    arrays.earned[day] += lawful


def _weeks(
    calendar: Calendar,
    hours: Hours,
    arrays: _Arrays,
    on_top: OnTop,
    rest: RestPay,
    minimum: Ints,
    scale: int,
) -> list[Week]:
    def by_week(values: NDArray[Any]) -> list[Any]:
        listed: list[Any] = values.reshape(calendar.weeks, 7).sum(axis=1).tolist()
        return listed

    pay = by_week(arrays.pool + arrays.salary_pay)
    day_pay, day_regular = by_week(arrays.day_pay), by_week(arrays.day_regular)
    day_minutes = by_week(arrays.day_regular + arrays.day_overtime + arrays.day_double)
    columns = zip(
        by_week(hours.minutes),
        by_week(hours.regular),
        by_week(hours.overtime),
        by_week(hours.double),
        strict=True,
    )
    last_minimum = _last_minimums(calendar, hours.minutes, minimum)
    weeks = []
    for week, (minutes, regular, overtime, double) in enumerate(columns):
        rate = Fraction(0)
        if minutes:
            earned: Amount = pay[week]
            if day_regular[week]:
                earned += Fraction(day_pay[week] * day_minutes[week], day_regular[week])
            earned += (rest.of_week.get(week, 0) + on_top.for_all_hours.get(week, 0)) * scale
            rate = ratio(earned, minutes * scale)
            flat = on_top.flat.get(week, 0)
            if flat:
                rate += Fraction(flat) / (regular or minutes)
        weeks.append(Week(minutes, regular, overtime, double, rate, last_minimum[week]))
    return weeks


def _last_minimums(calendar: Calendar, minutes: Ints, minimum: Ints) -> list[int]:
    """The minimum wage of each week's last day of work."""
    worked = (minutes > 0).reshape(calendar.weeks, 7)
    last = 6 - worked[:, ::-1].argmax(axis=1)
    found: list[int] = minimum.reshape(calendar.weeks, 7)[np.arange(calendar.weeks), last].tolist()
    return found


def _parts(wages: Wages, arrays: _Arrays, rest: RestPay) -> list[Part]:
    """The days of the grid gathered by pay period and workweek, and overtime due on each."""
    calendar, hours, schedule = wages.calendar, wages.hours, wages.schedule
    days = np.flatnonzero(schedule.of_day >= 0)
    if not len(days):
        return []
    key = schedule.of_day[days] * calendar.weeks + days // 7
    order = np.argsort(key, kind="stable")
    days, key = days[order], key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    gathered = [
        np.add.reduceat(values[days], starts).tolist()
        for values in (
            hours.regular,
            hours.overtime,
            hours.double,
            arrays.agreed,
            arrays.at_minimum,
            arrays.short,
            arrays.straight,
            arrays.pool_overtime,
            arrays.pool_double,
            arrays.salary_twice,
            arrays.day_overtime,
            arrays.day_double,
        )
    ]
    worked_days = np.add.reduceat((schedule.present[days] > 0).astype(np.int64), starts).tolist()
    dues = _WeekDues(wages, arrays, rest)
    parts = []
    for at, first in enumerate(starts.tolist()):
        period, week = divmod(int(key[first]), calendar.weeks)
        row = [column[at] for column in gathered]
        parts.append(_part(wages, dues, period, week, row, worked_days[at]))
    if rest.of_day:
        by_place = {(one.period, one.week): one for one in parts}
        for day, amount in rest.of_day.items():
            by_place[int(schedule.of_day[day]), day // 7].rest += amount
        for day, amount in rest.nonproductive.items():
            by_place[int(schedule.of_day[day]), day // 7].nonproductive += amount
    return parts


class _WeekDues:
    """The week's sums over which premiums divide."""

    def __init__(self, wages: Wages, arrays: _Arrays, rest: RestPay) -> None:
        def by_week(values: NDArray[Any]) -> list[Any]:
            listed: list[Any] = values.reshape(wages.calendar.weeks, 7).sum(axis=1).tolist()
            return listed

        self.pool = by_week(arrays.pool)
        self.pool_minutes = by_week(arrays.pool_minutes)
        self.day_pay = by_week(arrays.day_pay)
        self.day_regular = by_week(arrays.day_regular)
        self.rest = rest.of_week
        self.worked_days = by_week((wages.schedule.present > 0).astype(np.int64))


def _part(wages: Wages, dues: _WeekDues, period: int, week: int, row: list[Any], worked_days: int) -> Part:
    regular, overtime, double, agreed, at_minimum, short, straight, *premiums = row
    scale = wages.scale
    pool_overtime, pool_double, salary_twice, day_overtime, day_double = premiums
    due: Amount = straight
    if pool_overtime or pool_double:
        pool = dues.pool[week] + dues.rest.get(week, 0) * scale
        due += ratio(extra_half(pool, pool_overtime, pool_double), 2 * dues.pool_minutes[week])
    if salary_twice:
        due += Fraction(salary_twice, 2)
    if (day_overtime or day_double) and dues.day_regular[week]:
        due += Fraction(full_multiple(dues.day_pay[week], day_overtime, day_double), 2 * dues.day_regular[week])
    due = _unscaled(due, scale)
    if overtime or double:
        due += _due_on_top(wages, week, overtime, double)
    pay = _unscaled(agreed, scale)
    if week in wages.salary and dues.worked_days[week]:
        pay += wages.salary[week] * Fraction(worked_days, dues.worked_days[week])
    return Part(
        period,
        week,
        regular,
        overtime,
        double,
        pay,
        _unscaled(at_minimum, scale),
        _unscaled(short, scale),
        due,
        _unscaled(straight, scale),
        minimum=wages.weeks[week].minimum,
    )


def _due_on_top(wages: Wages, week: int, overtime: int, double: int) -> Amount:
    """What bonuses add to overtime: half their hourly share, or one and a half where they are flat sums."""
    totals = wages.weeks[week]
    due: Amount = 0
    bonus = wages.on_top.for_all_hours.get(week, 0)
    if bonus:
        due += Fraction(extra_half(bonus, overtime, double)) / (2 * totals.minutes)
    flat = wages.on_top.flat.get(week, 0)
    if flat:
        due += Fraction(full_multiple(flat, overtime, double)) / (2 * (totals.regular or totals.minutes))
    return due


def _unscaled(amount: Amount, scale: int) -> Amount:
    return amount if scale == 1 else Fraction(amount) / scale


def _uncounted(calendar: Calendar, hours: Hours, agreed: Agreed, minimum: Ints, wages: Wages) -> None:
    """Regular minutes the employer did not count are unpaid whatever was paid: the latest of the stretch."""
    if all(shift.paid_minutes is None for shift in calendar.shifts):
        return
    by_place = {(one.period, one.week): one for one in wages.parts}
    premium = premium_of_spells(calendar, hours, hours.overtime + hours.double)
    for at, shift in enumerate(calendar.shifts):
        if shift.paid_minutes is None:
            continue
        left = int(calendar.lengths[at]) - shift.paid_minutes
        for spell in np.flatnonzero(calendar.spells.shift == at)[::-1].tolist():
            day = int(calendar.spells.day[spell])
            minutes = min(left, int(calendar.spells.minutes[spell]))
            left -= minutes
            regular = max(0, minutes - int(premium[spell]))
            if regular > 0 and not hours.exempt[spell] and agreed.kind[spell] == HOURLY:
                part = by_place[int(wages.schedule.of_day[day]), day // 7]
                rate = _unscaled(plain(agreed.rate[spell]), agreed.scale)
                part.uncounted += rate * regular
                part.uncounted_at_minimum += min(rate, int(minimum[spell])) * regular
