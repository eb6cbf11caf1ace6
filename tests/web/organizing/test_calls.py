"""Calling one by one: masked numbers with a budget, one tap for what happened, the next person at once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Access, Event, Task, User
from centro.organizing import actions
from centro.organizing.actions import texts as texting
from centro.organizing.actions.texts import Said
from centro.organizing.models import Assignment, Campaign, Contact
from centro.people import actions as people
from centro.people import queries as people_queries
from centro.people.choices import How, Purpose
from tests.web.conftest import SignIn
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.phone import take_along


@pytest.fixture
def calls(actor: Acting, campaign: Campaign, cast: dict[Role, User], add_worker: MakePerson) -> Assignment:
    """A list of calls that runs now: two people who agreed to calls, one who did not; the volunteer calls."""
    by, now = actor(Role.ORGANIZER), center.now()
    for role in (Role.ORGANIZER, Role.VOLUNTEER):
        cast[role].speaks = ["es", "en"]
        cast[role].save(update_fields=["speaks"])
    persons = []
    for at, name in enumerate(("Rosa", "Ana", "Luis")):
        person = add_worker(given=name, language="es", phone=f"+1213555014{at}")
        persons.append(person)
        if name != "Luis":
            words = {"text": "?", "text_version": "1", "language": "es", "how": How.SPOKEN}
            people.give_consent(by=by, person=person, purpose=Purpose.CALL, **words)
    with access.viewing(by):
        row = actions.make_list(
            by=by,
            campaign=campaign,
            name="Calls",
            kind="call",
            from_at=now - timedelta(hours=1),
            to_at=now + timedelta(hours=3),
            people_on=[people_queries.get_person(by, person.pk) for person in persons],
            goes=[cast[Role.VOLUNTEER]],
        )
        said = {"es": Said("Hola {name}, soy {sender}"), "en": Said("Hello {name}, this is {sender}")}
        guide = texting.add_guide(by=by, campaign=campaign, name="Call", for_calls=True, texts=said)
    texting.choose_guide(by=by, assignment=row, guide=guide)
    return row


def stop_of(calls: Assignment, name: str, actor: Acting) -> str:
    with access.viewing(actor(Role.ORGANIZER)):
        for stop in calls.stops.select_related("person", "assignment"):
            person = people_queries.get_person(actor(Role.ORGANIZER), stop.person_id)
            if str(person.given) == name:
                return f"/organizing/stops/{stop.pk}/call/"
    raise AssertionError(name)


def shown(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_a_volunteer_sees_the_number_only_after_a_counted_tap(
    sign_in: SignIn, calls: Assignment, actor: Acting
) -> None:
    volunteer, path = sign_in(Role.VOLUNTEER), stop_of(calls, "Rosa", actor)
    page = shown(volunteer.get(path))
    assert "Hola Rosa" in page
    assert "Hello Rosa" in page
    assert "tel:" not in page
    assert "555-0140" not in page
    page = shown(volunteer.post(path.replace("/call/", "/number/")))
    assert 'href="tel:+12135550140"' in page
    assert Access.objects.filter(kind="reveal").count() == 1


def test_over_the_budget_no_number_is_shown(
    sign_in: SignIn, calls: Assignment, actor: Acting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("centro.organizing.views.calls.reveals_left", lambda actor: 0)
    path = stop_of(calls, "Rosa", actor)
    assert "tel:" not in shown(sign_in(Role.VOLUNTEER).post(path.replace("/call/", "/number/")))
    assert not Access.objects.filter(kind="reveal").exists()


def test_who_has_not_agreed_to_calls_has_no_number(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    path = stop_of(calls, "Luis", actor)
    for role in (Role.ORGANIZER, Role.VOLUNTEER):
        page = shown(sign_in(role).get(path))
        assert "not agreed to be called" in page
        assert not any(number in page for number in ("5550142", "-0142", "• 0142"))
        assert "tel:" not in shown(sign_in(role).post(path.replace("/call/", "/number/")))


def test_an_organizer_calls_at_once(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    assert 'href="tel:+12135550140"' in shown(sign_in(Role.ORGANIZER).get(stop_of(calls, "Rosa", actor)))


@pytest.mark.parametrize("outcome", ["talked", "no_answer", "wrong", "refused"])
def test_one_tap_notes_it_and_gives_the_next(outcome: str, sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    volunteer, path = sign_in(Role.VOLUNTEER), stop_of(calls, "Rosa", actor)
    answer = volunteer.post(path, {"outcome": outcome, "contact_id": uuid4()})
    assert answer.url.endswith("/call/")
    assert answer.url != path
    contact = Contact.objects.get()
    assert (contact.kind, contact.outcome, contact.where) == ("call", outcome, "phone")
    assert Event.objects.filter(kind="contact.logged", person=contact.person_id).exists()
    page = shown(volunteer.get(f"/organizing/lists/{calls.pk}/bank/"))
    assert "1 of 3 done" in page


def test_the_same_tap_twice_is_one_call(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    volunteer, path, key = sign_in(Role.VOLUNTEER), stop_of(calls, "Rosa", actor), uuid4()
    for _ in range(2):
        volunteer.post(path, {"outcome": "no_answer", "contact_id": key})
    assert Contact.objects.count() == 1


def test_voicemail_only_where_it_is_safe(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    volunteer, path = sign_in(Role.VOLUNTEER), stop_of(calls, "Rosa", actor)
    assert 'value="voicemail"' not in shown(volunteer.get(path))
    refused = volunteer.post(path, {"outcome": "voicemail", "contact_id": uuid4()})
    assert refused.status_code == 422
    assert "somebody else may listen" in shown(refused)
    calls.stops.first().person.phones.update(voicemail_ok=True)
    for stop in calls.stops.all():
        stop.person.phones.update(voicemail_ok=True)
    assert volunteer.post(path, {"outcome": "voicemail", "contact_id": uuid4()}).status_code == 302


def test_calling_back_is_a_task_for_its_day(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    volunteer, path = sign_in(Role.VOLUNTEER), stop_of(calls, "Rosa", actor)
    for day in ("", "2020-01-01", "soon"):
        sent = {"outcome": "come_back", "back_on": day, "contact_id": uuid4()}
        assert volunteer.post(path, sent).status_code == 422
    day = center.today() + timedelta(days=2)
    volunteer.post(path, {"outcome": "come_back", "back_on": day.isoformat(), "contact_id": uuid4()})
    assert Task.objects.get(about=Contact.objects.get().person_id).due_on == day


@pytest.mark.parametrize(
    "bad", [{"outcome": "sent"}, {"outcome": "party"}, {"outcome": "talked", "contact_id": "x"}, {}]
)
def test_bad_input_notes_nothing(bad: dict[str, str], sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    sent: dict[str, Any] = {"contact_id": uuid4(), **bad}
    assert sign_in(Role.VOLUNTEER).post(stop_of(calls, "Rosa", actor), sent).status_code == 422
    assert not Contact.objects.exists()


def test_a_list_of_calls_is_no_list_of_texts(sign_in: SignIn, calls: Assignment, actor: Acting) -> None:
    path = stop_of(calls, "Rosa", actor)
    assert sign_in(Role.VOLUNTEER).get(path.replace("/call/", "/text/")).status_code == 404


def test_others_and_after_the_shift_it_is_not_there(
    sign_in: SignIn, calls: Assignment, actor: Acting, clock: Any
) -> None:
    path = stop_of(calls, "Rosa", actor)
    for role in (Role.FRONT_DESK, Role.COUNSELLOR, Role.ADMIN):
        assert sign_in(role).get(path).status_code == 404
    clock.shift(timedelta(hours=4))
    for url in (path, path.replace("/call/", "/number/")):
        assert sign_in(Role.VOLUNTEER).post(url, {"outcome": "talked", "contact_id": uuid4()}).status_code == 404


def test_a_list_of_calls_on_paper_asks_about_calls_and_is_typed_in_as_calls(sign_in: SignIn, calls: Assignment) -> None:
    organizer = sign_in(Role.ORGANIZER)
    sheet = shown(organizer.get(f"/organizing/lists/{calls.pk}/sheet/"))
    for words in ("Left a voicemail", "Hola {name}, soy {sender}", "Hello {name}, this is {sender}"):
        assert words in sheet
    for words in ("Not home", "At the door", "En la puerta"):
        assert words not in sheet
    one, two, three = calls.stops.all()
    path = f"/organizing/lists/{calls.pk}/enter/"
    assert organizer.post(path, {f"outcome-{one.pk}": "not_home"}).status_code == 422
    organizer.post(path, {f"outcome-{one.pk}": "voicemail", f"outcome-{two.pk}": "no_answer"})
    page = shown(organizer.get(f"/organizing/stops/{three.pk}/log/?paper=on"))
    assert 'value="no_answer">No answer</button>' in page
    answer = organizer.post(f"/organizing/stops/{three.pk}/log/", {"quick": "no_answer", "contact_id": uuid4()})
    assert answer.status_code == 302, shown(answer)
    assert sorted(Contact.objects.values_list("kind", "where", "outcome")) == [
        ("call", "phone", "no_answer"),
        ("call", "phone", "no_answer"),
        ("call", "phone", "voicemail"),
    ]


def test_a_list_of_calls_on_a_phone_without_signal_is_noted_as_calls(sign_in: SignIn, calls: Assignment) -> None:
    phone = take_along(sign_in(Role.VOLUNTEER), calls)
    item = phone.seal({"stop": phone.people[0]["stop"], "outcome": "not_home", "where": "home"})
    assert phone.send(item)["answers"] == {item["id"]: "taken"}
    assert Contact.objects.values_list("kind", "where").get() == ("call", "phone")
