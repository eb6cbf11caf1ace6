"""Who helps with one intake or at one night sees how to call somebody; names and numbers only after a counted tap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from centro.clinic.actions import appointments, night
from centro.clinic.models import Appointment, Intake
from centro.core import clock, queries
from centro.core.classes import Role
from centro.core.models import Access, Place, User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.models import Person
from tests.web.clinic.asking import COOK, address, ask, begin, told
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]
HELPERS = [Role.VOLUNTEER, Role.INTERPRETER]
HIDDEN = ("박민지", "555-0155", "5550155")


@pytest.fixture
def intake(sign_in: SignIn) -> Intake:
    """An intake that the front desk took down, with a whole name and a number."""
    desk = sign_in(Role.FRONT_DESK)
    row = begin(desk)
    told(desk, row, COOK)
    return row


@pytest.fixture
def helper(sign_in: SignIn, intake: Intake, cast: dict[Role, User]) -> Callable[[Role], Client]:
    """Somebody who was given this one intake."""

    def given(role: Role) -> Client:
        sign_in(Role.FRONT_DESK).post(address(intake, "help/"), {"user": str(cast[role].pk)})
        return sign_in(role)

    return given


@pytest.mark.parametrize("role", HELPERS)
def test_a_helper_reads_the_call_name_and_the_end_of_the_number(
    helper: Callable[[Role], Client], intake: Intake, role: Role
) -> None:
    page = helper(role).get(address(intake)).content.decode()
    assert "민지" in page
    assert "••• ••• 0155" in page
    assert "Seoul Garden" in page
    assert not any(text in page for text in HIDDEN)


def test_a_helper_is_led_to_no_page_of_staff(helper: Callable[[Role], Client], intake: Intake, sign_in: SignIn) -> None:
    sign_in(Role.FRONT_DESK).post(address(intake, "conflict/"))
    page = helper(Role.VOLUNTEER).get(address(intake)).content.decode()
    assert "Staff go on from here" in page
    assert address(intake, "conflict/") not in page
    assert address(intake, "consents/") not in page


def test_staff_read_it_whole(sign_in: SignIn, intake: Intake) -> None:
    page = sign_in(Role.FRONT_DESK).get(address(intake)).content.decode()
    assert "박민지" in page
    assert "(213) 555-0155" in page


def test_a_hidden_screen_opens_by_a_tap_that_is_counted(helper: Callable[[Role], Client], intake: Intake) -> None:
    client = helper(Role.VOLUNTEER)
    assert client.get(address(intake, "ask/reach/")).url == address(intake)
    assert not Access.objects.filter(kind="reveal").exists()
    page = client.post(address(intake, "ask/reach/open/")).content.decode()
    assert "5550155" in page.replace("-", "")
    assert Access.objects.filter(kind="reveal").count() == 1
    answer = ask(client, intake, "reach", **{**COOK["reach"], "phone": "(213) 555-0177"})
    assert answer.status_code == 302
    assert "0177" in client.get(address(intake)).content.decode()


@pytest.mark.parametrize("name", ["name", "reach"])
def test_an_empty_form_that_is_sent_opens_nothing(
    helper: Callable[[Role], Client], intake: Intake, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(queries.REVEAL_BUDGET, Role.VOLUNTEER, 0)
    answer = helper(Role.VOLUNTEER).post(address(intake, f"ask/{name}/"), {"phone": ""})
    assert not any(text in answer.content.decode() for text in HIDDEN)
    assert answer.status_code == 302
    assert answer.url == address(intake)


def test_a_screen_without_names_opens_at_once(helper: Callable[[Role], Client], intake: Intake) -> None:
    assert helper(Role.VOLUNTEER).get(address(intake, "ask/employer/")).status_code == 200


def test_over_the_budget_nothing_opens(
    helper: Callable[[Role], Client], intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = helper(Role.VOLUNTEER)
    monkeypatch.setitem(queries.REVEAL_BUDGET, Role.VOLUNTEER, 1)
    assert client.post(address(intake, "ask/name/open/")).status_code == 200
    answer = client.post(address(intake, "ask/reach/open/"), follow=True)
    page = answer.content.decode()
    assert "as many numbers as one shift allows" in page
    assert "5550155" not in page.replace("-", "")


def test_what_somebody_else_saved_meanwhile_is_not_shown_to_a_helper(
    helper: Callable[[Role], Client], intake: Intake
) -> None:
    client = helper(Role.VOLUNTEER)
    typed = {**COOK["reach"], "phone": "(213) 555-0188", "version": 1}
    answer = client.post(address(intake, "ask/reach/"), typed)
    assert answer.status_code in {409, 422}
    assert "5550155" not in answer.content.decode().replace("-", "")


def test_others_cannot_tap(sign_in: SignIn, intake: Intake) -> None:
    for role in (Role.VOLUNTEER, Role.ORGANIZER, Role.COUNSELLOR):
        assert sign_in(role).post(address(intake, "ask/reach/open/")).status_code == 404


# --- a night ------------------------------------------------------------------------------------------------------


@pytest.fixture
def rosa(actor: ACTOR) -> Person:
    details = {"given": "Rosa", "family": "Mendoza", "call_me": "Rosi", "language": "es"}
    phone = {"number": "+12135550142", "text_ok": False, "voicemail_ok": False}
    return people.add_person(by=actor(Role.FRONT_DESK), details=details, phone=phone)


@pytest.fixture
def visit(actor: ACTOR, rosa: Person, cast: dict[Role, User]) -> Appointment:
    """Rosi is expected tonight, and a volunteer is on the shift."""
    by, now = actor(Role.FRONT_DESK), clock.now()
    details: dict[str, Any] = {"call_name": "Rosi", "language": "es", "kind": "intake", "starts_at": now}
    row = appointments.book(by=by, details={**details, "person": rosa})
    manager = actor(Role.MANAGER)
    tonight = night.open_night(by=manager, on=clock.today())
    hours = {"from_at": now - timedelta(hours=1), "to_at": now + timedelta(hours=3)}
    night.give_shift(by=manager, night=tonight, user=cast[Role.VOLUNTEER], station="", **hours)
    return row


def test_the_shift_sees_the_number_after_a_counted_tap(sign_in: SignIn, visit: Appointment, rosa: Person) -> None:
    volunteer = sign_in(Role.VOLUNTEER)
    page = volunteer.get("/clinic/day/").content.decode()
    assert "••• ••• 0142" in page
    assert "no texts" in page
    assert "555-0142" not in page
    answer = volunteer.post(f"/clinic/appointments/{visit.pk}/phone/")
    assert "(213) 555-0142" in answer.content.decode()
    assert "Mendoza" not in answer.content.decode()
    assert Access.objects.filter(kind="reveal").count() == 1
    assert volunteer.get(f"/people/{rosa.pk}/").status_code == 404


def test_over_the_budget_the_number_stays_hidden(
    sign_in: SignIn, visit: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(queries.REVEAL_BUDGET, Role.VOLUNTEER, 0)
    answer = sign_in(Role.VOLUNTEER).post(f"/clinic/appointments/{visit.pk}/phone/")
    assert answer.status_code == 429
    assert "555-0142" not in answer.content.decode()


def test_after_the_shift_and_for_others_there_is_no_number(sign_in: SignIn, visit: Appointment) -> None:
    assert sign_in(Role.INTERPRETER).post(f"/clinic/appointments/{visit.pk}/phone/").status_code == 404
    assert sign_in(Role.COUNSELLOR).post(f"/clinic/appointments/{visit.pk}/phone/").status_code == 404
    Place.objects.filter(scope_kind="night").update(to_at=clock.now())
    assert sign_in(Role.VOLUNTEER).post(f"/clinic/appointments/{visit.pk}/phone/").status_code == 404


def test_somebody_who_is_gone_shows_no_number(sign_in: SignIn, visit: Appointment) -> None:
    Appointment.objects.update(state="done")
    assert "0142" not in sign_in(Role.VOLUNTEER).get("/clinic/day/").content.decode()
