"""Where the people of a ring picture stand: one in the middle, whom they know around them, whom those know outside.

Pure geometry. A unit is a pixel of the picture at its full size; y grows downwards; angles start at the top.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

SIZE = 720  # of the square picture
INNER, OUTER = 168, 292  # radius of the first and the second ring
MIDDLE = SIZE // 2
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spot:
    """A place in the picture, in whole pixels."""

    x: int
    y: int


def _at(radius: int, turn: float) -> Spot:
    """The spot at this part of a full turn (0 and 1 are at the top), clockwise."""
    angle = 2 * math.pi * turn - math.pi / 2
    return Spot(round(MIDDLE + radius * math.cos(angle)), round(MIDDLE + radius * math.sin(angle)))


def spots(first: Sequence[Key], behind: Mapping[Key, Sequence[Key]]) -> dict[Key, Spot]:
    """A spot for everybody: each of the first ring gets as much of the circle as stands behind them.

    `behind` gives, for each of `first`, those of the second ring who are drawn outside of them.
    """
    shares = [max(1, len(behind.get(key, ()))) for key in first]
    total, begun = sum(shares) or 1, 0
    found: dict[Key, Spot] = {}
    for key, share in zip(first, shares, strict=True):
        found[key] = _at(INNER, (begun + share / 2) / total)
        for place, outer in enumerate(behind.get(key, ())):
            found[outer] = _at(OUTER, (begun + place + 0.5) / total)
        begun += share
    return found
