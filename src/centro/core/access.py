"""The access context: who is looking, and what they opened.

A request (or a job, in the name of whoever asked) runs inside `viewing(actor)`. Sealed fields ask `sight_of()` here;
what they open is noted and becomes one `Access` row when the request ends. Outside any context, sight is nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from centro.core.classes import FieldClass

if TYPE_CHECKING:
    from centro.core.policy import Actor


class Sight(Enum):
    NOTHING = "nothing"
    MASKED = "masked"
    ALL = "all"


@dataclass
class Viewing:
    """One actor looking, and the trace of it: record ids and field names, never values."""

    actor: "Actor"
    kind: str = "open"
    records: dict[UUID, None] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    revealed: set[UUID] = field(default_factory=set)
    is_noted: bool = False

    @property
    def has_opened(self) -> bool:
        return bool(self.records) and not self.is_noted


_now: ContextVar[Viewing | None] = ContextVar("viewing", default=None)


def current() -> Viewing | None:
    return _now.get()


@contextmanager
def viewing(actor: "Actor") -> Iterator[Viewing]:
    """Look at records as this actor; nested contexts stand apart."""
    opened = Viewing(actor)
    token = _now.set(opened)
    try:
        yield opened
    finally:
        _now.reset(token)


def sight_of(row: Any, name: str, klass: FieldClass, *, masked: bool = False) -> Sight:
    """How much of a field of this class the present actor sees on this row."""
    now = _now.get()
    if now is None:
        return Sight.NOTHING
    from centro.core import policy

    sight = policy.sight(now.actor, row, name, klass, masked=masked)
    return Sight.ALL if sight is Sight.MASKED and row.pk in now.revealed else sight


def note(row: Any, name: str, klass: FieldClass) -> None:
    """Remember that a field was opened, for the one `Access` row of this request."""
    now = _now.get()
    if now is not None and klass >= FieldClass.C2 and not now.actor.system:
        now.records[row.pk] = None
        now.fields.add(f"{row._meta.label_lower}.{name}")


def note_print() -> None:
    """What is opened now goes onto paper: the line in the log says so."""
    now = _now.get()
    if now is not None:
        now.kind = "print"


def reveal(row: Any) -> None:
    """Show the masked fields of this row in full for the rest of this request. The caller has checked the budget."""
    now = _now.get()
    if now is not None:
        now.revealed.add(row.pk)
        now.kind = "reveal"
