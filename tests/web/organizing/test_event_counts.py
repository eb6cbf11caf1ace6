"""Who came, as a number, outlives who it was: a purge or the end of a campaign shrinks no settled event."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.policy import system
from centro.organizing import retention
from centro.organizing.actions import events_door as door
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.events.state import restate
from centro.organizing.models import Campaign, Commitment, Gathering
from centro.people import merge, purge
from centro.people import queries as people_queries
from centro.people.models import Person, Purge
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.events import make_event, say

BY = system("test")


@pytest.fixture
def yesterday(campaign: Campaign, add_worker: MakePerson, actor: Acting) -> Gathering:
    """An event to which four said yes: three came, one did not; it is settled."""
    by = actor(Role.ORGANIZER)
    row = make_event(by, campaign, days=-1)
    for name in ("Ana", "Bea", "Caro", "Dina"):
        commitment = say(by, row, add_worker(given=name), Turnout.YES)
        commitment.gathering = row
        if name != "Dina":
            door.arrive(by=by, commitment=commitment, how=StepHow.DOOR)
    missed = list(Commitment.objects.exclude(state=Turnout.ATTENDED).select_related("gathering"))
    door.close_event(by=by, gathering=row, missed=missed)
    return row


def counted() -> tuple[int, int]:
    row = Gathering.objects.get()
    return row.yes_came, row.yes_missed


def purged(actor: Acting, person: Person) -> None:
    asked = purge.propose_purge(by=actor(Role.STEWARD), person=person, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=asked)
    Purge.objects.update(due_on=center.today())
    assert purge.carry_out_due_purges(by=BY) == 1


def test_a_purge_leaves_the_number(yesterday: Gathering, actor: Acting) -> None:
    assert counted() == (3, 1)
    came = Commitment.objects.filter(state=Turnout.ATTENDED).first()
    missed = Commitment.objects.get(state=Turnout.NO_SHOW)
    assert came is not None
    purged(actor, came.person)
    purged(actor, missed.person)
    for left in Commitment.objects.all():
        restate(left)  # whatever is noted later counts them anew
    assert counted() == (3, 1)
    assert Commitment.objects.count() == 2


def test_two_files_of_one_person_leave_one(yesterday: Gathering, actor: Acting, seen_by: Callable[[Role], Any]) -> None:
    kept, gone = [row.person for row in Commitment.objects.filter(state=Turnout.ATTENDED)[:2]]
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        pair = people_queries.get_pair(steward, kept.pk, gone.pk)
        merge.merge_people(by=steward, kept=pair[0], gone=pair[1])
    assert counted() == (2, 1)
    purged(actor, kept)
    for left in Commitment.objects.all():
        restate(left)
    assert counted() == (2, 1)


def test_whoever_is_purged_before_it_is_settled_counts_too(yesterday: Gathering, actor: Acting) -> None:
    Gathering.objects.update(closed_at=None, yes_came=0, yes_missed=0)
    came = Commitment.objects.filter(state=Turnout.ATTENDED).first()
    assert came is not None
    purged(actor, came.person)
    door.close_event(by=actor(Role.ORGANIZER), gathering=Gathering.objects.get(), missed=[])
    assert counted() == (3, 1)


def test_the_end_of_a_campaign_leaves_the_number_where_somebody_must_stay(
    yesterday: Gathering, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Commitment.objects.filter(state=Turnout.ATTENDED).first()
    assert held is not None
    monkeypatch.setattr(retention, "must_keep", lambda person: person == held.person_id)
    Campaign.objects.update(ends_on=center.today())
    clock.shift(timedelta(days=181))
    retention.forget_ended_campaigns(by=BY)
    restate(Commitment.objects.get())
    assert counted() == (3, 1)
