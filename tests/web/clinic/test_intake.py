"""The intake as staff lead it: from the door to an opened case, screen by screen, and what each role may do in it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from centro.clinic.actions import intake as actions
from centro.clinic.choices import CaseState
from centro.clinic.intake.answers import Answers
from centro.clinic.models import Case, Intake
from centro.clinic.queries import hours
from centro.clinic.queries import intake as reads
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event, Place, PurgedVault, Task, Upload, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people.models import Consent, Employment, Person
from tests.pdf import text_of
from tests.web.clinic.asking import COOK, JOB, STORY, address, agree, approver, ask, assessed, begin, cleared, told
from tests.web.clinic.test_evidence import photo

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
Acting = Callable[[Role], Actor]

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
    told(client, intake, {**JOB, "began": {"began_on": "2024-03-04"}, **STORY})
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
        calendar = hours.hours_of(row).calendar
        assert (calendar.job.place, calendar.job.start, calendar.job.separation) == (
            "US-CA-los-angeles",
            date(2024, 3, 4),
            "discharged",
        )
        assert calendar.weeks[0].words == "Mon-Sat 10:30-22:00, one 20-minute meal, no rests"
        assert [(term.amount, term.per) for term in calendar.pay] == [(280_000, "month")]
        assert row.claims.get().total_cents > 0
    assert Employment.objects.get(person=case.person).from_on == date(2024, 3, 4)
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


def test_a_hearing_in_five_days_calls_the_counsellor_and_stands_first(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client, "es")
    day = clock.today() + timedelta(days=5)
    told(client, intake, {"hearing": {"hearing_of": "other", "hearing_on": day.isoformat(), "hearing_on-sure": "sure"}})
    assert Task.objects.get().owner == cast[Role.COUNSELLOR]
    page = client.get(address(intake)).content.decode()
    due = page.partition('id="due"')[2]
    assert "Una audiencia o cita" in due
    assert "Corte u otra oficina" in due
    assert ">5 days<" in due.replace("\n", "")


def test_a_letter_whose_day_is_over_is_not_passed_over(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client = sign_in(Role.FRONT_DESK)
    intake = begin(client, "es")
    mailed = (clock.today() - timedelta(days=33)).isoformat()
    told(client, intake, {"letter": {"letter_from": "ui_notice_mailed", "letter_on": mailed, "letter_on-sure": "sure"}})
    assert Task.objects.get().owner == cast[Role.COUNSELLOR]
    assert "passed: ask a lawyer today" in client.get(address(intake)).content.decode()
    paper = client.post(address(intake, "letter/"))
    pdf: Any = client.get(paper.headers["Location"])
    assert "ya pasó: pregunte hoy" in text_of(pdf.content)


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


def test_a_day_in_court_becomes_a_task_of_the_case(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client, attorney = sign_in(Role.COUNSELLOR), approver(cast[Role.ATTORNEY])
    intake, day = begin(client), clock.today() + timedelta(days=44)
    told(client, intake, {**COOK, "hearing": {"hearing_of": "other", "hearing_on": day.isoformat()}})
    client.post(address(intake, "conflict/"))
    agree(client, intake, "keep_file")
    told(client, intake, {**JOB, **STORY})
    client.post(address(intake, "finish/"))
    client.post(address(intake, "level/"), {"level": "full", "routes": ["wage_claim"], "attorney": str(attorney.pk)})
    task = Task.objects.get(due_on=day)
    assert (task.owner, task.about) == (cast[Role.COUNSELLOR], Case.objects.get().pk)


def test_whoever_left_the_case_reads_its_intake_no_more(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client, attorney = sign_in(Role.COUNSELLOR), approver(cast[Role.ATTORNEY])
    intake = begin(client)
    told(client, intake, COOK)
    client.post(address(intake, "conflict/"))
    agree(client, intake, "keep_file")
    told(client, intake, {**JOB, **STORY, "story": {"story": "아무에게도 하지 않은 말"}})
    client.post(address(intake, "finish/"))
    client.post(address(intake, "level/"), {"level": "full", "routes": ["wage_claim"], "attorney": str(attorney.pk)})
    case = Case.objects.get()
    assert "아무에게도 하지 않은 말" in client.get(address(intake)).content.decode()
    Case.objects.filter(pk=case.pk).update(owner=cast[Role.ATTORNEY])
    Place.objects.filter(scope=case.pk, user=cast[Role.COUNSELLOR]).update(to_at=clock.now())
    assert "아무에게도 하지 않은 말" not in client.get(address(intake)).content.decode()


def test_letters_brought_to_the_intake_become_evidence_of_the_case(sign_in: SignIn, cast: dict[Role, User]) -> None:
    client, attorney = sign_in(Role.COUNSELLOR), approver(cast[Role.ATTORNEY])
    intake = assessed(client, brought=photo())
    client.post(address(intake, "level/"), {"level": "full", "routes": ["wage_claim"], "attorney": str(attorney.pk)})
    exhibit = Case.objects.get().exhibits.get()
    assert (exhibit.letter, exhibit.kind, exhibit.confirmed_at) == ("A", "notice", None)
    copy = exhibit.files.get().upload
    first = Upload.objects.exclude(pk=copy.pk).get()
    assert (first.about, copy.about) == (intake.pk, exhibit.case_id)
    assert copy.key == exhibit.case.key != first.key
    assert (copy.by_id, copy.at, copy.numbers, copy.size) == (first.by_id, first.at, first.numbers, first.size)
    page = client.get(f"/clinic/cases/{exhibit.case_id}/evidence/").content.decode()
    assert "A letter that was brought to the intake" in page
    assert "접수 때 가져온 편지" in page
    seen = [client.get(f"/uploads/{row.pk}/preview/") for row in (copy, first)]
    assert [answer.status_code for answer in seen] == [200, 200]
    assert seen[0].content == seen[1].content
