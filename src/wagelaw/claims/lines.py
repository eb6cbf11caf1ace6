"""Lines of a claim: what one payday owes under one code. A line is the unit that is rounded, once, at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wagelaw.calendar import years_before
from wagelaw.case.records import Case
from wagelaw.claims.hours import Switches
from wagelaw.money import Amount, cents
from wagelaw.rules import limitation

Inputs = Mapping[str, tuple[str, Any]]  # name → (kind, value); kinds: money, rate, minutes, date, count, percent, text


@dataclass(slots=True)
class Line:
    """What one payday owes: exact `amount` still open and `barred`, in grains; the step that leads to it."""

    code: str
    due: date
    first: date
    last: date
    amount: Amount
    barred: Amount
    open_until: date | None
    step: str
    inputs: Inputs = field(default_factory=dict)
    on_minimum: Amount = 0  # of `amount`: base of liquidated damages
    cents: int = field(init=False)  # `amount`, rounded: the one rounding of the line
    barred_cents: int = field(init=False)

    def __post_init__(self) -> None:
        self.cents = cents(self.amount)
        self.barred_cents = cents(self.barred) if self.barred else 0


class Limits:
    """How far back each code of this case reaches."""

    def __init__(self, case: Case, switches: Switches) -> None:
        self.case, self.switches = case, switches
        self._cuts: dict[tuple[str, str], date] = {}
        self._reaches: dict[tuple[str, str], int] = {}
        self._last_days: dict[tuple[date, int], date] = {}
        self.tolled = case.forum == "court" and switches.on("covid_tolling", matters=False)

    def years(self, code: str, agreement: str = "oral") -> int:
        """Years before filing."""
        restitution = False
        if code in limitation.PREMIUMS and self.case.forum == "court":
            restitution = self.switches.on("premiums_as_restitution", matters=False)
        return limitation.years(code, self.case.forum, agreement, restitution)

    def is_open(self, code: str, due: date, agreement: str = "oral") -> bool:
        """Whether money due that day can still be claimed."""
        cut = self._cuts.get((code, agreement))
        if cut is not None:
            return due >= cut
        reach = self.years(code, agreement)
        if self.case.forum != "court":
            self._cuts[code, agreement] = years_before(self.case.filing, reach)
        found = limitation.is_open(due, self.case.filing, reach, self.tolled)
        if due < limitation.TOLLED_UNTIL and self.case.forum == "court":
            other = limitation.is_open(due, self.case.filing, reach, not self.tolled)
            if other != found:
                self.switches.touched.add("covid_tolling")
        if not found and reach == 3 and code in limitation.PREMIUMS and self.case.forum == "court":
            if_restitution = limitation.is_open(due, self.case.filing, 4, self.tolled)
            self.switches.touched |= {"premiums_as_restitution"} if if_restitution else set()
        return found

    def open_until(self, code: str, due: date, agreement: str = "oral") -> date:
        """The last day to file for it."""
        reach = self._reaches.get((code, agreement))
        if reach is None:
            reach = self._reaches[code, agreement] = self.years(code, agreement)
        found = self._last_days.get((due, reach))
        if found is None:
            found = self._last_days[due, reach] = limitation.last_day(due, reach, self.tolled)
        return found

    def line(
        self,
        code: str,
        due: date,
        first: date,
        last: date,
        amount: Amount,
        step: str,
        inputs: Inputs,
        on_minimum: Amount = 0,
    ) -> Line:
        """A line wholly open or wholly barred."""
        if self.is_open(code, due):
            until = self.open_until(code, due)
            return Line(code, due, first, last, amount, 0, until, step, inputs, on_minimum)
        return Line(code, due, first, last, 0, amount, None, step, inputs, on_minimum)


def worth_showing(lines: Iterable[Line]) -> list[Line]:
    """Lines that come to a cent or more."""
    return [line for line in lines if line.cents or line.barred_cents]
