"""Whether federal wage law reaches the worker (29 USC 203(s), 206, 207): the enterprise, or the worker's own work.

An enterprise of $500,000 a year and more, a hospital, school or public agency, or a worker who is in commerce.
"""

from __future__ import annotations

from wagelaw.case.records import Case
from wagelaw.money import RATE_UNITS

ENTERPRISE = 500_000 * RATE_UNITS


def is_covered(case: Case) -> bool:
    """False only where every fact is given and none of them brings federal law in; what is not known counts as yes."""
    facts = case.flsa_coverage
    if facts is None or facts.annual_sales is None or facts.institution is None or facts.in_commerce is None:
        return True
    return facts.annual_sales >= ENTERPRISE or facts.institution or facts.in_commerce
