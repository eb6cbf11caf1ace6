"""Texts through the service: sent once, tried again only when surely not sent, stopped by whoever has the phone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import actions, merge, messages, queries
from centro.people.choices import Channel, How, MessageState, Purpose
from centro.people.models import Consent, Message, Person, StoppedNumber, StrayText, Thread
from centro.people.sms import delivery, receiving, twilio
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson
from tests.web.people.texting import ACCOUNT, SENDER, TOKEN, Service, serving

Acting = Callable[[Role], Actor]
ROSA = "+12135550123"


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    with serving() as running:
        settings.TWILIO_ACCOUNT, settings.TWILIO_TOKEN, settings.TWILIO_FROM = ACCOUNT, TOKEN, SENDER
        settings.TWILIO_API = running.address
        yield running


def agree(person: Person, by: Actor) -> None:
    words = {"text": "May we?", "text_version": "1", "language": "en", "how": How.SPOKEN}
    actions.give_consent(by=by, person=person, purpose=Purpose.TEXT, **words)


@pytest.fixture
def rosa(add_person: MakePerson, actor: Acting) -> Person:
    person = add_person(given="Rosa", phone=ROSA, language="es")
    agree(person, actor(Role.FRONT_DESK))
    return person


@pytest.fixture
def write(actor: Acting) -> Callable[..., Message]:
    def send(person: Person, words: str = "See you on Saturday.") -> Message:
        by = actor(Role.FRONT_DESK)
        person = queries.get_person(by, person.pk)
        made = messages.send_message(by=by, person=person, channel=Channel.TEXT, words=words)
        delivery.deliver(by=by, message_id=made.pk)
        return Message.objects.get(pk=made.pk)

    return send


Write = Callable[..., Message]


def has_consent(person: Person) -> bool:
    return Consent.objects.filter(person=person, purpose=Purpose.TEXT, withdrawn_at__isnull=True).exists()


# --- sending ------------------------------------------------------------------------------------------------------


def test_a_text_is_sent_once(service: Service, rosa: Person, write: Write, actor: Acting) -> None:
    message = write(rosa)
    assert (message.state, message.provider_id) == ("sent", "SM" + "1".zfill(32))
    asked = service.asked[0]
    assert (asked["To"], asked["From"], asked["Body"]) == (ROSA, SENDER, "See you on Saturday.")
    assert asked["path"] == f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert asked["StatusCallback"] == f"http://testserver/people/texts/{message.pk}/status/"
    for _ in range(3):
        delivery.deliver(by=actor(Role.FRONT_DESK), message_id=message.pk)
        delivery.send_waiting(by=actor(Role.FRONT_DESK))
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [429])
def test_a_busy_service_is_asked_again_later(
    status: int, service: Service, rosa: Person, write: Write, actor: Acting, clock: time_machine.Traveller
) -> None:
    service.status, service.code = status, 20429
    message = write(rosa)
    assert message.state == "waiting"
    assert delivery.send_waiting(by=actor(Role.FRONT_DESK)) == 0  # not yet
    service.status = 201
    clock.shift(timedelta(minutes=2))
    assert delivery.send_waiting(by=actor(Role.FRONT_DESK)) == 1
    assert Message.objects.get(pk=message.pk).state == "sent"


def test_a_service_that_is_away_is_tried_five_times(
    service: Service, settings: Any, rosa: Person, write: Write, actor: Acting, clock: Any
) -> None:
    settings.TWILIO_API = "http://127.0.0.1:9"
    message = write(rosa)
    for _ in range(6):
        clock.shift(timedelta(minutes=121))
        clock.move_to(datetime.now(tz=UTC).replace(hour=20))
        delivery.send_waiting(by=actor(Role.FRONT_DESK))
        clock.shift(timedelta(days=1))
    message.refresh_from_db()
    assert (message.state, message.failure, message.tries) == ("failed", "unreachable", 5)


@pytest.mark.parametrize("fault", ["silent", "500", "nonsense"])
def test_without_a_clear_answer_it_is_never_sent_again(
    fault: str, service: Service, rosa: Person, write: Write, actor: Acting, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "SECONDS", 0.2)
    service.is_silent, service.status = fault == "silent", 500 if fault == "500" else 201
    if fault == "nonsense":
        service.status = 302
    message = write(rosa)
    assert message.state == "unsure"
    clock.shift(timedelta(hours=2))
    delivery.send_waiting(by=actor(Role.FRONT_DESK))
    delivery.deliver(by=actor(Role.FRONT_DESK), message_id=message.pk)
    assert len(service.asked) == 1


def test_a_worker_that_died_in_the_middle_leaves_it_unsure(
    service: Service, rosa: Person, write: Write, actor: Acting, clock: Any
) -> None:
    message = write(rosa)
    Message.objects.filter(pk=message.pk).update(state="sending")
    clock.shift(timedelta(minutes=6))
    delivery.send_waiting(by=actor(Role.FRONT_DESK))
    assert Message.objects.get(pk=message.pk).state == "unsure"
    assert len(service.asked) == 1


def test_a_number_that_opted_out_at_the_carrier_is_stopped_here_too(
    service: Service, rosa: Person, write: Write
) -> None:
    service.status, service.code = 400, 21610
    message = write(rosa)
    assert (message.state, message.failure) == ("failed", "21610")
    assert not has_consent(rosa)
    assert StoppedNumber.objects.exists()


def test_another_refusal_only_fails(service: Service, rosa: Person, write: Write) -> None:
    service.status, service.code = 400, 21211
    assert (write(rosa).failure, has_consent(rosa)) == ("21211", True)


def test_what_changed_meanwhile_holds_it_back(service: Service, rosa: Person, actor: Acting) -> None:
    by = actor(Role.FRONT_DESK)
    person = queries.get_person(by, rosa.pk)
    service.status = 429
    made = messages.send_message(by=by, person=person, channel=Channel.TEXT, words="x")
    Message.objects.filter(pk=made.pk).update(state="waiting", next_at=None)
    actions.withdraw_consent(by=by, consent=rosa.consents.get(withdrawn_at__isnull=True))
    asked = len(service.asked)
    delivery.deliver(by=by, message_id=made.pk)
    assert (Message.objects.get(pk=made.pk).state, len(service.asked)) == ("stopped", asked)


def test_what_waits_overnight_goes_in_the_morning(service: Service, rosa: Person, actor: Acting, clock: Any) -> None:
    by = actor(Role.FRONT_DESK)
    person = queries.get_person(by, rosa.pk)
    service.status = 429
    made = messages.send_message(by=by, person=person, channel=Channel.TEXT, words="x")
    Message.objects.filter(pk=made.pk).update(state="waiting", next_at=None)
    service.status, asked = 201, len(service.asked)
    clock.move_to(datetime(2026, 11, 24, 6, 30, tzinfo=UTC))  # 22:30 in Los Angeles
    delivery.deliver(by=by, message_id=made.pk)
    assert len(service.asked) == asked
    clock.move_to(datetime(2026, 11, 24, 17, 1, tzinfo=UTC))
    delivery.send_waiting(by=by)
    assert Message.objects.get(pk=made.pk).state == "sent"


# --- what the service tells ---------------------------------------------------------------------------------------


def test_the_example_of_the_documentation() -> None:
    """Token, address, fields and signature as Twilio's own examples give them."""
    fields = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "To": "+18005551212"}
    fields |= {"Caller": "+14158675309", "From": "+14158675309"}
    from django.test import override_settings

    with override_settings(TWILIO_ACCOUNT=ACCOUNT, TWILIO_TOKEN=TOKEN):
        claimed = twilio.signature("https://mycompany.com/myapp.php?foo=1&bar=2", fields.items())
    assert claimed == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def tell(path: str, fields: dict[str, str], token: str = "") -> Any:
    claimed = token or twilio.signature(f"http://testserver{path}", fields.items())
    return Client().post(path, fields, headers={"X-Twilio-Signature": claimed})


