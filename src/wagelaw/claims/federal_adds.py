"""What federal law adds to California's result: overlapping money is never added, only what the state lacks.

For each payday the worker may choose the larger of overtime with California's interest, and federal overtime with
equal liquidated damages. How far courts let both stand is open: the switch `federal_liquidated_on_overtime_adds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from wagelaw.case.records import Case
from wagelaw.claims.hours import Switches
from wagelaw.claims.lines import Line
from wagelaw.money import Amount, cents
from wagelaw.rules.interest import simple


def what_federal_adds(case: Case, federal: Iterable[Line], state: Iterable[Line], switches: Switches) -> int:
    """Cents of federal overtime and its liquidated damages above California's overtime and interest."""
    if case.good_faith_defense or (case.claims is not None and "overtime" not in case.claims):
        return 0
    theirs = {line.due: line.amount for line in federal if line.code == "overtime" and line.amount}
    rate = _rate_of(state)
    ours: dict[date, Amount] = {}
    for line in state:
        if line.code == "overtime":
            ours[line.due] = ours[line.due] + line.amount if line.due in ours else line.amount
    adds = 0
    for due, amount in theirs.items():
        overtime = ours.get(due, 0)
        interest = simple(overtime, rate, due, case.computed_on) if overtime else 0
        adds += max(0, 2 * cents(amount) - cents(overtime) - cents(interest))
    return adds if adds and switches.on("federal_liquidated_on_overtime_adds") else 0


def _rate_of(state: Iterable[Line]) -> Fraction:
    for line in state:
        if line.step == "interest_line":
            rate: Fraction = line.inputs["rate"][1]
            return rate
    return Fraction(0)
