"""The money of a case: ledger, steps, plans, assets, the sheet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import Traveller

from centro.clinic import jobs
from centro.clinic.actions import cases
from centro.clinic.actions import money as actions
from centro.clinic.choices import Route
from centro.clinic.models import (
    AssetFact,
    Case,
    Clock,
    CollectionStep,
    Installment,
    LedgerEntry,
    Matter,
    PaymentPlan,
    Timer,
)
from centro.clinic.queries import money as reads
from centro.core.classes import Role
from centro.core.models import Document, Event, Task
from centro.core.policy import Actor, system
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.conftest import SignIn

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TODAY = date(2026, 11, 23)


@pytest.fixture
def matter(open_matter: OpenMatter) -> Matter:
    return open_matter(Route.WAGE_CLAIM)


@pytest.fixture
def counsellor(sign_in: SignIn) -> Client:
    return sign_in(Role.COUNSELLOR)


def noon(day: date) -> datetime:
    """Noon of a day, at the center."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001


def tell(counsellor: Client, case: Case, page: str, **typed: str) -> Any:
    return counsellor.post(f"/clinic/cases/{case.pk}/money/{page}/", typed)


def page_of(counsellor: Client, case: Case) -> str:
    return str(counsellor.get(f"/clinic/cases/{case.pk}/money/").content.decode())


# --- the ledger -------------------------------------------------------------------------------------------------------


def test_claimed_awarded_and_collected_stand_on_the_page(counsellor: Client, matter: Matter) -> None:
    case = matter.case
    for kind, cents in (("claimed", "48,120.50"), ("awarded", "30000"), ("received", "$1,250")):
        answer = tell(counsellor, case, "enter", kind=kind, cents=cents, on="2026-11-20", matter=str(matter.pk))
        assert answer.status_code == 302
    page = page_of(counsellor, case)
    for amount in ("$48,120.50", "$30,000.00", "$1,250.00", "$28,750.00"):
        assert amount in page
    assert Event.objects.filter(kind="ledger.entered", person=case.person_id).count() == 3


def test_a_second_claim_stands_for_the_first(actor: Acting, matter: Matter) -> None:
    by, case = actor(Role.COUNSELLOR), matter.case
    actions.enter(by=by, case=case, kind="claimed", cents=900_00, on=TODAY - timedelta(days=9), matter=matter)
    actions.enter(by=by, case=case, kind="claimed", cents=1200_00, on=TODAY, matter=matter)
    assert reads.sums_of([case.pk]).claimed == 1200_00
    assert list(LedgerEntry.objects.order_by("on").values_list("change", flat=True)) == [900_00, 300_00]


def test_a_line_entered_late_takes_its_place(actor: Acting, matter: Matter) -> None:
    by, case = actor(Role.COUNSELLOR), matter.case
    actions.enter(by=by, case=case, kind="claimed", cents=1200_00, on=TODAY, matter=matter)
    actions.enter(by=by, case=case, kind="claimed", cents=900_00, on=TODAY - timedelta(days=9), matter=matter)
    assert reads.sums_of([case.pk]).claimed == 1200_00


def test_a_line_taken_back_counts_no_more(counsellor: Client, actor: Acting, matter: Matter) -> None:
    by, case, before = actor(Role.COUNSELLOR), matter.case, TODAY - timedelta(days=1)
    actions.enter(by=by, case=case, kind="claimed", cents=900_00, on=before, matter=matter)
    wrong = actions.enter(by=by, case=case, kind="claimed", cents=9_000_00, on=TODAY, matter=matter)
    for _ in range(2):
        assert counsellor.post(f"/clinic/money/{wrong.pk}/take-back/").status_code == 302
    assert reads.sums_of([case.pk]).claimed == 900_00
    assert "taken back" in page_of(counsellor, case)
    assert Event.objects.filter(kind="ledger.taken_back").count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"cents": "lots"}, "Write an amount of dollars"),
        ({"cents": ""}, "This field is required"),
        ({"cents": "0"}, "more than zero"),
        ({"cents": "-5"}, "Write an amount of dollars"),
        ({"on": "2027-01-01"}, "check the year"),
        ({"on": "1899-01-01"}, "check the year"),
        ({"kind": "stolen"}, "Select a valid choice"),
        ({"note": "card 4111 1111 1111 1111"}, "Please do not write this here"),
    ],
)
def test_a_bad_line_stays_on_the_form(typed: dict[str, str], words: str, counsellor: Client, matter: Matter) -> None:
    good = {"kind": "received", "cents": "100", "on": "2026-11-20", "matter": str(matter.pk)}
    answer = tell(counsellor, matter.case, "enter", **{**good, **typed})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not LedgerEntry.objects.exists()


