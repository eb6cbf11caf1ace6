"""Sums over neighbours: rows, spells and breaks of one day stand together, and most days have one of each.

`np.add.at` alone would do, but while it works no other thread of the program can.
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
        self._before = np.flatnonzero(cell[1:] == cell[:-1])  # entries after which the same cell stands again
        self._again = cell[self._before]

    def sum(self, values: NDArray[Any]) -> NDArray[Any]:
        """By cell, the sum of the values of its entries; 0 where it has none."""
        return self._gathered(np.add, values)

    def largest(self, values: NDArray[Any]) -> NDArray[Any]:
        """By cell, the largest value of its entries; 0 where it has none."""
        return self._gathered(np.maximum, values)

    def _gathered(self, function: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        """The last entry of each cell is set, the few before it are joined to it."""
        found = np.full(self.size, 0, dtype=values.dtype)  # np.zeros, too, would keep other threads waiting
        found[self.cell] = values
        function.at(found, self._again, values[self._before])
        return found
