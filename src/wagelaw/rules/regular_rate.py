"""The regular rate of pay (Lab. Code § 510, 515(d); Alvarado v. Dart (2018) 4 Cal.5th 542; Ferra v. Loews (2021)).

Pay falls into three parts, each with its divisor: pay for all hours (over all hours, half more is due), flat sums
(over the hours that are not overtime, one and a half is due) and salaries (over forty hours, one and a half is due).
The functions work alike on int64 arrays, on whole numbers and on fractions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

WEEK_OF_SALARY = 40 * 60
WEEKS_A_YEAR = {
    "week": (1, 1),
    "two_weeks": (1, 2),
    "half_month": (24, 52),
    "month": (12, 52),
    "year": (1, 52),
}


def weekly_salary(amount: int, per: str) -> Fraction:
    """A week's share of a salary: 12/52 of a month's, 24/52 of a half-month's, 1/52 of a year's."""
    times, over = WEEKS_A_YEAR[per]
    return Fraction(amount * times, over)


def salary_hours(covers_hours: int | None) -> int:
    """Minutes that a nonexempt worker's weekly salary pays in California: forty hours, or fewer if so agreed."""
    return min(covers_hours or 40, 40) * 60


def extra_half(pay: Any, overtime: Any, double: Any) -> Any:
    """Numerator of the premium on pay already earned for every hour; the denominator is twice all minutes.

    pay/minutes × (½ overtime + 1 double).
    """
    return pay * (overtime + 2 * double)


def full_multiple(pay: Any, overtime: Any, double: Any) -> Any:
    """Numerator of what is due on pay that bought only straight hours; the denominator is twice those minutes.

    pay/minutes × (1½ overtime + 2 double): flat sums, salaries, day rates.
    """
    return pay * (3 * overtime + 4 * double)


def share_of_bonus(amount: int, in_week: int, in_period: int) -> Fraction:
    """A bonus spread over the hours of the period it was earned in (29 CFR 778.209(b))."""
    return Fraction(amount * in_week, in_period)


def is_inside_sales(pay: Any, commissions: Any, minutes: int, minimum: int) -> bool:
    """Whether a week's pay is above one and a half minimum wages and more than half of it commissions."""
    return bool(2 * pay > 3 * minimum * minutes and 2 * commissions > pay)
