"""One chunk of whole workers: rows in, worker-weeks out. Pure arrays; no files, no Arrow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit import premiums as premium_rules
from wagelaw.audit import wages as wage_rules
from wagelaw.audit.credit import Owed, credit, period_of_days, period_of_weeks, periods_of
from wagelaw.audit.law import NOT_KNOWN, SIZE_NEEDED, Floors
from wagelaw.audit.options import Options
from wagelaw.audit.runs import Runs
from wagelaw.audit.stretches import (
    DAYS,
    LONGEST_DAY,
    Columns,
    Spells,
    Stretches,
    overlaps,
    spells,
    stretches,
    too_long_days,
)
from wagelaw.audit.wages import Parts, Rates, Weeks
from wagelaw.audit.weeks import Grid, grid_of, split_of
from wagelaw.money import GRAINS_PER_CENT, cents

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FINE = 0
REASONS = (
    "fine", "worker", "date", "start", "end", "minutes", "meal_start", "meal_end", "meal2_start", "meal2_end",
    "meal_minutes", "meal_after_minutes", "rest_periods", "meal_violation", "rest_violation", "rate",
    "paid_minutes", "scheduled_minutes", "place", "clock_or_minutes", "meal_outside", "longer_than_stretch",
    "overlap", "day_too_long", "not_in_tables", "from", "to", "amount", "ends_before_start", "purpose",
    "terms_overlap",
    "no_shifts", "size_needed",
)  # fmt: skip
WAGES = ("unpaid_wages", "minimum_wage", "overtime")
MONEY = (*WAGES, *premium_rules.CODES)


@dataclass(slots=True)
class Result:
    """Worker-weeks of a chunk: whole numbers by column (cents for money), and the rows set aside with their reasons."""

    columns: Columns
    set_aside: Ints  # row numbers of the input
    reasons: Ints


@dataclass(slots=True)
class Terms:
    """Agreed hourly rates in order of worker and first day; days as `worker × DAYS + ordinal`."""

    first: Ints
    last: Ints
    rate: Ints

    def on(self, worker: Ints, day: Ints) -> Ints:
        """The rate agreed for a worker on a day, 0 where none is."""
        key = worker * DAYS + day
        at = np.searchsorted(self.first, key, side="right") - 1
        if not len(self.first):
            return np.zeros(len(key), dtype=np.int64)
        return np.where((at >= 0) & (self.last[at] >= key), self.rate[at], 0)


def audit_rows(rows: Columns, terms: Terms, payments: Columns, floors: Floors, options: Options) -> Result:
    """The worker-weeks of whole workers. `rows` sorted by worker, day and start, with `row`, their number in the input.

    Rows that cannot be counted are set aside with the number of their reason; the others are computed without them.
    """
    if not len(rows["day"]):
        return Result({}, rows["row"], rows["row"])
    book = _book(rows, floors, options)
    if not book.faults:
        return Result(_weeks(book, terms, payments, options), rows["row"][:0], rows["row"][:0])
    reason = np.full(len(rows["day"]), FINE, dtype=np.int64)
    for name, where in book.faults:
        reason[where & (reason == FINE)] = REASONS.index(name)
    kept = reason == FINE
    rest = audit_rows({name: values[kept] for name, values in rows.items()}, terms, payments, floors, options)
    return Result(
        rest.columns,
        np.concatenate((rows["row"][~kept], rest.set_aside)),
        np.concatenate((reason[~kept], rest.reasons)),
    )


@dataclass(slots=True)
class _Book:
    """A chunk's rows as stretches, spells and grid, with the minimum wage of each spell, and what is wrong."""

    rows: Columns
    found: Stretches
    pieces: Spells
    grid: Grid
    minimum: Ints
    faults: list[tuple[str, Flags]]


def _book(rows: Columns, floors: Floors, options: Options) -> _Book:
    found, without, outside = stretches(rows)
    pieces = spells(rows, found)
    minimum = floors.of(rows, pieces)
    grid = grid_of(pieces.of(rows["worker"]), pieces, options)
    faults = [("clock_or_minutes", without), ("meal_outside", outside)]
    if "paid_minutes" in rows:
        faults.append(("longer_than_stretch", rows["paid_minutes"] > found.length))
    if "start" in rows:
        faults.append(("overlap", overlaps(rows, found)))
    if grid.minutes.max() > LONGEST_DAY:
        faults.append(("day_too_long", too_long_days(rows, pieces)))
    if minimum.min() < 0:
        for name, word in (("not_in_tables", NOT_KNOWN), ("size_needed", SIZE_NEEDED)):
            unknown = np.zeros(len(without), dtype=np.bool_)
            unknown[pieces.row[minimum == word]] = True
            faults.append((name, unknown))
    return _Book(rows, found, pieces, grid, minimum, [fault for fault in faults if fault[1].any()])


def _weeks(book: _Book, terms: Terms, payments: Columns, options: Options) -> Columns:
    grid, pieces = book.grid, book.pieces
    worker = pieces.of(book.rows["worker"])
    days = split_of(grid, options)
    rates = _rates(book, worker, terms)
    periods = periods_of(payments)
    of_week, cut = period_of_weeks(periods, grid.worker, grid.start)
    mixed = cut | _changing(grid, rates)
    at = grid.spells_of(np.flatnonzero(mixed))
    of_spell = period_of_days(periods, worker[at], pieces.day[at])
    weeks, parts = wage_rules.wages(grid, pieces, days, rates, of_week, at, of_spell)
    owed = credit(parts, periods, weeks.minutes)
    columns = _columns(grid, weeks, parts, owed)
    if _has_premiums(book.rows):
        columns |= _premiums(book, rates, weeks, options)
    columns["owed"] = sum((columns[code] for code in MONEY if code in columns), np.zeros(grid.weeks, np.int64))
    return columns


