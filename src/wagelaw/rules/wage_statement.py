"""Wage statements (Lab. Code § 226(e)): fifty dollars for the first pay period, a hundred for each later one."""

from __future__ import annotations

from collections.abc import Iterator

from wagelaw.money import from_cents

FIRST, LATER, CAP = from_cents(50_00), from_cents(100_00), from_cents(4_000_00)


def amounts(periods: int) -> Iterator[int]:
    """What each pay period adds, in grains, until the cap is reached."""
    reached = 0
    for number in range(periods):
        amount = min(LATER if number else FIRST, CAP - reached)
        reached += amount
        yield amount
