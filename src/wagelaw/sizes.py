"""Words for sizes of an employer in the law tables: `employer_ge_26`, `employer_le_25`, `employer_26_99`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"employer_(?:ge_(?P<least>\d+)|le_(?P<most>\d+)|(?P<low>\d+)_(?P<high>\d+))(?:_\w+)?")
NO_LIMIT = 10**9


def size_range(applies_to: str) -> tuple[int, int] | None:
    """Smallest and largest headcount that the word holds for, or None if it says nothing of size."""
    match = _WORD.fullmatch(applies_to)
    if not match:
        return None
    least = match["least"] or match["low"] or 0
    most = match["most"] or match["high"] or NO_LIMIT
    return int(least), int(most)


def fits(applies_to: str, headcount: int) -> bool:
    """Whether an employer of `headcount` people is inside the word's range."""
    span = size_range(applies_to)
    return span is not None and span[0] <= headcount <= span[1]


def covers_all_sizes(words: Iterable[str]) -> bool:
    """Whether the ranges leave no employer out (Chicago's begin at 4: smaller ones are not covered)."""
    spans = sorted(span for span in map(size_range, words) if span)
    reached = spans[0][1] if spans and spans[0][0] <= 4 else None
    for least, most in spans:
        if reached is None or least > reached + 1:
            return False
        reached = max(reached, most)
    return reached == NO_LIMIT