def test_the_matter_of_another_case_is_no_choice(counsellor: Client, matter: Matter, open_case: OpenCase) -> None:
    answer = tell(counsellor, open_case(), "enter", kind="claimed", cents="1", on="2026-11-20", matter=str(matter.pk))
    assert answer.status_code == 422
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("page", ["", "enter/", "step/", "plan/", "asset/"])
def test_who_is_not_on_the_team_sees_nothing(page: str, sign_in: SignIn, matter: Matter) -> None:
    address = f"/clinic/cases/{matter.case_id}/money/{page}"
    assert Client().get(address).status_code == 302
    for role in (Role.ATTORNEY, Role.FRONT_DESK, Role.ORGANIZER, Role.DIRECTOR, Role.VOLUNTEER, Role.ADMIN):
        assert sign_in(role).get(address).status_code == 404


def test_nobody_else_takes_a_line_back(sign_in: SignIn, actor: Acting, matter: Matter) -> None:
    entry = actions.enter(by=actor(Role.COUNSELLOR), case=matter.case, kind="claimed", cents=1, on=TODAY)
    for role in (Role.ATTORNEY, Role.FRONT_DESK, Role.DIRECTOR):
        assert sign_in(role).post(f"/clinic/money/{entry.pk}/take-back/").status_code == 404
    assert LedgerEntry.objects.filter(taken_back_at=None).count() == 1


def test_all_cases_of_a_worker_add_up(counsellor: Client, actor: Acting, matter: Matter, open_case: OpenCase) -> None:
    by = actor(Role.COUNSELLOR)
    actions.enter(by=by, case=matter.case, kind="claimed", cents=1000_00, on=TODAY, matter=matter)
    actions.enter(by=by, case=open_case(), kind="claimed", cents=234_00, on=TODAY)
    assert "$1,234.00 claimed" in page_of(counsellor, matter.case)


# --- after the decision -----------------------------------------------------------------------------------------------


def test_a_judgment_starts_its_timers_and_its_deadlines(counsellor: Client, matter: Matter) -> None:
    tell(counsellor, matter.case, "step", kind="judgment", on="2026-11-20", cents="30000", matter=str(matter.pk))
    assert set(Timer.objects.values_list("rule", "state")) == {
        ("collection_sheet", "raised"),
        ("license_bar", "running"),
        ("triple_penalty", "running"),
        ("judgment_renewal", "running"),
    }
    assert reads.sums_of([matter.case_id]).awarded == 30_000_00
    assert {"judgment_238", "judgment_triple"} <= set(Clock.objects.values_list("rule", flat=True))
    page = page_of(counsellor, matter.case)
    assert "Lab. Code § 238" in page
    assert "from memory: an attorney must check it" not in page
    tell(counsellor, matter.case, "step", kind="writ", on="2026-11-21", matter=str(matter.pk))
    assert "from memory: an attorney must check it" in page_of(counsellor, matter.case)


def test_timers_become_tasks_on_their_day_and_once(
    actor: Acting, seen_by: SeenBy, matter: Matter, clock: Traveller
) -> None:
    case = matter.case
    actions.take_step(by=actor(Role.COUNSELLOR), case=case, kind="judgment", on=TODAY, cents=30_000_00, matter=matter)
    before = Task.objects.count()
    clock.shift(timedelta(days=30))
    assert jobs.raise_timers() == 1
    assert jobs.raise_timers() == 0
    assert Task.objects.count() == before + 1
    task = Timer.objects.get(rule="license_bar").task
    assert task is not None
    assert task.owner_id == case.owner_id
    with seen_by(Role.COUNSELLOR):
        said = Task.objects.visible_to(actor(Role.COUNSELLOR)).get(pk=task.pk).what
    assert said.startswith(f"{case.number}: Thirty days and not paid")


def test_the_attorneys_timer_goes_to_the_attorney_of_the_matter(
    actor: Acting, matter: Matter, attorney_joins: Callable[[Case], Actor], cast: dict[Role, Any]
) -> None:
    attorney_joins(matter.case)
    cases.set_attorney(by=actor(Role.COUNSELLOR), matter=matter, status="supervised", attorney=cast[Role.ATTORNEY])
    actions.take_step(by=actor(Role.COUNSELLOR), case=matter.case, kind="award", on=TODAY, cents=1, matter=matter)
    task = Timer.objects.get(rule="appeal_window").task
    assert task is not None
    assert task.owner == cast[Role.ATTORNEY]


