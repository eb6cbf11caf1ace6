"""How assessments moved: points of one person, and how many of a workplace stood where at the end of each month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from centro.organizing.choices import Basis

WIDE, HIGH, EDGE = 120, 60, 6  # the picture, in its own units


@dataclass(frozen=True)
class Mark:
    """One assessment: whose, which number, from what, when."""

    person: UUID
    value: int
    basis: str
    at: datetime


@dataclass(frozen=True)
class Point:
    """One assessment in the picture: time goes right, closer to us is higher."""

    x: int
    y: int
    mark: Mark

    @property
    def is_hearsay(self) -> bool:
        return self.mark.basis == Basis.SECOND_HAND

    @property
    def is_action(self) -> bool:
        return self.mark.basis == Basis.ACTION

    @property
    def corner(self) -> tuple[int, int]:
        return self.x - 3, self.y - 3


def points(marks: Iterable[Mark], since: datetime, until: datetime, steps: int) -> list[Point]:
    """Where each assessment stands in a picture of this time on a scale of so many steps."""
    length = max((until - since).total_seconds(), 1)
    found = []
    for mark in sorted(marks, key=lambda mark: mark.at):
        x = EDGE + round((WIDE - 2 * EDGE) * (mark.at - since).total_seconds() / length)
        found.append(Point(x, height_of(mark.value, steps), mark))
    return found


def height_of(value: int, steps: int) -> int:
    """1 stands at the top."""
    return EDGE + round((HIGH - 2 * EDGE) * (value - 1) / max(steps - 1, 1))


def line(found: Iterable[Point]) -> str:
    """The line through what was known first-hand, as SVG writes it; second hand is a point beside it."""
    return " ".join(f"{point.x},{point.y}" for point in found if not point.is_hearsay)


def in_force(marks: Iterable[Mark], at: datetime) -> dict[UUID, int]:
    """Where each person stood at a moment: the last first-hand assessment, else the last from second hand."""
    first_hand: dict[UUID, Mark] = {}
    heard: dict[UUID, Mark] = {}
    for mark in marks:
        if mark.at > at:
            continue
        held = heard if mark.basis == Basis.SECOND_HAND else first_hand
        if mark.person not in held or held[mark.person].at <= mark.at:
            held[mark.person] = mark
    return {person: mark.value for person, mark in (heard | first_hand).items()}


@dataclass(frozen=True)
class Bar:
    """How many stood on one value at one month's end: a part of the bar in the picture, and a number in the table."""

    value: int
    count: int
    x: int
    y: int
    tall: int


@dataclass(frozen=True)
class Month:
    """The end of a month at a workplace."""

    at: datetime
    bars: list[Bar]

    @property
    def counts(self) -> list[int]:
        return [bar.count for bar in self.bars]


def months(marks: list[Mark], ends: list[datetime], steps: int, everybody: int) -> list[Month]:
    """A bar for each month's end, as tall as the whole workplace; what is not assessed stays empty."""
    wide = (WIDE - 2 * EDGE) // max(len(ends), 1)
    found = []
    for column, at in enumerate(ends):
        values = list(in_force(marks, at).values())
        bars, y = [], HIGH - EDGE
        for value in range(1, steps + 1):
            count = values.count(value)
            tall = round((HIGH - 2 * EDGE) * count / max(everybody, 1))
            y -= tall
            bars.append(Bar(value, count, EDGE + column * wide, y, tall))
        found.append(Month(at, bars))
    return found
