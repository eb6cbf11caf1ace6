"""What becomes of commitments: merges, purges, the calls, the messages, the reminders, Today, what we hold."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Document, Event, PurgedVault, Task, User
from centro.core.policy import system
from centro.organizing import retention
from centro.organizing.actions import events as actions
from centro.organizing.actions import events_calls as calls
from centro.organizing.actions import events_door as door
from centro.organizing.choices import StepHow, Turnout
from centro.organizing.events import names as events_names
from centro.organizing.models import Campaign, Commitment, Gathering, Step
from centro.people import actions as people
from centro.people import merge, purge
from centro.people import queries as people_queries
from centro.people.choices import How, Inbox, Purpose
from centro.people.models import Consent, Message, Person, Phone, Purge
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakeList, MakePerson
from tests.web.organizing.events import body_of, make_event, say, words_of
from tests.web.organizing.phone import take_along
from tests.web.organizing.test_texts import text_in

BY = system("test")
SeenBy = Callable[[Role], Any]


def merged(actor: Acting, seen_by: SeenBy, kept: Person, gone: Person) -> Any:
    steward = actor(Role.STEWARD)
    with seen_by(Role.STEWARD):
        pair = people_queries.get_pair(steward, kept.pk, gone.pk)
        return merge.merge_people(by=steward, kept=pair[0], gone=pair[1])


def test_two_files_of_one_person_stand_once_at_an_event_and_twice_when_undone(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: SeenBy
) -> None:
    by, rosa, twin = actor(Role.ORGANIZER), add_worker(given="Rosa"), add_worker(given="Rosita")
    row, other = make_event(by, campaign), make_event(by, campaign, days=9)
    say(by, row, rosa, Turnout.ASKED)
    say(by, row, twin, Turnout.CONFIRMED, brings=2)
    Commitment.objects.filter(person=twin).update(needs_ride=True)
    say(by, other, twin, Turnout.YES)
    done = merged(actor, seen_by, rosa, twin)
    kept = Commitment.objects.get(person=rosa, gathering=row)
    assert (kept.state, kept.brings, kept.needs_ride) == ("confirmed", 2, True)
    assert Commitment.objects.get(gathering=other).person_id == rosa.pk
    page = sign_in(Role.ORGANIZER).get(f"/organizing/events/{row.pk}/people/").content.decode()
    assert page.count("asked by") == 1
    merge.undo_merge(by=actor(Role.STEWARD), merge=done)
    assert sorted(Commitment.objects.filter(gathering=row).values_list("state", flat=True)) == ["asked", "confirmed"]
    assert Commitment.objects.get(gathering=other).person_id == twin.pk


def test_what_is_sealed_follows_a_merge(
    campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: SeenBy, sign_in: SignIn
) -> None:
    by, rosa, twin = actor(Role.ORGANIZER), add_worker(given="Rosa"), add_worker(given="Rosita")
    row, client = make_event(by, campaign), sign_in(Role.ORGANIZER)
    sent = {"state": "yes", "ride_from": "Vermont y Pico"}
    client.post(f"/organizing/events/{row.pk}/people/{twin.pk}/", sent)
    merged(actor, seen_by, rosa, twin)
    assert "Vermont y Pico" in client.get(f"/organizing/events/{row.pk}/people/").content.decode()


def test_a_purge_takes_commitments_along(campaign: Campaign, add_worker: MakePerson, actor: Acting) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row = make_event(by, campaign)
    say(by, row, rosa, Turnout.YES)
    Person.objects.filter(pk=rosa.pk).delete()
    assert (Commitment.objects.count(), Step.objects.count(), Gathering.objects.count()) == (0, 0, 1)


def test_a_purge_ends_the_papers_of_events_they_were_asked_to(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, client = actor(Role.ORGANIZER), sign_in(Role.ORGANIZER)
    rosa, lupe = add_worker(given="Rosa"), add_worker(given="Lupe")
    for row, person in ((make_event(by, campaign), rosa), (make_event(by, campaign), lupe)):
        say(by, row, person, Turnout.YES)
        client.post(f"/organizing/events/{row.pk}/papers/", {"paper": "signin"})
    gathering = Commitment.objects.get(person=rosa).gathering_id
    hers, others = Document.objects.get(about=gathering), Document.objects.exclude(about=gathering).get()
    asked = purge.propose_purge(by=actor(Role.STEWARD), person=rosa, basis="asked", no_dispute_expected=True)
    purge.approve_purge(by=actor(Role.DIRECTOR), purge=asked)
    Purge.objects.update(due_on=center.today())
    assert purge.carry_out_due_purges(by=BY) == 1
    dead = set(PurgedVault.objects.values_list("vault", flat=True))
    assert hers.key in dead
    assert others.key not in dead


def test_somebody_set_aside_stands_on_no_list(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, rosa = actor(Role.ORGANIZER), add_worker(given="Rosa")
    row = make_event(by, campaign)
    kept = say(by, row, rosa, Turnout.YES)
    people.restrict_person(by=by, person=rosa)
    client = sign_in(Role.ORGANIZER)
    for part in ("people/", "calls/?all", "ask/"):
        assert "Rosa" not in client.get(f"/organizing/events/{row.pk}/{part}").content.decode()
    assert client.post(f"/organizing/events/{row.pk}/door/{kept.pk}/").status_code == 404


def test_one_tap_notes_a_call_and_the_sheet_grows_shorter(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=2)
    said = {
        name: say(by, row, add_worker(given=name, phone=f"+1213555010{n}"), Turnout.YES)
        for n, name in enumerate(("Rosa", "Lupe", "Nelly", "Ines"))
    }
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{row.pk}/calls/"
    page = client.get(path).content.decode()
    assert "tel:+12135550100" in page
    assert "4 to call" in page
    for name, outcome in (("Rosa", "confirmed"), ("Lupe", "cancelled"), ("Nelly", "")):
        assert client.post(f"{path}{said[name].pk}/", {"outcome": outcome}).url == path
    page = client.get(path).content.decode()
    assert ("1 to call" in page, "Ines" in page, "Nelly" in page) == (True, True, False)
    assert sorted(Commitment.objects.values_list("state", flat=True)) == ["cancelled", "confirmed", "yes", "yes"]
    assert client.post(f"{path}{said['Ines'].pk}/", {"outcome": "attended"}).status_code == 404
    assert Event.objects.filter(kind="event.tried").count() == 1


def test_of_an_event_that_is_called_off_people_are_told_and_nothing_else(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: SeenBy
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=2)
    rosa = add_worker(given="Rosa", language="es", phone="+12135550101")
    lupe = say(by, row, add_worker(given="Lupe", phone="+12135550102"), Turnout.YES)
    words = {"text": "t", "text_version": "1", "language": "es", "how": How.SPOKEN}
    people.give_consent(by=by, person=rosa, purpose=Purpose.TEXT, **words)
    Phone.objects.update(text_ok=True)
    say(by, row, rosa, Turnout.CONFIRMED)
    client, base = sign_in(Role.ORGANIZER), f"/organizing/events/{row.pk}/"
    client.post(f"{base}call-off/")
    assert client.get(f"{base}ask/").status_code == 404
    assert client.post(f"{base}ask/", {"person": str(add_worker(given="Ana").pk)}).status_code == 404
    page = client.get(f"{base}calls/").content.decode()
    assert "2 to call" in page
    assert "It is called off: tell them" in page
    assert 'value="confirmed"' not in page
    assert client.post(f"{base}calls/{lupe.pk}/", {"outcome": "confirmed"}).status_code == 404
    assert client.post(f"{base}calls/{lupe.pk}/", {"outcome": "told"}).status_code == 302
    assert "1 to call" in client.get(f"{base}calls/").content.decode()
    assert Event.objects.filter(kind="event.told", person=lupe.person_id).count() == 1
    assert Commitment.objects.get(pk=lupe.pk).state == "yes"
    client.post(f"{base}texts/")
    with seen_by(Role.ORGANIZER):
        said = str(Message.objects.visible_to(by, "see").get().words)
    assert "se cancela" in said
    assert "Asamblea del domingo" in said


def test_the_next_round_asks_those_again_whom_the_last_one_missed(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, clock: Any
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=7)
    kept = say(by, row, add_worker(given="Rosa"), Turnout.YES)
    path = f"/organizing/events/{row.pk}/calls/"
    sign_in(Role.ORGANIZER).post(f"{path}{kept.pk}/", {"outcome": ""})
    assert "Rosa" not in sign_in(Role.ORGANIZER).get(path).content.decode()
    clock.shift(timedelta(days=5))
    assert "Rosa" in sign_in(Role.ORGANIZER).get(path).content.decode()


def test_reminders_go_to_whoever_asked_once_a_round(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, cast: dict[Role, User], clock: Any
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=8.5)
    User.objects.filter(pk=by.user_id).update(language="es")
    for name in ("Rosa", "Lupe"):
        say(by, row, add_worker(given=name), Turnout.MAYBE)
    assert calls.remind_callers(by=BY) == 0
    clock.shift(timedelta(days=1))
    assert [calls.remind_callers(by=BY) for _ in range(3)] == [1, 0, 0]
    task = Task.objects.get()
    assert (task.owner_id, task.about, task.due_on) == (by.user_id, row.pk, center.today())
    page = sign_in(Role.ORGANIZER).get("/").content.decode()
    assert "Asamblea del domingo" in page
    assert f"/organizing/events/{row.pk}/calls/" in page
    clock.shift(timedelta(days=5))
    assert [calls.remind_callers(by=BY) for _ in range(2)] == [1, 0]
    actions.call_off_event(by=by, gathering=row)
    clock.shift(timedelta(days=2))
    assert calls.remind_callers(by=BY) == 0


def test_texts_leave_in_each_persons_language_where_they_agreed(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, seen_by: SeenBy
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=2)
    for n, (name, tongue) in enumerate((("Rosa", "es"), ("Younghee", "ko"), ("Nelly", "mam"), ("Ines", "es"))):
        person = add_worker(given=name, language=tongue, phone=f"+1213555010{n}")
        say(by, row, person, Turnout.YES)
        if name != "Ines":
            people.give_consent(
                by=by, person=person, purpose=Purpose.TEXT, text="t", text_version="1", language=tongue, how=How.SPOKEN
            )
    Phone.objects.update(text_ok=True)
    client, path = sign_in(Role.ORGANIZER), f"/organizing/events/{row.pk}/texts/"
    page = client.post(path, follow=True).content.decode()
    assert "3 messages are on their way" in page
    assert "1 person has to be called" in page
    with seen_by(Role.ORGANIZER):
        sent = {str(m.person_id): m for m in Message.objects.all()}
    assert sorted(message.language for message in sent.values()) == ["es", "ko", "mam"]
    assert {message.inbox for message in sent.values()} == {Inbox.ORGANIZING}
    rosa = Person.objects.get(language="es", consents__isnull=False)
    text_in(rosa, "I bring my sister", by)
    assert "I bring my sister" in client.get(f"/organizing/texts/{rosa.pk}/").content.decode()
    assert "I bring my sister" not in sign_in(Role.FRONT_DESK).get("/people/answers/").content.decode()
    client.post(path)
    assert Message.objects.filter(is_incoming=False).count() == 3
    assert Consent.objects.count() == 3


@pytest.mark.parametrize(
    ("language", "languages", "written_in"),
    [("ko", [], "ko"), ("mam", ["es"], "es"), ("zh", [], "en"), ("es", ["en"], "es")],
)
def test_messages_are_written_in_the_language_they_speak_best(
    language: str, languages: list[str], written_in: str
) -> None:
    from centro.organizing.events.words import language_for

    assert language_for(Person(language=language, languages=languages)) == written_in


def test_today_shows_what_is_near_and_how_many_are_mine(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, cast: dict[Role, User]
) -> None:
    by = actor(Role.ORGANIZER)
    row, far = make_event(by, campaign, days=2), make_event(by, campaign, days=5, title_en="Far away")
    for name in ("Rosa", "Lupe"):
        say(by, row, add_worker(given=name), Turnout.YES)
    page = sign_in(Role.ORGANIZER).get("/").content.decode()
    assert "Sunday assembly" in page
    assert "2 of yours" in page
    assert "Far away" not in page
    assert str(far.pk) not in page
    near = make_event(by, campaign, days=1 / 24)
    actions.give_door(by=by, gathering=near, user=cast[Role.VOLUNTEER])
    helper = sign_in(Role.VOLUNTEER).get("/").content.decode()
    assert "You help at the door" in helper
    assert f"/organizing/events/{near.pk}/door/" in helper
    assert "Events in the next three days" not in sign_in(Role.COUNSELLOR).get("/").content.decode()


def test_who_was_asked_is_forgotten_with_the_campaign_and_the_totals_stay(
    campaign: Campaign, add_worker: MakePerson, actor: Acting, clock: Any
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign, days=-1)
    kept = say(by, row, add_worker(given="Rosa"), Turnout.YES)
    kept.gathering = row
    door.arrive(by=by, commitment=kept, how=StepHow.DOOR)
    door.close_event(by=by, gathering=row, missed=[])
    Campaign.objects.update(ends_on=center.today())
    clock.shift(timedelta(days=181))
    retention.forget_ended_campaigns(by=BY)
    assert not Commitment.objects.exists()
    assert Gathering.objects.get().yes_came == 1


@pytest.mark.parametrize(
    ("details", "called"),
    [
        ({"given": "Rosa", "family": "Quispe"}, "Rosa Q."),
        ({"given": "Young-hee", "family": "Kim", "native": "김영희"}, "Young-hee K. 영희"),
        ({"native": "남궁은혜"}, "은혜"),
        ({"given": "María", "family": "López", "call_me": "Chayo"}, "Chayo · María L."),
        ({"given": "Rosa", "family": "Quispe", "call_me": "Rosa"}, "Rosa Q."),
        ({"call_me": "El Güero"}, "El Güero"),
    ],
)
def test_the_door_calls_people_by_no_more_than_it_needs(
    details: dict[str, str], called: str, add_worker: MakePerson
) -> None:
    person = add_worker(**details)
    assert events_names.door_names([person.pk])[person.pk] == called


@pytest.mark.parametrize(
    ("words", "name", "does"),
    [
        ("ros", "Rosa Q.", True),
        ("Quispe", "Rosa Q.", True),
        ("rosa lopez", "Rosa Q.", False),
        ("영희", "Young-hee K. 영희", True),
        ("영ㅎ", "Young-hee K. 영희", True),
        ("maria", "María L.", True),
        ("osa", "Rosa Q.", False),
        ("maria", "Chayo · María L.", True),
        ("chayo lopez", "Chayo · María L.", True),
    ],
)
def test_words_fit_the_beginnings_of_a_name(words: str, name: str, does: bool) -> None:
    assert events_names.fits(words, name) is does


def test_a_phone_without_a_connection_asks_too(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, make_list: MakeList, clock: Any
) -> None:
    row, rosa = make_event(actor(Role.ORGANIZER), campaign, days=1), add_worker(given="Rosa")
    phone = take_along(sign_in(Role.VOLUNTEER), make_list(rosa, hours=60))
    assert phone.given["events"] == [{"id": str(row.pk), "title": "Sunday assembly"}]
    told = {"stop": phone.people[0]["stop"], "outcome": "talked", "no_step": "done", "event": str(row.pk)}
    item = phone.seal({**told, "answer": "yes", "brings": "2"})
    clock.shift(timedelta(days=2))  # the report arrives when the event is over
    for _ in range(2):
        assert phone.send(item)["answers"] == {item["id"]: "taken"}
    kept = Commitment.objects.get()
    assert (kept.state, kept.brings, kept.person_id) == ("yes", 2, rosa.pk)


def test_what_we_hold_names_the_events_and_what_was_asked_for(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting, tmp_path: Path
) -> None:
    rosa, client = add_worker(given="Rosa"), sign_in(Role.ORGANIZER)
    row = make_event(actor(Role.ORGANIZER), campaign)
    sent = {"state": "confirmed", "ride_from": "Vermont y Pico", "food_note": "no pork"}
    client.post(f"/organizing/events/{row.pk}/people/{rosa.pk}/", sent)
    answer = client.post(f"/people/{rosa.pk}/print/", {"language": "es"})
    text = " ".join(words_of(body_of(client.get(answer["Location"])), tmp_path).split())
    for words in ("Asamblea del domingo", "Confirmó", "Vermont y Pico", "no pork"):
        assert words in text


def test_names_that_begin_so_come_before_initials(
    sign_in: SignIn, campaign: Campaign, add_worker: MakePerson, actor: Acting
) -> None:
    by, row = actor(Role.ORGANIZER), make_event(actor(Role.ORGANIZER), campaign)
    for given, family in (("Araceli", "Mendoza"), ("Marta", "Ruiz")):
        say(by, row, add_worker(given=given, family=family), Turnout.YES)
    page = sign_in(Role.ORGANIZER).post(f"/organizing/events/{row.pk}/door/", {"words": "mar"}).content.decode()
    assert page.index("Marta R.") < page.index("Araceli M.")
