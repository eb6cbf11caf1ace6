"""The arithmetic of a clinic's money, in whole cents: claimed, awarded, collected, forgiven, still owed.

A claim is worked out again and again, a decision replaces a settlement, a judgment replaces a decision. So each entry
of the ledger counts its *change*: what it adds to its column beside the entry of the same matter that it replaces.
Changes add up over matters, workers and years without counting anything twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Column(StrEnum):
    """The columns of the ledger."""

    CLAIMED = "claimed"
    AWARDED = "awarded"
    COLLECTED = "collected"
    FORGIVEN = "forgiven"


# Kind of entry → its column. What the other side agreed to pay stands where a decision would stand.
COLUMN_OF: dict[str, Column] = {
    "claimed": Column.CLAIMED,
    "awarded": Column.AWARDED,
    "agreed": Column.AWARDED,
    "received": Column.COLLECTED,
    "satisfied": Column.FORGIVEN,
}
# In these columns the newest entry of a matter stands for all before it; in the others every entry counts.
REPLACED = frozenset({Column.CLAIMED, Column.AWARDED})


@dataclass(frozen=True)
class Entry:
    """One line: its kind, whole cents, and the matter it belongs to (None: the case as a whole)."""

    kind: str
    cents: int
    matter: UUID | None = None


@dataclass(frozen=True)
class Sums:
    """What one case, worker or year comes to, in cents."""

    claimed: int = 0
    awarded: int = 0
    collected: int = 0
    forgiven: int = 0

    @property
    def owed(self) -> int:
        """What was awarded or agreed and has neither come in nor been forgiven; never below zero."""
        return max(0, self.awarded - self.collected - self.forgiven)

    @property
    def is_empty(self) -> bool:
        return not (self.claimed or self.awarded or self.collected or self.forgiven)


def changes(entries: Iterable[Entry]) -> list[int]:
    """What each entry, oldest first, adds to its column, in cents."""
    standing: dict[tuple[Column, UUID | None], int] = {}
    found = []
    for entry in entries:
        column = COLUMN_OF[entry.kind]
        place = (column, entry.matter)
        found.append(entry.cents - (standing.get(place, 0) if column in REPLACED else 0))
        standing[place] = entry.cents
    return found


def sums(pairs: Iterable[tuple[str, int]]) -> Sums:
    """Columns from (kind of entry, change in cents)."""
    found = dict.fromkeys(Column, 0)
    for kind, change in pairs:
        found[COLUMN_OF[kind]] += change
    return Sums(**{column.value: cents for column, cents in found.items()})


def share(part: int, whole: int) -> int:
    """How many of a hundred, rounded down, between 0 and 100: for a bar or a sentence, never for money."""
    return min(100, max(0, part * 100 // whole)) if whole > 0 else 0


def shares(values: Sequence[int]) -> list[int]:
    """Each value as a share of the largest, so that the longest bar is full."""
    largest = max(values, default=0)
    return [share(value, largest) for value in values]
