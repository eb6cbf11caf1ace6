"""Reporting-time pay (orders sec. 5; Aleman (2012); Price v. Starbucks (2011) 192 Cal.App.4th 1136)."""

from __future__ import annotations

from fractions import Fraction

LEAST, MOST = 120, 240


def first_report(scheduled: int, worked: int) -> Fraction:
    """Minutes of pay due to one sent home early: half the schedule, between two and four hours, less those worked."""
    if 2 * worked >= scheduled:
        return Fraction(0)
    return max(Fraction(0), min(Fraction(MOST), max(Fraction(LEAST), Fraction(scheduled, 2))) - worked)


def call_in(worked: int) -> Fraction:
    """Minutes due for a call without a schedule, or for a second report on one day: two hours less those worked."""
    return Fraction(max(0, LEAST - worked))
