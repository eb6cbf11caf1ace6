"""Tabs on the person page that other modules fill: they register here, so that people imports nothing from above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from centro.core import policy
from centro.core.policy import Actor
from centro.people.models import Person


@dataclass(frozen=True)
class Tab:
    """A tab: its words, the verb that opens it, and its address for one person."""

    label: str | Promise
    verb: str
    address: Callable[[Person], str]


_TABS: list[Tab] = []


def register(tab: Tab) -> None:
    """Called once by a module at start."""
    _TABS.append(tab)


def tabs_of(actor: Actor, person: Person) -> list[dict[str, Any]]:
    """The tabs this actor may open, in the order of registration."""
    return [{"label": tab.label, "url": tab.address(person)} for tab in _TABS if policy.may(actor, tab.verb)]
