"""Texts in organizing: the inbox by person, the bank one by one, guides, and who may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from centro.core import access
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.organizing import actions
from centro.organizing.actions import texts as texting
from centro.organizing.actions.texts import Said
from centro.organizing.models import Assignment, Campaign, Contact, Guide, Turn
from centro.people import actions as people
from centro.people import queries as people_queries
from centro.people.choices import How, Purpose
from centro.people.models import Message, Person, Thread
from centro.people.sms import receiving
from tests.web.conftest import SignIn, user_as
from tests.web.organizing.conftest import Acting, MakePerson

WORDS = {
    "en": Said("Hello {name}, this is {sender}. We meet {event}.", "on Saturday"),
    "es": Said("Hola, {name}. Soy {sender}. Nos reunimos {event}.", "el sábado"),
}
NUMBERS = iter(f"+1213555{number:04}" for number in range(100, 9999))
MakeReachable = Callable[..., Person]
MakeTexts = Callable[..., Assignment]


@pytest.fixture
def reachable(add_worker: MakePerson, actor: Acting) -> MakeReachable:
    """Somebody of the campaign whose phone takes texts, and who agreed: `reachable(given="Rosa", language="es")`."""

    def make(*, agrees: bool = True, **details: Any) -> Person:
        person = add_worker(phone=next(NUMBERS), **{"given": "Rosa", "language": "es", **details})
        person.phones.update(text_ok=True)
        if agrees:
            words = {"text": "?", "text_version": "1", "language": "en", "how": How.SPOKEN}
            people.give_consent(by=actor(Role.ORGANIZER), person=person, purpose=Purpose.TEXT, **words)
        return person

    return make


@pytest.fixture
def speaking(cast: dict[Role, User]) -> None:
    for role in (Role.ORGANIZER, Role.VOLUNTEER):
        cast[role].speaks = ["es", "en"]
        cast[role].save(update_fields=["speaks"])


@pytest.fixture
def guide(actor: Acting, campaign: Campaign, speaking: None) -> Guide:
    by = actor(Role.ORGANIZER)
    with access.viewing(by):
        return texting.add_guide(by=by, campaign=campaign, name="Invite", for_calls=False, texts=WORDS)


@pytest.fixture
def text_list(actor: Acting, campaign: Campaign, cast: dict[Role, User], guide: Guide) -> MakeTexts:
    """A list of texts for a shift that runs now; the volunteer of the cast sends."""

    def make(*persons: Person, guided: bool = True) -> Assignment:
        by, now = actor(Role.ORGANIZER), center.now()
        with access.viewing(by):
            row = actions.make_list(
                by=by,
                campaign=campaign,
                name="Evening texts",
                kind="text",
                from_at=now - timedelta(hours=1),
                to_at=now + timedelta(hours=3),
                people_on=[people_queries.get_person(by, person.pk) for person in persons],
                goes=[cast[Role.VOLUNTEER]],
            )
        if guided:
            texting.choose_guide(by=by, assignment=row, guide=guide)
        return row

    return make


def shown(answer: HttpResponse) -> str:
    return answer.content.decode()


def text_in(person: Person, words: str, by: Any) -> None:
    number = person.phones.get()
    with access.viewing(by):
        number.person = people_queries.get_person(by, person.pk)
        plain = str(number.number)
    receiving.receive(by=by, number=plain, words=words, provider_id=f"SM{words}{person.pk}"[:60])


# --- the bank -----------------------------------------------------------------------------------------------------


def test_a_volunteer_texts_one_by_one_with_the_guide_filled_in(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, seen_by: Any
) -> None:
    row = text_list(reachable(given="Rosa"), reachable(given="Ana", language="en"))
    volunteer = sign_in(Role.VOLUNTEER)
    assert "2 people wait" in shown(volunteer.get(f"/organizing/lists/{row.pk}/bank/"))
    first = volunteer.post(f"/organizing/lists/{row.pk}/next/")
    page = shown(volunteer.get(first.url))
    assert "Name of Volunteer" in page
    words = "Hola, Rosa. Nos reunimos el sábado."
    second = volunteer.post(first.url, {"words": words})
    assert second.status_code == 302
    assert second.url.endswith("/text/")
    assert second.url != first.url
    message, contact = Message.objects.get(), Contact.objects.get()
    assert (message.inbox, message.state, contact.kind, contact.outcome) == ("organizing", "outbox", "text", "sent")
    assert contact.pk == message.pk
    assert Event.objects.filter(kind="contact.logged", person=contact.person_id).exists()


def test_the_same_person_is_never_written_to_twice_from_a_list(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts
) -> None:
    row = text_list(reachable())
    path = f"/organizing/stops/{row.stops.get().pk}/text/"
    for role in (Role.VOLUNTEER, Role.ORGANIZER):
        assert sign_in(role).post(path, {"words": "Hola"}).status_code == 302
    assert Message.objects.count() == 1
    assert Contact.objects.count() == 1


def test_two_senders_are_given_two_people(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, clock: Any
) -> None:
    row = text_list(reachable(given="Rosa"), reachable(given="Ana"))
    path = f"/organizing/lists/{row.pk}/next/"
    urls = {sign_in(role).post(path).url for role in (Role.VOLUNTEER, Role.ORGANIZER)}
    assert len(urls) == 2
    clock.shift(timedelta(minutes=11))
    assert Turn.objects.filter(until__lt=center.now()).count() == 2
    assert sign_in(Role.VOLUNTEER).post(path).url.endswith("/text/")


def test_skipping_gives_the_next_and_comes_back_last(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts
) -> None:
    row = text_list(reachable(given="Rosa"), reachable(given="Ana"))
    volunteer = sign_in(Role.VOLUNTEER)
    first = volunteer.post(f"/organizing/lists/{row.pk}/next/").url
    second = volunteer.post(first.replace("/text/", "/skip/")).url
    assert second != first
    volunteer.post(second, {"words": "Hola"})
    assert volunteer.post(f"/organizing/lists/{row.pk}/next/").url == first


def test_a_sender_only_gets_languages_they_speak(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, guide: Guide, actor: Acting
) -> None:
    korean, tagalog = reachable(given="Jisoo", language="ko"), reachable(given="Luz", language="tl")
    by = actor(Role.ORGANIZER)
    with access.viewing(by):
        fresh = Guide.objects.get(pk=guide.pk)
        fresh.campaign = guide.campaign
        texts = {**WORDS, "ko": Said("{name}님 안녕하세요")}
        texting.edit_guide(by=by, guide=fresh, version=1, name="Invite", texts=texts)
    row = text_list(korean, tagalog)
    page = shown(sign_in(Role.VOLUNTEER).get(f"/organizing/lists/{row.pk}/bank/"))
    assert "Nobody waits for you on this list." in page
    assert "For colleagues who speak" in page
    assert "Cannot be sent: the guide is not written in" in page
    for stop in row.stops.all():
        assert sign_in(Role.VOLUNTEER).get(f"/organizing/stops/{stop.pk}/text/").status_code == 404
    next_one = sign_in(Role.VOLUNTEER).post(f"/organizing/lists/{row.pk}/next/")
    assert next_one.url == f"/organizing/lists/{row.pk}/bank/"


def test_without_a_guide_in_their_language_nothing_is_sent(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts
) -> None:
    row = text_list(reachable(), guided=False)
    volunteer, path = sign_in(Role.VOLUNTEER), f"/organizing/stops/{row.stops.get().pk}/text/"
    assert "it cannot be sent to them" in shown(volunteer.get(path))
    assert volunteer.post(path, {"words": "Hola"}).status_code == 422
    assert not Message.objects.exists()


def test_without_consent_nothing_is_sent_and_the_words_stay(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts
) -> None:
    row = text_list(reachable(agrees=False))
    answer = sign_in(Role.VOLUNTEER).post(f"/organizing/stops/{row.stops.get().pk}/text/", {"words": "Hola Rosa"})
    assert answer.status_code == 422
    assert "have not agreed" in shown(answer)
    assert "Hola Rosa" in shown(answer)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("words", ["", "x" * 481, "SSN 123-45-6789"])
def test_bad_words_stay_on_the_form(
    words: str, sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts
) -> None:
    row = text_list(reachable())
    path = f"/organizing/stops/{row.stops.get().pk}/text/"
    assert sign_in(Role.VOLUNTEER).post(path, {"words": words}).status_code == 422
    assert not Message.objects.exists()


def test_somebody_contacted_this_week_is_marked(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, campaign: Campaign, actor: Acting
) -> None:
    rosa = reachable()
    told = actions.Told(outcome="talked", device_at=center.now() - timedelta(days=2))
    actions.log_contact(by=actor(Role.ORGANIZER), campaign=campaign, person=rosa, told=told, contact_id=campaign.pk)
    row = text_list(rosa)
    page = shown(sign_in(Role.VOLUNTEER).get(f"/organizing/stops/{row.stops.get().pk}/text/"))
    assert "Contacted this week already" in page


def test_after_the_shift_and_for_others_there_is_no_bank(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, clock: Any
) -> None:
    row = text_list(reachable())
    stop = row.stops.get()
    paths = [f"/organizing/lists/{row.pk}/bank/", f"/organizing/stops/{stop.pk}/text/"]
    for role in (Role.FRONT_DESK, Role.COUNSELLOR, Role.INTERPRETER, Role.ADMIN):
        assert [sign_in(role).get(path).status_code for path in paths] == [404, 404]
    clock.shift(timedelta(hours=4))
    assert [sign_in(Role.VOLUNTEER).get(path).status_code for path in paths] == [404, 404]
    assert sign_in(Role.VOLUNTEER).post(paths[1], {"words": "Hola"}).status_code == 404


def test_a_volunteer_reads_no_thread(sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts) -> None:
    rosa = reachable()
    text_list(rosa)
    for path in ("/organizing/texts/", f"/organizing/texts/{rosa.pk}/"):
        assert sign_in(Role.VOLUNTEER).get(path).status_code == 404


# --- the inbox ----------------------------------------------------------------------------------------------------


def test_an_answer_waits_for_those_who_speak_the_language(
    sign_in: SignIn, reachable: MakeReachable, actor: Acting, cast: dict[Role, User], speaking: None, clock: Any
) -> None:
    rosa = reachable(given="Rosa", family="Quispe")
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/texts/{rosa.pk}/", {"words": "¿Viene el sábado?"})
    clock.shift(timedelta(minutes=5))
    text_in(rosa, "Sí, con mi hermana", actor(Role.ORGANIZER))
    page = shown(organizer.get("/organizing/texts/"))
    assert "Sí, con mi hermana" in page
    assert "Waiting, in my languages (1)" in page
    cast[Role.ORGANIZER].speaks = ["ko"]
    cast[Role.ORGANIZER].save(update_fields=["speaks"])
    assert "Sí, con mi hermana" not in shown(organizer.get("/organizing/texts/"))
    assert "Sí, con mi hermana" in shown(organizer.get("/organizing/texts/?show=all"))
    thread = shown(organizer.get(f"/organizing/texts/{rosa.pk}/"))
    assert thread.index("¿Viene el sábado?") < thread.index("Sí, con mi hermana")
    organizer.post(f"/organizing/texts/{rosa.pk}/", {"words": "¡Qué bueno!"})
    assert Thread.objects.get().unread_at is None
    assert Contact.objects.filter(kind="text").count() == 2


def test_an_organizer_of_another_campaign_reads_nothing(
    sign_in: SignIn, reachable: MakeReachable, actor: Acting, speaking: None
) -> None:
    from tests.web.conftest import signed_in

    rosa = reachable()
    sign_in(Role.ORGANIZER).post(f"/organizing/texts/{rosa.pk}/", {"words": "Hola"})
    text_in(rosa, "secreto", actor(Role.ORGANIZER))
    other = signed_in(user_as(Role.ORGANIZER, "elsewhere"))
    assert other.get(f"/organizing/texts/{rosa.pk}/").status_code == 404
    assert "secreto" not in shown(other.get("/organizing/texts/?show=all"))
    row = Thread.objects.get()
    for path in ("settle/", "hand-over/"):
        assert other.post(f"/organizing/threads/{row.pk}/{path}").status_code == 404
    assert row.unread_at is not None


def test_what_somebody_answers_to_the_desk_is_not_in_organizing(
    sign_in: SignIn, reachable: MakeReachable, actor: Acting, speaking: None
) -> None:
    rosa = reachable()
    text_in(rosa, "about my case", actor(Role.ORGANIZER))
    organizer = sign_in(Role.ORGANIZER)
    assert "about my case" not in shown(organizer.get("/organizing/texts/?show=all"))
    assert "about my case" not in shown(organizer.get(f"/organizing/texts/{rosa.pk}/"))
    assert "about my case" in shown(sign_in(Role.FRONT_DESK).get("/people/answers/"))


def test_a_thread_is_handed_to_a_colleague_with_a_task(
    sign_in: SignIn, reachable: MakeReachable, actor: Acting, campaign: Campaign, speaking: None
) -> None:
    from tests.web.conftest import signed_in

    rosa, colleague = reachable(), user_as(Role.ORGANIZER, "colleague")
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=colleague)
    organizer = sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/texts/{rosa.pk}/", {"words": "Hola"})
    text_in(rosa, "Llámeme", actor(Role.ORGANIZER))
    row = Thread.objects.get()
    assert organizer.post(f"/organizing/threads/{row.pk}/hand-over/", {"to": rosa.pk}).status_code == 404
    organizer.post(f"/organizing/threads/{row.pk}/hand-over/", {"to": colleague.pk})
    assert "Llámeme" in shown(signed_in(colleague).get("/organizing/texts/?show=my"))
    assert Task.objects.filter(owner=colleague, about=rosa.pk).exists()
    assert Event.objects.filter(kind="person.thread_handed", person=rosa.pk).exists()


@pytest.mark.parametrize(("means", "left"), [("stop", 0), ("words", 1)])
def test_a_doubtful_stop_is_decided_in_the_thread(
    means: str, left: int, sign_in: SignIn, reachable: MakeReachable, actor: Acting, speaking: None
) -> None:
    rosa, organizer = reachable(), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/texts/{rosa.pk}/", {"words": "Hola"})
    text_in(rosa, "tenemos que parar los abusos", actor(Role.ORGANIZER))
    assert "Stop?" in shown(organizer.get("/organizing/texts/"))
    organizer.post(f"/organizing/threads/{Thread.objects.get().pk}/settle/", {"means": means})
    assert rosa.consents.filter(withdrawn_at__isnull=True).count() == left
    assert "Nothing waits" in shown(organizer.get("/organizing/texts/"))


def test_the_demo_plays_the_answer_and_a_center_does_not(
    sign_in: SignIn, reachable: MakeReachable, speaking: None, settings: Any
) -> None:
    rosa, organizer = reachable(), sign_in(Role.ORGANIZER)
    organizer.post(f"/organizing/texts/{rosa.pk}/", {"words": "Hola"})
    organizer.post(f"/organizing/texts/{rosa.pk}/play/", {"words": "ALTO"})
    assert not rosa.consents.filter(withdrawn_at__isnull=True).exists()
    assert "have not agreed" in shown(organizer.get(f"/organizing/texts/{rosa.pk}/"))
    settings.TESTING = settings.DEMO = False
    assert organizer.post(f"/organizing/texts/{rosa.pk}/play/", {"words": "START"}).status_code == 404


def test_the_bank_asks_a_bounded_number_of_questions(
    sign_in: SignIn, reachable: MakeReachable, text_list: MakeTexts, django_assert_max_num_queries: Any
) -> None:
    row = text_list(*(reachable(given=f"W{at}") for at in range(8)))
    volunteer = sign_in(Role.VOLUNTEER)
    with django_assert_max_num_queries(40):
        volunteer.get(f"/organizing/lists/{row.pk}/bank/")
