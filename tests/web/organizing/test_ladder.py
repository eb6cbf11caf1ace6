"""The leadership ladder: suggested from rows, decided by a person; coaching; a leader's own list without an account."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, Place, RoleGrant, User
from centro.organizing import actions, lockdown
from centro.organizing.actions import ladder as acts
from centro.organizing.actions.structure import add_test, mark_act
from centro.organizing.ladder.choices import Evidence, Told
from centro.organizing.ladder.evidence import counted
from centro.organizing.models import Campaign, Climb, CoachingNote, Following, LeaderLink
from centro.people import merge
from centro.people.models import Person
from tests.web.conftest import SignIn
from tests.web.organizing.climbing import Decide
from tests.web.organizing.conftest import Acting, MakePerson


@pytest.fixture
def led(actor: Acting, campaign: Campaign, add_worker: MakePerson) -> tuple[Person, list[Person]]:
    """A leader who speaks Korean, and three of her people."""
    by, leader = actor(Role.ORGANIZER), add_worker(given="Soonja", family="Kim", language="ko")
    hers = [add_worker(given=f"Worker{n}", family=f"Secret{n}", phone=f"+1213555014{n}") for n in range(3)]
    with access.viewing(by):
        for person in hers:
            seen = Person.objects.visible_to(by, "see").get(pk=person.pk)
            acts.follow(by=by, campaign=campaign, leader=leader, person=seen)
    return leader, hers


def flat(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_program_suggests_and_a_person_decides(
    sign_in: SignIn, add_worker: MakePerson, actor: Acting, campaign: Campaign, cast: dict[Role, User]
) -> None:
    organizer, by, rosa = sign_in(Role.ORGANIZER), actor(Role.ORGANIZER), add_worker(given="Rosa", family="Quispe")
    details = {"title": "Photo", "what": "photo", "goal": 50}
    test = add_test(by=by, campaign=campaign, details=details)
    mark_act(by=by, test=test, person=rosa, deed="did")
    for n in range(3):
        named = actions.Named(known_as=f"N{n}", kind="recruited")
        actions.add_tie(by=by, campaign=campaign, person=rosa, named=named)
    board = flat(organizer.get("/organizing/ladder/"))
    assert "The program suggests" in board
    assert "On the committee: structure tests in which they acted 1, people they brought 3" in board
    assert not Climb.objects.exists()  # looking decides nothing
    path = f"/organizing/people/{rosa.pk}/ladder/"
    assert "What they did speaks for: On the committee. You decide." in flat(organizer.get(path))
    sent = {"step": "committee", "decided_on": "2026-11-20", "mentor": by.user_id, "evidence": "Everybody follows her"}
    assert organizer.post(path, sent).status_code == 302
    climb = Climb.objects.get()
    assert (climb.step.rung, climb.decided_on, climb.was_suggested) == ("committee", date(2026, 11, 20), True)
    page = flat(organizer.get(path))
    assert "Everybody follows her" in page
    assert "with Name of" in page
    assert Event.objects.filter(kind="contact.stepped", person=rosa.pk).count() == 1
    assert "On the committee: structure tests" not in flat(organizer.get("/organizing/ladder/"))


def test_what_was_decided_stays_written_and_whoever_decides_second_is_told(
    sign_in: SignIn, add_worker: MakePerson, decide: Decide
) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker()
    first = decide(rosa, place=2)
    path = f"/organizing/people/{rosa.pk}/ladder/"
    sent = {"step": "member", "decided_on": "2026-11-23", "evidence": "Joined"}
    answer = organizer.post(path, sent)  # the page had shown nobody's decision
    assert answer.status_code == 422
    assert "Somebody decided about this person meanwhile" in flat(answer)
    assert organizer.post(path, {**sent, "seen": first.pk}).status_code == 302
    assert list(Climb.objects.order_by("at", "step__place").values_list("step__place", flat=True)) == [2, 3]
    assert Climb.objects.get(until__isnull=True).step.place == 3
    assert "She ran the meeting" in flat(organizer.get(path))


def test_one_person_stands_on_one_step(add_worker: MakePerson, decide: Decide) -> None:
    first = decide(add_worker(), place=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Climb.objects.create(person=first.person, campaign=first.campaign, step=first.step, by=first.by)


def test_the_board_says_who_is_stuck(sign_in: SignIn, add_worker: MakePerson, decide: Decide) -> None:
    decide(add_worker(given="Long"), days=91)
    decide(add_worker(given="Short"), days=90)
    board = flat(sign_in(Role.ORGANIZER).get("/organizing/ladder/"))
    assert "1 person has stood on one step for more than 90 days" in board
    assert "stuck" in board.split("Long")[1].split("</li>")[0]
    assert "stuck" not in board.split("Short")[1].split("</li>")[0]


@pytest.mark.parametrize(
    "bad",
    [
        {"step": "9"},
        {"step": ""},
        {"evidence": ""},
        {"decided_on": "2027-01-01"},
        {"mentor": str(uuid4())},
        {"seen": "x"},
        {"evidence": "x" * 401},
        {"evidence": "she has A123456789"},
    ],
)
def test_a_bad_decision_stays_on_the_form(bad: dict[str, str], sign_in: SignIn, add_worker: MakePerson) -> None:
    sent = {"step": "committee", "decided_on": "2026-11-20", "evidence": "Ran it", **bad}
    assert sign_in(Role.ORGANIZER).post(f"/organizing/people/{add_worker().pk}/ladder/", sent).status_code == 422
    assert not Climb.objects.exists()


def test_a_note_may_show_what_no_list_counts(sign_in: SignIn, add_worker: MakePerson, campaign: Campaign) -> None:
    organizer, rosa = sign_in(Role.ORGANIZER), add_worker()
    path = f"/organizing/people/{rosa.pk}/ladder/"
    organizer.post(f"{path}notes/", {"words": "Opened the meeting by herself", "shows": "ran"})
    assert "Opened the meeting by herself" in flat(organizer.get(path))
    assert counted(campaign.pk, [rosa.pk])[rosa.pk] == {Evidence.RAN: 1}
    assert organizer.post(f"{path}notes/", {"words": ""}).status_code == 422
    assert organizer.post(f"{path}notes/", {"words": "x", "shows": "came"}).status_code == 422
    assert CoachingNote.objects.count() == 1


def test_others_do_not_find_the_ladder(sign_in: SignIn, add_worker: MakePerson, decide: Decide) -> None:
    rosa = add_worker()
    decide(rosa)
    for role in (Role.MANAGER, Role.VOLUNTEER, Role.COUNSELLOR, Role.FRONT_DESK, Role.STEWARD):
        client, path = sign_in(role), f"/organizing/people/{rosa.pk}/"
        assert client.get(f"{path}ladder/").status_code == 404
        assert client.get(f"{path}leads/card/").status_code == 404
        for part in ("ladder/", "ladder/notes/", "leads/", "leads/link/", "leads/link/revoke/", "leads/again/"):
            assert client.post(path + part, {"words": "x"}).status_code == 404


# --- a leader's own people ------------------------------------------------------------------------------------------


def test_her_people_are_added_taken_off_and_no_more_than_ten(
    sign_in: SignIn, add_worker: MakePerson, campaign: Campaign, actor: Acting
) -> None:
    organizer, ana = sign_in(Role.ORGANIZER), add_worker(given="Ana")
    friend = add_worker(given="Friend")
    named = actions.Named(other=friend, kind="friend")
    actions.add_tie(by=actor(Role.ORGANIZER), campaign=campaign, person=ana, named=named)
    path = f"/organizing/people/{ana.pk}/"
    assert "Friend" in flat(organizer.get(f"{path}ladder/")).split('id="leads"')[1]
    for _ in range(2):
        assert organizer.post(f"{path}leads/", {"person": friend.pk}).status_code == 302
    assert Following.objects.count() == 1
    found = flat(organizer.post(f"{path}leads/", {"words": "Friend"}))
    assert found.split('id="leads"')[1].count("Friend") >= 2
    for n in range(9):
        organizer.post(f"{path}leads/", {"person": add_worker(given=f"W{n}").pk})
    answer = organizer.post(f"{path}leads/", {"person": add_worker(given="Eleventh").pk})
    assert answer.status_code == 422
    assert "Ten is as many as one can follow" in flat(answer)
    organizer.post(f"/organizing/followings/{Following.objects.get(person=friend).pk}/end/")
    assert Following.objects.count() == 9
    assert organizer.post(f"{path}leads/", {"person": "x"}).status_code == 404
    assert organizer.post(f"{path}leads/", {"person": uuid4()}).status_code == 404


def link_of(client: Client, leader: Person) -> str:
    page = flat(client.post(f"/organizing/people/{leader.pk}/leads/link/"))
    assert 'class="qr"' in page
    return "/organizing/mine/" + page.split("/organizing/mine/")[1].split("<")[0].strip()


def test_a_leader_sees_and_ticks_her_own_people_without_an_account(
    sign_in: SignIn, led: tuple[Person, list[Person]], actor: Acting, campaign: Campaign
) -> None:
    leader, hers = led
    actions.assess(by=actor(Role.ORGANIZER), campaign=campaign, person=hers[0], value=5, basis="conversation")
    organizer, visitor = sign_in(Role.ORGANIZER), Client()
    path, ladder = link_of(organizer, leader), f"/organizing/people/{leader.pk}/ladder/"
    answer = visitor.get(path)
    page = flat(answer)
    assert 'lang="ko"' in page
    assert answer.headers["Content-Language"] == "ko"
    assert answer.headers["Cache-Control"] == "no-store"
    for person in hers:
        assert str(Following.objects.get(person=person).pk) in page
    assert "Worker0" in page
    for hidden in ("stand-5", "5550140", "555-0140", str(hers[0].pk), "Markets", "Soonja"):
        assert hidden not in page
    row = Following.objects.get(person=hers[1])
    assert visitor.post(f"{path}{row.pk}/", {"told": "2"}).url == path
    visitor.post(f"{path}{row.pk}/", {"told": "2"})
    row.refresh_from_db()
    assert row.told == Told.YES
    event = Event.objects.get(kind="contact.leader_told")
    assert (event.person, event.codes) == (hers[1].pk, ["yes"])
    assert Access.objects.filter(route="organizing:my_people", kind="open").exists()
    assert "Of 3 people 1 are asked, 1 said yes, 0 did it." in flat(organizer.get(ladder))
    for bad in ({"told": "9"}, {"told": "x"}, {}):
        assert visitor.post(f"{path}{row.pk}/", bad).status_code == 404
    assert visitor.post(f"{path}{uuid4()}/", {"told": "1"}).status_code == 404
    organizer.post(f"/organizing/people/{leader.pk}/leads/again/")
    assert not Following.objects.filter(told__gt=0).exists()


def test_her_language_is_hers_until_she_chooses_another(sign_in: SignIn, led: tuple[Person, list[Person]]) -> None:
    path, visitor = link_of(sign_in(Role.ORGANIZER), led[0]), Client()
    visitor.cookies["centro_language"] = "es"
    assert 'lang="es"' in flat(visitor.get(path))


@pytest.mark.parametrize(
    "how", ["revoked", "over", "replaced", "left", "no role", "locked", "merged", "set aside", "wrong"]
)
def test_a_link_that_is_over_is_no_page(
    how: str, sign_in: SignIn, led: tuple[Person, list[Person]], actor: Acting, campaign: Campaign,
    cast: dict[Role, User], clock: Any,
) -> None:  # fmt: skip
    organizer, leader = sign_in(Role.ORGANIZER), led[0]
    path, visitor = link_of(organizer, leader), Client()
    assert visitor.get(path).status_code == 200
    if how == "revoked":
        organizer.post(f"/organizing/people/{leader.pk}/leads/link/revoke/")
    elif how == "over":
        clock.shift(timedelta(days=31))
    elif how == "replaced":
        link_of(organizer, leader)
    elif how == "left":
        Place.objects.filter(user=cast[Role.ORGANIZER]).update(to_at=center.now())
    elif how == "no role":
        RoleGrant.objects.filter(user=cast[Role.ORGANIZER]).update(to_at=center.now())
    elif how == "locked":
        lockdown.lock_down(by=actor(Role.DIRECTOR))
        assert not LeaderLink.objects.filter(revoked_at__isnull=True).exists()
    elif how == "merged":
        Person.objects.filter(pk=leader.pk).update(merged_into=led[1][0])
    elif how == "set aside":
        Person.objects.filter(pk=leader.pk).update(restricted_at=center.now())
    else:
        path = "/organizing/mine/wrong/"
    assert visitor.get(path).status_code == 404
    row = Following.objects.first()
    assert row is not None
    assert visitor.post(f"{path}{row.pk}/", {"told": "1"}).status_code == 404


def test_a_link_is_not_for_racing(sign_in: SignIn, led: tuple[Person, list[Person]]) -> None:
    path, visitor, row = link_of(sign_in(Role.ORGANIZER), led[0]), Client(), Following.objects.first()
    assert row is not None
    answers = [visitor.post(f"{path}{row.pk}/", {"told": str(n % 4)}).status_code for n in range(61)]
    assert set(answers[:60]) == {302}
    assert answers[60] == 429


def test_her_card_is_printed_in_her_language(sign_in: SignIn, led: tuple[Person, list[Person]]) -> None:
    answer = sign_in(Role.ORGANIZER).get(f"/organizing/people/{led[0].pk}/leads/card/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert Access.objects.filter(route="organizing:leader_card", kind="print").exists()


def test_a_merge_takes_steps_notes_and_people_along(
    led: tuple[Person, list[Person]], decide: Decide, actor: Acting, campaign: Campaign, add_worker: MakePerson
) -> None:
    leader, _hers = led
    decide(leader)
    acts.add_note(by=actor(Role.ORGANIZER), campaign=campaign, person=leader, words="Strong")
    by, other = actor(Role.STEWARD), add_worker(given="Soon-ja", family="Kim")
    kept, gone = (Person.objects.visible_to(by, "merge").get(pk=row.pk) for row in (other, leader))
    merge.merge_people(by=by, kept=kept, gone=gone)
    assert Climb.objects.get().person_id == other.pk
    assert CoachingNote.objects.get().person_id == other.pk
    assert set(Following.objects.values_list("leader", flat=True)) == {other.pk}
    team = actor(Role.ORGANIZER)
    with access.viewing(team):
        assert Climb.objects.visible_to(team, "see").get().evidence == "She ran the meeting"
        assert CoachingNote.objects.visible_to(team, "see").get().words == "Strong"


def test_a_merge_ends_her_link_for_good(
    sign_in: SignIn, led: tuple[Person, list[Person]], actor: Acting, add_worker: MakePerson
) -> None:
    leader, by, other = led[0], actor(Role.STEWARD), add_worker(given="Soon-ja", family="Kim")
    path = link_of(sign_in(Role.ORGANIZER), leader)
    assert Client().get(path).status_code == 200
    kept, gone = (Person.objects.visible_to(by, "merge").get(pk=row.pk) for row in (other, leader))
    with access.viewing(by):
        done = merge.merge_people(by=by, kept=kept, gone=gone)
        assert Client().get(path).status_code == 404
        merge.undo_merge(by=by, merge=done)
    assert Client().get(path).status_code == 404


def test_queries_do_not_grow_with_the_people(sign_in: SignIn, add_worker: MakePerson, decide: Decide) -> None:
    organizer, counts = sign_in(Role.ORGANIZER), []
    for n in range(3):
        for place in (1, 2, 4):
            decide(add_worker(given=f"W{n}"), place=place)
        with CaptureQueriesContext(connection) as asked:
            organizer.get("/organizing/ladder/")
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 50
