"""Piece work: rest periods and nonproductive time are paid apart (Lab. Code § 226.2)."""

from __future__ import annotations

from fractions import Fraction

from wagelaw.money import Amount


def rest_rate(pay: Amount, base_for_rest: Amount, minutes: int, rest: int, minimum: Amount) -> Fraction:
    """Rate for rest time: the week's pay without it over the week's minutes without it, at least the minimum wage.

    `pay`: all pay of the week without overtime premiums, in grains; `base_for_rest`: what of it was an hourly base
    for the rest minutes. Ten-thousandths of a dollar an hour.
    """
    if minutes <= rest:
        return Fraction(minimum)
    return max(Fraction(pay - base_for_rest) / (minutes - rest), Fraction(minimum))
