"""Events and what people say about coming. Steps are added, never changed; where somebody stands follows from them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import event, record_event, record_events
from centro.core.classes import Relation
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.actions.campaigns import put_in_campaign
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.codes import new_code
from centro.organizing.events.hours import AFTER, BEFORE
from centro.organizing.events.names import door_names
from centro.organizing.events.state import restate
from centro.organizing.models import Campaign, Commitment, Contact, Gathering, HostLink, Step
from centro.people.models import Person
from centro.people.versions import save_version

AT_ONCE = 200  # people asked in one act: the write lock is never held long


@transaction.atomic
def add_event(*, by: Actor, campaign: Campaign, details: Mapping[str, Any]) -> Gathering:
    """A meeting, action or training that people will be asked to."""
    gathering = Gathering(campaign=campaign, added_by_id=by.user_id, **details)
    gathering.save()
    policy.opens_all(gathering, Relation(policy.relation_to(campaign)))
    record_event("event.added", by=by, about=gathering, codes=[gathering.kind])
    return gathering


@transaction.atomic
def edit_event(*, by: Actor, gathering: Gathering, version: int, details: Mapping[str, Any]) -> list[str]:
    """Correct an event; calls go out again if it moved to another day. `Conflict` when somebody else saved first."""
    changed = save_version(gathering, version, details)
    if "starts_at" in changed:
        Gathering.objects.filter(pk=gathering.pk).update(reminded=None)
    if {"starts_at", "ends_at"} & set(changed):
        _move_door(by, gathering)
    if changed:
        record_event("event.edited", by=by, about=gathering, codes=changed)
    return changed


def _move_door(by: Actor, gathering: Gathering) -> None:
    """Who helps at the door, and the links of hosts, follow the event to its new hour."""
    opens, shuts, now = gathering.starts_at - BEFORE, gathering.ends_at + AFTER, clock.now()
    for place in Place.objects.filter(scope=gathering.pk, to_at__gt=now):
        core.move_place(by=by, place=place, since=opens, until=shuts)
    HostLink.objects.live().filter(gathering=gathering).update(ends_at=shuts)


@transaction.atomic
def call_off_event(*, by: Actor, gathering: Gathering) -> bool:
    """It does not take place: no more calls, no door. False when it was called off already."""
    is_off = (
        Gathering.objects.filter(pk=gathering.pk, called_off_at__isnull=True).update(called_off_at=clock.now()) == 1
    )
    if is_off:
        core.end_places(by=by, scope=gathering.pk)
        record_event("event.called_off", by=by, about=gathering)
    return is_off


@transaction.atomic
def give_door(*, by: Actor, gathering: Gathering, user: User) -> Place:
    """A colleague helps at the door: they see who is expected while it is open, and no longer."""
    place = core.give_place(
        by=by,
        user=user,
        scope_kind="event",
        scope=gathering.pk,
        relation=Relation.ASSIGNED,
        since=gathering.starts_at - BEFORE,
        until=gathering.ends_at + AFTER,
    )
    record_event("event.door_given", by=by, about=gathering)
    return place


@transaction.atomic
def leave_door(*, by: Actor, gathering: Gathering, user: User) -> bool:
    """A colleague helps no more: at once. False when they did not."""
    is_off = core.end_places(by=by, scope=gathering.pk, user=user) > 0
    if is_off:
        record_event("event.door_left", by=by, about=gathering)
    return is_off


@transaction.atomic
def ask_people(*, by: Actor, gathering: Gathering, people_in: Sequence[Person]) -> int:
    """These people are asked to come; those who were asked before keep what they said. Returns how many are new."""
    wanted = {person.pk: person for person in people_in[:AT_ONCE]}
    known = set(Commitment.objects.filter(gathering=gathering, person__in=wanted).values_list("person", flat=True))
    new = [person for pk, person in wanted.items() if pk not in known]
    put_in_campaign(by=by, campaign=gathering.campaign, people_in=new)
    named = door_names(person.pk for person in new)
    rows = [_new_commitment(by, gathering, person, named[person.pk]) for person in new]
    Commitment.objects.bulk_create(rows)
    Step.objects.bulk_create(
        Step(commitment=row, state=Turnout.ASKED, how=StepHow.PAGE, at=row.asked_at, by_id=by.user_id) for row in rows
    )
    record_events([event("event.asked", by=by, about=row, person=row.person_id) for row in rows])
    return len(rows)


def _new_commitment(by: Actor, gathering: Gathering, person: Person, call_name: str) -> Commitment:
    return Commitment(
        person=person,
        gathering=gathering,
        campaign_id=gathering.campaign_id,
        asked_by_id=by.me,
        code=new_code(8),
        call_name=call_name,
    )


@transaction.atomic
def commitment_of(*, by: Actor, gathering: Gathering, person: Person) -> Commitment:
    """What this person said about this event so far, or the first row of it."""
    found: Commitment | None = Commitment.objects.filter(gathering=gathering, person=person).first()
    if found is not None:
        return found
    put_in_campaign(by=by, campaign=gathering.campaign, people_in=[person])
    row = _new_commitment(by, gathering, person, door_names([person.pk])[person.pk])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # asked a moment earlier by somebody else
        row = Commitment.objects.get(gathering=gathering, person=person)
    return row


@transaction.atomic
def note_answer(
    *,
    by: Actor,
    gathering: Gathering,
    person: Person,
    state: str,
    how: StepHow = StepHow.PAGE,
    brings: int | None = None,
    at: datetime | None = None,
    contact: Contact | None = None,
) -> Commitment:
    """Somebody was asked, and what they said. The first time they are put on the list of the event."""
    commitment = commitment_of(by=by, gathering=gathering, person=person)
    add_step(by=by, commitment=commitment, state=state, how=how, brings=brings, at=at, contact=contact)
    return commitment


@transaction.atomic
def add_step(
    *,
    by: Actor,
    commitment: Commitment,
    state: str,
    how: StepHow,
    brings: int | None = None,
    at: datetime | None = None,
    contact: Contact | None = None,
) -> Step:
    """One more word about coming; without a state, a try that reached nobody."""
    step = Step.objects.create(
        commitment=commitment,
        state=state,
        how=how,
        brings=brings,
        at=at or clock.now(),
        by_id=by.user_id,
        contact=contact,
    )
    restate(commitment)
    record_event(f"event.{state or 'tried'}", by=by, about=commitment, person=commitment.person_id, codes=[how])
    return step


@transaction.atomic
def edit_commitment(
    *, by: Actor, commitment: Commitment, version: int, state: str, brings: int, needs: Mapping[str, Any]
) -> list[str]:
    """Correct what somebody said and needs. `Conflict` when somebody else saved first."""
    changed = save_version(commitment, version, needs)
    is_said = state != commitment.state or brings != commitment.brings
    if is_said:
        takes_back = state != commitment.state and (commitment.state == Turnout.ATTENDED or state == Turnout.ASKED)
        how = StepHow.BACK if takes_back else StepHow.PAGE
        said = state if state != commitment.state else ""
        add_step(by=by, commitment=commitment, state=said, how=how, brings=brings)
    elif changed:
        record_event("event.needs", by=by, about=commitment, person=commitment.person_id, codes=changed)
    return [*changed, *(["state"] if is_said else [])]
