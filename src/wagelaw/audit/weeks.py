"""The grid of an audit: worker-weeks with their days, split into straight, overtime and double time.

A chunk holds whole workers. Its worker-weeks are numbered in order; a cell of the grid is `day of week × weeks + week`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import cast

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit.options import Options
from wagelaw.audit.runs import Runs
from wagelaw.audit.stretches import Spells
from wagelaw.parameters import LawError, series, sized_value
from wagelaw.rules import overtime
from wagelaw.rules.household_and_farm import BY_CLASS, Limits
from wagelaw.rules.overtime import HOUR, NO_LIMIT, Schedule, Split

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Grid:
    """Worker-weeks. By week: `worker`, `start` (ordinal of its first day). By spell: `week`. By cell: `minutes`.

    `first`: the first spell of each week. `runs`: the spells by their cell. `week` and `minutes` are in fact int32:
    enough for any chunk, and faster.
    """

    worker: Ints
    start: Ints
    week: Ints
    runs: Runs
    first: Ints
    minutes: Ints  # (7, weeks)

    @property
    def weeks(self) -> int:
        """How many worker-weeks there are."""
        return len(self.start)

    def week_of(self, cells: Ints) -> Ints:
        """The worker-week of each cell."""
        return cells - cells // self.weeks * self.weeks

    def spells_of(self, weeks: Ints) -> Ints:
        """The spells of some weeks, in order."""
        ends = np.append(self.first, len(self.week))
        sizes = ends[weeks + 1] - ends[weeks]
        before = np.cumsum(sizes) - sizes
        found: Ints = np.arange(sizes.sum()) + np.repeat(self.first[weeks] - before, sizes)
        return found


def grid_of(worker: Ints, pieces: Spells, options: Options) -> Grid:
    """The worker-weeks in which there are spells; `worker` by spell."""
    first_day = (options.first_weekday + 1) % 7  # of ordinal 0, a Sunday
    since = _small(pieces.day - first_day)
    number = since // 7
    new = np.ones(len(worker), dtype=np.bool_)
    new[1:] = (number[1:] != number[:-1]) | (worker[1:] != worker[:-1])
    first = np.flatnonzero(new)
    week = _small(np.cumsum(new, dtype=np.int32)) - 1
    cell = (since - 7 * number) * len(first) + week
    runs = Runs(cell.astype(np.int64), 7 * len(first))
    minutes = runs.sum(_small(pieces.minutes)).reshape(7, len(first))
    start = (number[first] * 7 + first_day).astype(np.int64)
    return Grid(worker[first], start, week, runs, first, minutes)


def _small(values: Ints) -> Ints:
    """The same numbers in half the memory."""
    return cast(Ints, values.astype(np.int32, copy=False))


def split_of(grid: Grid, options: Options) -> Split:
    """Straight, overtime and double minutes of every cell under the rules of the audit's worker class."""
    if options.worker_class == "agricultural":
        return _farm_split(grid, options)
    limits = BY_CLASS[options.worker_class]
    minutes = grid.minutes
    if limits.live_in:
        premium_days = overtime.sixth_and_seventh_workdays(minutes)
    elif limits.seventh_day:
        premium_days = overtime.seventh_days(minutes, with_short_weeks=False)
    else:
        premium_days = np.zeros(minutes.shape, dtype=np.bool_)
    schedule = Schedule(
        _minutes(limits.daily),
        _minutes(limits.double),
        _minutes(limits.weekly),
        premium_days,
        _minutes(9 * HOUR if limits.live_in else 8 * HOUR),
    )
    return overtime.split(minutes, schedule)


def _minutes(limit: int) -> Ints:
    """A limit that is the same in every cell, in the grid's own type."""
    return cast(Ints, np.array(limit, dtype=np.int32))


def _farm_split(grid: Grid, options: Options) -> Split:
    """Farm work: the limits of the day worked, in the phase-in of Lab. Code §§ 860–862."""
    days = grid.start[None, :] + np.arange(7)[:, None]
    years = sorted({date.fromordinal(int(day)).year for day in (days.min(), days.max())}) if days.size else []
    steps = [(date(year, 1, 1), _farm_limits(year, options)) for year in range(years[0], years[-1] + 1) if years]
    bounds = np.array([start.toordinal() for start, _ in steps], dtype=np.int64)
    of_day = np.searchsorted(bounds, days, side="right") - 1
    daily, double, weekly = (
        cast(Ints, np.array([getattr(limits, name) for _, limits in steps], dtype=np.int32)[of_day])
        for name in ("daily", "double", "weekly")
    )
    worked = grid.minutes > 0
    schedule = Schedule(
        daily,
        double,
        np.where(worked, weekly, NO_LIMIT).min(axis=0),
        overtime.seventh_days(grid.minutes, with_short_weeks=False),
        _minutes(8 * HOUR),
    )
    return overtime.split(grid.minutes, schedule)


@cache
def _farm_limits(year: int, options: Options) -> Limits:
    """The steps all fall on 1 January, so a year has one set of limits."""
    on = date(year, 7, 1)
    sized_value("ca_ag_overtime_daily_hours", "US-CA", on, options.employer_headcount)
    group = "employer_ge_26" if (options.employer_headcount or 0) >= 26 else "employer_le_25"

    def minutes(what: str) -> int:
        try:
            rows = series(f"ca_ag_{what}_hours", "US-CA", group)
        except LawError:
            return NO_LIMIT
        return next((int(row.amount * 60) for row in rows if row.holds_on(on)), NO_LIMIT)

    return Limits(minutes("overtime_daily"), minutes("double_time_daily"), minutes("overtime_weekly"), seventh_day=True)
