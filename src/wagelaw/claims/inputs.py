"""How the inputs of a step are written in the claim's document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from wagelaw.money import GRAINS, GRAINS_PER_CENT, RATE_UNITS, Amount, decimal_text, dollars, ratio_text

if TYPE_CHECKING:
    from wagelaw.calendar import Calendar
    from wagelaw.claims.wages import Part, Wages


def input_text(kind: str, value: Any) -> Any:
    """An input as it is written: money to six places where it is not whole cents, rates to six, days by date."""
    writer = _WRITERS.get(kind)
    return writer(value) if writer else value


def _money(value: Any) -> str:
    above, below = (value, 1) if type(value) is int else value.as_integer_ratio()
    whole, rest = divmod(above, below * GRAINS_PER_CENT)
    return ratio_text(above, below * GRAINS, 6) if rest else dollars(whole)


def dated(calendar: Calendar, days: Iterable[int], amounts: Mapping[int, Amount]) -> Iterator[tuple[date, Amount]]:
    """Days of the grid with their dates and amounts, oldest first."""
    for day in sorted(days):
        yield calendar.date_of(day), amounts[day]


@cache
def _percent(share: Fraction) -> str:
    return f"{_number(share * 100)}%"


def _number(value: Any) -> str:
    places = next((p for p in (0, 1, 2, 3, 4) if (Fraction(value) * 10**p).denominator == 1), 6)
    return decimal_text(Fraction(value), places)


def _weeks_text(found: tuple[Wages, list[Part]]) -> list[dict[str, Any]]:
    """The workweeks of a pay period that have overtime."""
    wages, parts = found
    return [
        {
            "week": wages.calendar.date_of(7 * part.week).isoformat(),
            "overtime": part.overtime,
            "double": part.double,
            "regular_rate": _rate(wages.weeks[part.week].rate),
            "due": _money(part.overtime_due),
        }
        for part in parts
        if part.overtime or part.double
    ]


def _rate(value: Fraction) -> str:
    above, below = value.as_integer_ratio()
    return ratio_text(above, below * RATE_UNITS, 6)


_WRITERS: dict[str, Callable[[Any], Any]] = {
    "money": _money,
    "rate": _rate,
    "minutes": lambda value: value if isinstance(value, int) else _number(value),
    "date": lambda value: value.isoformat(),
    "percent": _percent,
    "number": _number,
    "weeks": _weeks_text,
    "days": lambda days: [{"date": day.isoformat(), "amount": _money(amount)} for day, amount in dated(*days)],
}
