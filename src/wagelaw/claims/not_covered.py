"""What this program leaves to others, and says so: union contracts, public works, garment work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wagelaw.case.records import Case
from wagelaw.claims.federal_coverage import is_covered
from wagelaw.claims.hours import WITHOUT_FEDERAL_OVERTIME
from wagelaw.claims.lines import Line

YIELDS_TO_CONTRACT = ("overtime", "meal_premium", "sick_leave")


def left_to_others(case: Case) -> list[tuple[str, str]]:
    """Codes not covered with the reason's id; the reason names the place that helps."""
    found = []
    if case.cba and case.cba.base_rate_ok:
        found += [(code, "union_contract") for code in YIELDS_TO_CONTRACT]
    if case.public_works:
        found.append(("prevailing_wage", "public_works"))
    if case.garment:
        found.append(("garment_guarantee", "garment"))
    if case.overtime_exemption in WITHOUT_FEDERAL_OVERTIME:
        found.append(("federal_overtime", "federal_exemption"))
    if not is_covered(case):
        found.append(("federal_law", "not_under_flsa"))
    if case.vacation_minutes and (case.employment is None or case.employment.separation == "current"):
        found.append(("vacation", "job_not_ended"))
    return [(code, why) for code, why in found if why != "union_contract" or _is_claimed(case, code)]


def _is_claimed(case: Case, code: str) -> bool:
    return case.claims is None or code in case.claims


def without_union_contract(case: Case, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, less those where the rule yields to a union contract in force (Lab. Code §§ 245.5, 512(e), 514).

    A pay period that the contract covers in part is left to others as a whole.
    """
    contract = case.cba
    for line in lines:
        yields = contract is not None and contract.base_rate_ok and line.code in YIELDS_TO_CONTRACT
        if not (yields and contract and contract.first <= line.last and line.first <= contract.last):
            yield line
