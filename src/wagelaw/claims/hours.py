"""The hours of a case under California law: limits by worker class and date, and the split of every workweek."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar, Ints
from wagelaw.case.fields import SWITCHES, WEEKDAYS
from wagelaw.case.records import Case
from wagelaw.claims.law import Law
from wagelaw.parameters import LawError, series
from wagelaw.rules import overtime
from wagelaw.rules.household_and_farm import AMBULANCE, BY_CLASS, NO_OVERTIME, Limits
from wagelaw.rules.overtime import HOUR, NO_LIMIT, Schedule, Split

WITHOUT_FEDERAL_OVERTIME = ("inside_sales", "driver")


@dataclass(slots=True)
class Switches:
    """The switches of a case; remembers which ones the facts touched, for the notes."""

    given: dict[str, bool]
    touched: set[str] = field(default_factory=set)

    def on(self, name: str, matters: bool = True) -> bool:
        """The setting of a switch; `matters`: whether the other setting would change the result."""
        if matters:
            self.touched.add(name)
        return self.given.get(name, SWITCHES[name])


@dataclass(slots=True)
class Hours:
    """Minutes by day (flat), split into straight, overtime and double time; `exempt` marks spells left out."""

    minutes: Ints
    regular: Ints
    overtime: Ints
    double: Ints
    class_of_day: list[str]
    exempt: NDArray[np.bool_]


def state_hours(
    case: Case,
    calendar: Calendar,
    law: Law,
    switches: Switches,
    exempt: NDArray[np.bool_],
    without_overtime: NDArray[np.bool_] | None = None,
) -> Hours:
    """California's split of the case's hours; spells of exempt work count for nothing.

    `without_overtime`: by workweek, those in which an exemption from overtime holds.
    """
    spells = calendar.spells
    counted = np.where(exempt, 0, spells.minutes)
    minutes = calendar.sum_by_day(spells.day, counted)
    classes = _classes(case, calendar)
    schedule = _schedule(case, calendar, law, switches, minutes, classes, without_overtime)
    days = overtime.split(calendar.grid(minutes), schedule)
    return _flat(calendar, minutes, days, classes, exempt)


def federal_hours(case: Case, calendar: Calendar, exempt: NDArray[np.bool_]) -> Hours:
    """The federal split: overtime after forty hours a week; none for farm work and live-in domestic work."""
    spells = calendar.spells
    minutes = calendar.sum_by_day(spells.day, np.where(exempt, 0, spells.minutes))
    classes = _classes(case, calendar)
    without = {"agricultural", "live_in_domestic", "app_driver"}
    weekly = np.array(
        [NO_LIMIT if without & set(classes[7 * week : 7 * week + 7]) else 40 * HOUR for week in range(calendar.weeks)],
        dtype=np.int64,
    )
    if case.overtime_exemption in WITHOUT_FEDERAL_OVERTIME:
        weekly[:] = NO_LIMIT
    grid = calendar.grid(minutes)
    if case.eight_and_eighty and (weekly == 40 * HOUR).all():
        days = overtime.eight_and_eighty(grid, fourteen_days(case, calendar))
    else:
        none = np.zeros_like(grid)
        days = overtime.weekly_overtime(Split(grid, none, none), weekly)
    return _flat(calendar, minutes, days, classes, exempt)


def fourteen_days(case: Case, calendar: Calendar) -> Ints:
    """By workweek, the number of its period of fourteen days; −1 before the agreement and without one."""
    if case.eight_and_eighty is None:
        return np.full(calendar.weeks, -1, dtype=np.int64)
    first = calendar.day_of(case.eight_and_eighty) // 7
    since = np.arange(calendar.weeks) - first
    return np.where(since >= 0, since // 2, -1)


def _flat(calendar: Calendar, minutes: Ints, days: Split, classes: list[str], exempt: NDArray[np.bool_]) -> Hours:
    return Hours(
        minutes,
        calendar.by_day(days.regular),
        calendar.by_day(days.overtime),
        calendar.by_day(days.double),
        classes,
        exempt,
    )


def _classes(case: Case, calendar: Calendar) -> list[str]:
    """The worker class of each day: the case's, or that of a shift begun on it."""
    classes = [case.worker_class] * calendar.days
    for at, shift in enumerate(calendar.shifts):
        if shift.worker_class:
            classes[int(calendar.begun[at])] = shift.worker_class
    return classes