def test_once_paid_nobody_is_sent_to_collect(actor: Acting, matter: Matter, clock: Traveller) -> None:
    by, case = actor(Role.COUNSELLOR), matter.case
    actions.take_step(by=by, case=case, kind="judgment", on=TODAY, cents=500_00, matter=matter)
    actions.enter(by=by, case=case, kind="received", cents=500_00, on=TODAY, matter=matter)
    clock.shift(timedelta(days=31))
    jobs.raise_timers()
    assert Timer.objects.get(rule="license_bar").state == "dropped"


def test_paid_in_full_needs_the_ledger_to_say_so(counsellor: Client, actor: Acting, matter: Matter) -> None:
    by, case = actor(Role.COUNSELLOR), matter.case
    actions.take_step(by=by, case=case, kind="judgment", on=TODAY, cents=500_00, matter=matter)
    paid = {"kind": "paid", "on": "2026-11-23", "matter": str(matter.pk)}
    answer = tell(counsellor, case, "step", **paid)
    assert answer.status_code == 422
    assert "$500.00 is still open" in answer.content.decode()
    actions.enter(by=by, case=case, kind="received", cents=450_00, on=TODAY, matter=matter)
    actions.enter(by=by, case=case, kind="satisfied", cents=50_00, on=TODAY, matter=matter)
    assert tell(counsellor, case, "step", **paid).status_code == 302
    assert Timer.objects.get(rule="satisfaction").state == "raised"
    assert not Timer.objects.filter(rule="license_bar", state="running").exists()


def test_a_decision_without_an_amount_stays_on_the_form(counsellor: Client, matter: Matter) -> None:
    answer = tell(counsellor, matter.case, "step", kind="award", on="2026-11-20", matter=str(matter.pk))
    assert answer.status_code == 422
    assert "How much was decided?" in answer.content.decode()
    assert not CollectionStep.objects.exists()


# --- payments in parts ------------------------------------------------------------------------------------------------


def plan_of(counsellor: Client, matter: Matter, **typed: str) -> Any:
    known = {"cents": "1000", "count": "3", "every": "month", "first_on": "2026-12-01", "is_agreement": "on"}
    return tell(counsellor, matter.case, "plan", **{**known, "matter": str(matter.pk), **typed})


def test_a_plan_from_agreement_to_the_last_payment(
    counsellor: Client, sign_in: SignIn, matter: Matter, clock: Traveller
) -> None:
    assert plan_of(counsellor, matter).status_code == 302
    parts = list(Installment.objects.all())
    assert [part.cents for part in parts] == [333_33, 333_33, 333_34]
    clock.move_to(noon(parts[2].due_on))
    counsellor = sign_in(Role.COUNSELLOR)
    for part in parts:
        form = counsellor.get(f"/clinic/money/installments/{part.pk}/")
        assert form.status_code == 200
        paid = {"cents": str(part.cents / 100), "on": part.due_on.isoformat()}
        assert counsellor.post(f"/clinic/money/installments/{part.pk}/", paid).status_code == 302
    sums = reads.sums_of([matter.case_id])
    assert (sums.awarded, sums.collected, sums.owed) == (1000_00, 1000_00, 0)
    assert "$1,000.00 of $1,000.00 came in" in page_of(counsellor, matter.case)


def test_a_payment_that_did_not_come_is_on_the_list_within_three_days(
    counsellor: Client, sign_in: SignIn, matter: Matter, clock: Traveller
) -> None:
    plan_of(counsellor, matter)
    clock.move_to(noon(date(2026, 12, 1)))
    assert jobs.alarm_missed() == 0, "the day itself is not late"
    clock.move_to(noon(date(2026, 12, 3)))
    assert jobs.alarm_missed() == 1
    assert jobs.alarm_missed() == 0
    task = Task.objects.order_by("-made_at")[0]
    assert (task.owner_id, task.due_on) == (matter.case.owner_id, date(2026, 12, 4))
    assert Event.objects.filter(kind="installment.missed").count() == 1
    assert "1 payment late" in page_of(sign_in(Role.COUNSELLOR), matter.case)


def test_half_a_payment_is_not_the_payment(
    counsellor: Client, sign_in: SignIn, matter: Matter, clock: Traveller
) -> None:
    plan_of(counsellor, matter)
    part = Installment.objects.first()
    assert part is not None
    counsellor.post(f"/clinic/money/installments/{part.pk}/", {"cents": "100", "on": "2026-11-23"})
    clock.move_to(noon(date(2026, 12, 3)))
    assert jobs.alarm_missed() == 1
    assert "$233.33 is missing" in page_of(sign_in(Role.COUNSELLOR), matter.case)


