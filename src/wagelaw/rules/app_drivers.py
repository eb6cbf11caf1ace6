"""The earnings guarantee of app drivers (B&P Code § 7453; Prop 22): no overtime, no premiums, a floor a period."""

from __future__ import annotations

from fractions import Fraction


def guarantee(multiplier: Fraction, minimum: Fraction, minutes: int, mile_rate: Fraction, miles: Fraction) -> Fraction:
    """Dollars: 1.2 × the minimum wage × engaged hours + the mile rate × engaged miles."""
    return multiplier * minimum * minutes / 60 + mile_rate * miles
