"""Payments credited to worker-weeks: straight time of the pay period first, then its overtime, then the minimum wage.

Within a period of several workweeks the oldest comes first. Money in grains; what the law divides stays a numerator
over `2 × minutes` of its week.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit.stretches import DAYS
from wagelaw.audit.wages import Parts
from wagelaw.money import MINUTES

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = dict[str, Ints]

NO_PERIOD = -1


@dataclass(slots=True)
class Periods:
    """Pay periods in order of worker and first day: days as `worker × DAYS + ordinal`, and grains received."""

    first: Ints
    last: Ints
    paid: Ints


@dataclass(slots=True)
class Owed:
    """By part: `unpaid` straight time; `overtime` and `short`, each over the part's divisor.

    `exact`: what some parts owe beyond that, as fractions, by name and part.
    """

    unpaid: Ints
    overtime: Ints
    short: Ints
    divisor: Ints
    exact: dict[tuple[str, int], Fraction] = field(default_factory=dict)


def periods_of(payments: Columns) -> Periods:
    """Payments whose days meet are one period; `payments` come in any order of rows for whole workers."""
    first = payments["worker"] * DAYS + payments["from"]
    last = payments["worker"] * DAYS + payments["to"]
    order = np.lexsort((last, first))
    first, last, amount = first[order], last[order], payments["amount"][order] * MINUTES
    reached = np.maximum.accumulate(last) if len(last) else last
    new = np.concatenate(([True], first[1:] > reached[:-1])) if len(last) else np.zeros(0, dtype=np.bool_)
    starts = np.flatnonzero(new)
    if not len(starts):
        return Periods(first, last, amount)
    return Periods(first[starts], np.maximum.reduceat(last, starts), np.add.reduceat(amount, starts))


def period_of_weeks(periods: Periods, worker: Ints, start: Ints) -> tuple[Ints, Flags]:
    """The period that holds each whole week (or −1), and which weeks must be looked at day by day."""
    first, last = worker * DAYS + start, worker * DAYS + start + 6
    at = np.searchsorted(periods.first, first, side="right") - 1
    if not len(periods.first):
        return at, np.zeros(len(at), dtype=np.bool_)
    holds = (at >= 0) & (periods.last[at] >= last)
    following = np.minimum(at + 1, len(periods.first) - 1)
    begins = (at + 1 < len(periods.first)) & (periods.first[following] <= last)
    ends = (at >= 0) & (periods.last[at] >= first) & ~holds
    return np.where(holds, at, NO_PERIOD), begins | ends


def period_of_days(periods: Periods, worker: Ints, day: Ints) -> Ints:
    """The period that holds each day, or −1."""
    key = worker * DAYS + day
    at = np.searchsorted(periods.first, key, side="right") - 1
    if not len(periods.first):
        return at
    return np.where((at >= 0) & (periods.last[at] >= key), at, NO_PERIOD)


def credit(parts: Parts, periods: Periods, minutes: Ints) -> Owed:
    """What each part is still owed; `minutes`: of each worker-week."""
    divisor = 2 * minutes[parts.week]
    owed = Owed(parts.agreed.copy(), parts.overtime.copy(), parts.short * divisor, divisor)
    at = np.flatnonzero(parts.period >= 0)
    if not len(at):
        return owed
    order, period = at, parts.period[at]
    if (period[1:] < period[:-1]).any():
        order = at[np.argsort(period, kind="stable")]
        period = parts.period[order]
    new = np.concatenate(([True], period[1:] != period[:-1]))
    starts, group = np.flatnonzero(new), np.cumsum(new) - 1
    payable = parts.agreed[order] - parts.uncounted[order]
    before = np.cumsum(payable) - payable
    before -= before[starts][group]
    paid = periods.paid[period]
    straight = np.clip(paid - before, 0, payable)
    owed.unpaid[order] -= straight
    left = periods.paid[period[starts]] - np.add.reduceat(straight, starts)
    _credit_rest(parts, owed, order, starts, group, left)
    return owed


def _credit_rest(parts: Parts, owed: Owed, order: Ints, starts: Ints, group: Ints, left: Ints) -> None:
    """What is left after straight time goes to the period's overtime, then to what the minimum wage lacks."""
    divisor = owed.divisor[order]
    overtime, short = parts.overtime[order], parts.short[order]
    more = (overtime > 0) | (short > 0)
    several = np.add.reduceat(more.astype(np.int64), starts) > 1
    most = np.add.reduceat(-(-overtime // divisor) + short, starts)
    enough, some = left >= most, left > 0
    of_part = np.flatnonzero(enough[group])
    owed.overtime[order[of_part]] = 0
    owed.short[order[of_part]] = 0
    single = np.flatnonzero((some & ~enough & ~several)[group] & more)
    _credit_single(owed, order[single], overtime[single], left[group[single]])
    ends = np.append(starts[1:], len(order))
    for at in np.flatnonzero(some & ~enough & several).tolist():
        _credit_several(owed, order[starts[at] : ends[at]], int(left[at]))


def _credit_single(owed: Owed, at: Ints, overtime: Ints, left: Ints) -> None:
    scaled = left * owed.divisor[at]
    taken = np.minimum(scaled, overtime)
    owed.overtime[at] -= taken
    owed.short[at] -= np.minimum(scaled - taken, owed.short[at])


def _credit_several(owed: Owed, at: Ints, amount: int) -> None:
    """A payment that ends in the middle of a period's overtime, with different divisors: exact fractions."""
    left = Fraction(amount)
    for name in ("overtime", "short"):
        dues = getattr(owed, name)
        for part in at.tolist():
            due = Fraction(int(dues[part]), int(owed.divisor[part]))
            taken = min(left, due)
            left -= taken
            if taken == due:
                dues[part] = 0
            elif taken:
                dues[part] = 0
                owed.exact[name, part] = due - taken