def _schedule(
    case: Case,
    calendar: Calendar,
    law: Law,
    switches: Switches,
    minutes: Ints,
    classes: list[str],
    without_overtime: NDArray[np.bool_] | None,
) -> Schedule:
    limits = _limits(case, calendar, law, minutes, classes)
    if without_overtime is not None:
        limits[without_overtime.repeat(7)] = NO_OVERTIME
    grid = calendar.grid(minutes)
    daily, double, by_day = (calendar.grid(limits[:, column]).copy() for column in range(3))
    weekly = np.where(grid > 0, by_day, NO_LIMIT).min(axis=0, initial=NO_LIMIT)
    if case.alternative_workweek:
        scheduled = calendar.grid(
            np.array([_is_scheduled(case, calendar, day) for day in range(calendar.days)], dtype=np.bool_)
        )
        daily, double = overtime.alternative_limits(grid, scheduled, case.alternative_workweek.hours)
    makeup = np.zeros(calendar.days, dtype=np.int64)
    for at, shift in enumerate(calendar.shifts):
        if shift.makeup_minutes:
            makeup[calendar.begun[at]] += shift.makeup_minutes
    daily = overtime.with_makeup_time(daily, calendar.grid(makeup))
    premium_days, premium_limit = _premium_days(calendar, switches, grid, limits)
    return Schedule(daily, double, weekly, premium_days, premium_limit)


def _is_scheduled(case: Case, calendar: Calendar, day: int) -> bool:
    assert case.alternative_workweek
    return WEEKDAYS[(calendar.start + day - 1) % 7] in case.alternative_workweek.weekdays


def _premium_days(calendar: Calendar, switches: Switches, grid: Ints, limits: Ints) -> tuple[NDArray[np.bool_], Ints]:
    """Seventh days of a week, and the sixth and seventh workdays of live-in workers."""
    has_seventh, lives_in = (calendar.grid(limits[:, column]) > 0 for column in (3, 4))
    narrow = overtime.seventh_days(grid, False) & has_seventh
    wide = overtime.seventh_days(grid, True) & has_seventh
    if (narrow != wide).any():
        seventh = wide if switches.on("seventh_day_short_week") else narrow
    else:
        seventh = narrow
    live_in = overtime.sixth_and_seventh_workdays(grid) & lives_in
    limit = np.where(live_in, 9 * HOUR, 8 * HOUR).astype(np.int64)
    return seventh | live_in, limit


def _limits(case: Case, calendar: Calendar, law: Law, minutes: Ints, classes: list[str]) -> Ints:
    """The `Limits` of each day, one row a day and one column a limit."""
    if len(set(classes)) == 1 and classes[0] != "agricultural":
        return np.tile(np.array(_of_class(case, classes[0]), dtype=np.int64), (calendar.days, 1))
    farm: dict[tuple[int, ...], Limits] = {}
    found = np.empty((calendar.days, len(Limits._fields)), dtype=np.int64)
    for day, name in enumerate(classes):
        if name != "agricultural":
            found[day] = _of_class(case, name)
        elif minutes[day]:
            found[day] = _farm_limits(case, law, calendar.date_of(day), farm)
        else:
            found[day] = NO_OVERTIME
    return found


def _of_class(case: Case, name: str) -> Limits:
    """The limits of a class of workers, or of the exemption from daily overtime that a general worker is under."""
    return AMBULANCE if name == "general" and case.overtime_exemption == "ambulance_24h" else BY_CLASS[name]


def _farm_limits(case: Case, law: Law, on: date, seen: dict[tuple[int, ...], Limits]) -> Limits:
    """The phase-in of Lab. Code §§ 860–862 by size and date; where no row holds yet there is no such limit."""
    steps = (on.year, (on.month, on.day) >= (7, 1))
    if steps not in seen:
        law.sized("ca_ag_overtime_daily_hours", on)
        seen[steps] = Limits(
            _farm_hours(case, "daily", "overtime", on),
            _farm_hours(case, "daily", "double_time", on),
            _farm_hours(case, "weekly", "overtime", on),
            seventh_day=True,
        )
    return seen[steps]


def _farm_hours(case: Case, span: str, what: str, on: date) -> int:
    """Minutes of the row that holds for the employer's size; NO_LIMIT before the first."""
    group = "employer_ge_26" if (case.employer_headcount or 0) >= 26 else "employer_le_25"
    try:
        rows = series(f"ca_ag_{what}_{span}_hours", "US-CA", group)
    except LawError:
        return NO_LIMIT
    held = [row for row in rows if row.holds_on(on)]
    return int(held[-1].amount * 60) if held else NO_LIMIT


def premium_of_spells(calendar: Calendar, hours: Hours, premium: Ints) -> Ints:
    """The premium minutes of each day given to its spells, the latest first (by spell)."""
    spells = calendar.spells
    counted = np.where(hours.exempt, 0, spells.minutes)
    running = np.cumsum(counted)
    by_day = np.zeros(calendar.days, dtype=np.int64)
    np.maximum.at(by_day, spells.day, running)
    after = by_day[spells.day] - running
    taken: Ints = np.clip(premium[spells.day] - after, 0, counted)
    return taken


def sums(calendar: Calendar, values: NDArray[Any]) -> NDArray[Any]:
    """Sums by day of values by spell."""
    return calendar.sum_by_day(calendar.spells.day, values)
