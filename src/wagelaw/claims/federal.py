"""The federal layer (FLSA, 29 USC 201 ff; 29 CFR 778): the minimum wage over each workweek, time and a half after
forty hours, equal liquidated damages, no interest. It stands beside California's result and alone elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints, years_before
from wagelaw.case.records import Case, Term
from wagelaw.claims.agreed import HOURLY, Agreed
from wagelaw.claims.credit import Ledger
from wagelaw.claims.hours import Hours, fourteen_days, premium_of_spells, sums
from wagelaw.claims.lines import Line
from wagelaw.claims.on_top import pay_on_top
from wagelaw.claims.periods import PaySchedule
from wagelaw.claims.salary import salary_of_weeks
from wagelaw.claims.wages import Part, Wages, Week
from wagelaw.money import MINUTES, Amount, lesser, plain
from wagelaw.ratio import ratio
from wagelaw.rules.limitation import last_day
from wagelaw.rules.regular_rate import extra_half, weekly_salary

FORTY_HOURS = 40 * 60


@dataclass(slots=True)
class _WeekPay:
    """A workweek's federal pay in grains."""

    straight: Amount  # for hours up to forty
    overtime_straight: Amount
    premium: Amount
    rate: Fraction
    salary_for_overtime: Amount = 0


def federal_wages(
    case: Case, calendar: Calendar, hours: Hours, agreed: Agreed, minimum: Ints, schedule: PaySchedule
) -> Wages:
    """Wages due under federal law; `minimum`: by day, in ten-thousandths of a dollar an hour."""
    on_top = pay_on_top(case.remuneration, calendar, hours.minutes, hours.regular, flat_apart=False)
    present = schedule.present
    salary = salary_of_weeks(case, calendar, agreed, present)
    wages = Wages(
        calendar,
        hours,
        agreed,
        minimum,
        [],
        [],
        np.zeros(calendar.days, dtype=np.int64),
        on_top,
        schedule,
        agreed.scale,
        salary,
    )
    sums_of_days = _by_day(calendar, hours, agreed)
    by_week = [values.reshape(calendar.weeks, 7).sum(axis=1).tolist() for values in sums_of_days]
    minutes = [
        values.reshape(calendar.weeks, 7).sum(axis=1).tolist()
        for values in (hours.minutes, hours.regular, hours.overtime)
    ]
    floors = minimum.reshape(calendar.weeks, 7).max(axis=1, initial=0).tolist()
    days_of = _Days(schedule.of_day.tolist(), present.tolist(), hours.regular.tolist(), hours.overtime.tolist())
    only = _only_periods(schedule.of_day, present, calendar.weeks)
    pools = _pools_of_periods(case, wages, by_week, minutes[0], floors)
    for week, (whole, regular, overtime) in enumerate(zip(*minutes, strict=True)):
        straight, extra = plain(by_week[0][week]), plain(by_week[1][week])
        pay = _week(case, wages, week, (whole, regular, overtime), straight, extra, floors[week], pools.get(week))
        wages.weeks.append(Week(whole, regular, overtime, 0, pay.rate, floors[week]))
        if only[week] < 0:
            wages.parts += _split(days_of, week, pay, floors[week])
        else:
            wages.parts.append(_whole(only[week], week, pay, floors[week], regular, overtime))
    return wages


def _by_day(calendar: Calendar, hours: Hours, agreed: Agreed) -> tuple[NDArray[Any], NDArray[Any]]:
    """Agreed pay by day in scaled grains, salaries left out: of the straight hours, and of the overtime hours."""
    counted = np.where(hours.exempt, 0, calendar.spells.minutes)
    premium = premium_of_spells(calendar, hours, hours.overtime)
    hourly = agreed.kind == HOURLY
    straight = sums(calendar, np.where(hourly, agreed.rate * (counted - premium), 0))
    extra = sums(calendar, np.where(hourly, agreed.rate * premium, 0))
    pooled = agreed.piece_pay + agreed.day_rate
    days = np.flatnonzero(pooled > 0)
    if len(days):
        straight, extra = straight.astype(object), extra.astype(object)
        for day in days.tolist():
            pay, whole = plain(pooled[day]), int(hours.minutes[day])
            over = Fraction(int(hours.overtime[day]), whole) if whole else Fraction(0)
            straight[day] += pay * (1 - over)
            extra[day] += pay * over
    return straight, extra


