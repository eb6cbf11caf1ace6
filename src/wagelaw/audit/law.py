"""Minimum wages of an audit, by place and day, as one table that arrays can look into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wagelaw.audit.cleaning import EARLIEST, LATEST
from wagelaw.audit.options import Options
from wagelaw.audit.stretches import Columns, Spells
from wagelaw.money import rate_units
from wagelaw.parameters import minimum_wage_series

Ints = NDArray[np.int64]

NOT_KNOWN, SIZE_NEEDED = -1, -2


class Floors:
    """Minimum wages in ten-thousandths of a dollar an hour; NOT_KNOWN and SIZE_NEEDED where there is none."""

    def __init__(self, options: Options, places: list[str]) -> None:
        """`places`: the codes that rows may name, by number; rows that name none lie in the options' place."""
        self.options, self.places = options, places

    def of(self, rows: Columns, pieces: Spells) -> Ints:
        """The minimum wage of each spell."""
        day = pieces.day - EARLIEST
        if "place" not in rows:
            found: Ints = _by_day(self.options.place, self.options).take(day)
            return found
        used, index = np.unique(rows["place"][pieces.row], return_inverse=True)
        codes = [self.options.place if number < 0 else self.places[number] for number in used.tolist()]
        rates: Ints = np.stack([_by_day(code, self.options) for code in codes])[index.reshape(-1), day]
        return rates


@cache
def _by_day(place: str, options: Options) -> Ints:
    rates = np.full(LATEST - EARLIEST + 3, NOT_KNOWN, dtype=np.int64)
    if options.employer_headcount is None:
        for span, _ in _steps(place, 1, options):
            rates[span] = SIZE_NEEDED
    for span, rate in _steps(place, options.employer_headcount, options):
        rates[span] = rate
    return rates


def _steps(place: str, headcount: int | None, options: Options) -> Iterator[tuple[slice, int]]:
    """The steps of a place's minimum wage as spans of days."""
    for step in minimum_wage_series(place, headcount=headcount, industry=options.industry):
        low = max(0, step.from_on.toordinal() - EARLIEST)
        high = (step.until_on or date.max).toordinal() - EARLIEST + 1
        yield slice(low, max(low, high)), rate_units(step.amount)