def text_in(words: str, sid: str = "SM1", number: str = ROSA) -> Any:
    fields = {"MessageSid": sid, "From": number, "To": SENDER, "Body": words, "NumMedia": "0"}
    return tell("/people/texts/incoming/", fields)


@pytest.mark.parametrize("path", ["incoming/", "00000000-0000-0000-0000-000000000007/status/"])
def test_what_is_not_signed_does_not_exist(path: str, service: Service, rosa: Person) -> None:
    fields = {"MessageSid": "SM1", "From": ROSA, "Body": "hello", "MessageStatus": "sent"}
    for claimed in ("", "nonsense", "ñ"):
        headers = {"X-Twilio-Signature": claimed} if claimed else {}
        assert Client().post(f"/people/texts/{path}", fields, headers=headers).status_code == 404
    signature = twilio.signature(f"http://testserver/people/texts/{path}", fields.items())
    assert tell(f"/people/texts/{path}", {**fields, "Body": "changed"}, signature).status_code == 404
    assert Client().get(f"/people/texts/{path}").status_code == 405
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_without_an_account_nothing_is_signed(settings: Any) -> None:
    settings.TWILIO_TOKEN = ""
    assert text_in("hello").status_code == 404


def test_an_answer_waits_at_the_desk_and_twice_is_once(service: Service, rosa: Person, sign_in: SignIn) -> None:
    for _ in range(3):
        assert text_in("Sí, voy el sábado").status_code == 200
    assert Message.objects.filter(is_incoming=True).count() == 1
    assert Event.objects.filter(kind="person.text_received", person=rosa.pk).count() == 1
    desk = sign_in(Role.FRONT_DESK)
    assert "Sí, voy el sábado" in desk.get("/people/answers/").content.decode()
    desk.post(f"/people/answers/{Thread.objects.get().pk}/settle/")
    assert "Sí, voy" not in desk.get("/people/answers/").content.decode()


