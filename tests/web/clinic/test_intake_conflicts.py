"""The conflict check: names found across scripts and owners, an answer that shows nothing, an attorney who decides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from centro.clinic.actions import cases
from centro.clinic.choices import CaseState
from centro.clinic.intake.sameness import may_be_same
from centro.clinic.models import ConflictCheck, Intake
from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.models import Person
from tests.web.clinic.asking import address, agree, begin, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
Acting = Callable[[Role], Actor]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José García", "Jose Garcia"),
        ("García, José", "Jose Garcia Lopez"),
        ("김성호", "Sung-ho Kim"),
        ("Kim Seong Ho", "김성호"),
        ("Seoul Garden Inc.", "SEOUL GARDEN LLC"),
    ],
)
def test_names_that_may_be_the_same(one: str, other: str) -> None:
    assert may_be_same(one, other)
    assert may_be_same(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Kim", "Kim Mi-ra"), ("Rosa", "Rosa"), ("", ""), ("김", "김성호"), ("Ana Ruiz", "Ana Paz")]
)
def test_names_that_prove_nothing(one: str, other: str) -> None:
    assert not may_be_same(one, other)


def test_a_single_word_counts_between_companies_only_whole() -> None:
    assert may_be_same("Sunrise", "SUNRISE, Inc.", is_company=True)
    assert not may_be_same("Sunrise", "Sunrise Bakery", is_company=True)


# --- with people -------------------------------------------------------------------------------------------------


def client_called(by: Actor, employer: str = "Other Shop", **names: str) -> Person:
    person = people.add_person(by=by, details={"language": "ko", **names})
    cases.open_case(by=by, person=person, details={"employer_name": employer, "topics": ["pay"]})
    return person


def checked(client: Client, **employer: str) -> Intake:
    intake = begin(client)
    names = {"call_me": "Ana", "whole_name": "Ana Ruiz"}
    told(client, intake, {"name": names, "topics": {"topics": ["other"]}, "employer": employer})
    client.post(address(intake, "conflict/"))
    intake.refresh_from_db()
    return intake


def test_nothing_found_is_cleared(sign_in: SignIn) -> None:
    intake = checked(sign_in(Role.FRONT_DESK), sign_name="Seoul Garden", owner_names="Kim Sung-ho")
    assert intake.state == CaseState.CLEARED
    assert ConflictCheck.objects.get().is_cleared


def test_a_boss_whom_we_help_is_found_in_another_script(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), native="김성호")
    intake = checked(sign_in(Role.FRONT_DESK), sign_name="Seoul Garden", owner_names="Sung-ho Kim")
    assert intake.state == CaseState.CONFLICT


def test_an_owner_behind_the_sign_is_found(sign_in: SignIn, actor: Acting) -> None:
    desk = actor(Role.FRONT_DESK)
    people.add_workplace(by=desk, details={"name": "Seoul Garden", "owner": "Kim Sung-ho"})
    people.add_workplace(by=desk, details={"name": "Han River Grill", "owner": "Kim Sung-ho"})
    client_called(actor(Role.COUNSELLOR), given="Sung-ho", family="Kim")
    assert checked(sign_in(Role.FRONT_DESK), sign_name="Han River Grill").state == CaseState.CONFLICT


def test_a_worker_against_whom_we_act_is_found(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), employer="Ana Ruiz", given="Pedro", family="Paz")
    assert checked(sign_in(Role.FRONT_DESK), sign_name="Seoul Garden").state == CaseState.CONFLICT


def test_two_at_the_door_on_both_sides_are_found(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    first = begin(client)
    told(client, first, {"name": {"call_me": "Señora Kim", "whole_name": "Mi-ra Kim"}})
    second = client.post("/clinic/intake/begin/", {"language": "es", "source": "phone"})
    intake = Intake.objects.exclude(pk=first.pk).get()
    assert second.status_code == 302
    told(client, intake, {"name": {"call_me": "Ana"}, "employer": {"boss_names": "김미라"}})
    client.post(address(intake, "conflict/"))
    intake.refresh_from_db()
    assert intake.state == CaseState.CONFLICT


def test_a_co_worker_of_the_same_employer_is_no_conflict(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), employer="Seoul Garden", given="Pedro", family="Paz")
    assert checked(sign_in(Role.FRONT_DESK), sign_name="Seoul Garden").state == CaseState.CLEARED


def test_who_comes_again_is_not_in_conflict_with_themselves(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), employer="Seoul Garden", given="Ana", family="Ruiz")
    assert checked(sign_in(Role.FRONT_DESK), sign_name="Seoul Garden").state == CaseState.CLEARED


def test_the_page_shows_that_something_was_found_and_never_what(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), employer="Secret Spa", given="Sung-ho", family="Kim", call_me="Sunny")
    desk = sign_in(Role.FRONT_DESK)
    intake = checked(desk, sign_name="Seoul Garden", owner_names="Kim Sung-ho")
    for page in ("conflict/", ""):
        text = desk.get(address(intake, page)).content.decode()
        assert "attorney" in text
        assert "Secret Spa" not in text
        assert "Sunny" not in text
    assert desk.get(address(intake, "conflict/decide/")).status_code == 404
    assert desk.get(address(intake, "consents/")).status_code == 404
    assert desk.get(address(intake, "ask/where/")).status_code == 404


def test_an_attorney_clears_with_a_reason_and_the_way_goes_on(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), employer="Secret Spa", given="Sung-ho", family="Kim")
    intake = checked(sign_in(Role.FRONT_DESK), owner_names="Kim Sung-ho")
    attorney = sign_in(Role.ATTORNEY)
    page = attorney.get(address(intake, "conflict/decide/")).content.decode()
    assert "Secret Spa" not in page
    assert "1 more belongs to another team" in page
    assert attorney.post(address(intake, "conflict/decide/"), {"may_go_on": "yes"}).status_code == 422
    decision = {"may_go_on": "yes", "reason": "Somebody else of that name"}
    assert attorney.post(address(intake, "conflict/decide/"), decision).status_code == 302
    intake.refresh_from_db()
    check = ConflictCheck.objects.get()
    assert (intake.state, check.is_cleared, check.reason) == (CaseState.CLEARED, True, "•••")
    assert attorney.get(address(intake, "conflict/decide/")).status_code == 404
    assert Event.objects.filter(kind="intake.conflict_decided", codes=["cleared"]).exists()


def test_an_attorney_refers_and_the_letter_can_still_be_printed(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), given="Sung-ho", family="Kim")
    desk = sign_in(Role.FRONT_DESK)
    intake = checked(desk, owner_names="Kim Sung-ho")
    decision = {"may_go_on": "no", "reason": "We help the owner"}
    sign_in(Role.ATTORNEY).post(address(intake, "conflict/decide/"), decision)
    intake.refresh_from_db()
    assert intake.state == CaseState.REFERRED
    assert agree(desk, intake, "keep_file").status_code in {302, 404}
    paper = desk.post(address(intake, "letter/"))
    assert desk.get(paper.headers["Location"]).headers["Content-Type"] == "application/pdf"


def test_a_name_changed_later_has_to_be_checked_again(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = checked(client, sign_name="Seoul Garden")
    told(client, intake, {"employer": {"sign_name": "Han River Grill"}})
    intake.refresh_from_db()
    assert intake.state == CaseState.TRIAGED
    assert client.get(address(intake, "consents/")).status_code == 404


def test_without_names_the_page_says_what_could_not_be_checked(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    assert "No name was told" in client.get(address(intake, "conflict/")).content.decode()


def test_the_list_of_conflicts_is_for_attorneys(sign_in: SignIn, actor: Acting) -> None:
    client_called(actor(Role.COUNSELLOR), given="Sung-ho", family="Kim")
    checked(sign_in(Role.FRONT_DESK), owner_names="Kim Sung-ho")
    lines: Any = sign_in(Role.ATTORNEY).get("/clinic/intake/?show=conflict").context["lines"]
    assert [line.name for line in lines] == ["Ana"]
    assert list(sign_in(Role.FRONT_DESK).get("/clinic/intake/?show=conflict").context["lines"]) == []
