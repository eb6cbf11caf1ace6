"""Adding somebody at the front desk."""

from uuid import uuid4

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.people.models import Employment, NotSame, Person, Phone, SameAs, Workplace
from tests.web.conftest import SignIn, page_of
from tests.web.people.conftest import MakePerson

URL = "/people/add/"
ROSA = {"given": "Rosa", "family": "Hernández", "language": "es", "number": "(213) 555-0123", "text_ok": "on"}


def test_a_name_and_a_phone_are_enough(sign_in: SignIn) -> None:
    answer = sign_in(Role.FRONT_DESK).post(URL, ROSA)
    person = Person.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/{person.pk}/"
    assert Phone.objects.get().text_ok
    assert Event.objects.filter(kind="person.added", person=person.pk).count() == 1


def test_the_page_shows_what_was_added(sign_in: SignIn) -> None:
    page = sign_in(Role.FRONT_DESK).post(URL, ROSA, follow=True).content.decode()
    assert "Rosa Hernández" in page
    assert "••• ••• 0123" in page
    assert "555-0123" not in page


def test_a_new_workplace_is_added_by_its_name_and_found_the_second_time(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    desk.post(URL, {"given": "Rosa", "language": "es", "workplace_name": "Casa Lupita"})
    desk.post(URL, {"given": "Elena", "language": "es", "workplace_name": "casa lupita"})
    assert Workplace.objects.count() == 1
    assert Employment.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"language": "es", "number": "2135550123"}, "at least one name"),
        ({"given": "Rosa", "language": "es"}, "add one of these"),
        ({**ROSA, "number": "12"}, "does not look like a phone number"),
        ({**ROSA, "birth_year": "1899"}, "greater than or equal to 1920"),
        ({**ROSA, "birth_year": "2199"}, "check the year"),
        ({**ROSA, "zip": "9000"}, "five digits"),
        ({**ROSA, "given": "R" * 10_000}, "at most 80"),
        ({**ROSA, "language": "xx"}, "valid choice"),
        ({**ROSA, "safe_contact": "SSN 123-45-6789"}, "do not write this here"),
    ],
)
def test_bad_input_stays_on_the_form_with_its_words(sent: dict[str, str], words: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.FRONT_DESK).post(URL, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(value in page for name, value in sent.items() if name in {"given", "family"} and len(value) < 100)
    assert not Person.objects.exists()


def test_numbers_that_must_not_be_kept_are_taken_out_when_asked(sign_in: SignIn) -> None:
    sent = {**ROSA, "call_me": "Rosi 123-45-6789", "removal": "remove"}
    page = sign_in(Role.FRONT_DESK).post(URL, sent, follow=True).content.decode()
    assert "Rosi […]" in page
    assert "6789" not in page


def test_somebody_who_looks_the_same_is_shown_before_saving(sign_in: SignIn, add_person: MakePerson) -> None:
    add_person(given="Rosa", family="Hernandez", phone="+12135550199")
    desk = sign_in(Role.FRONT_DESK)
    answer = desk.post(URL, ROSA)
    assert answer.status_code == 422
    assert "is it one of these?" in answer.content.decode()
    assert Person.objects.count() == 1


def test_saying_it_is_somebody_else_is_remembered(sign_in: SignIn, add_person: MakePerson) -> None:
    other = add_person(given="Rosa", family="Hernandez")
    sign_in(Role.FRONT_DESK).post(URL, {**ROSA, "new_anyway": "1", "not_same": str(other.pk)})
    assert Person.objects.count() == 2
    assert NotSame.objects.count() == 1
    assert not SameAs.objects.exists()


def test_a_hidden_look_alike_is_not_mentioned_and_goes_to_the_queue(sign_in: SignIn, add_person: MakePerson) -> None:
    hidden = add_person(given="Rosa", family="Hernandez", phone="+12135550123")
    answer = sign_in(Role.ORGANIZER).post(URL, ROSA)
    assert answer.status_code == 302
    mine = Person.objects.exclude(pk=hidden.pk).get()
    assert SameAs.objects.filter(one=mine, other=hidden).exists()


def test_a_shared_family_phone_merges_nobody(sign_in: SignIn, add_person: MakePerson) -> None:
    add_person(given="Luis", family="Hernández", phone="+12135550123")
    desk = sign_in(Role.FRONT_DESK)
    assert desk.post(URL, ROSA).status_code == 422
    desk.post(URL, {**ROSA, "new_anyway": "1"})
    assert Person.objects.count() == 2
    assert Phone.objects.count() == 2


def test_sending_a_form_twice_adds_one_person(sign_in: SignIn) -> None:
    desk, key = sign_in(Role.FRONT_DESK), str(uuid4())
    first = desk.post(URL, {**ROSA, "_once": key})
    second = desk.post(URL, {**ROSA, "_once": key})
    assert Person.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_an_outsider_is_asked_to_sign_in(client: object, db: None) -> None:
    from django.test import Client

    answer = Client().post(URL, ROSA)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")
    assert not Person.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR, Role.VOLUNTEER, Role.DIRECTOR])
def test_a_role_that_does_not_add_people_gets_the_same_page_as_nothing_there(role: Role, sign_in: SignIn) -> None:
    client = sign_in(role)
    refused, absent = client.get(URL), client.get("/no/such/page/")
    assert refused.status_code == absent.status_code == 404
    assert page_of(refused) == page_of(absent)


def test_likely_matches_appear_while_typing(sign_in: SignIn, add_person: MakePerson) -> None:
    add_person(native="김영희", language="ko")
    page = sign_in(Role.FRONT_DESK).post("/people/look-alikes/", {"native": "김영희"}).content.decode()
    assert "김영희" in page