def test_who_has_no_outbox_reads_no_answer(service: Service, rosa: Person, sign_in: SignIn) -> None:
    text_in("private")
    for role in (Role.ORGANIZER, Role.VOLUNTEER, Role.COUNSELLOR, Role.ADMIN):
        assert sign_in(role).get("/people/answers/").status_code == 404
        assert sign_in(role).post(f"/people/answers/{Thread.objects.get().pk}/settle/").status_code == 404


@pytest.mark.parametrize(
    ("told", "state"), [("delivered", "delivered"), ("undelivered", "failed"), ("queued", "sent"), ("odd", "sent")]
)
def test_news_settles_what_was_unsure(told: str, state: str, service: Service, rosa: Person, write: Write) -> None:
    message = write(rosa)
    Message.objects.filter(pk=message.pk).update(state="unsure", provider_id=None)
    path = f"/people/texts/{message.pk}/status/"
    assert tell(path, {"MessageStatus": told, "MessageSid": "SM77", "ErrorCode": ""}).status_code == 204
    message.refresh_from_db()
    assert (message.state, message.provider_id) == (state, "SM77")


def test_late_news_does_not_take_back_an_arrival(service: Service, rosa: Person, write: Write) -> None:
    path = f"/people/texts/{write(rosa).pk}/status/"
    for told in ("delivered", "sent"):
        tell(path, {"MessageStatus": told, "MessageSid": "SM77"})
    assert Message.objects.get().state == MessageState.DELIVERED


# --- stop and start -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "language"), [("ALTO", "es"), ("No más, gracias", "es"), ("그만", "ko")])
def test_a_stop_ends_consent_and_is_confirmed_once(
    words: str, language: str, service: Service, rosa: Person, write: Write, seen_by: Any
) -> None:
    write(rosa)
    text_in(words, "SM1")
    text_in(words, "SM2")
    assert not has_consent(rosa)
    assert Event.objects.filter(kind="person.consent_withdrawn", person=rosa.pk).exists()
    confirmed = Message.objects.get(is_confirmation=True)
    delivery.deliver(by=Actor(system="test"), message_id=confirmed.pk)
    said = [asked["Body"] for asked in service.asked][1:]
    assert len(said) == 1
    assert said[0].startswith({"es": "No le mandaremos", "ko": "더 이상 문자"}[language])
    assert "START" in said[0]
    assert not Thread.objects.get().unread_at


def test_the_carrier_answers_its_own_words(service: Service, rosa: Person) -> None:
    text_in("STOP")
    assert not has_consent(rosa)
    assert not Message.objects.filter(is_confirmation=True).exists()


def test_a_stop_holds_for_everybody_who_has_the_phone_and_for_a_new_file(
    service: Service, rosa: Person, add_person: MakePerson, actor: Acting
) -> None:
    by = actor(Role.FRONT_DESK)
    son = add_person(given="Luis", phone=ROSA)
    agree(son, by)
    text_in("baja")
    assert not has_consent(rosa)
    assert not has_consent(son)
    later = add_person(given="Marta", phone=ROSA)
    agree(later, by)
    with pytest.raises(messages.MayNot) as refusal:
        messages.safe_address(queries.get_person(by, later.pk), Channel.TEXT)
    assert "START" in str(refusal.value.reason)


