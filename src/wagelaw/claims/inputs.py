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


def input_text(kind: str, value: Any) -> Any:
    """An input as it is written: money to six places where it is not whole cents, rates to six, days by date."""
    writer = _WRITERS.get(kind)
    return writer(value) if writer else value


def _money(value: Any) -> str:
    above, below = value.as_integer_ratio()
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


def _weeks_text(rows: list[dict[str, tuple[str, Any]]]) -> list[dict[str, Any]]:
    return [{name: input_text(kind, value) for name, (kind, value) in row.items()} for row in rows]


_WRITERS: dict[str, Callable[[Any], Any]] = {
    "money": _money,
    "rate": lambda value: ratio_text(value.numerator, value.denominator * RATE_UNITS, 6),
    "minutes": lambda value: value if isinstance(value, int) else _number(value),
    "date": lambda value: value.isoformat(),
    "percent": _percent,
    "number": _number,
    "weeks": _weeks_text,
    "days": lambda days: [{"date": day.isoformat(), "amount": _money(amount)} for day, amount in dated(*days)],
}
