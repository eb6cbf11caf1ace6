"""Split shifts (orders sec. 4(C); Aleman v. AirTouch (2012) 209 Cal.App.4th 556)."""

from __future__ import annotations

from typing import Any

import numpy as np

LONGEST_BREAK = 60  # an unpaid gap beyond an hour that is no meal splits the day


def premium(minimum: Any, worked: Any, earned: Any) -> Any:
    """Grains by which a split day's pay lies below the minimum wage for the hours worked and one more."""
    return np.maximum(minimum * (worked + 60) - earned, 0)
