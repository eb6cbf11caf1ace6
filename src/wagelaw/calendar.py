"""The calendar of a case: patterns become shifts, shifts become spells on a grid of workweeks.

A *workday* is 24 hours from the case's `workday_start`, a *workweek* seven of them from `workweek_start` (Lab. Code
500). A spell is the part of a stretch that lies in one workday. Hours are those that really passed, also in the two
nights a year when the clocks change. Days are counted from the first day of the first workweek; the days of a grid
are an array `(7, weeks)`: row d holds day d of every week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.case.fields import WEEKDAYS
from wagelaw.case.problems import CaseError, Problem
from wagelaw.case.records import Case, Pattern, Payment, PaymentPattern, Shift
from wagelaw.case.sense import meal_span

Ints = NDArray[np.int64]
DAY = 1440
MOST_SHIFTS = 20_000
MOST_DAYS = 36_600
WITHOUT_SUMMER_TIME = ("US-AZ", "US-HI")


@dataclass(slots=True)
class Spells:
    """One entry per spell (the part of a stretch that lies in one workday), in order of time."""

    shift: Ints
    day: Ints
    minutes: Ints


@dataclass(slots=True)
class Breaks:
    """One entry per time off duty inside a workday (a meal, or the gap between two stretches).

    `day`: workday in which the stretch began; `after`: minutes worked in it before; `minutes`: how long;
    `is_gap`: between two stretches.
    """

    day: Ints
    after: Ints
    minutes: Ints
    is_gap: NDArray[np.bool_]


@dataclass(slots=True)
class Calendar:
    """The work of a case on its grid. `start` is the ordinal of day 0; `begun` the workday each shift began in."""

    start: int
    weeks: int
    shifts: list[Shift]
    begun: Ints
    lengths: Ints
    spells: Spells
    breaks: Breaks

    @property
    def days(self) -> int:
        """Days of the grid."""
        return 7 * self.weeks

    def day_of(self, day: date) -> int:
        """Index of a date, which may lie outside the grid."""
        return day.toordinal() - self.start

    def date_of(self, day: int) -> date:
        """Date of an index."""
        return date.fromordinal(self.start + day)

    def grid(self, by_day: NDArray[Any]) -> NDArray[Any]:
        """An array by day as rows of the seven days: `(7, weeks)`."""
        return by_day.reshape(self.weeks, 7).T

    def by_day(self, grid: NDArray[Any]) -> NDArray[Any]:
        """The reverse of `grid`."""
        return np.ascontiguousarray(grid.T).reshape(self.days)

    def sum_by_day(self, day: Ints, values: NDArray[Any]) -> NDArray[Any]:
        """Sums of values that carry a day."""
        sums = np.zeros(self.days, dtype=values.dtype)
        np.add.at(sums, day, values)
        return sums

    def clip_span(self, first: date, last: date) -> slice:
        """The part of a span of dates that lies on the grid, as a slice of days."""
        return slice(max(0, self.day_of(first)), max(0, min(self.days, self.day_of(last) + 1)))


def calendar_of(case: Case) -> Calendar:
    """The case's work on its grid; CaseError where two stretches overlap or there are too many."""
    shifts = expanded_shifts(case)
    return _on_grid(case, shifts)


def expanded_shifts(case: Case) -> list[Shift]:
    """All shifts, oldest first: those given, and those the patterns stand for on days without one at that hour."""
    shifts = list(case.shifts)
    for at, shift in enumerate(shifts):
        shift.number = at
    if case.patterns:
        _check_count(case.patterns, len(shifts))
        taken = {(shift.date, shift.start) for shift in shifts}
        for at, pattern in enumerate(case.patterns):
            for day in _pattern_days(pattern):
                if (day, pattern.start) not in taken and day <= case.computed_on:
                    shifts.append(_usual_shift(pattern, day, at))
    shifts.sort(key=lambda one: (one.date, -1 if one.start is None else one.start))
    if shifts and (shifts[-1].date - shifts[0].date).days > MOST_DAYS:
        raise CaseError([Problem("shifts", "too_long_a_time")])
    return shifts


