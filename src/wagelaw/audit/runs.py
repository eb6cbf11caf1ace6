"""Sums over neighbours: rows, spells and breaks of one day stand together, so that no search for them is needed.

`np.add.at` would do the same for any order, but while it works no other thread of the program can.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Runs:
    """Entries that carry a cell, equal cells standing together; `size`: how many cells there are."""

    def __init__(self, cell: Ints, size: int) -> None:
        self.cell, self.size = cell, size
        new = np.ones(len(cell), dtype=np.bool_)
        np.not_equal(cell[1:], cell[:-1], out=new[1:])
        self._starts = None if new.all() else np.flatnonzero(new)

    def sum(self, values: NDArray[Any]) -> NDArray[Any]:
        """By cell, the sum of the values of its entries; 0 where it has none."""
        return self._gathered(np.add, values)

    def largest(self, values: NDArray[Any]) -> NDArray[Any]:
        """By cell, the largest value of its entries; 0 where it has none."""
        return self._gathered(np.maximum, values)

    def _gathered(self, function: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        found = np.zeros(self.size, dtype=values.dtype)
        if self._starts is None:
            found[self.cell] = values
        else:
            found[self.cell[self._starts]] = function.reduceat(values, self._starts)
        return found
