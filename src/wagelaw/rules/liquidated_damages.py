"""Liquidated damages: as much again as the unpaid minimum wages, with interest (Lab. Code § 1194.2), or as all unpaid
wages under federal law (29 USC 216(b), 260)."""

from __future__ import annotations

from fractions import Fraction

from wagelaw.money import Amount


def unpaid_at_minimum(unpaid: Amount, agreed: Amount, at_minimum: Amount) -> Amount:
    """What agreed pay not received comes to at the minimum wage.

    `unpaid` of `agreed` was not received; the same hours are worth `at_minimum`, never more than agreed. Whole hours
    were paid at the agreed rate and nothing for the rest.
    """
    if not agreed or not unpaid:
        return 0
    if unpaid == agreed:
        return at_minimum
    return Fraction(unpaid) * Fraction(at_minimum) / Fraction(agreed)


def state(base: Amount, interest: Amount) -> Amount:
    """California: unpaid minimum wages plus interest on them."""
    return base + interest
