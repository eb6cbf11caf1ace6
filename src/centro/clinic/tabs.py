"""The pages of a case. Each part of the clinic registers its own, so that no part imports another."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from centro.clinic.models import Case
from centro.core import policy
from centro.core.policy import Actor


@dataclass(frozen=True)
class CaseTab:
    """A page of a case: its words, the view that shows it (given the id of the case), the verb that opens it."""

    key: str
    label: str | Promise
    view: str
    verb: str
    order: int


_TABS: dict[str, CaseTab] = {}


def register(tab: CaseTab) -> None:
    """Called once by a part of the clinic at start."""
    _TABS[tab.key] = tab


def tabs_of(actor: Actor, case: Case, here: str) -> list[dict[str, Any]]:
    """The pages this actor may open, in their order; `here` is the key of the one that is open."""
    found = sorted(_TABS.values(), key=lambda tab: tab.order)
    return [
        {"label": tab.label, "url": reverse(tab.view, args=[case.pk]), "is_current": tab.key == here}
        for tab in found
        if policy.may(actor, tab.verb)
    ]
