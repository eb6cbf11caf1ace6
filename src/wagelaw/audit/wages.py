"""Wages of worker-weeks: agreed pay, what the minimum wage lacks, overtime due; in grains, whole or over a divisor.

Most weeks have one rate and one minimum wage: there the week's sums are enough. Weeks with several (two jobs, a raise,
a new minimum wage, a pay period that ends in mid-week) are worked out spell by spell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit.stretches import Spells
from wagelaw.audit.weeks import Grid
from wagelaw.rules import minimum_wage
from wagelaw.rules.overtime import Split
from wagelaw.rules.regular_rate import extra_half

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(slots=True)
class Parts:
    """What of a worker-week lies in one pay period (most often all of it). Money in grains.

    `week`; `period`: index of the pay period, −1 for none. `agreed`: agreed pay of the straight hours; `short`: by
    which it lies below the minimum wage; `uncounted`: of `agreed`, minutes the employer did not count. Overtime due is
    `overtime / (2 × minutes of the week)`.
    """

    week: Ints
    period: Ints
    agreed: Ints
    short: Ints
    uncounted: Ints
    overtime: Ints


@dataclass(slots=True)
class Weeks:
    """By worker-week: minutes by kind, lawful pay for all in grains, the minimum wage of its last day of work."""

    minutes: Ints
    regular: Ints
    overtime: Ints
    double: Ints
    pool: Ints
    minimum: Ints


@dataclass(slots=True)
class Rates:
    """By spell, in ten-thousandths of a dollar an hour: agreed, and minimum wage; minutes the employer left out."""

    agreed: Ints
    minimum: Ints
    uncounted: Ints | None


def wages(
    grid: Grid, pieces: Spells, days: Split, rates: Rates, period: Ints, mixed: Ints, of_mixed: Ints
) -> tuple[Weeks, Parts]:
    """Weeks and parts. `mixed`: all spells of the weeks that must be worked out spell by spell.

    Pay periods: `period` by week, `of_mixed` by mixed spell.
    """
    first = grid.first
    regular, overtime, double = (np.add.reduce(part, axis=0, dtype=part.dtype).astype(np.int64) for part in days)
    rate, floor = rates.agreed[first], rates.minimum[first]
    lawful = minimum_wage.lawful_rate(rate, floor)
    minutes = regular + overtime + double
    week = Weeks(minutes, regular, overtime, double, lawful * minutes, floor)
    none = np.zeros(grid.weeks, dtype=np.int64)
    plain = Parts(
        np.arange(grid.weeks),
        period,
        rate * regular,
        minimum_wage.shortfall(rate, floor, regular),
        none,
        lawful * (overtime + double) * (2 * minutes) + extra_half(week.pool, overtime, double),
    )
    if not len(mixed):
        return week, plain
    return week, _with_mixed(grid, pieces, days, rates, mixed, of_mixed, week, plain)


def _with_mixed(
    grid: Grid, pieces: Spells, days: Split, rates: Rates, at: Ints, period: Ints, week: Weeks, plain: Parts
) -> Parts:
    """Works out mixed weeks, spell `at` spell, corrects their entries in `week`, and joins the parts in order."""
    of_week, cell = grid.week[at].astype(np.int64), grid.runs.cell[at]
    worked = pieces.minutes[at]
    overtime, double = (part.reshape(-1)[cell].astype(np.int64) for part in (days.overtime, days.double))
    premium = latest_minutes(cell, worked, overtime + double)
    double = latest_minutes(cell, worked, double)
    rate, floor = rates.agreed[at], rates.minimum[at]
    lawful = minimum_wage.lawful_rate(rate, floor)
    last = np.flatnonzero(np.append(of_week[1:] != of_week[:-1], True))
    weeks = of_week[last]
    week.pool[weeks] = np.add.reduceat(lawful * worked, np.append(0, last[:-1] + 1))
    week.minimum[weeks] = floor[last]
    straight = lawful * premium * (2 * week.minutes[of_week])
    share = extra_half(week.pool[of_week], premium - double, double)
    uncounted = np.zeros(len(at), dtype=np.int64)
    if rates.uncounted is not None:
        left_out = np.minimum(rates.uncounted[at], worked)
        uncounted = np.clip(left_out - premium, 0, worked - premium)
    regular = worked - premium
    found = _gathered(
        of_week,
        period,
        (rate * regular, minimum_wage.shortfall(rate, floor, regular), rate * uncounted, straight + share),
    )
    if len(found[0]) == len(weeks):  # no pay period ends within a week
        for name, values in zip(Parts.__slots__, found, strict=True):
            getattr(plain, name)[weeks] = values
        return plain
    kept = np.ones(grid.weeks, dtype=np.bool_)
    kept[weeks] = False
    return _in_order([[getattr(plain, name)[kept] for name in Parts.__slots__], found])


def latest_minutes(cell: Ints, worked: Ints, premium: Ints) -> Ints:
    """A day's premium minutes given to its spells, the latest first; spells of a cell stand together."""
    running = np.cumsum(worked)
    is_last = np.append(cell[1:] != cell[:-1], True)
    total = running[is_last][np.cumsum(is_last) - is_last]
    found: Ints = np.clip(premium - (total - running), 0, worked)
    return found


def _gathered(week: Ints, period: Ints, values: tuple[Ints, ...]) -> list[Ints]:
    """Sums over the spells of one week and period."""
    key = week * (1 << 40) + period + 1
    order = np.argsort(key, kind="stable")
    key = key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    sums = [np.add.reduceat(value[order], starts) for value in values]
    return [week[order][starts], period[order][starts], *sums]


def _in_order(groups: list[list[Ints]]) -> Parts:
    columns = [np.concatenate(parts) for parts in zip(*groups, strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    return Parts(*(column[order] for column in columns))
