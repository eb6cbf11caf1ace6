"""Penalties that go to the state, shown apart (Lab. Code §§ 558, 1197.1, 2698–2699.8): never part of the claim."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

REFORM = date(2024, 6, 19)


SINCE_REFORM = {"default": 100, "harmless_statement": 25, "isolated": 50, "found_unlawful": 200}  # dollars a period
CAPS = {"none": Fraction(1), "before_notice": Fraction(15, 100), "after_notice": Fraction(30, 100)}


def paga(periods: int, notice_on: date, weekly: bool, violation: str = "default", steps: str = "none") -> Fraction:
    """Dollars of civil penalty, by what the violation was and what the employer did about it.

    Notices since the reform of 2024: $100 a pay period, 25 for a harmless fault of the wage statement, 50 for an
    isolated event, 200 after a finding or for malice; half of it for weekly payroll; at most 15 percent where all
    reasonable steps were taken before the notice, 30 percent within 60 days after it. Notices before: $100, and $200
    after a finding.
    """
    if notice_on < REFORM:
        return Fraction((200 if violation == "found_unlawful" else 100) * periods)
    return Fraction(SINCE_REFORM[violation] * periods, 2 if weekly else 1) * CAPS[steps]


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


def statements(periods: int) -> int:
    """Dollars under § 226.3: 250 for the first pay period without a lawful wage statement, 1,000 for each later one."""
    return 250 + 1000 * (periods - 1) if periods else 0


def misclassification(violations: int, is_pattern: bool) -> tuple[int, int]:
    """The least and the most dollars under § 226.8 for willful misclassification."""
    least, most = (10_000, 25_000) if is_pattern else (5_000, 15_000)
    return least * violations, most * violations
