"""Penalties that go to the state, shown apart (Lab. Code §§ 558, 1197.1, 2698–2699.8): never part of the claim."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

REFORM = date(2024, 6, 19)


def paga(periods: int, notice_on: date, weekly: bool) -> int:
    """Dollars of default civil penalty: $100 a pay period, halved for weekly payroll since the reform of 2024."""
    each = 50 if weekly and notice_on >= REFORM else 100
    return each * periods


def paga_worker_share(notice_on: date) -> Fraction:
    """The employees' share: 35 percent for notices since the reform, a quarter before."""
    return Fraction(35, 100) if notice_on >= REFORM else Fraction(1, 4)


def overtime_and_meals(periods: int) -> int:
    """Dollars under § 558: 50 for the first pay period, 100 for each later one."""
    return 50 + 100 * (periods - 1) if periods else 0


def minimum_wage(periods: int) -> int:
    """Dollars under § 1197.1: 100 for the first pay period, 250 for each later one."""
    return 100 + 250 * (periods - 1) if periods else 0


def deductions(periods: int, taken: Fraction) -> Fraction:
    """Dollars under § 225.5: 100 for the first, 200 for each later one and a quarter of what was taken."""
    return 100 + (200 + taken / 4) * (periods - 1) if periods else Fraction(0)
