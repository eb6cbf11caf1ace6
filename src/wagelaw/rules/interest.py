"""Simple interest before judgment (Lab. Code §§ 98.1(c), 218.6, 1194, 2802; Cal. Const. art. XV § 1)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from wagelaw.money import Amount
from wagelaw.ratio import Ratio, ratio

YEAR = 365


def simple(amount: Amount, rate: Fraction, due: date, until: date) -> Ratio:
    """amount × rate × days / 365, from the day it fell due; nothing before."""
    return for_days(amount, rate, max(0, (until - due).days))


def for_days(amount: Amount, rate: Fraction, days: int) -> Ratio:
    """amount × rate × days / 365."""
    times, over = rate.as_integer_ratio()
    return ratio(amount, over * YEAR, times * days)
