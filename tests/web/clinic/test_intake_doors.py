"""How an intake ends: the level of help that is chosen; and which door of it opens to whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from centro.clinic.actions import intake as actions
from centro.clinic.models import Case, ConflictCheck, Intake
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, Task, Upload, User
from centro.core.policy import Actor
from tests import hostile_files as hostile
from tests.web.clinic.asking import address, agree, assessed, begin, cleared, told

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
Acting = Callable[[Role], Actor]


# --- how we help --------------------------------------------------------------------------------------------------


def test_a_counsellor_names_the_attorney_whose_protocol_it_is(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = assessed(client)
    answer = client.post(address(intake, "level/"), {"level": "full", "routes": ["wage_claim"]})
    assert answer.status_code == 422
    assert "written protocol" in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(("level", "matters"), [("info_only", 2), ("referred", 0), ("declined", 0)])
def test_who_is_informed_gets_sheets_and_who_goes_elsewhere_none(sign_in: SignIn, level: str, matters: int) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = assessed(client)
    client.post(address(intake, "level/"), {"level": level})
    case = Case.objects.get()
    assert case.state == level
    assert case.matters.count() == matters
    assert all(matter.route == "advice" for matter in case.matters.all())
    letter = client.post(address(intake, "letter/"))
    assert letter.status_code == 302
    assert client.get(letter.headers["Location"]).headers["Content-Type"] == "application/pdf"


def test_a_referral_is_asked_after_and_a_near_deadline_calls_back(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    for level, days, tasks in (("referred", 300, 1), ("declined", 300, 0), ("declined", 30, 1)):
        Intake.objects.all().delete()
        Task.objects.all().delete()
        intake = assessed(client)
        Intake.objects.update(first_due_on=clock.today() + timedelta(days=days))
        client.post(address(intake, "level/"), {"level": level})
        due_on = clock.today() + timedelta(days=7 if level == "referred" else 14)
        assert Task.objects.filter(about_kind="case", due_on=due_on).count() == tasks, (level, days)


def test_the_attorney_decides_without_naming_anybody(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client = sign_in(Role.ATTORNEY)
    intake = assessed(client)
    assert client.post(address(intake, "level/"), {"level": "full", "routes": ["retaliation"]}).status_code == 302
    assert Case.objects.get().matters.get().attorney_status == "none"
    assert client.get(address(intake, "level/")).status_code == 404


# --- doors ----------------------------------------------------------------------------------------------------------

PAGES = ("", "conflict/", "consents/", "coverage/", "ask/name/", "help/")


def test_visitors_are_asked_to_sign_in(client: Client, sign_in: SignIn) -> None:
    intake = begin(sign_in(Role.FRONT_DESK))
    for page in PAGES:
        assert client.get(address(intake, page)).status_code == 302
    assert client.get("/clinic/intake/").status_code == 302


@pytest.mark.parametrize(
    "role", [Role.ORGANIZER, Role.STEWARD, Role.ADMIN, Role.VOLUNTEER, Role.AUDITOR, Role.DIRECTOR]
)
def test_others_find_nothing(sign_in: SignIn, role: Role) -> None:
    intake = begin(sign_in(Role.FRONT_DESK))
    other = sign_in(role)
    for page in PAGES:
        assert other.get(address(intake, page)).status_code == 404, page


def test_a_volunteer_sees_the_one_they_were_given_until_the_shift_ends(sign_in: SignIn, cast: dict[Role, User]) -> None:
    desk = sign_in(Role.FRONT_DESK)
    intake = begin(desk)
    volunteer = sign_in(Role.VOLUNTEER)
    assert volunteer.get(address(intake, "ask/name/")).status_code == 404
    assert desk.post(address(intake, "help/"), {"user": str(cast[Role.VOLUNTEER].pk)}).status_code == 302
    told(volunteer, intake, {"name": {"call_me": "Ana"}})
    assert volunteer.get(address(intake, "consents/")).status_code == 404
    Place.objects.filter(scope=intake.pk).update(to_at=clock.now() - timedelta(minutes=1))
    assert volunteer.get(address(intake, "ask/name/")).status_code == 404


def test_an_unknown_screen_is_absent(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    assert client.get(address(intake, "ask/nothing/")).status_code == 404


def test_the_list_costs_the_same_with_ten_as_with_two(
    sign_in: SignIn, actor: Acting, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        actions.start_intake(by=actor(Role.FRONT_DESK), language="es", asked_in="es")
    client = sign_in(Role.COUNSELLOR)
    client.get("/clinic/intake/")
    with django_assert_max_num_queries(22):
        assert client.get("/clinic/intake/").status_code == 200


def test_the_sheet_for_a_pen_has_every_question_of_the_desk_in_two_languages(sign_in: SignIn) -> None:
    page = sign_in(Role.FRONT_DESK).get("/clinic/intake/paper/?language=ko").content.decode()
    assert "어떻게 불러 드릴까요?" in page
    assert "What should we call you?" in page
    assert "고용주가 직원이라고" not in page
    assert "무슨 일이 있었는지" not in page


def test_every_step_leaves_an_event(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "keep_file")
    kinds = set(Event.objects.filter(about=intake.pk).values_list("kind", flat=True))
    assert {"intake.started", "intake.answered", "intake.moved", "intake.conflict_checked", "intake.consented"} <= kinds
    assert ConflictCheck.objects.get().is_cleared


# --- a letter they brought ----------------------------------------------------------------------------------------


def a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.jpg", hostile.jpeg(), content_type="image/jpeg")


def test_the_photo_of_a_letter_opens_for_whoever_leads_and_the_original_stays_only_if_asked(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = begin(client)
    assert client.post(address(intake, "bring/"), {"brought": a_photo()}).status_code == 302
    upload = Upload.objects.get()
    assert (upload.about, upload.has_original) == (intake.pk, False)
    assert client.get(f"/uploads/{upload.pk}/preview/").status_code == 200
    assert f"/uploads/{upload.pk}/preview/" in client.get(address(intake)).content.decode()
    desk = sign_in(Role.FRONT_DESK)
    assert desk.get(f"/uploads/{upload.pk}/preview/").status_code == 404
    assert f"/uploads/{upload.pk}/" not in desk.get(address(intake)).content.decode()
    actions.forget(by=Actor(system="test"), intake=intake)
    assert not Upload.objects.exists()


def test_no_letter_and_a_file_that_is_not_what_it_says_come_back_with_words(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    assert client.post(address(intake, "bring/")).status_code == 422
    fake = SimpleUploadedFile("letter.pdf", hostile.jpeg(), content_type="application/pdf")
    assert client.post(address(intake, "bring/"), {"brought": fake}).status_code == 422
    assert not Upload.objects.exists()
