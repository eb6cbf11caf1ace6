"""Lists for a shift: who is on them, who goes, what to say first, and the phones that carry them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import User
from centro.core.policy import Actor
from centro.organizing.choices import Kind
from centro.organizing.codes import new_code
from centro.organizing.models import Assignment, Campaign, Pack, Stop
from centro.organizing.queries.lookup import by_street, home_of
from centro.people.models import Involvement, Person

MOST = 150  # people on a list: what one phone may carry (security.md 3.10)


class TooMany(Exception):
    """More people than one list may hold."""


@transaction.atomic
def make_list(
    *,
    by: Actor,
    campaign: Campaign,
    name: str,
    kind: str = Kind.VISIT,
    from_at: datetime,
    to_at: datetime,
    people_on: Sequence[Person],
    goes: Iterable[User] = (),
) -> Assignment:
    """Hand out people for one shift, in the order of their streets. Those who go see them while it runs."""
    if len(people_on) > MOST:
        raise TooMany
    assignment = Assignment(
        campaign=campaign, name=name, kind=kind, code=_free_code(), from_at=from_at, to_at=to_at, made_by_id=by.me
    )
    assignment.save()
    policy.opens_all(assignment, Relation.TEAM)
    for number, person in enumerate(sorted(people_on, key=by_street), 1):
        _add_stop(by, assignment, person, number)
    for user in goes:
        core.give_place(
            by=by,
            user=user,
            scope_kind="shift",
            scope=assignment.pk,
            relation=Relation.ASSIGNED,
            since=from_at,
            until=to_at,
        )
    record_event("assignment.added", by=by, about=assignment)
    return assignment


def _free_code() -> str:
    while True:
        code = new_code(4)
        if not Assignment.objects.filter(code=code).exists():
            return code


def _add_stop(by: Actor, assignment: Assignment, person: Person, number: int) -> Stop:
    home = home_of(person)
    stop = Stop(
        assignment=assignment,
        person=person,
        number=number,
        call_name=str(person.call_me or person.given or person.name),
        street=" ".join(part for part in (str(home.street), str(home.city)) if part) if home else "",
        unit=str(home.unit) if home else "",
        zip=home.zip if home else "",
    )
    stop.save()
    Involvement.objects.create(person=person, scope_kind="shift", scope=assignment.pk)
    record_event("assignment.put_on", by=by, about=stop, person=person.pk)
    return stop


@transaction.atomic
def put_on_list(*, by: Actor, assignment: Assignment, person: Person) -> bool:
    """One more person for this shift. False when they are on it already; `TooMany` over 150."""
    stops = Stop.objects.filter(assignment=assignment)
    if stops.filter(person=person).exists():
        return False
    if stops.count() >= MOST:
        raise TooMany
    last = stops.aggregate(number=Max("number"))["number"] or 0
    _add_stop(by, assignment, person, last + 1)
    return True


@transaction.atomic
def take_off_list(*, by: Actor, stop: Stop) -> None:
    """Not on this list after all: whoever goes does not see them any more."""
    Involvement.objects.filter(person=stop.person_id, scope=stop.assignment_id, until__isnull=True).update(
        until=clock.now()
    )
    record_event("assignment.taken_off", by=by, about=stop, person=stop.person_id)
    stop.delete()


@transaction.atomic
def release_line(*, by: Actor, stop: Stop, words: str) -> None:
    """The one line that whoever goes may say first; an empty one is taken back."""
    stop.say_first = words
    stop.released_by_id = by.me if words else None
    stop.save(update_fields=["say_first", "released_by"])
    record_event("assignment.released", by=by, about=stop, person=stop.person_id)


@transaction.atomic
def note_print(*, by: Actor, assignment: Assignment) -> None:
    """A sheet with these people goes out on paper: it has to be typed in again."""
    Assignment.objects.filter(pk=assignment.pk).update(printed_at=clock.now())
    record_event("assignment.printed", by=by, about=assignment)


@transaction.atomic
def note_sheet(*, by: Actor, person: Person, language: str, with_notes: bool) -> None:
    """The page of one person goes out on paper."""
    codes = [language, "notes"] if with_notes else [language]
    record_event("contact.sheet_printed", by=by, about=person, person=person.pk, codes=codes)


@transaction.atomic
def end_list(*, by: Actor, assignment: Assignment) -> None:
    """The shift is over now: places end, and every phone's copy is revoked."""
    now = clock.now()
    Assignment.objects.filter(pk=assignment.pk, to_at__gt=now).update(to_at=now)
    core.end_places(by=by, scope=assignment.pk)
    Involvement.objects.filter(scope=assignment.pk, until__isnull=True).update(until=now)
    Pack.objects.filter(assignment=assignment, revoked_at__isnull=True).update(revoked_at=now)
    record_event("assignment.ended", by=by, about=assignment)


@transaction.atomic
def revoke_pack(*, by: Actor, pack: Pack) -> bool:
    """The phone's copy destroys itself at its next contact; reports it still sends are looked at. False: it was."""
    is_revoked = Pack.objects.filter(pk=pack.pk, revoked_at__isnull=True).update(revoked_at=clock.now()) == 1
    if is_revoked:
        record_event("assignment.pack_revoked", by=by, about=pack)
    return is_revoked
