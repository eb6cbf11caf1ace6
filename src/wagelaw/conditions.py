"""Conditions of the law tables, in three-valued logic: true, false, or not known and which facts would tell.

A condition is a mapping whose entries must all hold. `fact: value` and `fact: [one, of, these]` compare;
`fact: {from: DATE, before: DATE}` bounds a date (from inclusive, before exclusive);
`fact: {at_least: PARAMETER}` and `{below: PARAMETER}` compare money with a dated figure of the law tables;
`any: [condition, …]` needs one of them, `not: condition` turns it round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

# Name of a parameter → its value on the day asked about, or the name of the fact that it needs.
Figure = Callable[[str], "Fraction | str"]


@dataclass(frozen=True)
class Truth:
    """`holds` is None when it depends on facts not given; `needs` names those facts."""

    holds: bool | None
    needs: frozenset[str] = frozenset()


YES, NO = Truth(True), Truth(False)


class Facts:
    """What is known: plain facts and, under `answer.<law>`, what earlier questions of the table came to."""

    def __init__(self, known: Mapping[str, Any], figure: Figure = str) -> None:
        self._known = dict(known)
        self._needs: dict[str, frozenset[str]] = {}
        self._figure = figure

    def learn(self, name: str, value: Any, needs: frozenset[str] = frozenset()) -> None:
        """Adds an answer; None with what it `needs` to be known."""
        self._known[name] = value
        self._needs[name] = needs

    def test(self, condition: Mapping[str, Any]) -> Truth:
        """Whether every entry of `condition` holds."""
        return _all(self._entry(name, expected) for name, expected in condition.items())

    def _entry(self, name: str, expected: Any) -> Truth:
        if name == "any":
            return _any(self.test(one) for one in expected)
        if name == "not":
            truth = self.test(expected)
            return truth if truth.holds is None else Truth(not truth.holds)
        value = self._known.get(name)
        if value is None:
            return Truth(None, self._needs.get(name, frozenset({name})))
        return self._compare(name, value, expected)

    def _compare(self, name: str, value: Any, expected: Any) -> Truth:
        if isinstance(expected, Mapping):
            return _all(self._bound(value, bound, limit) for bound, limit in expected.items())
        wanted = expected if isinstance(expected, list) else [expected]
        found = value if isinstance(value, tuple) else (value,)
        return Truth(any(_same(one, other) for one in found for other in wanted))

    def _bound(self, value: Any, bound: str, limit: str) -> Truth:
        if bound == "from":
            return Truth(value >= date.fromisoformat(limit))
        if bound == "before":
            return Truth(value < date.fromisoformat(limit))
        figure = self._figure(limit)
        if isinstance(figure, str):
            return Truth(None, frozenset({figure}))
        return Truth(Fraction(value) >= figure if bound == "at_least" else Fraction(value) < figure)


def _same(one: Any, other: Any) -> bool:
    """Equal and of one type: the flag `true` is not the number 1."""
    return type(one) is type(other) and bool(one == other)


def _all(truths: Iterable[Truth]) -> Truth:
    """False if one is false; else unknown if one is, and then the first unknown is asked for first."""
    result = YES
    for truth in truths:
        if truth.holds is False:
            return NO
        if truth.holds is None and result is YES:
            result = truth
    return result


def _any(truths: Iterable[Truth]) -> Truth:
    needs: frozenset[str] = frozenset()
    open_ = False
    for truth in truths:
        if truth.holds:
            return YES
        open_ = open_ or truth.holds is None
        needs |= truth.needs
    return Truth(None, needs) if open_ else NO
