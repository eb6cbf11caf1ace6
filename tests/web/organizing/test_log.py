"""Noting a visit: a minute for a talk, two taps for nobody home, and the same report twice is one contact."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.organizing import actions
from centro.organizing.models import Assessment, Campaign, Contact, Standing, Tie
from centro.people import merge
from centro.people.models import Person
from centro.people.purge import approve_purge, carry_out_due_purges, propose_purge
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson

SeenBy = Callable[[Role], AbstractContextManager[Any]]


def talk(**more: Any) -> dict[str, Any]:
    """A form as somebody fills it after a talk."""
    return {"outcome": "talked", "kind": "visit", "step": "Bring the flyer", "basis": "conversation", **more}


def test_a_talk_is_noted_with_everything_that_follows_from_it(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, seen_by: SeenBy
) -> None:
    rosa, organizer = add_worker(), sign_in(Role.ORGANIZER)
    sent = talk(value="2", story="Six years there.", known_as0="her cousin Lupe", tie0="family", introduces0="on")
    answer = organizer.post(f"/organizing/people/{rosa.pk}/log/", {**sent, "issues": ["pay", "hours"]})
    assert answer.url == f"/organizing/people/{rosa.pk}/"
    contact, tie = Contact.objects.get(), Tie.objects.get()
    assert (contact.outcome, contact.issues, contact.campaign) == ("talked", ["pay", "hours"], campaign)
    assert (tie.kind, tie.will_introduce, tie.contact) == ("family", True, contact)
    assert Assessment.objects.get().value == 2
    assert Standing.objects.get().value == 2
    assert Task.objects.get().about == rosa.pk
    assert contact.step == Task.objects.get()
    page = organizer.get(answer.url).content.decode()
    for words in ("Six years there.", "her cousin Lupe", "2 · With us", "Bring the flyer"):
        assert words in page
    kinds = set(Event.objects.filter(person=rosa.pk).values_list("kind", flat=True))
    assert {"contact.logged", "contact.assessed", "contact.tie_added"} <= kinds


def test_those_who_went_along_stand_beside_whoever_notes_it(
    sign_in: SignIn, add_worker: MakePerson, cast: dict[Role, User]
) -> None:
    rosa, organizer, volunteer = add_worker(), sign_in(Role.ORGANIZER), cast[Role.VOLUNTEER]
    path = f"/organizing/people/{rosa.pk}/log/"
    page = organizer.get(path).content.decode()
    assert f'name="along" value="{volunteer.pk}"' in page
    assert f'value="{cast[Role.ORGANIZER].pk}"' not in page.split('name="along"', 1)[1].split("</fieldset>")[0]
    for nobody in (cast[Role.STEWARD].pk, uuid4(), "x"):
        assert organizer.post(path, talk(along=[str(nobody)])).status_code == 422
    organizer.post(path, {"outcome": "not_home", "kind": "visit", "along": [str(volunteer.pk)]})
    assert list(Contact.objects.get().together_with.all()) == [volunteer]
    assert "Name of Volunteer" in organizer.get(f"/organizing/people/{rosa.pk}/").content.decode()
    again = organizer.get(f"/organizing/contacts/{Contact.objects.get().pk}/correct/").content.decode()
    assert "checked" in again.split(f'name="along" value="{volunteer.pk}"')[1].split(">")[0]


def test_nobody_home_takes_one_tap_on_the_form(sign_in: SignIn, add_worker: MakePerson) -> None:
    rosa, organizer = add_worker(), sign_in(Role.ORGANIZER)
    assert 'name="quick" value="not_home"' in organizer.get(f"/organizing/people/{rosa.pk}/log/").content.decode()
    organizer.post(f"/organizing/people/{rosa.pk}/log/", {"quick": "not_home"})
    assert Contact.objects.get().outcome == "not_home"
    assert not Task.objects.exists()


def test_the_same_report_five_times_is_one_contact(add_worker: MakePerson, campaign: Campaign, actor: Acting) -> None:
    told, mark = actions.Told(outcome="talked", value=3, named=(actions.Named(known_as="Lupe"),)), uuid4()
    rosa, by = add_worker(), actor(Role.ORGANIZER)
    made = [actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=mark)[1] for _ in range(5)]
    assert made == [True, False, False, False, False]
    assert (Contact.objects.count(), Assessment.objects.count(), Tie.objects.count()) == (1, 1, 1)


def test_a_form_sent_twice_is_one_contact(sign_in: SignIn, add_worker: MakePerson) -> None:
    rosa, organizer, mark = add_worker(), sign_in(Role.ORGANIZER), str(uuid4())
    for _ in range(2):
        organizer.post(f"/organizing/people/{rosa.pk}/log/", talk(contact_id=mark))
    assert str(Contact.objects.get().pk) == mark


def test_a_clock_a_day_ahead_does_not_put_a_visit_into_the_future(
    add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    ahead = center.now() + timedelta(days=1)
    told = actions.Told(outcome="not_home", device_at=ahead)
    by, rosa = actor(Role.ORGANIZER), add_worker()
    contact, _ = actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
    assert contact.at == center.now()
    assert contact.device_at == ahead


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"outcome": "flew away"},
        {"outcome": "talked"},
        talk(issues=["pay", "hours", "rent", "respect"]),
        talk(value="9"),
        talk(story="x" * 4001),
        talk(story="her number is 123-45-6789"),
        talk(when="2030-01-01T10:00"),
        talk(when="2026-09-01T10:00"),
        talk(brings="-1"),
    ],
)
def test_bad_input_stays_on_the_form_with_its_words(
    bad: dict[str, Any], sign_in: SignIn, add_worker: MakePerson
) -> None:
    answer = sign_in(Role.ORGANIZER).post(f"/organizing/people/{add_worker().pk}/log/", bad)
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_big_move_asks_why(sign_in: SignIn, add_worker: MakePerson, clock: Any) -> None:
    rosa, organizer = add_worker(), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/people/{rosa.pk}/log/", talk(value="4"))
    clock.shift(timedelta(minutes=5))
    answer = organizer.post(f"/organizing/people/{rosa.pk}/log/", talk(value="2"))
    assert answer.status_code == 422
    assert "They were at 4" in answer.content.decode()
    organizer.post(f"/organizing/people/{rosa.pk}/log/", talk(value="2", why="Her hours were cut."))
    assert Standing.objects.get().value == 2


def test_second_hand_never_outranks_a_conversation(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, clock: Any
) -> None:
    rosa, by = add_worker(), actor(Role.ORGANIZER)
    for value, basis in ((3, "second_hand"), (2, "conversation"), (3, "second_hand")):
        actions.assess(by=by, campaign=campaign, person=rosa, value=value, basis=basis)
        clock.shift(timedelta(hours=1))
    assert Standing.objects.get().value == 2
    assert Assessment.objects.count() == 3


def test_of_assessments_of_one_moment_the_one_noted_last_counts(
    add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    """A form knows minutes only: ids are drawn at random, and say nothing about which came first."""
    rosa, by, minute = add_worker(), actor(Role.ORGANIZER), center.now().replace(second=0, microsecond=0)
    for value in (2, 3, 2, 1, 2, 3, 4, 3):
        told = actions.Told(outcome="talked", device_at=minute, value=value)
        actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
        assert Standing.objects.get().value == value
    assert [row.value for row in Assessment.objects.all()] == [3, 4, 3, 2, 1, 2, 3, 2]


def test_a_new_wording_of_the_scale_leaves_old_assessments_their_words(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    rosa, by = add_worker(), actor(Role.ORGANIZER)
    actions.assess(by=by, campaign=campaign, person=rosa, value=2, basis="conversation")
    actions.reword_scale(by=by, campaign=campaign, words=["Yes", "Maybe", "No"])
    actions.assess(by=by, campaign=campaign, person=rosa, value=3, basis="action")
    page = sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/").content.decode()
    assert "2 · With us" in page
    assert "3 · No" in page


def test_the_head_of_the_page_says_where_somebody_stands(
    sign_in: SignIn, campaign: Campaign, actor: Acting, make_member: Any, decide: Any
) -> None:
    member, by = make_member(until=center.today() + timedelta(days=90)), actor(Role.ORGANIZER)
    rosa = member.person
    bare = sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/").content.decode()
    decide(rosa, place=4)
    actions.assess(by=by, campaign=campaign, person=rosa, value=2, basis="conversation")
    page = sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/").content.decode()
    head = page.split("<h1>", 1)[1].split("Pages about this person", 1)[0]
    for words in (">Member</a>", ">On the committee</a>", "stand-2", "In the care of Name of Organizer"):
        assert words in head
    assert "On the committee</a>" not in bare


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.ATTORNEY, Role.FRONT_DESK, Role.STEWARD, Role.ADMIN])
def test_other_roles_get_nothing(role: Role, sign_in: SignIn, add_worker: MakePerson) -> None:
    client, rosa = sign_in(role), add_worker()
    for path in ("", "log/", "assess/", "ties/add/"):
        assert client.get(f"/organizing/people/{rosa.pk}/{path}").status_code == 404


def test_an_organizer_of_another_campaign_sees_neither_the_person_nor_what_was_said(
    sign_in: SignIn, add_worker: MakePerson, cast: dict[Role, Any], campaign: Campaign
) -> None:
    rosa = add_worker()
    sign_in(Role.ORGANIZER).post(f"/organizing/people/{rosa.pk}/log/", talk(story="Only for the team."))
    Person.objects.filter(pk=rosa.pk).update(in_care_of=None)
    cast[Role.ORGANIZER].places.update(to_at=center.now())
    assert sign_in(Role.ORGANIZER).get(f"/organizing/people/{rosa.pk}/").status_code == 404
    assert sign_in(Role.ORGANIZER).get(f"/organizing/campaigns/{campaign.pk}/").status_code == 404


def test_a_merge_brings_contacts_assessments_and_ties_together(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, seen_by: SeenBy
) -> None:
    by, rosa, twin, lupe = actor(Role.ORGANIZER), add_worker(), add_worker(given="Rosita"), add_worker(given="Lupe")
    told = actions.Told(outcome="talked", story="From the twin.", value=1)
    actions.log_contact(by=by, campaign=campaign, person=twin, told=told, contact_id=uuid4())
    actions.add_tie(by=by, campaign=campaign, person=lupe, named=actions.Named(other=twin))
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        done = merge.merge_people(by=steward, kept=rosa, gone=twin)
    assert Contact.objects.get().person == rosa
    assert Tie.objects.get().other == rosa
    assert Standing.objects.get(person=rosa).value == 1
    with seen_by(Role.ORGANIZER):
        assert Contact.objects.visible_to(by).get().story == "From the twin."
        merge.undo_merge(by=steward, merge=done)
        assert Contact.objects.visible_to(by).get().story == "From the twin."
    assert Contact.objects.get().person == twin
    assert Tie.objects.get().other == twin
    assert Standing.objects.get(person=rosa).value is None


def test_a_purge_takes_everything_with_it(
    add_worker: MakePerson, campaign: Campaign, actor: Acting, clock: Any
) -> None:
    by, rosa, lupe = actor(Role.ORGANIZER), add_worker(), add_worker(given="Lupe")
    told = actions.Told(outcome="talked", value=1, named=(actions.Named(known_as="x"),))
    actions.log_contact(by=by, campaign=campaign, person=rosa, told=told, contact_id=uuid4())
    actions.add_tie(by=by, campaign=campaign, person=lupe, named=actions.Named(other=rosa))
    purge = propose_purge(by=actor(Role.STEWARD), person=rosa, basis="asked", no_dispute_expected=True)
    approve_purge(by=actor(Role.DIRECTOR), purge=purge)
    clock.shift(timedelta(days=8))
    assert carry_out_due_purges(by=actor(Role.STEWARD)) == 1
    assert [model.objects.count() for model in (Contact, Assessment, Tie)] == [0, 0, 0]
    assert not Standing.objects.filter(person_id=rosa.pk).exists()
