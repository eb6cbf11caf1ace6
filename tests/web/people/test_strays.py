"""The number of a text from nobody known: in part, and whole for one counted tap."""

import pytest
from django.test import Client

from centro.core import queries as core_queries
from centro.core.classes import Role
from centro.core.models import Access
from centro.core.policy import Actor
from centro.people.models import StrayText
from centro.people.sms import receiving
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

ANSWERS, WHOLE = "/people/answers/", "(213) 555-0199"


@pytest.fixture
def stray(db: None) -> StrayText:
    receiving.receive(by=Actor(system="test"), number="+12135550199", words="Who is this?", provider_id="SM1")
    return StrayText.objects.get()


def tap(client: Client, stray: StrayText) -> tuple[int, str]:
    answer = client.post(f"/people/answers/strays/{stray.pk}/number/")
    return answer.status_code, answer.content.decode()


def test_the_desk_sees_a_part_and_taps_for_all(stray: StrayText, sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    page = desk.get(ANSWERS).content.decode()
    assert "Who is this?" in page
    assert "555-0199" not in page
    assert "5550199" not in page
    assert "•••" in page
    assert not Access.objects.filter(kind="reveal").exists()
    status, page = tap(desk, stray)
    assert (status, WHOLE in page) == (200, True)
    assert [str(stray.pk) in row.records for row in Access.objects.filter(kind="reveal")] == [True]


def test_one_tap_opens_one_number(stray: StrayText, sign_in: SignIn) -> None:
    receiving.receive(by=Actor(system="test"), number="+12135550188", words="Hola", provider_id="SM2")
    _status, page = tap(sign_in(Role.FRONT_DESK), stray)
    assert WHOLE in page
    assert "555-0188" not in page


def test_over_the_budget_nothing_opens(stray: StrayText, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(core_queries.REVEAL_BUDGET, Role.FRONT_DESK, 0)
    status, page = tap(sign_in(Role.FRONT_DESK), stray)
    assert (status, WHOLE in page, "as many numbers as one shift allows" in page) == (429, False, True)


def test_nobody_else_taps(stray: StrayText, sign_in: SignIn) -> None:
    for role in set(Role) - {Role.FRONT_DESK}:
        assert tap(sign_in(role), stray)[0] == 404, role
    assert tap(Client(), stray)[0] == 302


def test_whose_phone_it_is_shows_though_the_number_does_not(
    stray: StrayText, add_person: MakePerson, sign_in: SignIn
) -> None:
    for given in ("Luis", "Marta"):
        add_person(given=given, phone="+12135550199")
    page = sign_in(Role.FRONT_DESK).get(ANSWERS).content.decode()
    assert "Luis" in page
    assert "Marta" in page
    assert "Several people have this phone" in page
