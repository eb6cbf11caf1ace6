"""After an event: who is still open, whom to thank, whom to call."""

from typing import Any

from centro.core.policy import Actor
from centro.organizing.choices import Turnout
from centro.organizing.events.state import SAID_YES
from centro.organizing.models import Commitment, Gathering
from centro.organizing.queries.events import EXPECTED, rows_of, with_people

MOST = 600  # names on one sheet
SHOWN = 100


def not_yet_here(actor: Actor, gathering: Gathering) -> list[Commitment]:
    """Everybody asked who is not noted as here, by name: the order of the printed sheet."""
    if not gathering.takes_names:
        return []
    rows = rows_of(actor, gathering, "edit").exclude(state=Turnout.ATTENDED)[:MOST]
    return by_name(gathering, rows)


def by_name(gathering: Gathering, rows: Any) -> list[Commitment]:
    found = list(rows)
    for row in found:
        row.gathering = gathering
    return sorted(found, key=lambda row: str(row.call_name).casefold())


def still_open(actor: Actor, gathering: Gathering) -> list[Commitment]:
    """Those who said yes and of whom nobody has said whether they came."""
    rows = rows_of(actor, gathering, "edit").filter(state__in=SAID_YES)[:MOST]
    return by_name(gathering, rows)


def follow_up(actor: Actor, gathering: Gathering) -> dict[str, Any]:
    """The people of an event by what there is to do: decide, thank, call."""
    rows = rows_of(actor, gathering)
    came = rows.filter(state=Turnout.ATTENDED).order_by("-arrived_at")
    missed = rows.filter(state=Turnout.NO_SHOW)
    unsure = rows.filter(state__in=set(EXPECTED) - set(SAID_YES))
    return {
        "open": still_open(actor, gathering),
        "came": with_people(actor, gathering, came[:SHOWN]),
        "came_count": came.count(),
        "missed": with_people(actor, gathering, missed[:SHOWN]),
        "unsure_count": unsure.count(),
    }
