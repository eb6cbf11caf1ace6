"""Meals and lodging as a credit against the minimum wage (orders sec. 10; Lab. Code § 1182.13)."""

from __future__ import annotations

from wagelaw.case.records import MealsLodging
from wagelaw.claims.law import Law
from wagelaw.money import MINUTES, rate_units


def credit_of(law: Law, one: MealsLodging) -> int:
    """Grains of credit: only under a voluntary written agreement, at most the yearly table's amount."""
    if not one.written_agreement:
        return 0
    return rate_units(law.sized(f"ca_credit_{one.kind}", one.first)) * MINUTES * one.count
