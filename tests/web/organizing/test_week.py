"""The organizer's day and week, field work as its leader sees it, and the correction of what was noted wrongly."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centro.core import actions as core
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor, system
from centro.organizing import actions, jobs, queries, retention
from centro.organizing.models import Assessment, Campaign, Commitment, Contact, DayNote, Gathering, Pack, Standing, Tie
from centro.people import held, purge
from centro.people.models import Person
from centro.people.queries import get_person
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting, MakeList, MakePerson
from tests.web.organizing.events import make_event
from tests.web.organizing.phone import take_along
from tests.web.organizing.test_ties import flat

SeenBy = Callable[[Role], AbstractContextManager[Any]]
Note = Callable[..., Contact]
WORRY = "The foreman asked twice who I was."


@pytest.fixture
def noted(actor: Acting, campaign: Campaign) -> Note:
    """`noted(rosa, outcome="talked", value=2)` by the organizer of the cast."""

    def note(person: Person, *, by: Actor | None = None, outcome: str = "talked", **more: Any) -> Contact:
        told = actions.Told(outcome=outcome, **more)
        who = by or actor(Role.ORGANIZER)
        return actions.log_contact(by=who, campaign=campaign, person=person, told=told, contact_id=uuid4())[0]

    return note


@pytest.fixture
def colleague(campaign: Campaign, actor: Acting) -> User:
    """A second organizer on the team."""
    user = user_as(Role.ORGANIZER, "zoila")
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=user)
    return user


# --- the day -----------------------------------------------------------------------------------------------------


def test_the_day_shows_outcomes_new_names_moves_and_steps(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, clock: Any
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    noted(rosa, value=4)
    clock.shift(timedelta(days=1))
    named = (actions.Named(known_as="the night cook"),)
    noted(rosa, value=3, named=named, step="Bring the flyer", step_on=center.today())
    noted(lupe, outcome="not_home")
    page = flat(sign_in(Role.ORGANIZER).get("/organizing/day/"))
    assert "We talked: 1" in page
    assert "Not home: 1" in page
    assert "the night cook" in page
    assert "4 → <b>3</b>" in page
    assert "Bring the flyer" in page
    before = flat(sign_in(Role.ORGANIZER).get(f"/organizing/day/?day={center.today() - timedelta(days=1)}"))
    assert "We talked: 1" in before
    assert "Not home" not in before.partition("What came of it")[2]
    assert "/correct/" not in before


@pytest.mark.parametrize("day", ["yesterday", "2026-13-45", "1890-01-01", "2999-01-01", ""])
def test_a_strange_day_is_today(day: str, sign_in: SignIn, campaign: Campaign) -> None:
    assert sign_in(Role.ORGANIZER).get(f"/organizing/day/?day={day}").status_code == 200
    assert sign_in(Role.ORGANIZER).get(f"/organizing/week/?day={day}").status_code == 200


def test_a_note_is_read_by_its_author_and_whoever_leads_and_by_nobody_else(
    sign_in: SignIn, campaign: Campaign, colleague: User, cast: dict[Role, User], actor: Acting
) -> None:
    third = user_as(Role.ORGANIZER, "ines")
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=third)
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=cast[Role.MANAGER])
    author = signed_in(colleague)
    author.post("/organizing/day/", {"words": WORRY, "campaign": campaign.pk})
    assert WORRY in flat(author.get("/organizing/day/"))
    for leader in (sign_in(Role.ORGANIZER), sign_in(Role.MANAGER)):
        assert WORRY in flat(leader.get("/organizing/field-work/"))
    for path in ("/organizing/day/", "/organizing/field-work/", "/organizing/week/", "/"):
        assert WORRY not in flat(signed_in(third).get(path))
    assert sign_in(Role.VOLUNTEER).get("/organizing/field-work/").status_code == 404
    assert Event.objects.filter(kind="contact.day_noted", person=None).count() == 1


def test_a_bad_note_stays_on_the_form(sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    other = actions.add_campaign(by=actor(Role.MANAGER), details={"name": "Other", "goal": ""}, scale=["A", "B"])
    organizer = sign_in(Role.ORGANIZER)
    for bad in ({"words": ""}, {"words": "x", "campaign": "y"}, {"words": "x", "campaign": other.pk}):
        assert organizer.post("/organizing/day/", bad).status_code == 422
    long = organizer.post("/organizing/day/", {"words": "y" * 2001, "campaign": campaign.pk})
    assert long.status_code == 422
    assert "y" * 2001 in long.content.decode()
    assert not DayNote.objects.exists()


def test_notes_are_gone_after_ninety_days(campaign: Campaign, sign_in: SignIn, clock: Any) -> None:
    sign_in(Role.ORGANIZER).post("/organizing/day/", {"words": WORRY, "campaign": campaign.pk})
    clock.shift(timedelta(days=90))
    assert retention.forget_day_notes(by=system("test")) == 0
    clock.shift(timedelta(days=1))
    jobs.tidy()
    assert not DayNote.objects.exists()


# --- the week ----------------------------------------------------------------------------------------------------


def test_one_reads_ones_own_week_and_the_leader_reads_the_teams_by_name(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, colleague: User, campaign: Campaign, actor: Acting
) -> None:
    rosa = add_worker(given="Rosa")
    theirs = Actor(user_id=colleague.pk, role=Role.ORGANIZER)
    for _ in range(3):
        noted(rosa, by=theirs, kind="one_on_one")
    noted(rosa, outcome="not_home")
    page = flat(sign_in(Role.ORGANIZER).get("/organizing/week/"))
    assert page.index("Name of Organizer") < page.index("Name of zoila")  # not by how much they did
    own = flat(signed_in(colleague).get("/organizing/week/"))
    assert "<dt>One-on-ones</dt><dd>3</dd>" in own
    assert "Name of Organizer</h2>" not in own
    assert own.count("<dt>Tries</dt>") == 1


def test_the_week_counts_ties_introductions_overdue_steps_and_names_who_moved(
    sign_in: SignIn,
    add_worker: MakePerson,
    noted: Note,
    actor: Acting,
    campaign: Campaign,
    cast: dict[Role, User],
    clock: Any,
) -> None:
    rosa, by = add_worker(given="Rosa"), actor(Role.ORGANIZER)
    noted(rosa, value=3)
    clock.shift(timedelta(days=1))
    noted(rosa, value=2, named=(actions.Named(known_as="the cook", will_introduce=True),))
    owner = cast[Role.ORGANIZER]
    core.add_task(by=by, owner=owner, what="Call", due_on=center.today() - timedelta(days=1), about=rosa)
    sign_in(Role.ORGANIZER).post(f"/organizing/ties/{Tie.objects.get().pk}/introduced/", {"happened": "yes"})
    page = flat(sign_in(Role.ORGANIZER).get(f"/organizing/week/?campaign={campaign.pk}"))
    for label, count in (("New connections", 1), ("Introductions that happened", 1), ("Steps overdue now", 1)):
        assert f"<dt>{label}</dt><dd>{count}</dd>" in page
    assert "Rosa 3 → 2" in page
    clock.shift(timedelta(days=7))
    later = flat(sign_in(Role.ORGANIZER).get("/organizing/week/"))
    assert "<dt>Tries</dt><dd>0</dd>" in later


def test_a_week_of_a_foreign_campaign_does_not_exist(sign_in: SignIn, campaign: Campaign) -> None:
    assert sign_in(Role.MANAGER).get(f"/organizing/week/?campaign={campaign.pk}").status_code == 404
    assert sign_in(Role.ORGANIZER).get(f"/organizing/week/?campaign={uuid4()}").status_code == 404
    for role in (Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD):
        for path in ("day", "week", "field-work"):
            assert sign_in(role).get(f"/organizing/{path}/").status_code == 404
    assert Client().get("/organizing/week/").url.startswith("/account/login/")


def test_the_number_of_queries_does_not_grow_with_the_week(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, django_assert_max_num_queries: Any
) -> None:
    organizer = sign_in(Role.ORGANIZER)
    for at in range(8):
        noted(add_worker(given=f"W{at}"), value=2)
    organizer.get("/organizing/week/")
    for path in ("week", "day", "field-work"):
        with django_assert_max_num_queries(35):
            organizer.get(f"/organizing/{path}/")


# --- the field, now ------------------------------------------------------------------------------------------------


def test_field_work_shows_lists_tries_phones_and_waiting_reports(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, noted: Note
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    phone = take_along(sign_in(Role.VOLUNTEER), make_list(rosa, lupe))
    noted(rosa, outcome="not_home")
    phone.send({**phone.seal({}), "body": "???"})
    page = flat(sign_in(Role.ORGANIZER).get("/organizing/field-work/"))
    assert "Saturday north" in page
    assert "1 of 2 tried" in page
    assert "1 phone carries it" in page
    assert "1 report waits for you" in page
    assert "/organizing/lockdown/" in page


def test_field_work_says_when_a_phone_was_last_heard_of(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, clock: Any
) -> None:
    phone = take_along(sign_in(Role.VOLUNTEER), make_list(add_worker()))
    clock.shift(timedelta(minutes=95))
    phone.send()
    assert Pack.objects.get().seen_at == center.now()


def test_field_work_asks_the_same_however_many_lists_run(
    sign_in: SignIn, add_worker: MakePerson, make_list: MakeList, noted: Note
) -> None:
    rosa, lupe, leader = add_worker(given="Rosa"), add_worker(given="Lupe"), sign_in(Role.ORGANIZER)
    noted(rosa, outcome="not_home")
    counts = []
    for n in (1, 6):
        for _ in range(n):
            make_list(rosa, lupe)
        with CaptureQueriesContext(connection) as asked:
            page = flat(leader.get("/organizing/field-work/"))
        counts.append(len(asked))
    assert page.count("1 of 2 tried") == 7
    assert counts[1] <= counts[0]


def test_who_leads_nothing_sees_no_shift(
    add_worker: MakePerson, make_list: MakeList, colleague: User, campaign: Campaign
) -> None:
    make_list(add_worker())
    page = flat(signed_in(colleague).get("/organizing/field-work/"))
    assert "Saturday north" not in page
    assert "No list runs today" in page


# --- corrections -----------------------------------------------------------------------------------------------------


def correction(**more: Any) -> dict[str, Any]:
    return {"outcome": "talked", "kind": "visit", "no_step": "done", "contact_id": str(uuid4()), **more}


def test_a_wrong_entry_is_corrected_by_a_new_one_and_stays_in_the_log(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, campaign: Campaign
) -> None:
    rosa, organizer = add_worker(given="Rosa"), sign_in(Role.ORGANIZER)
    wrong = noted(rosa, value=5, story="Wrong door", named=(actions.Named(known_as="the neighbor"),), step="Go again")
    path = f"/organizing/contacts/{wrong.pk}/correct/"
    page = flat(organizer.get(path))
    assert "Wrong door" in page
    assert 'value="the neighbor"' in page
    assert "2 · With us" in page
    sent = correction(
        value="2", basis="conversation", why="I tapped the wrong number", known_as0="the cook", tie0="friend"
    )
    assert organizer.post(path, sent).status_code == 302
    organizer.post(path, sent)
    assert Contact.objects.count() == 2
    right = Contact.objects.get(corrects=wrong)
    assert Contact.objects.get(pk=wrong.pk).outcome == "talked"
    standing = Standing.objects.get(person=rosa)
    assert (standing.tries, standing.value) == (1, 2)
    assert Tie.objects.get(ended_at__isnull=True).contact_id == right.pk
    assert Task.objects.get(what__isnull=False, about=rosa.pk).done_at is not None
    page = flat(organizer.get(f"/organizing/people/{rosa.pk}/"))
    assert "corrected" in page
    assert "Wrong door" in page  # the log is the log
    assert Event.objects.filter(kind="contact.corrected", person=rosa.pk).count() == 1


def test_only_its_author_corrects_and_only_until_the_day_ends(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, colleague: User, clock: Any
) -> None:
    wrong = noted(add_worker(), outcome="moved")
    path = f"/organizing/contacts/{wrong.pk}/correct/"
    assert signed_in(colleague).get(path).status_code == 404
    assert signed_in(colleague).post(path, correction()).status_code == 404
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR):
        assert sign_in(role).post(path, correction()).status_code == 404
    assert sign_in(Role.ORGANIZER).get(path).status_code == 200
    clock.shift(timedelta(days=1))
    assert sign_in(Role.ORGANIZER).get(path).status_code == 404
    assert sign_in(Role.ORGANIZER).post(path, correction()).status_code == 404
    assert Contact.objects.count() == 1


def test_a_corrected_answer_to_an_event_counts_as_it_is_noted_now(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, campaign: Campaign, actor: Acting
) -> None:
    event, rosa, organizer = make_event(actor(Role.ORGANIZER), campaign), add_worker(), sign_in(Role.ORGANIZER)
    wrong = noted(rosa, event=event, answer="yes", brings=3)
    path = f"/organizing/contacts/{wrong.pk}/correct/"
    assert f'<option value="{event.pk}" selected>' in organizer.get(path).content.decode()
    assert organizer.post(path, correction(event=event.pk, answer="no")).status_code == 302
    kept = Commitment.objects.get()
    assert (kept.state, kept.said_yes, kept.brings) == ("cancelled", False, 0)
    right = Contact.objects.get(corrects=wrong)
    assert organizer.post(f"/organizing/contacts/{right.pk}/correct/", correction()).status_code == 302
    assert Commitment.objects.get().state == "asked"


def test_a_contact_about_an_event_that_is_over_keeps_it_when_corrected(
    sign_in: SignIn, add_worker: MakePerson, noted: Note, campaign: Campaign, actor: Acting
) -> None:
    event = make_event(actor(Role.ORGANIZER), campaign)
    wrong = noted(add_worker(), event=event, answer="yes")
    Gathering.objects.update(starts_at=center.now() - timedelta(hours=2), ends_at=center.now() - timedelta(hours=1))
    path, sent = f"/organizing/contacts/{wrong.pk}/correct/", correction(event=event.pk, answer="maybe")
    page = sign_in(Role.ORGANIZER).get(path).content.decode()
    assert f'<option value="{event.pk}" selected>Sunday assembly' in page
    assert sign_in(Role.ORGANIZER).post(path, sent).status_code == 302
    assert Commitment.objects.get().state == "maybe"


def test_a_bad_correction_stays_on_the_form(sign_in: SignIn, add_worker: MakePerson, noted: Note) -> None:
    wrong, organizer = noted(add_worker()), sign_in(Role.ORGANIZER)
    path = f"/organizing/contacts/{wrong.pk}/correct/"
    answer = organizer.post(path, correction(outcome="flew", story="Kept words"))
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert organizer.post(path, correction(no_step="")).status_code == 422
    assert Contact.objects.count() == 1


def test_a_corrected_entry_counts_no_more_in_day_and_week(sign_in: SignIn, add_worker: MakePerson, noted: Note) -> None:
    wrong, organizer = noted(add_worker(), value=1), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/contacts/{wrong.pk}/correct/", {"outcome": "not_home", "kind": "visit"})
    page = flat(organizer.get("/organizing/day/"))
    assert "Not home: 1" in page
    assert "We talked:" not in page
    assert "<dt>Tries</dt><dd>1</dd>" in flat(organizer.get("/organizing/week/"))
    assert Standing.objects.get().value is None


# --- what we hold, and what must stay ----------------------------------------------------------------------------


def test_the_paper_says_what_organizing_holds(
    add_worker: MakePerson, noted: Note, actor: Acting, seen_by: SeenBy, campaign: Campaign
) -> None:
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe", family="Secreta")
    noted(rosa, value=2, story="Six years there", named=(actions.Named(known_as="the cook"),))
    by = actor(Role.ORGANIZER)
    actions.add_tie(by=by, campaign=campaign, person=rosa, named=actions.Named(other=lupe, kind="family"))
    with seen_by(Role.ORGANIZER):
        sections = {section["title"]: section for section in held.sections(by, get_person(by, rosa.pk))}
    visits, stands, known = (
        str(sections[title]["rows"])
        for title in ("Visits, calls and talks", "Where you stand, as we noted it", "People you know, as we noted it")
    )
    assert "Six years there" in visits
    assert "2 · With us" in stands
    assert "Co-worker: the cook" in known
    assert "Family member: somebody who has a file of their own" in known
    assert "Secreta" not in str(sections)


def test_what_a_hold_needs_outlives_the_campaign(
    add_worker: MakePerson, noted: Note, campaign: Campaign, actor: Acting, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa, lupe, ana = (add_worker(given=name) for name in ("Rosa", "Lupe", "Ana"))
    by = actor(Role.ORGANIZER)
    for person in (rosa, lupe, ana):
        noted(person, value=2)
    for other, quiet in ((lupe, False), (ana, True)):
        named = actions.Named(other=other)
        actions.add_tie(by=by, campaign=campaign, person=rosa, named=named, is_confidential=quiet)
    actions.add_tie(by=by, campaign=campaign, person=lupe, named=actions.Named(other=ana))
    Campaign.objects.update(ends_on=center.today())
    clock.shift(timedelta(days=181))
    needed = {rosa.pk}
    part = purge.Part(vaults=lambda person: [], must_keep=lambda person: person in needed)
    monkeypatch.setattr(purge, "_PARTS", [*purge._PARTS, part])
    assert retention.forget_ended_campaigns(by=system("test")) == 3
    assert {row.person_id for row in Assessment.objects.all()} == {rosa.pk}
    assert {(row.person_id, row.other_id) for row in Tie.objects.all()} == {(rosa.pk, lupe.pk)}
    assert queries.standing_of(rosa, campaign).value == 2
    assert queries.standing_of(lupe, campaign).value is None
    needed.clear()
    assert retention.forget_ended_campaigns(by=system("test")) == 3
    assert not Tie.objects.exists()
    assert retention.forget_ended_campaigns(by=system("test")) == 0
