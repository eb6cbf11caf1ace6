"""Premium hours of an audit: missed meals and rests, split shifts, reports for too little work.

Each is a numerator in grains by worker-week, over twice the minutes of the week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit.options import Options
from wagelaw.audit.runs import Runs
from wagelaw.audit.stretches import Breaks, Columns, Stretches, breaks
from wagelaw.audit.wages import Weeks
from wagelaw.audit.weeks import Grid
from wagelaw.money import MINUTES
from wagelaw.rules import meal_periods, reporting_time, rest_periods, split_shift

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CODES = ("meal_premium", "rest_premium", "split_shift", "reporting_time")
WITHOUT_ORDER_PREMIUMS = ("personal_attendant",)
NOT_KNOWN = -1000  # a stretch whose rest periods nobody wrote down makes the day's count negative


@dataclass(slots=True)
class Days:
    """What the rules need of each cell: minutes of the stretches begun in it, minimum wage, pay earned."""

    worked: Ints
    minimum: Ints
    earned: Ints


def premiums(
    rows: Columns, found: Stretches, begun: Runs, grid: Grid, weeks: Weeks, days: Days, options: Options
) -> dict[str, Ints]:
    """Numerators by code and week, where the rows say enough; `begun`: the rows by the cell in which each began."""
    result: dict[str, Ints] = {}
    off = breaks(rows, found)
    with_order = options.worker_class not in WITHOUT_ORDER_PREMIUMS
    if with_order and ("start" in rows or "meal_violation" in rows):
        violated = _meals(rows, found, begun, off, days)
        result["meal_premium"] = _one_hour(violated, grid, weeks, days)
    if with_order and ("rest_periods" in rows or "rest_violation" in rows):
        violated = _rests(rows, begun, days)
        result["rest_premium"] = _one_hour(violated, grid, weeks, days)
    if "start" in rows and options.worker_class != "live_in_domestic":
        result["split_shift"] = _splits(begun, off, grid, weeks, days)
    if with_order and "scheduled_minutes" in rows:
        result["reporting_time"] = _reports(rows, found, begun, grid, weeks, days)
    return result


def _meals(rows: Columns, found: Stretches, begun: Runs, off: Breaks, days: Days) -> Flags:
    cells = len(days.worked)
    of_break = Runs(begun.cell[off.row], cells)
    in_five, in_ten = (
        of_break.sum(meal_periods.begun_in_time(off.after, off.minutes, limit))
        for limit in (meal_periods.FIRST_AFTER, meal_periods.SECOND_AFTER)
    )
    never = np.zeros(cells, dtype=np.bool_)
    missed = meal_periods.violations(days.worked, in_five, in_ten, never, never, False)
    timed = np.ones(cells, dtype=np.bool_)
    timed[begun.cell[~found.timed]] = False
    return _unless_said(rows, "meal_violation", begun, missed & timed)


def _rests(rows: Columns, begun: Runs, days: Days) -> Flags:
    if "rest_periods" in rows:
        given = rows["rest_periods"]
        if given.min() < 0:
            given = np.where(given < 0, NOT_KNOWN, given)
        missed: Flags = rest_periods.violations(days.worked, begun.sum(given))
    else:
        missed = np.zeros(begun.size, dtype=np.bool_)
    return _unless_said(rows, "rest_violation", begun, missed)


def _unless_said(rows: Columns, name: str, begun: Runs, violated: Flags) -> Flags:
    """What the worker says outright overrules what the clock would give."""
    if name not in rows:
        return violated
    said = begun.largest(rows[name] + 1)
    return np.where(said < 1, violated, said == 2)


def _one_hour(violated: Flags, grid: Grid, weeks: Weeks, days: Days) -> Ints:
    """One hour at the week's regular rate, at least the minimum wage, for each day."""
    cells = np.flatnonzero(violated)
    return _by_week(cells, grid, _hourly(cells, grid.week_of(cells), weeks, days) * 2 * MINUTES)


def _hourly(cells: Ints, week: Ints, weeks: Weeks, days: Days) -> Ints:
    """Grains for a minute at the regular rate or the minimum wage, times the minutes of the week."""
    found: Ints = np.maximum(weeks.pool[week], days.minimum[cells] * weeks.minutes[week])
    return found


def _by_week(cells: Ints, grid: Grid, amounts: Ints) -> Ints:
    """Sums by week of amounts of some cells."""
    sums: Ints = Runs(cells, grid.runs.size).sum(amounts).reshape(7, grid.weeks).sum(axis=0)
    return sums


def _splits(begun: Runs, off: Breaks, grid: Grid, weeks: Weeks, days: Days) -> Ints:
    wide = off.is_gap & (off.minutes > split_shift.LONGEST_BREAK)
    cells = np.unique(begun.cell[off.row[wide]])
    minutes = grid.minutes.reshape(-1)[cells].astype(np.int64)
    amounts = split_shift.premium(days.minimum[cells], minutes, days.earned[cells])
    return _by_week(cells, grid, amounts * 2 * weeks.minutes[grid.week_of(cells)])


def _reports(rows: Columns, found: Stretches, begun: Runs, grid: Grid, weeks: Weeks, days: Days) -> Ints:
    """Reporting-time pay; a second stretch on a day is a second report."""
    earlier = np.zeros(len(begun.cell), dtype=np.bool_)
    earlier[1:] = begun.cell[1:] == begun.cell[:-1]
    scheduled, worked = rows["scheduled_minutes"], found.length
    reported = (scheduled >= 0) & (earlier | (2 * worked < scheduled))
    at = np.flatnonzero(reported)
    kinds, of_row = np.unique(np.stack([earlier[at], scheduled[at], worked[at]]), axis=1, return_inverse=True)
    twice = np.array([_twice_minutes(*kind) for kind in kinds.T.tolist()], dtype=np.int64)
    if not len(at):
        return np.zeros(grid.weeks, dtype=np.int64)
    cells = begun.cell[at]
    return _by_week(cells, grid, _hourly(cells, grid.week_of(cells), weeks, days) * twice[of_row.reshape(-1)])


def _twice_minutes(is_second: int, scheduled: int, worked: int) -> int:
    """Twice the minutes of pay due, a whole number also for half of an odd schedule."""
    if is_second:
        return int(2 * reporting_time.call_in(worked))
    return int(2 * reporting_time.first_report(scheduled, worked))
