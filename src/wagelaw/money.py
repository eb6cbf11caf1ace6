"""Exact money: the grain, the one rounding, and how amounts are written.

Inside the engine an amount is a whole number of *grains*, or a `Fraction` of them where the law divides (a regular
rate). A grain is a ten-thousandth of a dollar an hour times a minute: $1 = 600,000 grains. So a rate times minutes is
a whole number, and nothing is rounded before the end of a line. There is no float here.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Amount = int | Fraction

RATE_UNITS = 10_000  # ten-thousandths of a dollar in a dollar: the unit of every rate given
MINUTES = 60
GRAINS = RATE_UNITS * MINUTES  # grains in a dollar
GRAINS_PER_CENT = GRAINS // 100
HALF_A_CENT = GRAINS_PER_CENT // 2
_PLACES = tuple(f"{count:02d}" for count in range(100))  # the two places of cents


def rate_units(dollars: Fraction | Decimal) -> int:
    """An hourly rate in ten-thousandths of a dollar; ValueError if it is finer than that."""
    units = Fraction(dollars) * RATE_UNITS
    if units.denominator != 1:
        raise ValueError(f"{dollars} is finer than a ten-thousandth of a dollar")
    return units.numerator


def parse_units(text: str) -> int:
    """A decimal string with at most four places as ten-thousandths of a dollar."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    whole, _, part = digits.partition(".")
    return sign * (int(whole) * RATE_UNITS + int(part.ljust(4, "0")))


def cents(amount: Amount) -> int:
    """Grains to cents, half up: the only place where money is rounded."""
    if type(amount) is int:
        return (amount + HALF_A_CENT) // GRAINS_PER_CENT
    above, below = amount.as_integer_ratio()
    return (above + below * HALF_A_CENT) // (below * GRAINS_PER_CENT)


def from_cents(count: int) -> int:
    """Cents to grains."""
    return count * GRAINS_PER_CENT


def dollars(count: int) -> str:
    """Cents as a decimal string: 123456 → "1234.56"."""
    return f"{count // 100}.{_PLACES[count % 100]}" if count >= 0 else f"-{dollars(-count)}"


def decimal_text(amount: Amount, places: int) -> str:
    """A number rounded half up to so many places, as a decimal string."""
    above, below = amount.as_integer_ratio()
    return ratio_text(above, below, places)


def ratio_text(above: int, below: int, places: int) -> str:
    """`above` / `below` (> 0) rounded half up to so many places, as a decimal string."""
    scale = 10**places
    units = (2 * above * scale + below) // (2 * below)
    sign = "-" if units < 0 else ""
    whole, part = divmod(abs(units), scale)
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


def total(amounts: Iterable[Amount]) -> Amount:
    """The exact sum; an amount that stands several times in a row (the very same one) is multiplied."""
    found: Amount = 0
    last: Amount = 0
    times = 0
    for one in amounts:
        if one is last:
            times += 1
            continue
        if times:
            several = last * times if times > 1 else last
            found = found + several if found else several
        last, times = one, 1
    if not times:
        return found
    several = last * times if times > 1 else last
    return found + several if found else several


def lesser(one: Amount, other: Amount) -> Amount:
    """The smaller amount."""
    if one <= other:
        return one
    return other


def plain(value: object) -> Amount:
    """A number out of an array as Python's own, so that nothing that follows can overflow."""
    if isinstance(value, (int, Fraction)):
        return value
    return int(value)  # type: ignore[call-overload, no-any-return]
