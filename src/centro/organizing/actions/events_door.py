"""The door of an event: who came, walk-ins, heads, links for hosts; and what is settled after it.

Everything here may be sent twice: an arrival counts once, whoever noted it and by whatever way.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.links import mark_of, new_link
from centro.core.policy import Actor
from centro.organizing.actions.events import add_step, commitment_of
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.events.hours import AFTER
from centro.organizing.events.state import recount_closed, said_in, steps_of
from centro.organizing.models import Commitment, Gathering, HostLink, WalkIn
from centro.people import actions as people
from centro.people.models import Person

KEPT_WALK_INS = timedelta(days=30)


class NoNames(Exception):
    """No names are taken at this event: heads are counted."""


@transaction.atomic
def arrive(*, by: Actor, commitment: Commitment, how: StepHow, at: datetime | None = None) -> bool:
    """Somebody is here. Said again, by anybody, it is the same arrival: False. `NoNames` where heads are counted."""
    if not commitment.gathering.takes_names:
        raise NoNames
    when = max(at, _taken_back_at(commitment) or at) if at else clock.now()
    is_first = Commitment.objects.filter(pk=commitment.pk, arrived_at__isnull=True).update(arrived_at=when) == 1
    if is_first:
        add_step(by=by, commitment=commitment, state=Turnout.ATTENDED, how=how, at=when)
    return is_first


def _taken_back_at(commitment: Commitment) -> datetime | None:
    """When somebody last said that it was not so: an arrival typed in later comes after that."""
    return max((step.at for step in steps_of(commitment) if step.how == StepHow.BACK), default=None)


@transaction.atomic
def take_back_arrival(*, by: Actor, commitment: Commitment) -> bool:
    """It was somebody else: they stand where they stood before. False when they had not arrived."""
    if commitment.arrived_at is None:
        return False
    before = said_in(step for step in steps_of(commitment) if step.state != Turnout.ATTENDED)
    add_step(by=by, commitment=commitment, state=before.state, how=StepHow.BACK)
    return True


@transaction.atomic
def add_walk_in(*, by: Actor, gathering: Gathering, walk_in_id: UUID, name: str, phone: str, how: StepHow) -> bool:
    """Somebody came whom nobody expected. Who they are is found out later; False when this form was already in."""
    if not gathering.takes_names:
        raise NoNames
    row = WalkIn(id=walk_in_id, gathering=gathering, name=name, phone=phone, by_id=by.user_id)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    record_event("event.walk_in", by=by, about=gathering, codes=[how])
    return True


@transaction.atomic
def count_heads(*, by: Actor, gathering: Gathering, count: int) -> None:
    """How many people there are, without a name of anybody."""
    Gathering.objects.filter(pk=gathering.pk).update(head_count=count)
    record_event("event.heads_counted", by=by, about=gathering)


@transaction.atomic
def know_walk_in(*, by: Actor, walk_in: WalkIn, person: Person) -> Commitment:
    """A walk-in is somebody we know: they came, and what they said at the door is forgotten."""
    commitment = commitment_of(by=by, gathering=walk_in.gathering, person=person)
    arrive(by=by, commitment=commitment, how=StepHow.AFTER, at=walk_in.at)
    record_event("event.walk_in_known", by=by, about=walk_in.gathering, person=person.pk)
    walk_in.delete()
    return commitment


@transaction.atomic
def keep_walk_in(*, by: Actor, walk_in: WalkIn, details: Mapping[str, Any], number: str) -> Person:
    """A walk-in is new to us: they get a file, and they came. Look-alikes nobody here may see wait for the steward."""
    phone = {"number": number} if number else None
    person = people.add_person(by=by, details=details, phone=phone)
    know_walk_in(by=by, walk_in=walk_in, person=person)
    return person


@transaction.atomic
def drop_walk_in(*, by: Actor, walk_in: WalkIn) -> None:
    """Noted by mistake, or they do not want to be on any list."""
    record_event("event.walk_in_dropped", by=by, about=walk_in.gathering)
    walk_in.delete()


@transaction.atomic
def enter_sheet(
    *, by: Actor, gathering: Gathering, came: Iterable[Commitment], walked_in: Iterable[tuple[UUID, str, str]]
) -> int:
    """The sign-in sheet is typed in: these people signed, and these (id, name, phone) walked in.

    They came when the event began. Returns how many were not noted before.
    """
    how, at = StepHow.PAPER, min(gathering.starts_at, clock.now())
    known = sum(arrive(by=by, commitment=commitment, how=how, at=at) for commitment in came)
    return known + sum(
        add_walk_in(by=by, gathering=gathering, walk_in_id=row_id, name=name, phone=phone, how=how)
        for row_id, name, phone in walked_in
    )


@transaction.atomic
def close_event(*, by: Actor, gathering: Gathering, missed: Sequence[Commitment]) -> int:
    """Somebody decided who did not come. Whoever is not named keeps what they said: no mark does not mean absent."""
    marked = [row for row in missed if row.arrived_at is None and row.state != Turnout.NO_SHOW]
    for commitment in marked:
        add_step(by=by, commitment=commitment, state=Turnout.NO_SHOW, how=StepHow.AFTER)
    Gathering.objects.filter(pk=gathering.pk).update(closed_at=clock.now())
    recount_closed(gathering.pk)
    record_event("event.closed", by=by, about=gathering)
    return len(marked)


@transaction.atomic
def make_host_link(*, by: Actor, gathering: Gathering, given_to: str) -> tuple[HostLink, str]:
    """A secret address for a host without an account; only its SHA-256 is kept. It ends four hours after the event."""
    secret = new_link()
    row = HostLink(
        gathering=gathering,
        given_to=given_to,
        mark=mark_of(secret),
        made_by_id=by.me,
        ends_at=gathering.ends_at + AFTER,
    )
    row.save()
    record_event("event.link_made", by=by, about=row)
    return row, secret


@transaction.atomic
def revoke_host_link(*, by: Actor, link: HostLink) -> bool:
    """The address shows nothing from now on. False when it was revoked before."""
    is_revoked = HostLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=clock.now()) == 1
    if is_revoked:
        record_event("event.link_revoked", by=by, about=link)
    return is_revoked


@transaction.atomic
def end_all_host_links(*, by: Actor) -> int:
    """Lock-down: no host's address works any more. Returns how many did."""
    ended = HostLink.objects.live().update(revoked_at=clock.now())
    if ended:
        record_event("event.links_ended", by=by)
    return ended


@transaction.atomic
def forget_the_door(*, by: Actor) -> int:
    """Walk-ins nobody knew and links that ended go thirty days after the event. Safe to run again."""
    over = clock.now() - KEPT_WALK_INS
    gone = WalkIn.objects.filter(gathering__ends_at__lt=over).delete()[0]
    gone += HostLink.objects.filter(ends_at__lt=over).delete()[0]
    if gone:
        record_event("event.door_forgotten", by=by)
    return gone
