"""Lock-down: everything that has left the house is revoked in one act.

A part of the work that gives something out (a copy on a phone, a list, a link that opens without an account) says
here how many of it are out, and how to end them all. Nothing is undone: what is needed again is given out again.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.functional import Promise

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import LockDown


@dataclass(frozen=True)
class Outside:
    """One kind of thing that is out there: `code` stands in the record, `label` on the page.

    `count` says how many work at this moment; `revoke` ends them all, with its own events, and says how many it ended.
    """

    code: str
    label: str | Promise
    count: Callable[[], int]
    revoke: Callable[[Actor], int]


_OUTSIDE: list[Outside] = []


def register(kind: Outside) -> None:
    """Called once by a module or a part of it, at start."""
    _OUTSIDE.append(kind)


def outside() -> list[tuple[Outside, int]]:
    """What is out there now, and how many of each."""
    return [(kind, kind.count()) for kind in _OUTSIDE]


def label_of(code: str) -> str | Promise:
    """The words for a code in the record of an earlier lock-down."""
    return next((kind.label for kind in _OUTSIDE if kind.code == code), code)


@transaction.atomic
def lock_down(*, by: Actor) -> LockDown:
    """Revoke everything that is out there, at once. What was on its way to us still arrives."""
    counts = {kind.code: kind.revoke(by) for kind in _OUTSIDE}
    row = LockDown.objects.create(by_id=by.me, at=clock.now(), counts=counts)
    record_event("lockdown.started", by=by, about=row, codes=[f"{code}:{n}" for code, n in counts.items()])
    return row
