"""Whom to call before an event, and whom a text may reach."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from centro.core.policy import Actor
from centro.organizing.events.rounds import Round, began_at, current_round, to_call
from centro.organizing.models import Commitment, Gathering
from centro.organizing.queries.events import PAGE, Asked, with_people
from centro.people.models import Person


@dataclass(frozen=True)
class Sheet:
    """The round that is on, who is still to be reached in it, and how many more than fit this page."""

    round: Round
    rows: list[Asked]
    total: int
    is_mine: bool

    @property
    def others(self) -> int:
        return self.total - len(self.rows)


def call_sheet(actor: Actor, gathering: Gathering, *, is_mine: bool, most: int = PAGE) -> Sheet:
    """Fifty to call: those nobody tried for longest first."""
    rows = _still_to_call(actor, gathering, is_mine=is_mine)
    found = with_people(actor, gathering, rows.order_by("called_at", "asked_at", "id")[:most])
    shown = [line for line in found if line.person is not None]
    return Sheet(current_round(gathering), shown, rows.count(), is_mine)


def _still_to_call(actor: Actor, gathering: Gathering, *, is_mine: bool) -> Any:
    rows = Commitment.objects.visible_to(actor, "edit").filter(pk__in=to_call(gathering).values("pk"))
    return rows.filter(asked_by=actor.me) if is_mine else rows


def to_text(actor: Actor, gathering: Gathering, *, is_mine: bool) -> list[tuple[Commitment, Person]]:
    """Fifty of the call sheet who got no text in this round, with what decides whether one may leave."""
    since = began_at(gathering)
    unsent = Q(texted_at__isnull=True) if since is None else Q(texted_at__isnull=True) | Q(texted_at__lt=since)
    rows = list(_still_to_call(actor, gathering, is_mine=is_mine).filter(unsent)[:PAGE])
    people: Any = Person.objects.visible_to(actor, "message").filter(pk__in=[row.person_id for row in rows])
    found = people.prefetch_related("phones", "emails", "consents").in_bulk()
    return [(row, found[row.person_id]) for row in rows if row.person_id in found]
