"""Asking, recording and taking back a consent."""

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.people.choices import Purpose
from centro.people.models import Consent
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson


def test_the_words_are_read_in_the_language_of_the_person_beside_english(
    sign_in: SignIn, add_person: MakePerson
) -> None:
    person = add_person(native="김영희", language="ko")
    page = sign_in(Role.FRONT_DESK).get(f"/people/{person.pk}/consents/text/").content.decode()
    assert 'lang="ko"' in page
    assert "문자" in page
    assert 'lang="en"' in page


def test_a_yes_is_kept_with_the_exact_words_and_their_version(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa", language="es")
    sign_in(Role.FRONT_DESK).post(f"/people/{person.pk}/consents/text/", {"how": "spoken", "language": "es"})
    row = Consent.objects.get()
    assert (row.purpose, row.language, row.how) == ("text", "es", "spoken")
    assert row.text_version
    assert Event.objects.filter(kind="person.consent_given", person=person.pk).exists()


def test_taking_back_acts_at_once_and_twice_is_once(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/consents/call/", {"how": "spoken", "language": "en"})
    row = Consent.objects.get()
    for _ in range(2):
        desk.post(f"/people/{person.pk}/consents/{row.pk}/withdraw/")
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert Event.objects.filter(kind="person.consent_withdrawn").count() == 1


def test_a_newer_yes_replaces_the_older(sign_in: SignIn, add_person: MakePerson) -> None:
    person, desk = add_person(given="Rosa"), sign_in(Role.FRONT_DESK)
    for how in ("spoken", "signed"):
        desk.post(f"/people/{person.pk}/consents/call/", {"how": how, "language": "en"})
    assert Consent.objects.filter(withdrawn_at__isnull=True).get().how == "signed"


@pytest.mark.parametrize(
    "sent",
    [
        {"how": "guessed", "language": "en"},
        {"language": "en"},
        {"how": "spoken", "language": "en", "expires_on": "2020-01-01"},
    ],
)
def test_bad_input_records_nothing(sent: dict[str, str], sign_in: SignIn, add_person: MakePerson) -> None:
    answer = sign_in(Role.FRONT_DESK).post(f"/people/{add_person().pk}/consents/call/", sent)
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_an_unknown_purpose_is_not_there(sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(Role.FRONT_DESK).get(f"/people/{add_person().pk}/consents/marketing/").status_code == 404


@pytest.mark.parametrize("purpose", Purpose.values)
def test_every_purpose_can_be_asked(purpose: str, sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(Role.FRONT_DESK).get(f"/people/{add_person().pk}/consents/{purpose}/").status_code == 200


def test_a_role_that_takes_no_consents_is_refused(sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(Role.DIRECTOR).get(f"/people/{add_person().pk}/consents/call/").status_code == 404