def _check_count(patterns: Iterable[Pattern], given: int) -> None:
    count = given
    for at, pattern in enumerate(patterns):
        count += ((pattern.last - pattern.first).days // 7 + 1) * len(pattern.weekdays)
        if count > MOST_SHIFTS:
            values = {"limit": str(MOST_SHIFTS), "found": str(count)}
            raise CaseError([Problem(f"patterns[{at}]", "too_many", values)])


def _pattern_days(pattern: Pattern) -> Iterator[date]:
    wanted = {WEEKDAYS.index(name) for name in pattern.weekdays}
    without = set(pattern.leaving_out)
    for ordinal in range(pattern.first.toordinal(), pattern.last.toordinal() + 1):
        if (ordinal - 1) % 7 in wanted:
            day = date.fromordinal(ordinal)
            if day not in without:
                yield day


def _usual_shift(pattern: Pattern, day: date, number: int) -> Shift:
    return Shift(
        day,
        pattern.start,
        pattern.end,
        pattern.minutes,
        pattern.meals,
        pattern.rest_periods,
        pattern.meal_violation,
        pattern.rest_violation,
        pattern.rate,
        pattern.pieces,
        paid_minutes=pattern.paid_minutes,
        place=pattern.place,
        worker_class=pattern.worker_class,
        wage_order=pattern.wage_order,
        note=pattern.note,
        confidence=pattern.confidence,
        stands_in="patterns",
        number=number,
    )


def week_start(ordinal: int, weekday: str) -> int:
    """The first day of the workweek that holds a day."""
    return ordinal - (ordinal - 1 - WEEKDAYS.index(weekday)) % 7


def _on_grid(case: Case, shifts: list[Shift]) -> Calendar:
    offset = case.workday_start
    spans = _Spans(offset)
    for at, shift in enumerate(shifts):
        spans.add(at, shift)
    timed = np.array([shift.start is not None for shift in shifts], dtype=np.bool_)
    starts, ends, owner = _columns(spans.duty, 3)
    _check_overlaps(shifts, starts, ends, owner, timed)
    begun = np.array(spans.begun, dtype=np.int64)
    first = min(spans.begun, default=case.computed_on.toordinal())
    last = max(int((ends.max() - 1 - offset) // DAY) if len(ends) else first, max(spans.begun, default=first))
    start = week_start(first, case.workweek_start)
    weeks = (last - start) // 7 + 1 if shifts else 0
    spells, lengths = _spells(starts, ends, owner, timed, start, offset, case.place)
    day, after, minutes, is_gap = _columns(spans.breaks, 4)
    breaks = Breaks(day - start, after, minutes, is_gap > 0)
    found = Calendar(start, weeks, shifts, begun - start, lengths, spells, breaks)
    _check_days(found)
    return found


def _columns(numbers: list[int], width: int) -> Ints:
    """Rows of whole numbers, one after the other, as `width` columns."""
    return np.ascontiguousarray(np.array(numbers, dtype=np.int64).reshape(-1, width).T)


def _check_days(calendar: Calendar) -> None:
    """No workday has more than 24 hours (25 in the night the clocks go back)."""
    spells = calendar.spells
    totals = calendar.sum_by_day(spells.day, spells.minutes)
    problems = []
    for day in np.flatnonzero(totals > DAY + 60):
        at = int(spells.shift[np.flatnonzero(spells.day == day)[-1]])
        problems.append(Problem(calendar.shifts[at].path, "day_too_long", {"found": str(calendar.date_of(int(day)))}))
    if problems:
        raise CaseError(problems)


class _Spans:
    """Collects times on duty and breaks while shifts are walked in order of date and start.

    `duty`: start and end (wall clock, minutes since ordinal 0) and the shift, one after the other; `breaks`: likewise
    the fields of `Breaks`; `begun`: the workday each shift began in.
    """

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.duty: list[int] = []
        self.breaks: list[int] = []
        self.begun: list[int] = []
        self.day = 0
        self.worked = 0
        self.left = 0  # when the last stretch by the clock ended, 0 = none in this workday

    def add(self, at: int, shift: Shift) -> None:
        """Adds one stretch; shifts come sorted by date and start."""
        midnight = shift.date.toordinal() * DAY
        if shift.start is None:
            self._begin(midnight // DAY)
            minutes = shift.minutes or 0
            self.duty += (midnight + self.offset, midnight + self.offset + minutes, at)
            self.worked, self.left = self.worked + minutes, 0
            return
        assert shift.end is not None
        start = midnight + shift.start
        day = (start - self.offset) // DAY
        self._begin(day)
        worked = self.worked
        if self.left and start > self.left:
            self.breaks += (day, worked, start - self.left, True)
        reached = start
        for meal in shift.meals:
            first, last = meal_span(shift, meal)
            if start + first > reached:
                self.duty += (reached, start + first, at)
                worked += start + first - reached
            self.breaks += (day, worked, last - first, False)
            reached = start + last
        end = start + ((shift.end - shift.start) % DAY or DAY)
        if end > reached:
            self.duty += (reached, end, at)
            worked += end - reached
        self.worked, self.left = worked, end

    def _begin(self, day: int) -> None:
        if day != self.day or not self.begun:
            self.day, self.worked, self.left = day, 0, 0
        self.begun.append(day)


def _check_overlaps(shifts: list[Shift], starts: Ints, ends: Ints, owner: Ints, timed: NDArray[np.bool_]) -> None:
    """CaseError for stretches by the clock that run into each other."""
    known = timed[owner]
    starts, ends, owner = starts[known], ends[known], owner[known]
    if (starts[1:] >= np.maximum.accumulate(ends)[:-1]).all():
        return
    problems = []
    reached, before = 0, -1
    for start, end, at in zip(starts.tolist(), ends.tolist(), owner.tolist(), strict=True):
        if start < reached and at != before:
            values = {"other": shifts[before].path, "found": str(shifts[at].date)}
            problems.append(Problem(shifts[at].path, "overlap", values))
        if end > reached:
            reached, before = end, at
    if problems:
        raise CaseError(problems)


def _spells(
    starts: Ints, ends: Ints, owner: Ints, timed: NDArray[np.bool_], grid_start: int, offset: int, place: str
) -> tuple[Spells, Ints]:
    """Times on duty cut at the workday's boundary, and the real length of each shift."""
    known = timed[owner]
    first_day = (starts - offset) // DAY
    last_day = np.where(known, (ends - 1 - offset) // DAY, first_day)
    repeats = np.maximum(last_day - first_day, 0) + 1
    index = np.repeat(np.arange(len(starts)), repeats)
    position = np.arange(len(index)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    day = first_day[index] + position
    low = np.maximum(starts[index], day * DAY + offset)
    high = np.where(known[index], np.minimum(ends[index], (day + 1) * DAY + offset), ends[index])
    minutes = np.maximum(high - low + np.where(known[index], clock_changes(low, high, place), 0), 0)
    lengths = np.zeros(len(timed), dtype=np.int64)
    np.add.at(lengths, owner[index], minutes)
    order = np.argsort(day, kind="stable")
    return Spells(owner[index][order], (day - grid_start)[order], minutes[order]), lengths


def clock_changes(low: Ints, high: Ints, place: str) -> Ints:
    """Minutes that really passed beyond those on the wall clock: −60 over a spring change, +60 over an autumn one."""
    if not len(low) or place[:5] in WITHOUT_SUMMER_TIME:
        return np.zeros(len(low), dtype=np.int64)
    first, last = (date.fromordinal(int(moment) // DAY).year for moment in (low.min(), high.max()))
    summer = np.searchsorted(_changes(first, last), (low, high), side="right") & 1
    result: Ints = 60 * (summer[0] - summer[1])
    return result


@cache
def _changes(first: int, last: int) -> Ints:
    """The wall-clock minutes of all changes from one year to another."""
    return np.array([minute for year in range(first, last + 1) for minute in _summer_time(year)], dtype=np.int64)


def _summer_time(year: int) -> tuple[int, int]:
    """Wall-clock minutes from which summer time holds (2nd Sunday of March) and no longer (1st Sunday of November).

    In March two o'clock is the moment of the change, and the same moment as three; times between do not exist and
    are read as by the clock before it.
    """
    return _sunday(year, 3, 8) * DAY + 180, _sunday(year, 11, 1) * DAY + 120


def _sunday(year: int, month: int, earliest: int) -> int:
    ordinal = date(year, month, earliest).toordinal()
    return ordinal + (-ordinal) % 7


def expanded_payments(case: Case) -> list[Payment]:
    """All payments, those that `payment_patterns` stand for included, up to the day of computation."""
    payments = list(case.payments)
    for pattern in case.payment_patterns:
        payments += [one for one in _usual_payments(case, pattern) if one.paid_on <= case.computed_on]
    return payments


def _usual_payments(case: Case, pattern: PaymentPattern) -> Iterator[Payment]:
    days_after = case.paydays.days_after if case.paydays else pattern.paid_on_offset_days
    for first, last in periods_from(pattern.first, pattern.last, pattern.every):
        cut = min(last, pattern.last)
        if cut < last and pattern.prorate:
            amount = pattern.amount * ((cut - first).days + 1) // ((last - first).days + 1)
        else:
            amount = pattern.amount
        yield Payment(
            first,
            cut,
            last + timedelta(days=days_after),
            amount,
            pattern.purpose,
            pattern.method,
            pattern.statement,
            pattern.note,
            pattern.confidence,
        )


def periods_from(first: date, until: date, every: str) -> Iterator[tuple[date, date]]:
    """Pay periods of a kind from a day on: weeks count from it, half-months and months are those of the calendar."""
    while first <= until:
        last = period_end(first, every)
        yield first, last
        first = last + timedelta(days=1)


def period_end(first: date, every: str) -> date:
    """The last day of the pay period that begins (or, for halves and months, lies) at `first`."""
    if every == "week":
        return first + timedelta(days=6)
    if every == "two_weeks":
        return first + timedelta(days=13)
    if every == "half_month" and first.day <= 15:
        return first.replace(day=15)
    return month_end(first)


def month_end(day: date) -> date:
    """The last day of the month."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


def years_before(day: date, years: int) -> date:
    """The same date so many years earlier (28 February for a leap day)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
