"""Where the people of a ring picture stand: one in the middle, whom they know around them, whom those know outside.

Pure geometry. A unit is a pixel of the picture at its full size; y grows downwards; angles start at the top.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

SIZE = 720  # of the square picture
INNER, OUTER = 168, 292  # radius of the first and the second ring
OUT = 40  # how much further out every second one stands where the first ring is crowded
ROOM = 80  # between two of the first ring, so that their names do not meet
MIDDLE = SIZE // 2
BESIDE = 110  # left and right of the square, for the names of those who stand there
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spot:
    """A place in the picture, in whole pixels, and on which side of it there is room for a name."""

    x: int
    y: int
    side: str = "below"


def _at(radius: float, turn: float) -> Spot:
    """The spot at this part of a full turn (0 and 1 are at the top), clockwise."""
    angle = 2 * math.pi * turn - math.pi / 2
    across = math.cos(angle)
    side = "right" if across > 0.45 else "left" if across < -0.45 else "below"
    return Spot(round(MIDDLE + radius * across), round(MIDDLE + radius * math.sin(angle)), side)


def spots(first: Sequence[Key], behind: Mapping[Key, Sequence[Key]]) -> dict[Key, Spot]:
    """A spot for everybody: each of the first ring gets as much of the circle as stands behind them.

    `behind` gives, for each of `first`, those of the second ring who are drawn outside of them.
    """
    shares = [1 + 0.7 * len(behind.get(key, ())) for key in first]
    total, begun = sum(shares) or 1, 0.0
    found: dict[Key, Spot] = {}
    for place, (key, share) in enumerate(zip(first, shares, strict=True)):
        is_crowded = 2 * math.pi * INNER * share / total < ROOM
        found[key] = _at(INNER + (OUT if is_crowded and place % 2 else 0), (begun + share / 2) / total)
        outside = behind.get(key, ())
        for nth, outer in enumerate(outside):
            found[outer] = _at(OUTER, (begun + (nth + 0.5) * share / len(outside)) / total)
        begun += share
    return found
