"""What other modules hold about a person: they register here, so that the paper can print it without upward imports."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from centro.core import policy
from centro.core.policy import Actor
from centro.people.models import Person

Row = Sequence[str]


@dataclass(frozen=True)
class Held:
    """A section of “What we hold about you”: its heading, the verb that opens it, and its rows in words.

    `rows` is called with the paper's language switched on, and gives what this actor may open of this person:
    (label, value) pairs, or one text for each of `columns`.
    """

    title: str | Promise
    verb: str
    rows: Callable[[Actor, Person], Iterable[Row]]
    columns: tuple[str | Promise, ...] = ()


_HELD: list[Held] = []


def register(held: Held) -> None:
    """Called once, at start, by whoever holds it."""
    _HELD.append(held)


def sections(actor: Actor, person: Person) -> list[dict[str, Any]]:
    """The sections this actor may open, in the order of registration, as the template of the paper takes them."""
    return [_section(held, actor, person) for held in _HELD if policy.may(actor, held.verb)]


def left_out(actor: Actor) -> list[str]:
    """The headings this actor may not open. It is the same for every person, so it tells nothing about this one."""
    return [str(held.title) for held in _HELD if not policy.may(actor, held.verb)]


def _section(held: Held, actor: Actor, person: Person) -> dict[str, Any]:
    rows = [[str(word) for word in row] for row in held.rows(actor, person)]
    columns = {"columns": [str(word) for word in held.columns]} if held.columns else {}
    return {"title": str(held.title), "rows": rows, **columns}
