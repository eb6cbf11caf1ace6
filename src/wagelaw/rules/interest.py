"""Simple interest before judgment (Lab. Code §§ 98.1(c), 218.6, 1194, 2802; Cal. Const. art. XV § 1)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from wagelaw.money import Amount
from wagelaw.ratio import Ratio

YEAR = 365


def simple(amount: Amount, rate: Fraction, due: date, until: date) -> Fraction:
    """amount × rate × days / 365, from the day it fell due; nothing before."""
    above, below = amount.as_integer_ratio()
    days = max(0, (until - due).days)
    return Ratio(above * rate.numerator * days, below * rate.denominator * YEAR)