def test_start_gives_back_what_the_stop_took(service: Service, rosa: Person) -> None:
    text_in("parar", "SM1")
    text_in("EMPEZAR", "SM2")
    assert has_consent(rosa)
    assert Consent.objects.get(withdrawn_at__isnull=True).how == How.TEXTED
    assert not StoppedNumber.objects.exists()


def test_start_gives_nothing_that_was_never_given(service: Service, rosa: Person, actor: Acting) -> None:
    by = actor(Role.FRONT_DESK)
    actions.withdraw_consent(by=by, consent=rosa.consents.get())
    text_in("START")
    assert not has_consent(rosa)


def test_a_shared_phone_is_asked_again_one_by_one(
    service: Service, rosa: Person, add_person: MakePerson, actor: Acting
) -> None:
    agree(add_person(given="Luis", phone=ROSA), actor(Role.FRONT_DESK))
    text_in("parar", "SM1")
    text_in("START", "SM2")
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert not StoppedNumber.objects.exists()


@pytest.mark.parametrize(("means", "holds"), [("stop", False), ("words", True)])
def test_stop_inside_a_sentence_goes_to_a_human(
    means: str, holds: bool, service: Service, rosa: Person, sign_in: SignIn
) -> None:
    text_in("We have got to stop this boss")
    assert has_consent(rosa)
    desk = sign_in(Role.FRONT_DESK)
    assert "Do they want no more texts?" in desk.get("/people/answers/").content.decode()
    desk.post(f"/people/answers/{Thread.objects.get().pk}/settle/", {"means": means})
    assert has_consent(rosa) is holds
    assert "stop this boss" not in desk.get("/people/answers/").content.decode()


# --- whose text it is ---------------------------------------------------------------------------------------------


def test_of_several_it_is_the_one_we_wrote_to(
    service: Service, rosa: Person, add_person: MakePerson, actor: Acting, write: Write
) -> None:
    add_person(given="Luis", phone=ROSA)
    write(rosa)
    text_in("I come")
    assert Message.objects.get(is_incoming=True).person == rosa


def test_nobodys_text_waits_at_the_desk(
    service: Service, rosa: Person, add_person: MakePerson, sign_in: SignIn
) -> None:
    luis = add_person(given="Luis", phone=ROSA)
    text_in("Who is this?", "SM1")
    text_in("Hola", "SM2", "+12135550199")
    desk = sign_in(Role.FRONT_DESK)
    page = desk.get("/people/answers/").content.decode()
    assert "Several people have this phone" in page
    assert "A number that nobody has" in page
    shared, unknown = StrayText.objects.order_by("at")
    assert desk.post(f"/people/answers/strays/{unknown.pk}/settle/", {"person": rosa.pk}).status_code == 404
    desk.post(f"/people/answers/strays/{shared.pk}/settle/", {"person": luis.pk})
    desk.post(f"/people/answers/strays/{unknown.pk}/settle/")
    assert not StrayText.objects.exists()
    assert Message.objects.get().person == luis


def test_a_stop_from_a_number_that_nobody_has_is_kept(service: Service, db: None) -> None:
    text_in("stop", number="+12135550199")
    assert StoppedNumber.objects.count() == 1


def test_strays_go_after_thirty_days(service: Service, clock: Any, db: None) -> None:
    text_in("Hola", number="+12135550199")
    clock.shift(timedelta(days=31))
    assert receiving.forget_strays(by=Actor(system="test")) == 1
    assert not StrayText.objects.exists()


def test_words_and_numbers_are_in_no_log(service: Service, rosa: Person, write: Write) -> None:
    write(rosa, "secret words")
    text_in("other secret")
    everything = str(list(Event.objects.values()))
    assert "secret" not in everything
    assert "5550123" not in everything


def test_what_waits_to_be_read_follows_a_merge(
    service: Service, rosa: Person, add_person: MakePerson, write: Write, actor: Acting, sign_in: SignIn, clock: Any
) -> None:
    double = add_person(given="Rosa", phone="+12135550125")
    agree(double, actor(Role.FRONT_DESK))
    write(rosa)
    clock.shift(timedelta(minutes=1))
    text_in("I stop at five, come later", number="+12135550125")
    merge.merge_people(by=actor(Role.STEWARD), kept=rosa, gone=double)
    thread = Thread.objects.get(person=rosa)
    assert thread.unread_at is not None
    assert thread.may_mean_stop
    assert "come later" in sign_in(Role.FRONT_DESK).get("/people/answers/").content.decode()
