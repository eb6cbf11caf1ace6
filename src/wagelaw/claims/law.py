"""The law's values as one claim uses them: looked up once, remembered for its notes, refused in the case's words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wagelaw.calendar import Calendar
from wagelaw.case.problems import CaseError, Problem
from wagelaw.case.records import Case
from wagelaw.money import rate_units
from wagelaw.parameters import (
    IndustryNeeded,
    LawError,
    SizeNeeded,
    Value,
    minimum_wage,
    minimum_wage_series,
    sized_value,
    value,
)


class Law:
    """Lookups for one case. `used` holds every value taken that is not `read`, for the notes."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.used: dict[tuple[str, str, date], Value] = {}

    def number(self, parameter: str, on: date, applies_to: str = "general", place: str = "") -> Fraction:
        """A parameter's amount on a day; CaseError where the tables do not hold it."""
        place = place or self.case.place
        try:
            found = value(parameter, place, on, applies_to)
        except LawError as error:
            raise refusal(error, "computed_on" if on == self.case.computed_on else "") from None
        return self._remember(found).amount

    def sized(self, parameter: str, on: date) -> Fraction:
        """A parameter that depends on the employer's size."""
        try:
            found = sized_value(parameter, self.case.place, on, self.case.employer_headcount)
        except LawError as error:
            raise refusal(error) from None
        return self._remember(found).amount

    def citation(self, parameter: str, on: date, applies_to: str = "general") -> str:
        """Where the value stands."""
        return value(parameter, self.case.place, on, applies_to).citation

    def minimum_wage(self, on: date, place: str = "", asked_by: str = "") -> Value:
        """The highest minimum wage on a day; `asked_by`: where in the case it is needed."""
        try:
            found = minimum_wage(
                place or self.case.place,
                on,
                headcount=self.case.employer_headcount,
                industry=self._industry(place or self.case.place),
            )
        except LawError as error:
            raise refusal(error, asked_by) from None
        return self._remember(found)

    def minimum_rates(self, calendar: Calendar, place: str, needed: NDArray[Any]) -> NDArray[np.int64]:
        """The minimum wage of each day of the grid, in ten-thousandths; CaseError on a `needed` day without one."""
        rates = np.full(calendar.days, -1, dtype=np.int64)
        for step in self._steps(place):
            span = calendar.clip_span(step.from_on, step.until_on or date.max)
            if span.stop > span.start:
                rates[span] = rate_units(step.amount)
                if step.state != "read" and needed[span].any():
                    self._remember(step)
        for day in np.flatnonzero(needed & (rates < 0))[:1].tolist():
            shift = calendar.shifts[calendar.spells.shift[calendar.spells.day == day][0]]
            self.minimum_wage(calendar.date_of(day), place, shift.path)
        return np.maximum(rates, 0)

    def _steps(self, place: str) -> tuple[Value, ...]:
        try:
            return minimum_wage_series(place, headcount=self.case.employer_headcount, industry=self._industry(place))
        except LawError as error:
            raise refusal(error) from None

    def _industry(self, place: str) -> str | None:
        """The industry's floor is a state's or a city's: the federal table knows none."""
        return None if place == "US" else self.case.industry

    def _remember(self, found: Value) -> Value:
        if found.state != "read":
            self.used[found.parameter, found.place, found.from_on] = found
        return found


def refusal(error: LawError, path: str = "") -> CaseError:
    """A lookup outside the tables as a problem of the case; `path`: what in it asked for the value."""
    if isinstance(error, SizeNeeded):
        return CaseError([Problem("employer_headcount", "size_needed", {"on": str(error.on)})])
    if isinstance(error, IndustryNeeded):
        return CaseError([Problem("industry", "industry_needed", {"known": ", ".join(error.words)})])
    values = {"parameter": error.parameter, "place": error.place, "on": str(error.on), "held": error.held}
    return CaseError([Problem(path, "not_in_tables" if error.held else "no_value", values)])