def _week(
    case: Case,
    wages: Wages,
    week: int,
    minutes: tuple[int, int, int],
    straight: Amount,
    extra: Amount,
    floor: int,
    of_period: tuple[Amount, int] | None,
) -> _WeekPay:
    whole, _, overtime = minutes
    scale = wages.scale
    if scale != 1:
        straight, extra = Fraction(straight) / scale, Fraction(extra) / scale
    if not whole:
        return _WeekPay(straight + wages.salary.get(week, 0), extra, 0, Fraction(0))
    pool = straight + extra + wages.on_top.for_all_hours.get(week, 0)
    salary = wages.salary.get(week, 0)
    term = _term_of(wages, week) if salary else None
    if term is None:
        pool = max(pool, floor * whole)
        pay, over = of_period or (pool, whole)
        premium = ratio(extra_half(pay, overtime, 0), 2 * over) if overtime else 0
        rate = ratio(pay, over)
        return _WeekPay(straight, max(extra, floor * overtime), premium, rate)
    return _salaried(case, term, minutes, straight, extra, pool, salary, floor)


def _pools_of_periods(
    case: Case, wages: Wages, by_week: list[list[Any]], minutes: list[int], floors: list[int]
) -> dict[int, tuple[Amount, int]]:
    """By week under an agreement of 8 and 80: pay and minutes of its fourteen days, over which the rate is taken."""
    if case.eight_and_eighty is None:
        return {}
    found: dict[int, tuple[Amount, int]] = {}
    period = fourteen_days(case, wages.calendar).tolist()
    for week, number in enumerate(period):
        if number >= 0:
            pay = Fraction(plain(by_week[0][week]) + plain(by_week[1][week])) / wages.scale
            pay = max(pay + wages.on_top.for_all_hours.get(week, 0), Fraction(floors[week] * minutes[week]))
            before, worked = found.get(number, (0, 0))
            found[number] = before + pay, worked + minutes[week]
    return {week: found[number] for week, number in enumerate(period) if number >= 0}


def _salaried(
    case: Case,
    term: Term,
    minutes: tuple[int, int, int],
    straight: Amount,
    extra: Amount,
    pool: Amount,
    salary: Amount,
    floor: int,
) -> _WeekPay:
    """29 CFR 778.113 and, for a salary agreed for all hours whatever they are, 778.114."""
    whole, _, overtime = minutes
    if case.fluctuating_workweek:
        rate = max(Fraction(pool + salary) / whole, Fraction(floor))
        share = Fraction(salary) * overtime / whole
        return _WeekPay(straight + salary - share, extra + share, rate * overtime / 2, rate, share)
    covered = (term.covers_hours or 40) * 60
    hourly = weekly_salary(term.amount, term.per or "week") * MINUTES / covered
    rate = max(hourly + Fraction(pool) / whole, Fraction(floor))
    paid_overtime = min(overtime, max(0, covered - FORTY_HOURS))
    return _WeekPay(
        straight + salary - hourly * paid_overtime,
        extra + max(hourly, Fraction(floor)) * overtime,
        rate * overtime / 2,
        rate,
        hourly * paid_overtime,
    )


def _term_of(wages: Wages, week: int) -> Term | None:
    for day in range(7 * week, 7 * week + 7):
        at = int(wages.agreed.salary_term[day])
        if at >= 0 and wages.schedule.present[day]:
            return wages.agreed.terms[at]
    return None


class _Days(NamedTuple):
    """By day, as lists: the pay period, whether anybody worked, straight and overtime minutes."""

    period: list[int]
    present: list[int]
    regular: list[int]
    overtime: list[int]


def _only_periods(of_day: Ints, present: Ints, weeks: int) -> list[int]:
    """The one pay period of each workweek's days of work; −1 where there are several or none."""
    most = np.where(present > 0, of_day, -1).reshape(weeks, 7).max(axis=1, initial=-1)
    others = np.where((present > 0) & (of_day >= 0), of_day, most.repeat(7)).reshape(weeks, 7)
    only: list[int] = np.where((others == most[:, None]).all(axis=1), most, -1).tolist()
    return only


