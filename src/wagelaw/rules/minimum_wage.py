"""The minimum wage, hour by hour and never averaged (Lab. Code §§ 1182.12, 1194, 1197; Armenta v. Osmose (2005))."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

LEARNING = 160 * 60  # minutes
NICKEL = 500  # in ten-thousandths of a dollar


def shortfall(rate: Any, minimum: Any, minutes: Any) -> Any:
    """Grains by which pay at `rate` lies below the minimum for those minutes: max(0, minimum − rate) × minutes."""
    return np.maximum(minimum - rate, 0) * minutes


def piece_shortfall(pay: Any, minimum: Any, minutes: Any) -> Any:
    """Grains by which piece pay lies below the minimum for its productive minutes."""
    return np.maximum(minimum * minutes - pay, 0)


def lawful_rate(rate: Any, minimum: Any) -> Any:
    """The agreed rate, or the minimum where that is higher."""
    return np.maximum(rate, minimum)


def learner_rate(minimum: int, share: Fraction) -> int:
    """A learner's minimum wage: the share of the state's, to the nearest nickel, half up (orders sec. 4(A))."""
    return int(minimum * share / NICKEL + Fraction(1, 2)) * NICKEL
