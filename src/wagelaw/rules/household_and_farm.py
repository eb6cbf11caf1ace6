"""Limits of hours for household workers (Order 15; Lab. Code § 1454), farm workers (Lab. Code § 860) and minors."""

from __future__ import annotations

from typing import NamedTuple

from wagelaw.rules.overtime import EIGHT_HOURS, HOUR, NO_LIMIT, TWELVE_HOURS


class Limits(NamedTuple):
    """Minutes: overtime after so long a day, double time after, overtime after so long a week."""

    daily: int
    double: int
    weekly: int
    seventh_day: bool = False
    live_in: bool = False


GENERAL = Limits(EIGHT_HOURS, TWELVE_HOURS, 40 * HOUR, seventh_day=True)
PERSONAL_ATTENDANT = Limits(9 * HOUR, NO_LIMIT, 45 * HOUR)
LIVE_IN = Limits(9 * HOUR, NO_LIMIT, NO_LIMIT, live_in=True)
MINOR = Limits(NO_LIMIT, NO_LIMIT, 40 * HOUR)
FEDERAL = Limits(NO_LIMIT, NO_LIMIT, 40 * HOUR)
NO_OVERTIME = Limits(NO_LIMIT, NO_LIMIT, NO_LIMIT)
AMBULANCE = Limits(NO_LIMIT, NO_LIMIT, 40 * HOUR, seventh_day=True)  # a written 24-hour agreement
BY_CLASS = {
    "general": GENERAL,
    "exempt": GENERAL,
    "app_driver": NO_OVERTIME,
    "personal_attendant": PERSONAL_ATTENDANT,
    "live_in_domestic": LIVE_IN,
    "minor": MINOR,
}
