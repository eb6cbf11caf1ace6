"""The door: finding whoever stands there, among those expected, by name or by their code."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value

from centro.core import clock, policy
from centro.core.classes import Relation, Role
from centro.core.links import mark_of
from centro.core.policy import Actor
from centro.organizing.choices import Turnout
from centro.organizing.events.hours import BEFORE
from centro.organizing.events.names import begins, fits
from centro.organizing.events.rounds import WITH_NAMES
from centro.organizing.models import Commitment, Gathering, HostLink
from centro.organizing.queries.events import rows_of
from centro.organizing.queries.links import may_give
from centro.people import names

SHOWN = 20  # names that one search shows
LEAST_LETTERS = 2  # as names are compared: a syllable of Hangul is two or three


def expected_at(actor: Actor, gathering: Gathering, words: str) -> list[Commitment]:
    """Up to twenty people of this event whose name at the door these words begin, or whose code they are.

    Also those who had said that they cannot. `tongue` is the language of each: it parts two of one name.
    """
    rows = rows_of(actor, gathering, "check_in").annotate(tongue=F("person__language"))
    return _found(rows.order_by("asked_at", "id"), words, gathering)


def _found(rows: Any, words: str, gathering: Gathering) -> list[Commitment]:
    typed = words.strip()
    if by_code := rows.filter(code=typed.upper()).first():
        found = [by_code]
    elif len(names.fold(typed).replace(" ", "")) < LEAST_LETTERS:
        found = []
    else:
        found = [row for row in rows if fits(typed, str(row.call_name))]
    for row in found:
        row.gathering = gathering
    ranked = sorted(found, key=lambda row: (not begins(typed, str(row.call_name)), str(row.call_name).casefold()))
    return ranked[:SHOWN]


def commitment_by_code(actor: Actor, code: str) -> Commitment | None:
    """Whose code this is, at an event whose door the actor may keep."""
    row: Commitment | None = (
        Commitment.objects.visible_to(actor, "check_in").filter(WITH_NAMES, code=code.upper()).first()
    )
    return row


def here_now(gathering: Gathering) -> tuple[int, int]:
    """How many of those asked are here, and how many walked in."""
    came = Commitment.objects.filter(gathering=gathering, state=Turnout.ATTENDED, person__merged_into__isnull=True)
    return came.count(), gathering.walk_ins.count()


# --- a host without an account ---


@dataclass(frozen=True)
class Host:
    """Whoever holds a live link: works like a volunteer at this one door, in the name of whoever made the link."""

    link: HostLink
    gathering: Gathering
    actor: Actor


def host_by(secret: str) -> Host | None:
    """The host with this secret; None when it is wrong, too early, over, revoked, or its maker may give none now."""
    links = HostLink.objects.live().filter(gathering__starts_at__lte=clock.now() + BEFORE)
    row: HostLink | None = links.filter(mark=mark_of(secret)).select_related("gathering", "made_by").first()
    if row is None or row.gathering.called_off_at is not None:
        return None
    if not may_give(row.made_by, row.gathering.campaign_id, "event.edit"):
        return None
    policy.opens_all(row.gathering, Relation.ASSIGNED)
    return Host(row, row.gathering, Actor(user_id=row.made_by_id, role=Role.VOLUNTEER))


def expected_for_host(host: Host, words: str) -> list[Commitment]:
    """The same search for a host: names of those expected, and nothing else of them."""
    rows = _stamped(host).order_by("asked_at", "id")
    return _found(rows, words, host.gathering)


def commitment_for_host(host: Host, commitment: Any) -> Commitment | None:
    row: Commitment | None = _stamped(host).filter(pk=commitment).first()
    if row is not None:
        row.gathering = host.gathering
    return row


def _stamped(host: Host) -> Any:
    rows = Commitment.objects.filter(WITH_NAMES, gathering=host.gathering)
    return rows.annotate(relation=Value(Relation.ASSIGNED.value))
