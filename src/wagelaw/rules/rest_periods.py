"""Rest periods (Lab. Code § 226.7; orders sec. 12; Brinker (2012)): ten paid minutes for four hours or a major part."""

from __future__ import annotations

from typing import Any

LENGTH = 10
NONE_BELOW = 210  # three and a half hours
FOUR_HOURS = 240
MAJOR_PART = 121


def required(worked: Any) -> Any:
    """Rest periods due in a day: 1 from 3.5 to 6 hours, 2 to 10, 3 to 14; by whole fours and a remainder over two."""
    return (worked >= NONE_BELOW) * ((worked + FOUR_HOURS - MAJOR_PART) // FOUR_HOURS)


def violations(worked: Any, authorised: Any) -> Any:
    """Days on which fewer rest periods were authorised than were due; a negative number means not known."""
    return (authorised >= 0) & (authorised < required(worked))
