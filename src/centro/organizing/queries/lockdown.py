"""Lock-downs of the past, as the page tells them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from centro.core.policy import Actor
from centro.organizing import lockdown
from centro.organizing.models import LockDown, Pack
from centro.people.queries import names_of_staff

SHOWN = 10


@dataclass(frozen=True)
class Past:
    """One lock-down: when, by whom, and what it revoked as label and number."""

    at: datetime
    who: str
    revoked: list[tuple[Any, int]]


def lock_downs(actor: Actor) -> list[Past]:
    """The last lock-downs, the newest first."""
    rows = list(LockDown.objects.all()[:SHOWN])
    names = names_of_staff(actor, [row.by_id for row in rows])
    return [
        Past(row.at, names.get(row.by_id, ""), [(lockdown.label_of(code), n) for code, n in sorted(row.counts.items())])
        for row in rows
    ]


def count_packs_out() -> int:
    """How many phones carry a list at this moment."""
    return Pack.objects.live().count()