def test_a_payment_taken_back_is_open_again(counsellor: Client, matter: Matter) -> None:
    plan_of(counsellor, matter)
    part = Installment.objects.first()
    assert part is not None
    counsellor.post(f"/clinic/money/installments/{part.pk}/", {"cents": "333.33", "on": "2026-11-23"})
    counsellor.post(f"/clinic/money/{LedgerEntry.objects.get(kind='received').pk}/take-back/")
    part.refresh_from_db()
    assert part.received == 0
    assert reads.sums_of([matter.case_id]).collected == 0


def test_a_new_plan_ends_the_old_and_an_ended_plan_alarms_nobody(
    counsellor: Client, matter: Matter, clock: Traveller
) -> None:
    plan_of(counsellor, matter)
    clock.shift(timedelta(seconds=1))
    plan_of(counsellor, matter, cents="900")
    assert PaymentPlan.objects.filter(ended_at=None).count() == 1
    live = PaymentPlan.objects.get(ended_at=None)
    counsellor.post(f"/clinic/money/plans/{live.pk}/end/")
    clock.move_to(noon(date(2027, 6, 1)))
    assert jobs.alarm_missed() == 0
    assert reads.sums_of([matter.case_id]).awarded == 900_00


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"count": "0"}, "greater than or equal to 1"),
        ({"count": "121"}, "less than or equal to 120"),
        ({"cents": "0.02"}, "less than a cent"),
        ({"first_on": ""}, "This field is required"),
        ({"every": "day"}, "Select a valid choice"),
    ],
)
def test_a_bad_plan_stays_on_the_form(typed: dict[str, str], words: str, counsellor: Client, matter: Matter) -> None:
    answer = plan_of(counsellor, matter, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not PaymentPlan.objects.exists()


# --- what the employer owns -------------------------------------------------------------------------------------------


def text_of(document: Document, by: Actor) -> str:
    from centro.core.documents import queries as documents

    content = documents.document_bytes(by, documents.get_document(by, document.pk))
    with pikepdf.open(BytesIO(content)) as pdf:
        return f"{len(pdf.pages)} {pdf.docinfo.get('/Title', '')}"


def test_what_the_employer_owns_stands_on_the_page_and_goes_again(counsellor: Client, matter: Matter) -> None:
    tell(counsellor, matter.case, "asset", kind="bank", words="Cathay Bank on Western", seen_on="2026-10-01")
    assert "Cathay Bank on Western" in page_of(counsellor, matter.case)
    asset = AssetFact.objects.get()
    assert b"Cathay" not in bytes(AssetFact.objects.values_list("words", flat=True)[0])
    counsellor.post(f"/clinic/money/assets/{asset.pk}/remove/")
    assert "Cathay" not in page_of(counsellor, matter.case)


@pytest.mark.parametrize("words", ["", "…", "x" * 301])
def test_a_bad_asset_stays_on_the_form(words: str, counsellor: Client, matter: Matter) -> None:
    assert tell(counsellor, matter.case, "asset", kind="bank", words=words).status_code == 422
    assert not AssetFact.objects.exists()


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Collection sheet"), ("es", "Hoja de cobro"), ("ko", "회수 자료")]
)
def test_the_sheet_prints_in_three_languages(
    language: str, title: str, counsellor: Client, actor: Acting, seen_by: SeenBy, matter: Matter
) -> None:
    actions.add_asset(by=actor(Role.COUNSELLOR), case=matter.case, kind="shop", words="한맛식당 2호점")
    actions.take_step(by=actor(Role.COUNSELLOR), case=matter.case, kind="judgment", on=TODAY, cents=1_00, matter=matter)
    answer = tell(counsellor, matter.case, "sheet", language=language)
    assert answer.status_code == 302
    paper = counsellor.get(answer["Location"])
    assert paper.content.startswith(b"%PDF")
    with seen_by(Role.COUNSELLOR):
        assert title in text_of(Document.objects.get(), actor(Role.COUNSELLOR))


# --- speed ------------------------------------------------------------------------------------------------------------


def test_the_page_asks_no_more_for_more_lines(
    counsellor: Client, actor: Acting, matter: Matter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by, case = actor(Role.COUNSELLOR), matter.case
    for number in range(1, 13):
        actions.enter(by=by, case=case, kind="received", cents=number, on=TODAY, matter=matter)
        actions.add_asset(by=by, case=case, kind="plate", words=f"plate {number}")
    actions.take_step(by=by, case=case, kind="judgment", on=TODAY, cents=1, matter=matter)
    actions.make_plan(by=by, case=case, cents=1200, count=12, first_on=TODAY, every="week", matter=matter)
    page_of(counsellor, case)
    with django_assert_max_num_queries(32):
        page_of(counsellor, case)


def test_the_jobs_act_as_the_program_itself() -> None:
    assert jobs.PERIODS
    assert system("x").user_id is None
