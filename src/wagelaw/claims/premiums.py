"""Premiums of a workday: missed meals, missed rests, split shifts, and reports for too little work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.records import Case
from wagelaw.claims.hours import Switches
from wagelaw.claims.lines import Limits, Line
from wagelaw.claims.periods import Period
from wagelaw.claims.wages import Wages
from wagelaw.money import MINUTES, Amount, lesser, plain, total
from wagelaw.ratio import Ratio
from wagelaw.rules import meal_periods, reporting_time, rest_periods, split_shift

HEALTH_CARE_ORDERS = (4, 5)
WITHOUT_ORDER_PREMIUMS = ("personal_attendant", "exempt", "app_driver")
UNKNOWN, YES = -1, 1
NOT_KNOWN = -1000  # rest periods of a stretch: makes the day's sum negative


@dataclass(slots=True)
class Premiums:
    """Amounts by day and code, in grains; codes that the facts given cannot tell."""

    by_day: dict[str, dict[int, Amount]] = field(default_factory=dict)
    not_covered: dict[str, str] = field(default_factory=dict)

    def owe(self, code: str, day: int, amount: Amount) -> None:
        """Adds what a day owes under a code."""
        if amount > 0:
            days = self.by_day.setdefault(code, {})
            days[day] = days[day] + amount if day in days else amount


@dataclass(slots=True)
class _Days:
    """By workday in which the stretch began: minutes worked, clock known, classes of no use removed."""

    worked: Ints
    timed: NDArray[np.bool_]
    meal_said: Ints
    rest_said: Ints
    rests: Ints
    left_out: NDArray[np.bool_]
    recovery: NDArray[np.bool_]
    floors: list[int]
    hours: dict[tuple[int, int], Amount] = field(default_factory=dict)  # an hour's pay by week and minimum wage


def day_premiums(case: Case, wages: Wages, switches: Switches) -> Premiums:
    """Every premium of every day."""
    calendar = wages.calendar
    found = Premiums()
    if not calendar.shifts:
        return found
    days = _days(case, wages)
    _meals(case, wages, days, switches, found)
    _rests(wages, days, switches, found)
    _splits(case, wages, days, switches, found)
    _reports(wages, days, found)
    return found


def _days(case: Case, wages: Wages) -> _Days:
    calendar, size = wages.calendar, wages.calendar.days
    timed, recovery = [True] * size, [False] * size
    meal_said, rest_said, rests = [UNKNOWN] * size, [UNKNOWN] * size, [0] * size
    for day, shift in zip(calendar.begun.tolist(), calendar.shifts, strict=True):
        if shift.start is None:
            timed[day] = False
        if (said := shift.meal_violation) is not None:
            meal_said[day] = max(meal_said[day], int(said))
        if (said := shift.rest_violation) is not None:
            rest_said[day] = max(rest_said[day], int(said))
        rests[day] += NOT_KNOWN if (given := shift.rest_periods) is None else given
        if shift.recovery_violation:
            recovery[day] = True
    worked = calendar.sum_by_day(calendar.begun, calendar.lengths)
    left_out = _of_class(wages, *WITHOUT_ORDER_PREMIUMS)
    if wages.hours.exempt.any():
        left_out |= (wages.hours.minutes == 0) & (worked > 0)
    return _Days(
        worked,
        _flags(timed),
        np.array(meal_said, dtype=np.int64),
        np.array(rest_said, dtype=np.int64),
        np.array(rests, dtype=np.int64),
        left_out,
        _flags(recovery),
        wages.minimum_of_day.tolist(),
    )


def _of_class(wages: Wages, *names: str) -> NDArray[np.bool_]:
    """Days worked in one of these classes."""
    found = wages.hours.class_of_day
    if found.count(found[0]) == len(found):
        return np.full(len(found), found[0] in names)
    return _flags(name in names for name in found)


def _flags(values: Iterable[bool]) -> NDArray[np.bool_]:
    return np.array(list(values), dtype=np.bool_)


def _meals(case: Case, wages: Wages, days: _Days, switches: Switches, found: Premiums) -> None:
    calendar, breaks = wages.calendar, wages.calendar.breaks
    in_five, in_ten = (
        calendar.sum_by_day(breaks.day, meal_periods.begun_in_time(breaks.after, breaks.minutes, limit))
        for limit in (meal_periods.FIRST_AFTER, meal_periods.SECOND_AFTER)
    )
    first_waived, second_waived = _waivers(case, calendar)
    by_clock = meal_periods.violations(
        days.worked,
        in_five,
        in_ten,
        first_waived,
        second_waived,
        _health_care(case),
    )
    if case.on_duty_meal_agreement:
        by_clock[:] = False
    violated = np.where(days.meal_said == UNKNOWN, by_clock & days.timed, days.meal_said == YES)
    left_out = _without_meals(wages, days, violated, switches)
    violated &= ~left_out
    unclear = (days.meal_said == UNKNOWN) & ~days.timed & ~left_out
    if (unclear & (days.worked > meal_periods.FIRST_AFTER)).any() and not case.on_duty_meal_agreement:
        found.not_covered["meal_premium"] = "no_clock_times"
    _one_hour(wages, days, violated, "meal_premium", found)


def _without_meals(wages: Wages, days: _Days, violated: Any, switches: Switches) -> NDArray[np.bool_]:
    """Days the meal rule leaves out; whether it reaches personal attendants is open."""
    attendants = _of_class(wages, "personal_attendant")
    if (attendants & (days.worked > meal_periods.FIRST_AFTER)).any():
        matters = bool((attendants & violated).any())
        if switches.on("attendant_meal_periods", matters):
            return days.left_out & ~attendants
    return days.left_out


def _health_care(case: Case) -> bool:
    return case.wage_order in HEALTH_CARE_ORDERS and (case.industry or "").startswith("health_care")


def _waivers(case: Case, calendar: Calendar) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    first = np.zeros(calendar.days, dtype=np.bool_)
    second = np.zeros(calendar.days, dtype=np.bool_)
    for waiver in case.meal_waivers:
        span = calendar.clip_span(waiver.first_day, waiver.last_day)
        first[span] |= waiver.first
        second[span] |= waiver.second
    return first, second


def _rests(wages: Wages, days: _Days, switches: Switches, found: Premiums) -> None:
    missed = rest_periods.violations(days.worked, days.rests)
    violated = np.where(days.rest_said == UNKNOWN, missed, days.rest_said == YES) & ~days.left_out
    recovery = days.recovery & ~days.left_out
    _one_hour(wages, days, violated | recovery, "rest_premium", found)
    both = violated & recovery
    if both.any() and switches.on("recovery_premium_apart"):
        _one_hour(wages, days, both, "rest_premium", found)


def _one_hour(wages: Wages, days: _Days, violated: Any, code: str, found: Premiums) -> None:
    """One hour at the regular rate of the week, at least the minimum wage."""
    hours, owed = days.hours, found.by_day.setdefault(code, {})
    for day in np.flatnonzero(violated).tolist():
        of = day // 7, days.floors[day]
        hour = hours.get(of)
        if hour is None:
            week = wages.weeks[of[0]]
            hour = hours[of] = max(week.rate, Ratio(of[1] or week.minimum)) * MINUTES
        owed[day] = owed[day] + hour if day in owed else hour


def _splits(case: Case, wages: Wages, days: _Days, switches: Switches, found: Premiums) -> None:
    calendar, breaks = wages.calendar, wages.calendar.breaks
    if case.resident:
        return
    lives_in = _of_class(wages, "live_in_domestic")
    wide = breaks.is_gap & (breaks.minutes > split_shift.LONGEST_BREAK)
    for day in sorted(set(breaks.day[wide].tolist())):
        if (days.left_out[day] and wages.hours.class_of_day[day] != "personal_attendant") or lives_in[day]:
            continue
        floor = _split_minimum(case, wages, day, switches)
        earned = wages.earned_of_day[day]
        earned = earned if isinstance(earned, Fraction) else int(earned)
        if wages.scale != 1:
            earned = Fraction(earned) / wages.scale
        found.owe("split_shift", day, plain(split_shift.premium(floor, int(wages.hours.minutes[day]), earned)))
    stretches = np.zeros(calendar.days, dtype=np.int64)
    np.add.at(stretches, calendar.begun, 1)
    if ((stretches > 1) & ~days.timed & ~days.left_out).any():
        found.not_covered["split_shift"] = "no_clock_times"


def _split_minimum(case: Case, wages: Wages, day: int, switches: Switches) -> int:
    """The local minimum wage of the day, or the state's: which one the order means is open."""
    local = int(wages.minimum_of_day[day])
    if case.place == "US-CA" and not case.industry:
        return local
    if switches.on("split_shift_at_state_minimum"):
        from wagelaw.money import rate_units
        from wagelaw.parameters import minimum_wage

        on = wages.calendar.date_of(day)
        return rate_units(minimum_wage("US-CA", on, headcount=case.employer_headcount).amount)
    return local


