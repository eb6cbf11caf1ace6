"""Paid sick leave (Lab. Code §§ 245–249): who may use how much, and at which rate it is paid."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

USABLE_AFTER = 90


def may_use(start: date | None, day: date) -> bool:
    """Whether the ninetieth day of employment has come; True where the start is not known."""
    return start is None or day >= start + timedelta(days=USABLE_AFTER - 1)


def allowed_minutes(asked: int, used_this_year: int, hours: int, days: int, usual_day: int) -> int:
    """How much of a request the yearly floor leaves: the greater of so many hours and so many usual days."""
    floor = max(hours * 60, days * usual_day)
    return max(0, min(asked, floor - used_this_year))


def refused(withheld: Fraction) -> Fraction:
    """Dollars of the remedy for sick pay withheld (Lab. Code § 248.5(b)): threefold, at least $250, at most $4,000."""
    return min(max(3 * withheld, Fraction(250)), Fraction(4000))


def other_harm(days: int) -> int:
    """Dollars for other harm of the refusal: fifty a day, at most $4,000."""
    return min(50 * days, 4000)
