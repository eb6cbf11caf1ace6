"""Rows of shifts become lengths, spells (the part of a stretch in one workday) and breaks, for many workers at once.

The same reading as `wagelaw.calendar` gives one case; a test compares them. Rows come sorted by worker, day, start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wagelaw import calendar

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = dict[str, Ints]

DAY = 1440
DAYS = 1 << 21  # more than any ordinal of a date
LONGEST_DAY = DAY + 60  # the night the clocks go back
MEALS = (("meal_start", "meal_end"), ("meal2_start", "meal2_end"))


def clock_changes(low: Ints, high: Ints) -> Ints:
    """Minutes that really passed between two moments beyond those on the wall clock, in California."""
    return calendar.clock_changes(low, high, "US-CA")


@dataclass(slots=True)
class Stretches:
    """By row: minutes on duty by the wall clock and in truth, and whether they are known by the clock.

    `whole`: from start to end, meals included. `meals`: first and last minute of each meal, counted from the start;
    0 and 0 where there was none.
    """

    timed: Flags
    whole: Ints
    on_duty: Ints
    length: Ints
    meals: list[tuple[Ints, Ints]]
    odd: Flags  # runs past midnight, or through a change of the clocks


@dataclass(slots=True)
class Spells:
    """Spells in order of worker and day: the row each belongs to, its day (ordinal), its minutes.

    `one_a_row`: the spells are the rows themselves, in their order.
    """

    row: Ints
    day: Ints
    minutes: Ints
    one_a_row: bool = False

    def of(self, by_row: Ints) -> Ints:
        """Values by row as values by spell."""
        return by_row if self.one_a_row else by_row[self.row]


@dataclass(slots=True)
class Breaks:
    """Times off duty inside a workday: row they belong to, minutes worked before, length, gap or meal."""

    row: Ints
    after: Ints
    minutes: Ints
    is_gap: Flags


def stretches(rows: Columns) -> tuple[Stretches, Flags, Flags]:
    """Lengths of all rows; masks of rows without a length, and of rows with meals outside of them."""
    count = len(rows["day"])
    if not {"start", "end"} & rows.keys():
        return _without_clock(rows, count)
    start, end, said = (_given(rows, name, count) for name in ("start", "end", "minutes"))
    timed = (start >= 0) & (end >= 0)
    whole = np.where(timed, _from_to(start, end), np.maximum(said, 0))
    without = (timed & (said >= 0)) | (~timed & (said < 0)) | ((start >= 0) != (end >= 0)) | (whole > DAY)
    meals, outside = _meals(rows, timed, start, whole)
    on_duty = whole - sum(last - first for first, last in meals)
    odd = timed & (start + whole > DAY)
    found = Stretches(timed, whole, on_duty, on_duty.copy(), meals, odd)
    _mark_changes(rows, found)
    return found, without, outside


def _given(rows: Columns, name: str, count: int) -> Ints:
    """A column, or −1 for every row where there is none."""
    return rows[name] if name in rows else np.full(count, -1)


def _from_to(start: Ints, end: Ints) -> Ints:
    """Minutes from one time of day to another; a whole day where they are the same."""
    minutes = end - start
    return minutes + DAY * (minutes <= 0)


def _mark_changes(rows: Columns, found: Stretches) -> None:
    """Marks stretches of a Sunday through which the clocks changed (those of a Saturday run past midnight first)."""
    sundays = np.flatnonzero((rows["day"] // 7 * 7 == rows["day"]) & found.timed)
    low = rows["day"][sundays] * DAY + rows["start"][sundays]
    found.odd[sundays] |= clock_changes(low, low + found.whole[sundays]) != 0


def _without_clock(rows: Columns, count: int) -> tuple[Stretches, Flags, Flags]:
    never = np.zeros(count, dtype=np.bool_)
    minutes = _given(rows, "minutes", count)
    without = never
    if count and (minutes.min() < 0 or minutes.max() > DAY):
        without = (minutes < 0) | (minutes > DAY)
        minutes = np.where(without, 0, minutes)
    outside = rows["meal_minutes"] > 0 if "meal_minutes" in rows else never
    return Stretches(never, minutes, minutes, minutes, [], never), without, outside


def _meals(rows: Columns, timed: Flags, start: Ints, whole: Ints) -> tuple[list[tuple[Ints, Ints]], Flags]:
    outside = np.zeros(len(whole), dtype=np.bool_)
    meals = []
    reached: Ints | int = 0
    for first_name, last_name in MEALS:
        if first_name not in rows:
            continue
        from_, to = rows[first_name], _given(rows, last_name, len(whole))
        taken = (from_ >= 0) & (to >= 0)
        counts, first = taken & timed, from_ - start
        first = (first + DAY * (first < 0)) * counts
        last = (first + _from_to(from_, to)) * counts
        outside |= ((from_ >= 0) != (to >= 0)) | (taken & ~timed) | (last > whole) | (taken & (first < reached))
        reached = np.maximum(reached, last)
        meals.append((first, last))
    if "meal_minutes" in rows:
        first, last, bad = _meal_of_length(rows, timed, whole)
        outside |= bad | ((last > 0) & (reached > 0))
        meals.append((first, last))
    return meals, outside


def _meal_of_length(rows: Columns, timed: Flags, whole: Ints) -> tuple[Ints, Ints, Flags]:
    """A meal without a time is taken to have begun in time: at the end of the fourth hour or in the middle."""
    minutes = np.where(timed, np.maximum(rows["meal_minutes"], 0), 0)
    after = _given(rows, "meal_after_minutes", len(whole))
    usual = np.minimum(240, np.maximum(0, whole - minutes) // 2)
    first = np.where(minutes > 0, np.where(after >= 0, after, usual), 0)
    last = np.where(minutes > 0, first + minutes, 0)
    return first, last, (last > whole) | (~timed & (rows["meal_minutes"] > 0))


def spells(rows: Columns, found: Stretches) -> Spells:
    """The stretches cut at midnight, in order; sets the true length of rows that ran through a change of clocks."""
    index = np.arange(len(rows["day"]))
    if not found.odd.any():
        return Spells(index, rows["day"], found.on_duty, one_a_row=True)
    odd, plain = np.flatnonzero(found.odd), np.flatnonzero(~found.odd)
    row, day, minutes = _cut(rows, found, odd)
    found.length[odd] = 0
    np.add.at(found.length, row, minutes)
    row = np.concatenate((plain, row))
    day = np.concatenate((rows["day"][plain], day))
    minutes = np.concatenate((found.on_duty[plain], minutes))
    order = np.argsort((rows["worker"][row] * DAYS + day) * (1 << len(index).bit_length()) + row, kind="stable")
    return Spells(row[order], day[order], minutes[order])


def _cut(rows: Columns, found: Stretches, odd: Ints) -> tuple[Ints, Ints, Ints]:
    """Times on duty of odd rows, piece by piece: row, day, minutes that really passed."""
    origin = rows["day"][odd] * DAY + rows["start"][odd]
    edges = [np.zeros(len(odd), dtype=np.int64)]
    for first, last in found.meals:
        reached = edges[-1]
        none = last[odd] == 0
        edges += [np.where(none, reached, first[odd]), np.where(none, reached, last[odd])]
    edges.append(found.whole[odd])
    row, day, minutes = [], [], []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        start, end = origin + low, origin + high
        for offset in (0, 1):
            of_day = rows["day"][odd] + offset
            first = np.maximum(start, of_day * DAY)
            last = np.maximum(first, np.minimum(end, (of_day + 1) * DAY))
            row.append(odd)
            day.append(of_day)
            passed = last - first + np.where(last > first, clock_changes(first, last), 0)
            minutes.append(np.maximum(passed, 0))  # an hour skipped in March may be named by a meal's end
    gathered = np.concatenate(row), np.concatenate(day), np.concatenate(minutes)
    return _joined(*gathered, rows["day"])


def _joined(row: Ints, day: Ints, minutes: Ints, begun: Ints) -> tuple[Ints, Ints, Ints]:
    """Pieces of one row on one day made one; empty ones left out, but for the day on which the row has `begun`."""
    key = row * 2 + ((day - day.min()) & 1)
    order = np.argsort(key, kind="stable")
    row, day, minutes, key = row[order], day[order], minutes[order], key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    row, day, total = row[starts], day[starts], np.add.reduceat(minutes, starts)
    kept = (total > 0) | (day == begun[row])
    return row[kept], day[kept], total[kept]


def overlaps(rows: Columns, found: Stretches) -> Flags:
    """Rows that begin before an earlier stretch of the same worker has ended."""
    low = (rows["worker"] * DAYS + rows["day"]) * DAY + rows["start"] * found.timed
    high = low + found.whole
    late = np.zeros(len(low), dtype=np.bool_)
    late[1:] = low[1:] < high[:-1]
    if late.any() or not found.timed.all():  # else each row ends before the next begins, and none can reach further
        reached = np.maximum.accumulate(np.where(found.timed, high, 0))
        late[1:] = found.timed[1:] & (low[1:] < reached[:-1])
    return late


def too_long_days(rows: Columns, pieces: Spells) -> Flags:
    """Rows of workdays with more than 24 hours (25 in the night the clocks go back)."""
    key = pieces.of(rows["worker"]) * 2_000_000 + pieces.day
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    total = np.add.reduceat(pieces.minutes, starts)
    long = np.zeros(len(rows["day"]), dtype=np.bool_)
    if (total > LONGEST_DAY).any():
        of_spell = np.repeat(total > LONGEST_DAY, np.diff(np.append(starts, len(key))))
        long[pieces.row[of_spell]] = True
    return long


def breaks(rows: Columns, found: Stretches) -> Breaks:
    """Meals, and gaps between two stretches by the clock that began on one day; in the order of their rows."""
    same = _same_day(rows)
    before = _minutes_before(found.on_duty, same)
    parts: list[tuple[Ints, Ints, Ints, bool]] = []
    start = before
    for first, last in found.meals:
        at = np.flatnonzero(last > 0)
        parts.append((at, start[at] + first[at], (last - first)[at], False))
        start = start + first - last
    if "start" in rows:
        at = np.flatnonzero(same & found.timed)
        at = at[found.timed[at - 1]]
        gap = rows["start"][at] - rows["start"][at - 1] - found.whole[at - 1]
        at, gap = at[gap > 0], gap[gap > 0]
        parts.append((at, before[at], gap, True))
    parts = [part for part in parts if len(part[0])]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Breaks(none, none, none, none.astype(np.bool_))
    if len(parts) == 1:
        row, after, minutes, are_gaps = parts[0]
        return Breaks(row, after, minutes, np.full(len(row), are_gaps))
    row, after, minutes = (np.concatenate([part[at] for part in parts]) for at in range(3))
    is_gap = np.concatenate([np.full(len(part[0]), part[3]) for part in parts])
    order = np.argsort(row, kind="stable")
    return Breaks(row[order], after[order], minutes[order], is_gap[order])


def _minutes_before(on_duty: Ints, same: Flags) -> Ints:
    """Minutes of the stretches that a row follows on the same workday; 0 for the first one of a day."""
    before = np.full(len(same), 0)
    at = np.flatnonzero(same)
    if len(at):
        reached = np.cumsum(on_duty) - on_duty
        begins = np.flatnonzero(~same)
        before[at] = reached[at] - reached[begins[np.searchsorted(begins, at) - 1]]
    return before


def _same_day(rows: Columns) -> Flags:
    """Rows that began on the same workday as the row before."""
    same = np.zeros(len(rows["day"]), dtype=np.bool_)
    same[1:] = (rows["worker"][1:] == rows["worker"][:-1]) & (rows["day"][1:] == rows["day"][:-1])
    return same
