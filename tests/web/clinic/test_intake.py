"""The intake as staff lead it: from the door to an opened case, screen by screen, and what each role may do in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from centro.clinic.actions import intake as actions
from centro.clinic.choices import CaseState
from centro.clinic.intake.answers import Answers
from centro.clinic.models import ApprovingAttorney, Case, ConflictCheck, Intake
from centro.clinic.queries import intake as reads
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, PurgedVault, Task, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people.models import Consent, Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
Acting = Callable[[Role], Actor]

COOK = {
    "name": {"call_me": "민지", "whole_name": "박민지"},
    "reach": {"ways": ["call", "text"], "phone": "(213) 555-0155", "voicemail_ok": "no"},
    "topics": {"topics": ["pay", "fired"]},
    "last_day": {"still_there": "no", "last_day": "2026-10-30", "last_day-sure": "sure", "how_ended": "discharged"},
    "unpaid": {"unpaid_first": "2025-02-28", "unpaid_first-sure": "rough", "unpaid_last": "2026-10-31"},
    "employer": {"sign_name": "Seoul Garden", "owner_names": "Kim Sung-ho\nKim Mi-ra"},
}
JOB = {
    "where": {"town": "Koreatown", "zip": "90005", "county": "los-angeles", "place": "US-CA-los-angeles"},
    "work": {"job_title": "cook", "work": "general", "business": "restaurant_hotel_care"},
    "boss": {"label": "employee"},
}
STORY = {
    "pay": {"pay_kind": "month", "pay_got": "$2,800", "pay_how": ["cash"]},
    "story": {"story": "해고됐어요"},
    "week": {"week_days": ["mon", "tue", "wed", "thu", "fri", "sat"], "week_from": "10:30", "week_to": "22:00"},
    "breaks": {"meal_minutes": "20", "rests": "none"},
    "assets": {"bank_name": "Hanmi", "assets": ["property"]},
    "goal": {"wants": ["money"]},
}


def address(intake: Intake, what: str = "") -> str:
    return f"/clinic/intake/{intake.pk}/{what}"


def ask(client: Client, intake: Intake, name: str, **answers: Any) -> HttpResponse:
    version = Intake.objects.get(pk=intake.pk).version
    page: Any = client.post(address(intake, f"ask/{name}/"), {**answers, "version": version})
    return page


def begin(client: Client, language: str = "ko") -> Intake:
    answer = client.post("/clinic/intake/begin/", {"language": language, "source": "walk_in"})
    assert answer.status_code == 302, answer.content.decode()
    return Intake.objects.get()


def told(client: Client, intake: Intake, screens: dict[str, dict[str, Any]]) -> None:
    for name, answers in screens.items():
        answer = ask(client, intake, name, **answers)
        assert answer.status_code == 302, (name, answer.content.decode())


def agree(client: Client, intake: Intake, *purposes: str) -> HttpResponse:
    answers = dict.fromkeys(purposes, "yes")
    answer: Any = client.post(address(intake, "consents/"), {"how": "spoken", **answers})
    return answer


def cleared(client: Client) -> Intake:
    intake = begin(client)
    told(client, intake, COOK)
    client.post(address(intake, "conflict/"))
    intake.refresh_from_db()
    return intake


def approver(by: User) -> ApprovingAttorney:
    row = ApprovingAttorney(user=by, name="Ana Abogada", bar_number="1", protocol_on=clock.today())
    row.save()
    return row


# --- the whole way --------------------------------------------------------------------------------------------------


def test_a_counsellor_leads_the_cook_from_the_door_to_a_case(
    sign_in: SignIn, cast: dict[Role, User], seen_by: SeenBy
) -> None:
    client = sign_in(Role.COUNSELLOR)
    attorney = approver(cast[Role.ATTORNEY])
    intake = begin(client)
    told(client, intake, COOK)
    assert client.post(address(intake, "conflict/")).status_code == 302
    assert agree(client, intake, "keep_file", "call", "attorney").status_code == 302
    told(client, intake, {**JOB, **STORY})
    assert client.post(address(intake, "finish/")).headers["Location"].endswith("/level/")
    chosen = {"level": "full", "routes": ["wage_claim"], "attorney": str(attorney.pk), "reason": ""}
    answer = client.post(address(intake, "level/"), chosen)
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/clinic/cases/{case.pk}/"
    assert (case.state, case.county, case.topics) == (CaseState.FULL, "los-angeles", ["pay", "fired"])
    assert not case.contact_employer_ok
    kinds = sorted(case.happenings.values_list("kind", flat=True))
    assert kinds == ["adverse_act", "last_day", "payday_missed", "payday_missed"]
    assert case.clocks.filter(state="provisional").count() > 5
    matter = case.matters.get()
    assert (matter.route, matter.attorney_status, matter.attorney_id) == ("wage_claim", "supervised", attorney.user_id)
    assert matter.next_task is not None
    intake.refresh_from_db()
    assert (intake.case_id, intake.expires_at) == (case.pk, None)
    with seen_by(Role.COUNSELLOR):
        row = Case.objects.get_for(Actor(user_id=cast[Role.COUNSELLOR].pk, role=Role.COUNSELLOR), "see", pk=case.pk)
        assert row.employer_name == "Seoul Garden"
        assert row.story == "해고됐어요"
        line = row.log.get()
        line.case = row
        assert "Mon-Sat 10:30-22:00, one 20-minute meal, no rests" in line.words
        bank = row.assets.get(kind="bank")
        bank.case = row
        assert bank.words == "Hanmi"
    assert Consent.objects.filter(person=case.person, withdrawn_at=None).count() == 3
    assert Event.objects.filter(kind="intake.became_case").exists()
    assert client.get(f"/clinic/cases/{case.pk}/coverage/").status_code == 200


def test_the_front_desk_goes_as_far_as_the_story_and_no_further(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    intake = cleared(desk)
    assert intake.state == CaseState.CLEARED
    agree(desk, intake, "keep_file")
    told(desk, intake, JOB)
    assert desk.get(address(intake, "ask/story/")).status_code == 404
    assert ask(desk, intake, "story", story="x").status_code == 404
    page = desk.get(address(intake)).content.decode()
    assert "A counsellor goes on from here" in page or "Go on asking" in page


def test_a_counsellor_takes_over_what_the_front_desk_began(sign_in: SignIn, cast: dict[Role, User]) -> None:
    intake = cleared(sign_in(Role.FRONT_DESK))
    agree(sign_in(Role.FRONT_DESK), intake, "keep_file")
    counsellor = sign_in(Role.COUNSELLOR)
    assert counsellor.get(address(intake, "ask/story/")).status_code == 404
    assert counsellor.post(address(intake, "take/")).status_code == 302
    assert counsellor.get(address(intake, "ask/story/")).status_code == 200
    intake.refresh_from_db()
    assert intake.owner_id == cast[Role.COUNSELLOR].pk
    assert actions.take(by=Actor(user_id=cast[Role.ATTORNEY].pk, role=Role.ATTORNEY), intake=intake) is False


# --- the screens ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("es", "Su nombre"), ("ko", "이름"), ("en", "Your name")])
def test_the_workers_language_stands_beside_english(sign_in: SignIn, language: str, title: str) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client, language)
    page = client.get(address(intake, "ask/name/")).content.decode()
    assert title in page
    assert "What should we call you?" in page


def test_every_screen_opens_in_three_languages(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "keep_file")
    every = ["pay", "fired", "treated_differently", "punished", "benefits", "injured"]
    told(client, intake, {"topics": {"topics": every}, "work": {"work": "home"}, "boss": {"label": "contractor"}})
    with_story = reads.answers_of(intake)
    assert isinstance(with_story, Answers)
    for language in ("en", "es", "ko"):
        Intake.objects.filter(pk=intake.pk).update(asked_in=language)
        for name in ("where", "home", "abc", "tools", "special", "size", "pay", "story", "injury", "ui", "unfair_why"):
            assert client.get(address(intake, f"ask/{name}/")).status_code == 200, name


def test_silence_is_kept_and_shown_when_coming_back(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    told(client, intake, {"last_day": {"still_there": "no", "last_day-silence": "unknown", "how_ended": "unsaid"}})
    page = client.get(address(intake, "ask/last_day/")).content.decode()
    assert 'value="unknown"' in page
    assert page.count("checked") == 3


def test_a_date_in_the_future_comes_back_with_words_and_nothing_is_lost(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    answer = ask(client, intake, "last_day", still_there="no", last_day="2031-02-30", how_ended="laid_off")
    assert answer.status_code == 422
    answer = ask(client, intake, "last_day", still_there="no", last_day="2031-02-03", how_ended="laid_off")
    assert answer.status_code == 422
    assert "Please check the year of this date." in answer.content.decode()
    assert "2031-02-03" in answer.content.decode()


@pytest.mark.parametrize(
    ("screen", "answers", "words"),
    [
        ("name", {"call_me": ""}, "We need this one to go on."),
        ("reach", {"ways": ["call"], "phone": "12"}, "phone number"),
        ("coworkers", {"others_count": "many"}, "whole number"),
        ("unpaid", {"unpaid_first": "2026-05-01", "unpaid_last": "2026-04-01"}, "before the beginning"),
    ],
)
def test_bad_answers_stay_on_their_screen(sign_in: SignIn, screen: str, answers: dict[str, Any], words: str) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    told(client, intake, {"topics": {"topics": ["pay"]}})
    answer = ask(client, intake, screen, **answers)
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize("amount", ["0", "-5", "nan", "1e9", "12.345", "x", "Infinity"])
def test_pay_that_cannot_be_comes_back(sign_in: SignIn, amount: str) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "keep_file")
    assert ask(client, intake, "pay", pay_got=amount).status_code == 422


def test_status_words_are_offered_for_removal(sign_in: SignIn, seen_by: SeenBy) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "keep_file")
    answer = ask(client, intake, "story", story="soy indocumentado y mi SSN 123-45-6789")
    assert answer.status_code == 422
    assert "123-45-6789" in answer.content.decode()
    assert ask(client, intake, "story", story="soy indocumentado, 123-45-6789", removal="remove").status_code == 302
    with seen_by(Role.COUNSELLOR) as seen:
        row = reads.get_intake(seen.actor, intake.pk, "interview")
        assert reads.answers_of(row).text("story") == "soy […], […]"


def test_two_people_on_one_screen_lose_nothing(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    told(client, intake, {"name": {"call_me": "Ana"}})
    late = client.post(address(intake, "ask/name/"), {"call_me": "Rosa", "version": 1})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Ana" in page
    assert "Rosa" in page
    assert "Somebody changed this while you were typing" in page


def test_a_question_that_is_no_longer_asked_loses_its_answer(sign_in: SignIn, seen_by: SeenBy) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    told(client, intake, {"topics": {"topics": ["pay"]}, "unpaid": {"unpaid_first": "2026-01-05"}})
    told(client, intake, {"topics": {"topics": ["injured"]}})
    with seen_by(Role.FRONT_DESK) as seen:
        row = reads.get_intake(seen.actor, intake.pk)
        assert not reads.answers_of(row).has("unpaid_first")
    row.refresh_from_db()
    assert row.first_due_on is None


# --- dates --------------------------------------------------------------------------------------------------------


def test_a_near_deadline_shows_at_once_and_calls_the_counsellor_once(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client, "es")
    mailed = (clock.today() - timedelta(days=20)).isoformat()
    letter = {"letter_from": "ui_notice_mailed", "letter_on": mailed, "letter_on-sure": "sure"}
    told(client, intake, {"letter": letter})
    task = Task.objects.get()
    assert (task.owner, task.due_on, task.about) == (cast[Role.COUNSELLOR], clock.today(), intake.pk)
    assert ">10 days<" in client.get(address(intake, "ask/letter/")).content.decode().replace("\n", "")
    told(client, intake, {"letter": letter})
    assert Task.objects.count() == 1
    intake.refresh_from_db()
    assert intake.first_due_on == clock.today() + timedelta(days=10)


def test_a_far_deadline_calls_nobody(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    mailed = (clock.today() - timedelta(days=2)).isoformat()
    told(client, intake, {"topics": {"topics": ["pay"]}, "unpaid": {"unpaid_first": mailed}})
    assert not Task.objects.exists()


def test_whoever_is_on_duty_is_asked_before_the_one_with_least_to_do(cast: dict[Role, User]) -> None:
    busy = User.objects.create(username="aaa-duty", name="On duty")
    Place.objects.create(
        user=busy, scope_kind="duty", scope=busy.pk, relation="assigned", to_at=clock.now() + timedelta(hours=2)
    )
    assert reads.duty_counsellor(Intake()) == busy


# --- consent and forgetting -------------------------------------------------------------------------------------------


def test_each_consent_can_be_refused_by_itself(sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = cleared(client)
    agree(client, intake, "keep_file", "matching")
    given = set(Consent.objects.values_list("purpose", flat=True))
    assert given == {"keep_file", "matching"}
    intake.refresh_from_db()
    assert intake.person_id is not None
    assert intake.expires_at is not None
    assert intake.expires_at > clock.now() + timedelta(days=80)


def test_without_a_yes_to_keep_it_nobody_is_made_and_it_goes_in_48_hours(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "call")
    assert not Person.objects.exists()
    assert client.get(address(intake, "ask/story/")).status_code == 404
    key = intake.vault_id()
    assert actions.forget_expired(by=Actor(system="test")) == 0
    Intake.objects.update(expires_at=clock.now() - timedelta(minutes=1))
    assert actions.forget_expired(by=Actor(system="test")) == 1
    assert not Intake.objects.exists()
    assert PurgedVault.objects.filter(vault=key).exists()


def test_the_key_dies_with_the_intake(sign_in: SignIn, django_capture_on_commit_callbacks: Any) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    key = intake.vault_id()
    assert keyring.living([key])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address(intake, "forget/")).status_code == 302
    assert not keyring.living([key])


def test_the_letter_is_offered_a_day_before(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client)
    told(client, intake, {"topics": {"topics": ["pay"]}, "unpaid": {"unpaid_first": "2026-01-05"}})
    Intake.objects.update(expires_at=clock.now() + timedelta(hours=20))
    assert actions.offer_letters(by=Actor(system="test")) == 1
    assert Task.objects.get().owner == cast[Role.FRONT_DESK]
    assert actions.offer_letters(by=Actor(system="test")) == 0


def test_the_minimum_of_a_case_is_named(sign_in: SignIn) -> None:
    client = sign_in(Role.COUNSELLOR)
    intake = cleared(client)
    agree(client, intake, "keep_file")
    answer = client.post(address(intake, "finish/"), follow=True)
    assert "Before a case can be opened we still need: Where you work" in answer.content.decode()
    assert Intake.objects.get().state == CaseState.INTERVIEW


# --- how we help --------------------------------------------------------------------------------------------------


def assessed(client: Client) -> Intake:
    intake = cleared(client)
    agree(client, intake, "keep_file", "call")
    told(client, intake, JOB)
    client.post(address(intake, "finish/"))
    return intake


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