def _reports(wages: Wages, days: _Days, found: Premiums) -> None:
    calendar = wages.calendar
    if not any(shift.call_in or shift.scheduled_minutes is not None for shift in calendar.shifts):
        return
    reports: dict[int, int] = {}
    for at, (day, shift) in enumerate(zip(calendar.begun.tolist(), calendar.shifts, strict=True)):
        is_report = shift.call_in or shift.scheduled_minutes is not None
        earlier = reports.get(day, 0)
        reports[day] = earlier + 1
        if not is_report or days.left_out[day]:
            continue
        worked = int(calendar.lengths[at])
        if earlier or shift.call_in:
            minutes = reporting_time.call_in(worked)
        else:
            minutes = reporting_time.first_report(shift.scheduled_minutes or 0, worked)
        found.owe("reporting_time", day, _report_rate(wages, day) * minutes)


def _report_rate(wages: Wages, day: int) -> Fraction:
    """The regular rate of the week, or where nothing was worked in it the agreed rate; at least the minimum wage."""
    rate = wages.weeks[day // 7].rate
    if not wages.weeks[day // 7].minutes:
        here = wages.agreed.rate[wages.calendar.spells.day == day]
        rate = max((Fraction(plain(one)) / wages.scale for one in here), default=rate)
    return max(rate, Fraction(int(wages.minimum_of_day[day])))


def premium_lines(wages: Wages, premiums: Premiums, limits: Limits) -> Iterator[Line]:
    """Lines of premiums by payday, less what was paid as premiums for those days."""
    paid, period_of = _PaidPremiums(wages), wages.schedule.of_day.tolist()
    for code in ("meal_premium", "rest_premium", "split_shift", "reporting_time"):
        by_period: dict[int, list[int]] = defaultdict(list)
        for day in premiums.by_day.get(code, {}):
            by_period[period_of[day]].append(day)
        for at, days in by_period.items():
            line = _line(wages, wages.schedule.periods[at], code, days, premiums.by_day[code], limits, paid)
            if line:
                yield line


class _PaidPremiums:
    """Payments made for premiums, used up in the order of the days owed."""

    def __init__(self, wages: Wages) -> None:
        self.payments = [one for one in wages.schedule.apart if one.purpose == "premium"]
        self.left: list[Amount] = [one.amount * MINUTES for one in self.payments]

    def take(self, first: date, last: date, owed: Amount) -> Amount:
        """How much of what is owed for these days was paid."""
        taken: Amount = 0
        for at, one in enumerate(self.payments):
            if one.first <= last and first <= one.last:
                part = lesser(self.left[at], owed - taken)
                self.left[at] -= part
                taken += part
        return taken


def _line(
    wages: Wages,
    period: Period,
    code: str,
    days: list[int],
    amounts: dict[int, Amount],
    limits: Limits,
    paid: _PaidPremiums,
) -> Line | None:
    owed = total([amounts[day] for day in days])
    date_of = wages.calendar.date_of
    credited = paid.take(date_of(min(days)), date_of(max(days)), owed) if paid.payments else 0
    if owed <= credited:
        return None
    given = ((wages.calendar, days, amounts), credited)
    left = owed - credited if credited else owed
    return limits.line(code, period.due, period.first, period.last, left, f"{code}_line", given)
