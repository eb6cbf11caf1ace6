"""Simple interest before judgment (Lab. Code §§ 98.1(c), 218.6, 1194, 2802; Cal. Const. art. XV § 1)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from wagelaw.money import Amount

YEAR = 365


def simple(amount: Amount, rate: Fraction, due: date, until: date) -> Fraction:
    """amount × rate × days / 365, from the day it fell due; nothing before."""
    days = max(0, (until - due).days)
    return Fraction(amount.numerator * rate.numerator * days, amount.denominator * rate.denominator * YEAR)