def _whole(period: int, week: int, pay: _WeekPay, floor: int, regular: int, overtime: int) -> Part:
    """A week that lies in one pay period."""
    lawful = max(pay.straight, floor * regular)
    return Part(
        period,
        week,
        regular,
        overtime,
        0,
        pay.straight,
        lesser(pay.straight, floor * regular),
        lawful - pay.straight,
        pay.overtime_straight + pay.premium,
        pay.overtime_straight,
        salary_for_overtime=pay.salary_for_overtime,
        minimum=floor,
    )


def _split(days_of: _Days, week: int, pay: _WeekPay, floor: int) -> Iterator[Part]:
    """The week given to its pay periods: straight time by straight hours, overtime by overtime hours."""
    whole = range(7 * week, 7 * week + 7)
    days = [day for day in whole if days_of.present[day] and days_of.period[day] >= 0]
    by_period: dict[int, list[int]] = {}
    for day in days:
        by_period.setdefault(days_of.period[day], []).append(day)
    regular = sum(days_of.regular[7 * week : 7 * week + 7])
    overtime = sum(days_of.overtime[7 * week : 7 * week + 7])
    lawful = max(pay.straight, floor * regular)
    for period, own in by_period.items():
        own_regular = sum(days_of.regular[day] for day in own)
        own_overtime = sum(days_of.overtime[day] for day in own)
        share = _ratio(own_regular, regular, len(own), len(days))
        over = _ratio(own_overtime, overtime, 0, 1)
        yield Part(
            period,
            week,
            own_regular,
            own_overtime,
            0,
            pay.straight * share,
            min(pay.straight, floor * regular) * share,
            (lawful - pay.straight) * share,
            (pay.overtime_straight + pay.premium) * over,
            pay.overtime_straight * over,
            salary_for_overtime=pay.salary_for_overtime * over,
            minimum=floor,
        )


def _ratio(part: int, whole: int, other_part: int, other_whole: int) -> Amount:
    if not whole:
        return Fraction(other_part, other_whole)
    return 1 if part == whole else Fraction(part, whole)


def federal_lines(case: Case, kept: Iterable[Ledger], with_agreed_pay: bool) -> list[Line]:
    """Lines of federal claims. Pay agreed above the minimum is a matter of contract: only `with_agreed_pay`."""
    found: list[Line] = []
    reach = 3 if case.flsa_willful else 2
    cut = years_before(case.filing, reach)
    for one in kept:
        hours = sum([part.regular for part in one.parts]), sum([part.overtime for part in one.parts])
        until = last_day(one.period.due, reach, False) if one.period.due >= cut else None
        unpaid = one.unpaid if with_agreed_pay else 0
        short = one.short_owed + (0 if with_agreed_pay else one.unpaid_minimum)
        for code, amount in (
            ("unpaid_wages", unpaid),
            ("minimum_wage", short),
            ("overtime", one.overtime_owed),
        ):
            if amount > 0:
                found.append(_line(one, hours, code, amount, f"federal_{code}_line", until))
        wages_owed = one.unpaid_minimum + one.short_owed + one.overtime_owed
        if wages_owed > 0 and not case.good_faith_defense:
            found.append(_line(one, hours, "liquidated_damages", wages_owed, "federal_liquidated_line", until))
    return found


def _line(one: Ledger, hours: tuple[Amount, Amount], code: str, amount: Amount, step: str, until: date | None) -> Line:
    """A line of a pay period; `hours`: straight and overtime minutes; `until`: last day to file, None if barred."""
    period = one.period
    of_overtime = code == "overtime"
    given = (
        *hours,
        one.overtime if of_overtime else one.agreed + one.short,
        one.overtime_paid if of_overtime else one.credited + one.short_paid,
    )
    still_open, barred = (0, amount) if until is None else (amount, 0)
    return Line(code, period.due, period.first, period.last, still_open, barred, until, step, given)
