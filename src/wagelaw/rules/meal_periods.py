"""Meal periods (Lab. Code §§ 226.7, 512; orders sec. 11; Brinker (2012) 53 Cal.4th 1004; Donohue (2021) 11 Cal.5th 58).

More than five hours: thirty minutes off duty that begin by the end of the fifth hour; more than ten: a second one by
the end of the tenth. One premium hour a workday, however many were missed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIRST_AFTER, SECOND_AFTER = 5 * 60, 10 * 60
WAIVABLE_FIRST, WAIVABLE_SECOND = 6 * 60, 12 * 60
LENGTH = 30


def begun_in_time(after: Ints, minutes: Ints, limit: int) -> Ints:
    """1 for each break of thirty minutes that began before more than `limit` minutes had been worked, else 0."""
    found: Ints = ((minutes >= LENGTH) & (after <= limit)).astype(np.int8)
    return found


def violations(
    worked: Ints,
    in_five: Ints,
    in_ten: Ints,
    first_waived: Flags,
    second_waived: Flags,
    health_care: Any,
) -> Flags:
    """Days with a meal missed, short or late.

    By day: `worked`: minutes; `in_five`, `in_ten`: how many meals were `begun_in_time`. Waivers hold only within their
    limits: the first up to six hours, the second up to twelve if the first was taken (in health care also beyond, one
    of the two).
    """
    first_due = worked > FIRST_AFTER
    first_missed = first_due & (in_five < 1) & ~(first_waived & (worked <= WAIVABLE_FIRST))
    may_waive = (worked <= WAIVABLE_SECOND) | health_care
    second_missed = (worked > SECOND_AFTER) & (in_ten < 2) & ~(second_waived & may_waive & (in_five >= 1))
    missed: Flags = first_missed | second_missed
    return missed