def _has_premiums(rows: Columns) -> bool:
    return bool({"start", "rest_periods", "meal_violation", "rest_violation", "scheduled_minutes"} & rows.keys())


def _rates(book: _Book, worker: Ints, terms: Terms) -> Rates:
    rows, pieces = book.rows, book.pieces
    agreed = terms.on(worker, pieces.day) if len(terms.first) or "rate" not in rows else pieces.of(rows["rate"])
    if "rate" in rows and len(terms.first):
        own = pieces.of(rows["rate"])
        agreed = np.where(own >= 0, own, agreed)
    uncounted = None
    if "paid_minutes" in rows and (rows["paid_minutes"] >= 0).any():
        uncounted = _uncounted(rows, book.found, pieces)
    return Rates(np.maximum(agreed, 0) if agreed.min() < 0 else agreed, book.minimum, uncounted)


def _uncounted(rows: Columns, found: Stretches, pieces: Spells) -> Ints:
    """Minutes of each spell that the employer left out: the latest of the stretch, which may run into a second day."""
    paid = rows["paid_minutes"]
    left = pieces.of(np.where(paid >= 0, found.length - paid, 0))
    later = np.zeros(len(left), dtype=np.int64)
    if found.odd.any():
        order = np.lexsort((pieces.day, pieces.row))
        row, minutes = pieces.row[order], pieces.minutes[order]
        second = np.flatnonzero(row[1:] == row[:-1])
        later[order[second]] = minutes[second + 1]
    uncounted: Ints = np.clip(left - later, 0, pieces.minutes)
    return uncounted


def _changing(grid: Grid, rates: Rates) -> Flags:
    """Weeks with more than one rate or minimum wage, or with minutes the employer left out."""
    differs = (rates.agreed[1:] != rates.agreed[:-1]) | (rates.minimum[1:] != rates.minimum[:-1])
    differs &= grid.week[1:] == grid.week[:-1]
    changing = np.zeros(grid.weeks, dtype=np.bool_)
    changing[grid.week[1:][differs]] = True
    if rates.uncounted is not None:
        changing[grid.week[rates.uncounted > 0]] = True
    return changing


def _columns(grid: Grid, weeks: Weeks, parts: Parts, owed: Owed) -> Columns:
    """Output columns of wages: money in cents, each amount rounded once; the regular rate in millionths of a dollar."""
    one = len(parts.week) == grid.weeks
    full = {
        "due": (parts.agreed + parts.short) * owed.divisor + parts.overtime,
        "unpaid_wages": owed.unpaid,
        "minimum_wage": owed.short,
        "overtime": owed.overtime,
    }
    sums = {name: value if one else _sum(parts.week, value, grid.weeks) for name, value in full.items()}
    divisor = np.maximum(2 * weeks.minutes, 1)
    columns = {
        "worker": grid.worker,
        "week": grid.start,
        "minutes": weeks.minutes,
        "regular_minutes": weeks.regular,
        "overtime_minutes": weeks.overtime,
        "double_minutes": weeks.double,
        "regular_rate": _rounded(weeks.pool * 100, np.maximum(weeks.minutes, 1)),
        "minimum": weeks.minimum,
    }
    for name, value in sums.items():
        columns[name] = _in_cents(value, 1 if name == "unpaid_wages" else divisor)
    for (name, part), amount in owed.exact.items():
        code = {"overtime": "overtime", "short": "minimum_wage"}[name]
        week = int(parts.week[part])
        rest = Fraction(int(sums[code][week]), int(divisor[week]))
        also = sum(
            (
                other
                for (kind, at), other in owed.exact.items()
                if kind == name and at != part and parts.week[at] == week
            ),
            Fraction(0),
        )
        columns[code][week] = cents(rest + amount + also)
    return columns


def _sum(week: Ints, values: Ints, weeks: int) -> Ints:
    sums = np.zeros(weeks, dtype=np.int64)
    np.add.at(sums, week, values)
    return sums


def _in_cents(numerator: Ints, divisor: Ints | int) -> Ints:
    """Grains over a divisor to cents, half up: `money.cents` for arrays."""
    return _rounded(numerator, divisor * GRAINS_PER_CENT)


def _rounded(numerator: Ints, divisor: Ints | int) -> Ints:
    found: Ints = (2 * numerator + divisor) // (2 * divisor)
    return found


def _premiums(book: _Book, rates: Rates, weeks: Weeks, options: Options) -> Columns:
    rows, found, pieces, grid = book.rows, book.found, book.pieces, book.grid
    begun = Runs(_cell_begun(rows, pieces, grid), grid.runs.size)
    days = premium_rules.Days(
        begun.sum(found.length),
        grid.runs.largest(rates.minimum),
        grid.runs.sum(np.maximum(rates.agreed, rates.minimum) * pieces.minutes),
    )
    by_code = premium_rules.premiums(rows, found, begun, grid, weeks, days, options)
    divisor = np.maximum(2 * weeks.minutes, 1)
    return {code: _in_cents(value, divisor) for code, value in by_code.items()}


def _cell_begun(rows: Columns, pieces: Spells, grid: Grid) -> Ints:
    """The cell of the day on which each row began: that of its first spell."""
    if pieces.one_a_row:
        return grid.runs.cell
    begun = np.full(len(rows["day"]), 0)
    first = np.flatnonzero(pieces.of(rows["day"]) == pieces.day)
    begun[pieces.row[first]] = grid.runs.cell[first]
    return begun
