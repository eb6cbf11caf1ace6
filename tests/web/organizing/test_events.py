"""Events: set up, asked to, answered, called, and the turnout in numbers."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import formats, timezone

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, User
from centro.organizing.actions import campaigns, ladder
from centro.organizing.actions import events as actions
from centro.organizing.actions import events_door as door
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.models import Campaign, Commitment, Following, Gathering, Step
from centro.organizing.queries import events_turnout
from centro.people import actions as people
from centro.people.models import Employment, Workplace
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.events import body_of, make_event, say, typed, words_of

MaxQueries = Callable[[int], Any]


def test_an_event_is_set_up_with_a_title_in_each_language(sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    client = sign_in(Role.ORGANIZER)
    sent = typed(make_event(actor(Role.ORGANIZER), campaign), title_es="Marcha", title_ko="행진")
    answer = client.post("/organizing/events/add/", sent)
    row = Gathering.objects.get(kind="action")
    assert answer.url == f"/organizing/events/{row.pk}/"
    for language, title in (("en", "March"), ("es", "Marcha"), ("ko", "행진")):
        client.post("/language/", {"language": language})
        assert title in client.get(answer.url).content.decode()
    assert Event.objects.filter(kind="event.added", about=row.pk).exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"title_en": ""},
        {"place": ""},
        {"ends_at": "2020-01-01T10:00"},
        {"starts_at": "soon"},
        {"starts_at": "9999-12-31T10:00"},
        {"starts_at": "9999-12-31T23:59", "ends_at": "9999-12-31T23:59"},
        {"starts_at": "0001-01-01T00:00"},
        {"ends_at": "9999-12-31T23:59"},
        {"goal": "-3"},
        {"campaign": "00000000-0000-0000-0000-000000000000"},
        {"title_en": "Meet 123-45-6789"},
    ],
)
def test_a_bad_event_stays_on_the_form(bad: dict[str, str], sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    sent = typed(make_event(actor(Role.ORGANIZER), campaign), **bad)
    assert sign_in(Role.ORGANIZER).post("/organizing/events/add/", sent).status_code == 422
    assert Gathering.objects.count() == 1


def test_two_who_edit_one_event_do_not_overwrite_each_other(sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    row, client = make_event(actor(Role.ORGANIZER), campaign), sign_in(Role.ORGANIZER)
    path = f"/organizing/events/{row.pk}/edit/"
    assert client.post(path, typed(row, version=1)).status_code == 302
    assert client.post(path, typed(row, version=1, place="Elsewhere")).status_code == 422
    assert client.post(path, typed(row, version=2, place="Elsewhere")).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ORGANIZER, Role.MANAGER}])
def test_only_the_team_sees_who_is_asked(
    role: Role, sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by = actor(Role.ORGANIZER)
    row, rosa = make_event(by, campaign), add_worker(given="Rosa")
    say(by, row, rosa, Turnout.YES)
    client, path = sign_in(role), f"/organizing/events/{row.pk}/"
    for part in ("", "edit/", "people/", f"people/{rosa.pk}/", "ask/", "calls/", "door/", "after/", "enter/"):
        assert client.get(path + part).status_code == 404, part


def test_an_organizer_of_another_campaign_finds_nothing(sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    row, manager = make_event(actor(Role.ORGANIZER), campaign), sign_in(Role.MANAGER)
    assert manager.get(f"/organizing/events/{row.pk}/").status_code == 404
    assert "Sunday assembly" not in manager.get("/organizing/events/").content.decode()


def test_the_ticked_are_asked_once(sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting) -> None:
    row = make_event(actor(Role.ORGANIZER), campaign)
    ticked = [add_worker(given=name).pk for name in ("Rosa", "Lupe")]
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{row.pk}/ask/"
    assert client.get(path).content.decode().count('name="person"') == 2
    for _ in range(2):
        client.post(path, {"person": [*ticked, "nonsense", str(uuid4())]})
    assert sorted(Commitment.objects.values_list("state", "asked_by__username")) == [("asked", "test-organizer")] * 2
    assert Step.objects.count() == 2
    assert Event.objects.filter(kind="event.asked", person__in=ticked).count() == 2
    assert 'name="person"' not in client.get(path).content.decode()


def test_what_somebody_says_and_needs_is_kept_with_its_history(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row, client = make_event(by, campaign), sign_in(Role.ORGANIZER)
    path = f"/organizing/events/{row.pk}/people/{rosa.pk}/"
    sent = {"state": "yes", "brings": "3", "needs_ride": "on", "ride_from": "Vermont y Pico", "children": "2"}
    assert client.post(path, {**sent, "interpret": "ko", "food_note": "no pork"}).status_code == 302
    kept = Commitment.objects.get()
    assert (kept.state, kept.brings, kept.needs_ride, kept.children, kept.interpret) == ("yes", 3, True, 2, "ko")
    page = client.get(path).content.decode()
    for words in ("Vermont y Pico", "no pork", kept.code, "<svg", "typed here"):
        assert words in page
    assert client.post(path, {**sent, "state": "confirmed", "version": kept.version}).status_code == 302
    assert list(Step.objects.values_list("state", flat=True)) == ["yes", "confirmed"]
    assert client.post(path, {**sent, "food_note": "late", "version": 1}).status_code == 422
    assert client.post(path, {**sent, "state": "perhaps", "version": 2}).status_code == 422


def test_a_note_about_food_does_not_take_back_what_somebody_else_heard(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row, client = make_event(by, campaign), sign_in(Role.ORGANIZER)
    opened = Commitment.objects.get(pk=say(by, row, rosa, Turnout.YES).pk)
    say(by, row, rosa, Turnout.CANCELLED, how=StepHow.CALL)
    path = f"/organizing/events/{row.pk}/people/{rosa.pk}/"
    sent = {"state": "yes", "brings": "0", "food_note": "no pork", "version": opened.version}
    answer = client.post(path, sent)
    assert answer.status_code == 422
    assert "no pork" in answer.content.decode()
    assert Commitment.objects.get().state == "cancelled"


def test_an_answer_noted_by_mistake_is_asked_again(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row = make_event(by, campaign)
    version = Commitment.objects.get(pk=say(by, row, rosa, Turnout.YES).pk).version
    path = f"/organizing/events/{row.pk}/people/{rosa.pk}/"
    assert sign_in(Role.ORGANIZER).post(path, {"state": "asked", "version": version}).status_code == 302
    assert Commitment.objects.get().state == "asked"


def test_being_asked_again_takes_no_answer_back_and_late_news_no_later_one(
    campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row = make_event(by, campaign)
    say(by, row, rosa, Turnout.CONFIRMED)
    say(by, row, rosa, Turnout.ASKED)
    assert Commitment.objects.get().state == "confirmed"
    say(by, row, rosa, Turnout.MAYBE, at=center.now() - timedelta(days=2))
    assert Commitment.objects.get().state == "confirmed"
    say(by, row, rosa, Turnout.CANCELLED)
    assert Commitment.objects.get().state == "cancelled"


def test_the_turnout_counts_and_expects_half_until_we_know_better(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: Any
) -> None:
    by = actor(Role.ORGANIZER)
    row = make_event(by, campaign, goal=40)
    said = [Turnout.YES] * 3 + [Turnout.CONFIRMED] + [Turnout.MAYBE, Turnout.ASKED, Turnout.CANCELLED]
    for n, state in enumerate(said):
        say(by, row, add_worker(given=f"W{n}", language="ko" if n else "es"), state, brings=2 if n == 0 else None)
    with seen_by(Role.ORGANIZER):
        picture = events_turnout.turnout(by, Gathering.objects.visible_to(by, "see").get())
    assert (picture.whole.people, picture.whole.yes, picture.whole.confirmed, picture.whole.cannot) == (7, 3, 1, 1)
    assert picture.expected == 3  # half of four and the two they bring
    assert [(line.label, line.people) for line in picture.by_language] == [("Español", 1), ("한국어", 6)]
    assert [(line.label, line.people) for line in picture.by_organizer] == [("Name of Organizer", 7)]
    page = sign_in(Role.ORGANIZER).get(f"/organizing/events/{row.pk}/").content.decode()
    assert "That is an assumption" in page


def test_two_jobs_at_one_place_are_one_person_there(campaign: Campaign, add_worker: MakePerson, actor: Acting) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row, seen = make_event(by, campaign), Gathering.objects.visible_to(by, "see")
    places = [Workplace.objects.create(name=name) for name in ("Market", "Laundry")]
    for place in (places[0], places[0], places[1]):
        people.add_part(by=by, person=rosa, part=Employment, details={"workplace": place})
    say(by, row, rosa, Turnout.YES, brings=3)
    lines = events_turnout.turnout(by, seen.get()).by_workplace
    assert [(line.yes, line.brings) for line in lines] == [(1, 3), (1, 3)]


def test_a_leaders_own_people_stand_in_her_line(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: Any
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign)
    with seen_by(Role.ORGANIZER):
        rosa, ana, mine, both, nobodys = (add_worker(given=name) for name in ("Rosa", "Ana", "W1", "W2", "W3"))
        for leader, person in ((rosa, mine), (rosa, both), (ana, both)):
            ladder.follow(by=by, campaign=campaign, leader=leader, person=person)
        Following.objects.filter(leader=ana).update(at=center.now() + timedelta(hours=1))
        say(by, row, mine, Turnout.YES, brings=2)
        say(by, row, both, Turnout.MAYBE)
        say(by, row, nobodys, Turnout.YES)
        picture = events_turnout.turnout(by, Gathering.objects.visible_to(by, "see").get())
    assert [(line.label, line.yes, line.maybe, line.brings) for line in picture.by_leader] == [("Rosa", 1, 1, 2)]
    assert "By leader" in sign_in(Role.ORGANIZER).get(f"/organizing/events/{row.pk}/").content.decode()


def test_who_walked_in_is_expected_no_less_than_who_was_asked(campaign: Campaign, actor: Acting) -> None:
    by = actor(Role.ORGANIZER)
    row = make_event(by, campaign)
    door.add_walk_in(by=by, gathering=row, walk_in_id=uuid4(), name="Bea", phone="", how=StepHow.DOOR)
    assert events_turnout.turnout(by, row).expected == 1


def test_an_event_of_two_days_says_when_it_ends(sign_in: SignIn, campaign: Campaign, actor: Acting) -> None:
    by, client = actor(Role.ORGANIZER), sign_in(Role.ORGANIZER)
    for hours in (2, 40):
        row = make_event(by, campaign, days=1, hours=hours)
        row.starts_at = timezone.localtime(row.starts_at).replace(hour=9, minute=0)
        row.ends_at = row.starts_at + timedelta(hours=hours)
        row.save()
        page = client.get(f"/organizing/events/{row.pk}/").content.decode()
        day, end = (formats.date_format(timezone.localtime(row.ends_at), f"{name}_FORMAT")
                    for name in ("SHORT_DATETIME", "TIME"))  # fmt: skip
        assert (f"– {end}<" in page, f"– {day}<" in page) == (hours == 2, hours == 40)


def test_the_show_rate_is_our_own_from_twenty_people_on(campaign: Campaign, actor: Acting) -> None:
    by = actor(Role.ORGANIZER)
    for came, missed in ((9, 2), (6, 2)):
        row = make_event(by, campaign, days=-20)
        Gathering.objects.filter(pk=row.pk).update(closed_at=center.now(), yes_came=came, yes_missed=missed)
    assert events_turnout.show_rate("meeting") == events_turnout.ShowRate(50, is_ours=False)
    Gathering.objects.filter(yes_came=6).update(yes_missed=3)
    assert events_turnout.show_rate("meeting") == events_turnout.ShowRate(75, is_ours=True, people=20)
    assert not events_turnout.show_rate("action").is_ours


def test_the_pages_ask_the_database_as_often_for_sixty_as_for_two(
    sign_in: SignIn,
    campaign: Campaign,
    add_worker: MakePerson,
    actor: Acting,
    django_assert_max_num_queries: MaxQueries,
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign)
    people = [add_worker(given=f"W{n}", phone=f"+121355501{n:02}") for n in range(30)]
    actions.ask_people(by=by, gathering=row, people_in=people)
    client = sign_in(Role.ORGANIZER)
    for part, most in (("", 40), ("people/", 34), ("calls/", 36), ("ask/", 36)):
        with django_assert_max_num_queries(most):
            assert client.get(f"/organizing/events/{row.pk}/{part}").status_code == 200


@pytest.mark.parametrize(("answer", "state"), [("", "asked"), ("maybe", "maybe"), ("yes", "yes"), ("no", "cancelled")])
def test_an_ask_in_a_talk_is_a_commitment_in_one_step(
    answer: str, state: str, sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    row, rosa, client = make_event(actor(Role.ORGANIZER), campaign), add_worker(), sign_in(Role.ORGANIZER)
    path = f"/organizing/people/{rosa.pk}/log/"
    assert "Sunday assembly" in client.get(path).content.decode()
    told = {"outcome": "talked", "kind": "visit", "no_step": "done", "contact_id": str(uuid4())}
    asked = {"ask": "meeting", "event": str(row.pk), "answer": answer, "brings": "2"}
    for _ in range(2):
        assert client.post(path, {**told, **asked}).status_code == 302
    kept = Commitment.objects.get()
    assert (kept.state, kept.brings, kept.asked_by.username) == (state, 2 if answer == "yes" else 0, "test-organizer")
    assert Step.objects.get().contact is not None
    page = client.get(f"/people/{rosa.pk}/").content.decode()
    words = {"asked": "Asked to come", "maybe": "Said maybe", "yes": "Said yes to", "cancelled": "Cannot come to"}
    assert words[state] in page


def test_nobody_home_was_asked_nothing_and_an_event_of_others_cannot_be_chosen(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    row, rosa, client = make_event(actor(Role.ORGANIZER), campaign), add_worker(), sign_in(Role.ORGANIZER)
    path = f"/organizing/people/{rosa.pk}/log/"
    client.post(path, {"quick": "not_home", "event": str(row.pk)})
    told = {"outcome": "talked", "kind": "visit", "no_step": "done", "event": str(uuid4())}
    assert client.post(path, told).status_code == 422
    assert not Commitment.objects.exists()


def test_a_volunteer_asks_from_the_list_and_the_door_knows_the_name(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, make_list: Any
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa", family="Quispe")
    row, stop = make_event(by, campaign), make_list(rosa).stops.get()
    client, path = sign_in(Role.VOLUNTEER), f"/organizing/stops/{stop.pk}/log/"
    assert "Sunday assembly" in client.get(path).content.decode()
    told = {"outcome": "talked", "kind": "visit", "no_step": "done", "event": str(row.pk), "answer": "yes"}
    assert client.post(path, told).status_code == 302
    page = sign_in(Role.ORGANIZER).post(f"/organizing/events/{row.pk}/door/", {"words": "rosa"}).content.decode()
    assert "Rosa Q." in page


@pytest.mark.parametrize(
    ("paper", "words", "hidden"),
    [
        ("signin", ["Rosa Q.", "Asamblea del domingo", "일요일 총회", "Firma", "서명"], ["Quispe", "555-0142"]),
        ("calls", ["Rosa Quispe", "(213) 555-0142", "Name of test-organizer"], []),
        ("rides", ["Rosa Quispe", "(213) 555-0142", "Vermont y Pico"], []),
        ("bus", ["Rosa Q.", "Vermont y Pico"], ["Quispe", "555-0142"]),
    ],
)
def test_papers_name_whom_they_must_and_open_for_their_printer_only(
    paper: str,
    words: list[str],
    hidden: list[str],
    sign_in: SignIn,
    campaign: Campaign,
    add_worker: MakePerson,
    actor: Acting,
    cast: dict[Role, User],
    tmp_path: Path,
) -> None:
    rosa = add_worker(given="Rosa", family="Quispe", phone="+12135550142")
    row, client = make_event(actor(Role.ORGANIZER), campaign), sign_in(Role.ORGANIZER)
    sent = {"state": "yes", "brings": "1", "ride_from": "Vermont y Pico"}
    client.post(f"/organizing/events/{row.pk}/people/{rosa.pk}/", sent)
    answer = client.post(f"/organizing/events/{row.pk}/papers/", {"paper": paper})
    text = " ".join(words_of(body_of(client.get(answer.url)), tmp_path).split())
    for said in words:
        assert said.replace("Name of test-organizer", "Name of Organizer") in text
    for said in hidden:
        assert said not in text
    assert Access.objects.filter(kind="print").exists()
    campaigns.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=cast[Role.MANAGER])
    assert sign_in(Role.MANAGER).get(f"/organizing/events/{row.pk}/").status_code == 200
    assert sign_in(Role.MANAGER).get(answer.url).status_code == 404
    assert client.post(f"/organizing/events/{row.pk}/papers/", {"paper": "names"}).status_code == 404
