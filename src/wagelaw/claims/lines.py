"""Lines of a claim: what one payday owes under one code. A line is the unit that is rounded, once, at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wagelaw.calendar import years_before
from wagelaw.case.records import Case
from wagelaw.claims.hours import Switches
from wagelaw.money import Amount, cents
from wagelaw.rules import limitation

Inputs = Mapping[str, tuple[str, Any]]  # name → (kind, value); kinds: money, rate, minutes, date, count, percent, text
Given = Inputs | tuple[Any, ...]
_OF_PERIOD = (("hours", "minutes"), ("overtime", "minutes"), ("due", "money"), ("paid", "money"))
_OF_DAYS = (("days", "days"), ("paid", "money"))
INPUTS: dict[str, tuple[tuple[str, str], ...]] = {  # names and kinds of the inputs of steps that always have the same
    "unpaid_wages_line": (("hours", "minutes"), ("agreed", "money"), ("paid", "money"), ("at_minimum", "money")),
    "minimum_wage_line": (
        ("hours", "minutes"),
        ("at_minimum_wage", "money"),
        ("agreed", "money"),
        ("credited", "money"),
    ),
    "overtime_line": (("weeks", "weeks"), ("due", "money"), ("paid", "money")),
    "meal_premium_line": _OF_DAYS,
    "rest_premium_line": _OF_DAYS,
    "split_shift_line": _OF_DAYS,
    "reporting_time_line": _OF_DAYS,
    "liquidated_damages_line": (("base", "money"), ("rate", "percent"), ("days", "count"), ("interest", "money")),
    "interest_line": (
        ("days", "count"),
        ("wages", "money"),
        ("rate", "percent"),
        ("premiums", "money"),
        ("premium_rate", "percent"),
    ),
    "wage_statement_line": (("number", "count"),),
    "late_pay_line": (("paid_on", "date"), ("withheld", "money"), ("number", "count")),
    "federal_unpaid_wages_line": _OF_PERIOD,
    "federal_minimum_wage_line": _OF_PERIOD,
    "federal_overtime_line": _OF_PERIOD,
    "federal_liquidated_line": _OF_PERIOD,
}


@dataclass(slots=True, init=False)
class Line:
    """What one payday owes: exact `amount` still open and `barred`, in grains; the step that leads to it.

    `on_minimum`: of `amount`, the base of liquidated damages. `cents`, `barred_cents`: the one rounding of the line.
    `given`: the inputs of the step, as a mapping or as the bare values of `INPUTS`. `open_until`: the last day to file
    for it, the earliest of `parts` where those can be claimed until different days (they add up to `amount`).
    """

    code: str
    due: date
    first: date
    last: date
    amount: Amount
    barred: Amount
    open_until: date | None
    step: str
    given: Given
    on_minimum: Amount
    parts: tuple[tuple[date, Amount], ...]
    cents: int
    barred_cents: int

    def __init__(
        self,
        code: str,
        due: date,
        first: date,
        last: date,
        amount: Amount,
        barred: Amount,
        open_until: date | None,
        step: str,
        given: Given,
        on_minimum: Amount = 0,
        parts: tuple[tuple[date, Amount], ...] = (),
    ) -> None:
        self.code = code
        self.due = due
        self.first = first
        self.last = last
        self.amount = amount
        self.barred = barred
        self.open_until = open_until
        self.step = step
        self.given = given
        self.on_minimum = on_minimum
        self.parts = parts
        self.cents = cents(amount)
        self.barred_cents = cents(barred) if barred else 0

    def ends(self) -> Iterator[tuple[date, int]]:
        """Until which day how many of its cents can be claimed."""
        reached: Amount = 0
        told = 0
        for day, amount in self.parts or ([(self.open_until, self.amount)] if self.open_until else ()):
            reached += amount
            so_far = cents(reached)
            yield day, so_far - told
            told = so_far

    @property
    def inputs(self) -> Inputs:
        """What the step was computed from: name → kind and value."""
        if isinstance(self.given, tuple):
            names = zip(INPUTS[self.step], self.given, strict=True)
            return {name: (kind, value) for (name, kind), value in names}
        return self.given


class Limits:
    """How far back each code of this case reaches."""

    def __init__(self, case: Case, switches: Switches) -> None:
        self.case, self.switches = case, switches
        self._cuts: dict[tuple[str, str], date] = {}
        self._reaches: dict[tuple[str, str], int] = {}
        self._last_days: dict[tuple[date, int], date] = {}
        self._by_reach: dict[int, dict[date, date]] = {}
        self._plain: dict[str, tuple[date, dict[date, date], int]] = {}
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
        given: Given,
        on_minimum: Amount = 0,
    ) -> Line:
        """A line wholly open or wholly barred."""
        until = self.until(code, due)
        if until is None:
            return Line(code, due, first, last, 0, amount, None, step, given, on_minimum)
        return Line(code, due, first, last, amount, 0, until, step, given, on_minimum)

    def until(self, code: str, due: date) -> date | None:
        """The last day to file for what was due that day; None where it is time-barred."""
        plain = self._plain.get(code)
        if plain is None:
            return self._stopped_until(code, due)
        cut, last_days, reach = plain
        if due < cut:
            return None
        found = last_days.get(due)
        if found is None:
            found = last_days[due] = limitation.last_day(due, reach, False)
        return found

    def _stopped_until(self, code: str, due: date) -> date | None:
        """The same, where a clock may have been stopped; the Labor Commissioner's run on, so the next look is plain."""
        if self.case.forum != "court":
            reach = self.years(code)
            last_days = self._by_reach.setdefault(reach, {})
            self._plain[code] = years_before(self.case.filing, reach), last_days, reach
        return self.open_until(code, due) if self.is_open(code, due) else None


def worth_showing(lines: Iterable[Line]) -> list[Line]:
    """Lines that come to a cent or more."""
    return [line for line in lines if line.cents or line.barred_cents]
