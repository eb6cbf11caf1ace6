"""A message leaves only with consent, to a safe address, in waking hours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from centro.core.classes import Relation, Role
from centro.core.models import Event
from centro.core.policy import GRANTS, Actor
from centro.people import actions, messages, queries
from centro.people.choices import How, Purpose
from centro.people.models import Message, Person
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
HELLO = {"channel": "text", "words": "Please call us back."}


@pytest.fixture
def reachable(add_person: MakePerson, actor: Acting) -> Person:
    """Somebody with a phone that takes texts, and a yes to texts and e-mail."""
    person = add_person(given="Rosa", phone="+12135550123")
    for purpose in (Purpose.TEXT, Purpose.EMAIL):
        actions.give_consent(
            by=actor(Role.FRONT_DESK),
            person=person,
            purpose=purpose,
            text="May we?",
            text_version="1",
            language="en",
            how=How.SPOKEN,
        )
    return person


def send(sign_in: SignIn, person: Person, **other: str) -> tuple[int, str]:
    answer = sign_in(Role.FRONT_DESK).post(f"/people/{person.pk}/message/", {**HELLO, **other})
    return answer.status_code, answer.content.decode()


def test_a_message_goes_to_the_outbox_with_its_event(sign_in: SignIn, reachable: Person) -> None:
    assert send(sign_in, reachable)[0] == 302
    assert Message.objects.get().state == "outbox"
    assert Event.objects.filter(kind="person.message_sent", person=reachable.pk).exists()


def test_the_outbox_shows_the_whole_number_and_marks_it_sent(sign_in: SignIn, reachable: Person) -> None:
    send(sign_in, reachable)
    desk = sign_in(Role.FRONT_DESK)
    page = desk.get("/people/outbox/").content.decode()
    assert "(213) 555-0123" in page
    assert "Please call us back." in page
    desk.post(f"/people/outbox/{Message.objects.get().pk}/sent/")
    assert Message.objects.get().state == "sent"
    assert "Please call us back." not in desk.get("/people/outbox/").content.decode()


def test_without_a_yes_nothing_leaves(sign_in: SignIn, add_person: MakePerson) -> None:
    status, page = send(sign_in, add_person(given="Ana", phone="+12135550124"))
    assert (status, "have not agreed" in page) == (422, True)
    assert not Message.objects.exists()


def test_a_withdrawn_yes_acts_at_once(sign_in: SignIn, reachable: Person, actor: Acting) -> None:
    consent = reachable.consents.get(purpose=Purpose.TEXT)
    actions.withdraw_consent(by=actor(Role.FRONT_DESK), consent=consent)
    assert send(sign_in, reachable)[0] == 422


def test_an_expired_yes_is_no_yes(sign_in: SignIn, reachable: Person, clock: time_machine.Traveller) -> None:
    row = reachable.consents.filter(purpose=Purpose.TEXT)
    row.update(expires_on=datetime.now(tz=UTC).date())
    assert send(sign_in, reachable)[0] == 302
    clock.shift(timedelta(days=1))
    assert send(sign_in, reachable)[0] == 422


def test_nothing_leaves_at_night(sign_in: SignIn, reachable: Person, clock: time_machine.Traveller) -> None:
    clock.move_to(datetime(2026, 11, 24, 6, 30, tzinfo=UTC))  # 22:30 in Los Angeles
    status, page = send(sign_in, reachable)
    assert (status, "too early or too late" in page) == (422, True)


@pytest.mark.parametrize(("begins", "ends", "is_safe"), [("20:00", "02:00", False), ("20:00", "11:00", True)])
def test_hours_over_midnight_are_hours_too(begins: str, ends: str, is_safe: bool, reachable: Person) -> None:
    reachable.phones.update(from_hour=begins, to_hour=ends)  # it is 10 in the morning
    assert [messages._is_within(phone) for phone in reachable.phones.all()] == [is_safe]


def test_hours_beside_the_phone_are_kept(sign_in: SignIn, reachable: Person) -> None:
    reachable.phones.update(from_hour="18:00", to_hour="20:00")  # it is 10 in the morning
    status, page = send(sign_in, reachable)
    assert (status, "Not at this hour" in page) == (422, True)


def test_a_phone_that_takes_no_texts_gets_none(sign_in: SignIn, reachable: Person) -> None:
    reachable.phones.update(text_ok=False)
    assert "No phone of theirs" in send(sign_in, reachable)[1]


def test_who_asked_to_be_left_alone_is(sign_in: SignIn, reachable: Person, actor: Acting) -> None:
    actions.restrict_person(by=actor(Role.FRONT_DESK), person=reachable)
    assert "do not contact them" in send(sign_in, reachable)[1]


def test_an_e_mail_needs_an_address(sign_in: SignIn, reachable: Person) -> None:
    assert "no e-mail address" in send(sign_in, reachable, channel="email")[1]


@pytest.mark.parametrize(
    "other", [{"words": ""}, {"words": "x" * 481}, {"channel": "pigeon"}, {"words": "SSN 123-45-6789"}]
)
def test_bad_input_sends_nothing(other: dict[str, str], sign_in: SignIn, reachable: Person) -> None:
    assert send(sign_in, reachable, **other)[0] == 422
    assert not Message.objects.exists()


def test_roles_without_the_outbox_do_not_see_it(sign_in: SignIn, actor: Acting, reachable: Person) -> None:
    send(sign_in, reachable)
    assert sign_in(Role.ORGANIZER).get("/people/outbox/").status_code == 404
    assert queries.outbox(actor(Role.ORGANIZER)) == []


def test_nobody_but_the_desk_reads_the_words_of_the_whole_center(sign_in: SignIn, reachable: Person) -> None:
    send(sign_in, reachable)
    for role in set(Role) - {Role.FRONT_DESK}:
        client = sign_in(role)
        for path in ("/people/outbox/", "/people/answers/"):
            assert client.get(path).status_code == 404, (role, path)
    opening = {g.role for g in GRANTS if g.record == "message" and g.relation == Relation.CENTER and g.opens}
    assert opening == {Role.FRONT_DESK}


def test_the_words_do_not_appear_in_the_log(sign_in: SignIn, reachable: Person) -> None:
    send(sign_in, reachable)
    assert "call us" not in str(list(Event.objects.values()))
