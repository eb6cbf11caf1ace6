"""Committees, who sits on them, and the assembly of all members."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.members.ballots import agreed
from centro.organizing.members.choices import MemberState, SeatRole
from centro.organizing.models import Assembly, Ballot, Committee, Membership, Presence, Seat, Tally
from centro.people.models import Person


@transaction.atomic
def add_committee(*, by: Actor, name: str, purpose: str) -> Committee:
    """Members begin to meet about one thing."""
    row = Committee.objects.create(name=name, purpose=purpose)
    policy.opens_all(row)
    record_event("member.committee_added", by=by, about=row)
    return row


@transaction.atomic
def end_committee(*, by: Actor, committee: Committee) -> bool:
    """It meets no more; all seats end today. False when it had ended."""
    is_new = Committee.objects.filter(pk=committee.pk, ended_on__isnull=True).update(ended_on=clock.today()) == 1
    if is_new:
        Seat.objects.filter(committee=committee, to_on__isnull=True).update(to_on=clock.today())
        record_event("member.committee_ended", by=by, about=committee)
    return is_new


@transaction.atomic
def seat(*, by: Actor, committee: Committee, person: Person, role: SeatRole) -> bool:
    """Somebody sits on a committee from today. False when they do already."""
    try:
        with transaction.atomic():
            row = Seat.objects.create(committee=committee, person=person, role=role)
    except IntegrityError:
        return False
    record_event("member.seated", by=by, about=row, person=person.pk, codes=[role])
    return True


@transaction.atomic
def unseat(*, by: Actor, row: Seat) -> bool:
    """They do not sit there any more, from today. False when that was noted before."""
    is_new = Seat.objects.filter(pk=row.pk, to_on__isnull=True).update(to_on=clock.today()) == 1
    if is_new:
        record_event("member.unseated", by=by, about=row, person=row.person_id)
    return is_new


# --- the assembly -------------------------------------------------------------------------------------------------


class Decided(Exception):
    """Two people counted the same: the result stands."""


@transaction.atomic
def call_assembly(*, by: Actor, name: str, held_on: date, percent: int) -> Assembly:
    """An assembly is called: its quorum counts the members of this day."""
    members = Membership.objects.filter(state=MemberState.ACTIVE, person__merged_into__isnull=True).count()
    row = Assembly.objects.create(name=name, held_on=held_on, members=members, percent=percent)
    policy.opens_all(row)
    record_event("member.assembly_called", by=by, about=row)
    return row


@transaction.atomic
def note_presence(*, by: Actor, assembly: Assembly, membership: Membership) -> bool:
    """A member came. False when that was noted before."""
    try:
        with transaction.atomic():
            row = Presence.objects.create(assembly=assembly, person_id=membership.person_id, by_id=by.me)
    except IntegrityError:
        return False
    record_event("member.present", by=by, about=row, person=membership.person_id)
    return True


@transaction.atomic
def add_ballot(*, by: Actor, assembly: Assembly, question: str) -> Ballot:
    """A question is put to the vote, on paper."""
    row = Ballot(assembly=assembly, question=question)
    row.save()
    record_event("member.ballot_added", by=by, about=row)
    return row


@transaction.atomic
def tally(*, by: Actor, ballot: Ballot, counted: Mapping[str, int]) -> Tally:
    """What one of the two counted. Counting again replaces one's own count, until the two agree (`Decided`)."""
    if agreed(ballot.tallies.all()):
        raise Decided
    row, _new = Tally.objects.update_or_create(ballot=ballot, by_id=by.me, defaults={**counted, "at": clock.now()})
    record_event("member.tallied", by=by, about=row)
    return row
