"""A paper ballot: the result stands once two people counted the same."""

from collections.abc import Iterable

from centro.organizing.models import Tally

COUNTED = ("yes", "no", "blank", "spoiled")


def numbers(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in COUNTED)


def agreed(tallies: Iterable[Tally]) -> Tally | None:
    """The count that a second person came to as well; None while they differ or one is missing."""
    seen: dict[tuple[int, ...], Tally] = {}
    for tally in tallies:
        if numbers(tally) in seen:
            return tally
        seen[numbers(tally)] = tally
    return None
