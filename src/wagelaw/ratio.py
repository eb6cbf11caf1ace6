"""Fractions that are never reduced: exact like `fractions.Fraction`, and about three times as fast to add."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import Any

_blank = object.__new__


class Ratio(Fraction):
    """A fraction that is never reduced: three times as fast to add, and as exact.

    The denominators of a claim are minutes of a week, so that they stay small without it. Comparison, rounding and
    hashing do not depend on how a ratio is written; `numerator` and `denominator` are the reduced ones.
    """

    __slots__ = ()
    _numerator: int
    _denominator: int

    def __new__(cls, above: int, below: int = 1) -> Ratio:
        """`above` / `below`, with `below` > 0."""
        return _made(above, below)

    @property
    def numerator(self) -> int:
        """The reduced numerator."""
        return self._numerator // gcd(self._numerator, self._denominator)

    @property
    def denominator(self) -> int:
        """The reduced denominator."""
        return self._denominator // gcd(self._numerator, self._denominator)

    def __add__(self, other: Any) -> Any:
        above, below = self._numerator, self._denominator
        kind = type(other)
        if kind is int:
            return _made(above + other * below, below)
        if kind is not Ratio and not isinstance(other, Fraction):
            return NotImplemented
        more, theirs = other._numerator, other._denominator
        if theirs == below:
            return _made(above + more, below)
        return _made(above * theirs + more * below, below * theirs)

    __radd__ = __add__

    def __bool__(self) -> bool:
        return self._numerator != 0

    def __neg__(self) -> Ratio:
        return _made(-self._numerator, self._denominator)

    def __sub__(self, other: Any) -> Any:
        above, below = self._numerator, self._denominator
        kind = type(other)
        if kind is int:
            return _made(above - other * below, below)
        if kind is not Ratio and not isinstance(other, Fraction):
            return NotImplemented
        less, theirs = other._numerator, other._denominator
        if theirs == below:
            return _made(above - less, below)
        return _made(above * theirs - less * below, below * theirs)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if type(other) is int:
            return _made(self._numerator * other, self._denominator)
        if not isinstance(other, Fraction):
            return NotImplemented
        above, below = other.as_integer_ratio()
        return _made(self._numerator * above, self._denominator * below)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if type(other) is int and other > 0:
            return _made(self._numerator, self._denominator * other)
        return super().__truediv__(other)

    def __lt__(self, other: Any) -> bool:
        if type(other) is int:
            return self._numerator < other * self._denominator
        above, below = other.as_integer_ratio()
        return bool(self._numerator * below < above * self._denominator)

    def __le__(self, other: Any) -> bool:
        if type(other) is int:
            return self._numerator <= other * self._denominator
        above, below = other.as_integer_ratio()
        return bool(self._numerator * below <= above * self._denominator)

    def __gt__(self, other: Any) -> bool:
        if type(other) is int:
            return self._numerator > other * self._denominator
        above, below = other.as_integer_ratio()
        return bool(self._numerator * below > above * self._denominator)

    def __ge__(self, other: Any) -> bool:
        if type(other) is int:
            return self._numerator >= other * self._denominator
        above, below = other.as_integer_ratio()
        return bool(self._numerator * below >= above * self._denominator)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (int, Fraction)):
            return False
        above, below = other.as_integer_ratio()
        return self._numerator * below == above * self._denominator

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(Fraction(self._numerator, self._denominator))


def ratio(above: int | Fraction, below: int, times: int = 1) -> Ratio:
    """`above` × `times` / `below` (> 0), not reduced."""
    if type(above) is int:
        return _made(above * times, below)
    over, under = above.as_integer_ratio()
    return _made(over * times, under * below)


def _made(above: int, below: int) -> Ratio:
    """The same as `Ratio(above, below)`, without the detour over the class: a third of the time of an addition."""
    found = _blank(Ratio)
    found._numerator, found._denominator = above, below
    return found
