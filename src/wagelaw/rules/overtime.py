"""Overtime: which minutes of a workweek are straight time, time and a half, and double time.

Lab. Code § 510, the orders' section 3; Order 15 for household work; Lab. Code § 860 and Order 14 for farm work;
Lab. Code § 511 for alternative workweeks; 29 USC 207(a) for the federal forty hours. No hour gets two premiums: only
straight time fills the weekly limit, and the latest straight hours of the week become overtime.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

HOUR = 60
NO_LIMIT = 1_000_000  # minutes: more than any day or week has
EIGHT_HOURS = 8 * HOUR
TWELVE_HOURS = 12 * HOUR


class Split(NamedTuple):
    """Minutes of each day by kind; each a grid `(7, weeks)`."""

    regular: Ints
    overtime: Ints
    double: Ints


class Schedule(NamedTuple):
    """Limits in minutes.

    `daily`, `double`: grid, overtime and double time after so long a day. `weekly`: by week. `premium_days`: grid,
    days on which the first `premium_limit` (grid) minutes are overtime and the rest double time.
    """

    daily: Ints
    double: Ints
    weekly: Ints
    premium_days: Flags
    premium_limit: Ints


def split(minutes: Ints, schedule: Schedule) -> Split:
    """Straight, overtime and double minutes of every day (Lab. Code § 510(a)).

    Written with `clip` and products, for NumPy's `minimum` of one number and `where` take three to eight times as long.
    """
    double = np.clip(minutes - schedule.double, 0, NO_LIMIT)
    regular = np.clip(minutes, 0, schedule.daily)
    if np.any(schedule.double < schedule.daily):
        regular = np.minimum(regular, minutes - double)
    overtime = minutes - regular
    overtime -= double
    limits = np.broadcast_to(schedule.premium_limit, minutes.shape)
    for day in np.flatnonzero(schedule.premium_days.any(axis=1)).tolist():
        marked, worked = schedule.premium_days[day], minutes[day]
        regular[day] *= ~marked
        double[day] += marked * (np.clip(worked - limits[day], 0, NO_LIMIT) - double[day])
        overtime[day] = worked - regular[day] - double[day]
    days = Split(regular, overtime, double)
    _move_excess(days, schedule.weekly)
    return days


def weekly_overtime(days: Split, limit: Ints) -> Split:
    """Turns the latest straight minutes above the week's limit into overtime."""
    found = Split(days.regular.copy(), days.overtime.copy(), days.double)
    _move_excess(found, limit)
    return found


def _move_excess(days: Split, limit: Ints) -> None:
    """The same, in the arrays given."""
    regular, overtime = days.regular, days.overtime
    excess = np.maximum(np.add.reduce(regular, axis=0, dtype=regular.dtype) - limit, 0)
    for day in range(6, -1, -1):
        if not excess.any():
            return
        moved = np.minimum(excess, regular[day])
        regular[day] -= moved
        overtime[day] += moved
        excess = excess - moved


def eight_and_eighty(minutes: Ints, period: Ints) -> Split:
    """Hospitals and residential care by agreement (29 USC 207(j)): after 8 hours a day or 80 in fourteen days.

    `period`: by week, the number of its fourteen days; −1 where the week has forty hours of its own.
    """
    agreed = period >= 0
    regular = np.where(agreed, np.minimum(minutes, EIGHT_HOURS), minutes)
    limit = np.where(agreed, NO_LIMIT, 40 * HOUR)
    days = weekly_overtime(Split(regular, minutes - regular, np.zeros_like(minutes)), limit)
    for number in np.unique(period[agreed]).tolist():
        weeks = np.flatnonzero(period == number).tolist()
        excess = max(0, int(days.regular[:, weeks].sum()) - 80 * HOUR)
        for week, day in ((week, day) for week in reversed(weeks) for day in range(6, -1, -1)):
            moved = min(excess, int(days.regular[day, week]))
            days.regular[day, week] -= moved
            days.overtime[day, week] += moved
            excess -= moved
    return days


def seventh_days(minutes: Ints, with_short_weeks: bool) -> Flags:
    """The seventh day of a workweek in which every day was worked (Lab. Code § 510(a)).

    Weeks of at most thirty hours with no day over six (Lab. Code § 556) count only `with_short_weeks`.
    """
    marked = np.zeros(minutes.shape, dtype=np.bool_)
    seventh = minutes.min(axis=0) > 0
    if not with_short_weeks:
        seventh &= (minutes.sum(axis=0, dtype=minutes.dtype) > 30 * HOUR) | (minutes.max(axis=0) > 6 * HOUR)
    marked[6] = seventh
    return marked


def sixth_and_seventh_workdays(minutes: Ints) -> Flags:
    """Days worked after five others in the workweek (Order 15 sec. 3(A), live-in workers)."""
    worked = minutes > 0
    marked: Flags = worked & (worked.cumsum(axis=0) > 5)
    return marked


def alternative_limits(minutes: Ints, scheduled: Flags, hours: int) -> tuple[Ints, Ints]:
    """Daily and double limits under a valid alternative workweek (Lab. Code § 511, orders sec. 3(B)).

    A scheduled day keeps its length unless the employer cut it short (then eight hours); beyond eight hours on an
    extra day is double time.
    """
    kept = scheduled & (minutes >= hours * HOUR)
    daily = np.where(kept, hours * HOUR, EIGHT_HOURS).astype(np.int64)
    double = np.where(scheduled, TWELVE_HOURS, EIGHT_HOURS).astype(np.int64)
    return daily, double


def with_makeup_time(daily: Ints, makeup: Ints) -> Ints:
    """Made-up time on the worker's signed request does not count toward the daily limit, up to eleven hours a day."""
    raised: Ints = np.where(makeup > 0, np.maximum(daily, np.minimum(daily + makeup, 11 * HOUR)), daily)
    return raised
