"""A contact that was noted anew counts nowhere, and neither does the assessment that came with it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.organizing import actions
from centro.organizing.choices import Kind
from centro.organizing.models import Assignment, Campaign, Contact
from centro.organizing.queries import assess as assessing
from centro.organizing.queries import searches, week
from centro.organizing.queries.lists import rows_of_list
from centro.organizing.queries.lookup import people_of_campaign
from centro.organizing.queries.referral import RECEIVED, VISITED, visit_word
from centro.organizing.queries.searches_filters import Filters
from centro.organizing.queries.texts import tried_on
from centro.people.models import Person
from tests.web.organizing.conftest import Acting, MakeList, MakePerson

SeenBy = Callable[[Role], AbstractContextManager[Any]]
Note = Callable[..., Contact]


@pytest.fixture
def noted(actor: Acting, campaign: Campaign) -> Note:
    """`noted(rosa, outcome="talked", value=2, corrects=wrong)` by the organizer of the cast."""

    def note(person: Person, *, corrects: Contact | None = None, outcome: str = "talked", **more: Any) -> Contact:
        told = actions.Told(outcome=outcome, why="So it was", **more)
        by = actor(Role.ORGANIZER)
        return actions.log_contact(
            by=by, campaign=campaign, person=person, told=told, contact_id=uuid4(), corrects=corrects
        )[0]

    return note


@pytest.fixture
def rosa(add_worker: MakePerson) -> Person:
    return add_worker(given="Rosa")


def test_where_somebody_moved_from_is_the_last_valid_assessment(
    rosa: Person, noted: Note, campaign: Campaign, actor: Acting, seen_by: SeenBy, clock: Any
) -> None:
    noted(rosa, value=4)
    clock.shift(timedelta(hours=1))
    wrong = noted(rosa, value=1)
    clock.shift(timedelta(minutes=1))
    noted(rosa, value=3, corrects=wrong)
    by = actor(Role.ORGANIZER)
    with seen_by(Role.ORGANIZER):
        assert [(one.before, one.value) for one in week.debrief(by, center.today()).moved] == [(4, 3)]
        assert [mark.value for mark in assessing._marks(by, campaign, [rosa.pk])] == [3, 4]


def test_moves_of_another_campaign_do_not_fill_the_sheet(
    rosa: Person, noted: Note, actor: Acting, seen_by: SeenBy, clock: Any, campaign: Campaign,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    by = actor(Role.ORGANIZER)
    other = actions.add_campaign(by=by, details={"name": "Laundries", "goal": ""}, scale=["A", "B", "C"])
    actions.put_in_campaign(by=by, campaign=other, people_in=[rosa])
    for value in (1, 2):
        actions.assess(by=by, campaign=other, person=rosa, value=value, basis="conversation")
        clock.shift(timedelta(minutes=1))
    for value in (2, 3):
        noted(rosa, value=value)
        clock.shift(timedelta(minutes=1))
    monkeypatch.setattr(week, "SHOWN", 1)
    monday = center.today() - timedelta(days=center.today().weekday())
    with seen_by(Role.ORGANIZER):
        [sheet] = week.weeks(by, campaign, monday)
        assert [(one.before, one.value) for one in sheet.moved] == [(2, 3)]


@pytest.mark.parametrize("few", [0, 5000])
def test_a_search_by_contact_leaves_it_out(
    few: int, rosa: Person, noted: Note, campaign: Campaign, actor: Acting, seen_by: SeenBy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(searches, "FEW", few)
    noted(rosa, kind="call", corrects=noted(rosa, kind="visit"))
    with seen_by(Role.ORGANIZER):
        found = {
            kind: [row.person.pk for row in people_of_campaign(actor(Role.ORGANIZER), campaign, Filters(kind=kind))[0]]
            for kind in ("visit", "call")
        }
    assert found == {"visit": [], "call": [rosa.pk]}


def test_the_clinic_hears_of_no_visit_that_did_not_happen(
    rosa: Person, noted: Note, campaign: Campaign, actor: Acting
) -> None:
    since = center.now() - timedelta(days=1)

    def word() -> str:
        return visit_word(actor(Role.COUNSELLOR), person=rosa.pk, campaign=campaign.pk, since=since)

    wrong = noted(rosa)
    assert word() == VISITED
    noted(rosa, outcome="not_home", corrects=wrong)
    assert word() == RECEIVED


def test_a_stop_is_open_again_when_its_try_was_another_day_or_another_kind(
    rosa: Person, noted: Note, make_list: MakeList, actor: Acting, seen_by: SeenBy
) -> None:
    row = make_list(rosa)
    earlier = center.now() - timedelta(days=2)
    noted(rosa, device_at=earlier, corrects=noted(rosa))
    with seen_by(Role.ORGANIZER):
        assert [stop.is_done for stop in rows_of_list(actor(Role.ORGANIZER), row)] == [False]
    Assignment.objects.filter(pk=row.pk).update(kind=Kind.CALL)
    row.refresh_from_db()
    noted(rosa, kind="visit", corrects=noted(rosa, kind="call"))
    assert tried_on(row) == set()
