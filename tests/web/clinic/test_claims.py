"""The claim: as the wage law computed it, kept, compared, settled, printed; and lists by money that melts."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import wagelaw
from centro.clinic import claiming
from centro.clinic.actions import hours as actions
from centro.clinic.models import Case, ClaimVersion, SettledLaw
from centro.clinic.queries import get_case
from centro.clinic.queries import hours as told
from centro.core.classes import Role
from centro.core.documents import blobs
from centro.core.models import Document, Event
from centro.core.money import dollars
from centro.core.policy import Actor, system
from centro.people import actions as people
from centro.people.choices import WorkAs
from centro.people.models import Employment
from tests.pdf import text_of
from tests.web.clinic.conftest import OpenCase
from tests.web.clinic.test_hours import JOB, at, case, counsellor, head, tell, text, told_all

__all__ = ["case", "counsellor"]


@pytest.fixture
def opened(case: Case, actor: Callable[[Role], Actor], seen_by: Any) -> Callable[[], Case]:
    """The case as the counsellor may see it; use it inside `seen_by`."""
    return lambda: get_case(actor(Role.COUNSELLOR), case.pk, "edit")


# --- the claim ----------------------------------------------------------------------------------------------


def test_the_claim_is_what_the_wage_law_computes_from_the_kept_file(
    counsellor: Client, case: Case, opened: Any, seen_by: Any
) -> None:
    told_all(counsellor, case)
    with seen_by(Role.COUNSELLOR):
        claim = told.latest_claim(opened())
        assert claim is not None
        again = wagelaw.claim(told.case_file_of(claim))
        assert told.result_of(claim)["items"] == [[i.code, i.cents, i.barred_cents] for i in again.items]
    assert claim.total_cents == again.totals()["total"] > 100_000_00
    assert claim.law_version == again.law_version
    assert claim.expiring == dict(again.expiring())
    page = text(counsellor.get(at("claim", case)))
    for item in again.items:
        assert dollars(item.cents) in page
    assert dollars(claim.total_cents) in page
    unread = any(name == "value_memory" for name, _ in again.notes)
    assert ("not yet checked against its source" in page) == unread
    assert "Unsettled law" in page


@pytest.mark.parametrize("code", ["overtime", "interest", "meal_premium", "wage_statement"])
def test_each_number_opens_its_working_in_both_languages(
    counsellor: Client, case: Case, opened: Any, seen_by: Any, code: str
) -> None:
    told_all(counsellor, case)
    with seen_by(Role.COUNSELLOR):
        outcome = claiming.compute(told.hours_of(opened()).calendar, date(2026, 11, 23))
    page = text(counsellor.get(at("claim_item", case, code)))
    for language in ("ko", "en"):
        assert outcome.claim.lines_in_words(code, language)[0]["words"] in page
        assert wagelaw.explain(code, language).split("\n\n")[1] in page.replace("&#x27;", "'")


def test_an_industry_has_its_own_minimum_and_one_the_tables_do_not_know_is_said(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    before = ClaimVersion.objects.get(case=case).total_cents
    assert tell(counsellor, case, "tell_job", **JOB, industry="fast_food").status_code == 302
    assert ClaimVersion.objects.get(case=case).total_cents > before
    tell(counsellor, case, "tell_job", **{**JOB, "place": "US-CA-oakland"}, industry="hotel")
    page = text(counsellor.get(at("hours", case)))
    assert "this word for the industry is not in the tables" in page


def test_who_is_called_a_contractor_sees_both_computations_side_by_side(
    counsellor: Client, case: Case, actor: Callable[[Role], Actor]
) -> None:
    told_all(counsellor, case)
    page = text(counsellor.get(at("claim", case)))
    assert "both computations" not in page
    shop = people.add_workplace(by=actor(Role.COUNSELLOR), details={"name": "Hanmat House"})
    Case.objects.filter(pk=case.pk).update(workplace=shop)
    Employment.objects.create(person=case.person, workplace=shop, works_as=WorkAs.CONTRACTOR)
    page = counsellor.get(at("claim", case)).content.decode()
    both = page.partition('id="both"')[2].partition("</section>")[0]
    cents = ClaimVersion.objects.get(case=case).total_cents
    assert "$0.00" in both
    assert dollars(cents) in both


def test_an_item_that_is_not_claimed_is_no_page(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    assert counsellor.get(at("claim_item", case, "tips")).status_code == 404
    assert counsellor.get(at("claim_item", case, "nonsense")).status_code == 404


def test_without_facts_there_is_no_claim_and_nothing_breaks(counsellor: Client, case: Case) -> None:
    assert "Tell the hours" in text(counsellor.get(at("claim", case)))
    assert counsellor.get(at("claim_item", case, "overtime")).status_code == 404
    assert counsellor.get(at("open_law", case)).status_code == 200
    assert counsellor.post(at("keep_claim", case)).headers["Location"] == at("hours", case)
    assert counsellor.post(at("print_claim", case)).headers["Location"] == at("hours", case)
    assert not ClaimVersion.objects.exists()


# --- versions -----------------------------------------------------------------------------------------------


def test_the_working_claim_follows_and_a_kept_one_stays(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    counsellor.post(at("keep_claim", case))
    kept = ClaimVersion.objects.get(case=case)
    tell(counsellor, case, "tell_days", days__first="2025-01-02", days__last="2025-01-10", days__kind="off")
    working, still = ClaimVersion.objects.filter(case=case)
    assert (still.number, still.total_cents, still.kept_for) == (1, kept.total_cents, "kept")
    assert (working.number, working.kept_at) == (2, None)
    assert working.total_cents < still.total_cents
    tell(counsellor, case, "tell_days", days__first="2025-01-13", days__kind="off")
    assert ClaimVersion.objects.filter(case=case).count() == 2
    assert Event.objects.filter(kind="claim.kept").count() == 1


def test_kept_twice_on_the_same_facts_it_is_one(
    counsellor: Client, case: Case, actor: Callable[[Role], Actor], opened: Any, seen_by: Any
) -> None:
    told_all(counsellor, case)
    with seen_by(Role.COUNSELLOR):
        first = actions.keep_claim(by=actor(Role.COUNSELLOR), case=opened())
        assert actions.keep_claim(by=actor(Role.COUNSELLOR), case=opened()) == first


def test_why_it_changed_adds_up_to_the_cent(
    sign_in: Callable[[Role], Client], counsellor: Client, case: Case, opened: Any, seen_by: Any
) -> None:
    told_all(counsellor, case)
    counsellor.post(at("keep_claim", case))
    with time_machine.travel(datetime(2027, 4, 15, 12), tick=False):  # noqa: DTZ001
        counsellor = sign_in(Role.COUNSELLOR)
        tell(counsellor, case, "tell_days", days__first="2025-01-02", days__last="2025-01-10", days__kind="off")
        tell(counsellor, case, "tell_pay", pay__words="$2,600 cash at the end of the month")
        with seen_by(Role.COUNSELLOR):
            old, new = told.get_claim(opened(), 1), told.latest_claim(opened())
            assert new is not None
            steps = claiming.why_changed(
                told.result_of(old), told.case_file_of(old), told.case_file_of(new), is_new_law=False
            )
        assert [step.why for step in steps] == ["time", "hours", "pay"]
        assert sum(step.cents for step in steps) == new.total_cents - old.total_cents
        assert all(sum(step.items.values()) == step.cents for step in steps)
        page = text(counsellor.get(at("why_changed", case, 1)))
    assert "Time has passed" in page
    assert "Hours were changed" in page
    assert dollars(old.total_cents) in page


def test_a_new_law_table_is_a_reason_of_its_own(counsellor: Client, case: Case, opened: Any, seen_by: Any) -> None:
    told_all(counsellor, case)
    counsellor.post(at("keep_claim", case))
    with seen_by(Role.COUNSELLOR):
        old = told.get_claim(opened(), 1)
        result, file = told.result_of(old), told.case_file_of(old)
    result["items"] = [[code, cents - 100, barred] for code, cents, barred in result["items"]]
    steps = claiming.why_changed(result, file, file, is_new_law=True)
    assert [(step.why, step.cents) for step in steps] == [("law", 100 * len(result["items"]))]


def test_versions_of_another_case_are_not_there(counsellor: Client, case: Case, open_case: OpenCase) -> None:
    told_all(counsellor, case)
    other = open_case(employer_name="Other")
    assert counsellor.get(at("why_changed", case, 1)).status_code == 200
    assert counsellor.get(at("why_changed", other, 1)).status_code == 404
    assert counsellor.get(at("why_changed", case, 99)).status_code == 404


# --- unsettled law ------------------------------------------------------------------------------------------

SWITCH = "liquidated_on_unpaid_overtime"


def test_an_attorney_settles_a_question_with_a_reason(
    sign_in: Callable[[Role], Client], counsellor: Client, case: Case, attorney_joins: Callable[[Case], Actor]
) -> None:
    told_all(counsellor, case)
    before = ClaimVersion.objects.get(case=case).total_cents
    attorney_joins(case)
    attorney = sign_in(Role.ATTORNEY)
    assert "Settle" in text(attorney.get(at("open_law", case)))
    answer = attorney.post(at("settle_law", case, SWITCH), {"setting": "yes", "reason": "Settled by the new ruling."})
    assert answer.status_code == 302
    after = ClaimVersion.objects.get(case=case)
    assert after.total_cents > before
    page = text(attorney.get(at("claim", case)))
    assert "Settled by the new ruling." in page
    counsellor.post(at("undo_hours", case, head(case)))
    counsellor.post(at("redo_hours", case, head(case)))
    assert ClaimVersion.objects.get(case=case).total_cents == after.total_cents
    attorney.post(at("settle_law", case, SWITCH), {"setting": "default", "reason": "The ruling was taken back."})
    assert ClaimVersion.objects.get(case=case).total_cents == before
    assert SettledLaw.objects.filter(ended_at__isnull=True).count() == 0
    assert Event.objects.filter(kind="law.settled").count() == 2


def test_without_a_reason_nothing_is_settled(
    sign_in: Callable[[Role], Client], case: Case, attorney_joins: Callable[[Case], Actor]
) -> None:
    attorney_joins(case)
    answer = sign_in(Role.ATTORNEY).post(at("settle_law", case, SWITCH), {"setting": "yes", "reason": ""})
    assert answer.status_code == 422
    assert not SettledLaw.objects.exists()


def test_only_attorneys_of_the_team_settle(sign_in: Callable[[Role], Client], counsellor: Client, case: Case) -> None:
    assert counsellor.get(at("settle_law", case, SWITCH)).status_code == 404
    assert sign_in(Role.ATTORNEY).get(at("settle_law", case, SWITCH)).status_code == 404
    assert ">Settle<" not in text(counsellor.get(at("open_law", case)))


def test_a_question_that_does_not_exist_is_no_page(
    sign_in: Callable[[Role], Client], case: Case, attorney_joins: Callable[[Case], Actor]
) -> None:
    attorney_joins(case)
    assert sign_in(Role.ATTORNEY).get(at("settle_law", case, "moon")).status_code == 404


# --- melting money ------------------------------------------------------------------------------------------


def test_lists_sort_by_what_melts_this_month_and_next(
    counsellor: Client, case: Case, open_case: OpenCase, actor: Callable[[Role], Actor]
) -> None:
    told_all(counsellor, case)
    empty = open_case(employer_name="Nothing told")
    row = ClaimVersion.objects.get(case=case)
    melting = row.expiring["2026-11"] + row.expiring["2026-12"]
    assert row.at_risk_cents == melting > 0
    assert told.value_at_risk([case.pk, empty.pk]) == {case.pk: melting, empty.pk: 0}
    worth = told.worth_of_cases([case.pk])[case.pk]
    assert (worth.total, worth.barred) == (row.total_cents, row.barred_cents)
    rows = told.with_value_at_risk(Case.objects.all()).order_by("-value_at_risk")
    assert {one.pk: one.value_at_risk for one in rows} == {case.pk: melting, empty.pk: None}


def test_a_new_month_is_counted_again(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    row = ClaimVersion.objects.get(case=case)
    with time_machine.travel(datetime(2027, 3, 2, 12), tick=False):  # noqa: DTZ001
        assert told.value_at_risk([case.pk])[case.pk] == row.expiring["2027-03"] + row.expiring["2027-04"]
        assert actions.count_melting_money(by=system("clinic claims")) == 1
        assert actions.count_melting_money(by=system("clinic claims")) == 0
        row.refresh_from_db()
        assert row.at_risk_cents == row.expiring["2027-03"] + row.expiring["2027-04"]


# --- the sheet ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "받을 수 있는 돈"), ("es", "Lo que le podrían deber"), ("en", "What may be owed")]
)
def test_the_sheet_says_hours_pay_and_the_total(
    counsellor: Client, case: Case, seen_by: Any, language: str, words: str
) -> None:
    told_all(counsellor, case)
    answer = counsellor.post(at("print_claim", case), {"language": language})
    document = Document.objects.get()
    assert answer.headers["Location"].endswith(f"/{document.pk}/")
    claim = ClaimVersion.objects.get(case=case)
    assert claim.kept_for == "sheet"
    said = text_of(blobs.read(document, "issued")).replace(" ", "")
    assert words.replace(" ", "") in said
    assert dollars(claim.total_cents) in said
    assert "10:30–22:00" in said


# --- bringing in lists --------------------------------------------------------------------------------------


def bring(client: Client, case: Case, **sent: Any) -> Any:
    return client.post(at("bring_list", case), {"version": head(case), **sent})


def test_a_table_of_hours_is_taken_in_and_bad_rows_are_named(
    counsellor: Client, case: Case, opened: Any, seen_by: Any
) -> None:
    told_all(counsellor, case)
    table = b"Date,In,Out,Lunch (min)\n3/4/2025,10:30 AM,11:15 PM,20\n2/30/2025,9:00,17:00,\n"
    answer = bring(counsellor, case, file=SimpleUploadedFile("hours.csv", table))
    assert answer.status_code == 200
    assert "Row 3: this is no day we can read (2/30/2025)" in text(answer)
    assert "1 line was taken in." in text(answer)
    with seen_by(Role.COUNSELLOR):
        assert told.hours_of(opened()).calendar.minutes_on(date(2025, 3, 4)) == 745
    counsellor.post(at("undo_hours", case, head(case)))
    with seen_by(Role.COUNSELLOR):
        assert told.hours_of(opened()).calendar.days == {}


def test_a_workbook_is_read_like_a_table(counsellor: Client, case: Case, opened: Any, seen_by: Any) -> None:
    told_all(counsellor, case)
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    sheet.append(["날짜", "출근", "퇴근"])
    sheet.append([datetime(2025, 3, 4), time(10, 30), time(23, 0)])  # noqa: DTZ001
    book.save(file)
    assert bring(counsellor, case, file=SimpleUploadedFile("hours.xlsx", file.getvalue())).status_code == 302
    with seen_by(Role.COUNSELLOR):
        assert told.hours_of(opened()).calendar.minutes_on(date(2025, 3, 4)) == 750


def test_a_payroll_table_and_stamps(counsellor: Client, case: Case, opened: Any, seen_by: Any) -> None:
    told_all(counsellor, case)
    table = b'Pay date,Period start,Period end,Gross pay\n4/2/2025,3/1/2025,3/31/2025,"$2,500.00"\n'
    assert bring(counsellor, case, file=SimpleUploadedFile("pay.csv", table)).status_code == 302
    answer = bring(counsellor, case, stamps="3/4/2025 10:28 in\n3/4/2025 22:05 out\n3/5/2025 9:00\nhello")
    page = text(answer)
    assert "the other half is missing" in page
    assert "Not a time: hello" in page
    with seen_by(Role.COUNSELLOR):
        calendar = told.hours_of(opened()).calendar
    assert calendar.payments[0].amount == 250000
    assert calendar.minutes_on(date(2025, 3, 4)) == 697


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("fruit.csv", b"Fruit,Colour\nbanana,yellow\n", "The headings say neither hours nor pay."),
        ("empty.csv", b"Date,In,Out\n", "This table is empty."),
        ("photo.png", b"\x89PNG\r\n\x1a\n", "cannot be read"),
        ("bad.xlsx", b"not a workbook", "is damaged or is not a table"),
        ("none.csv", b"Date,In,Out\nx,y,z\n", "Nothing in it could be read"),
    ],
)
def test_a_file_that_is_something_else_says_so(
    counsellor: Client, case: Case, name: str, content: bytes, words: str
) -> None:
    answer = bring(counsellor, case, file=SimpleUploadedFile(name, content))
    assert answer.status_code in {413, 415, 422}
    assert head(case) == 0
    if answer.status_code == 422:
        assert words in text(answer)


def test_nothing_sent_asks_for_something(counsellor: Client, case: Case) -> None:
    assert "Choose a table, or write times into the list." in text(bring(counsellor, case))


def test_a_list_that_came_late_is_not_lost(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    answer = counsellor.post(at("bring_list", case), {"version": 1, "stamps": "3/4/2025 10:28 22:05"})
    assert answer.status_code == 422
    assert "Nothing is lost: please send it once more." in text(answer)
    assert "3/4/2025 10:28 22:05" in text(answer)


def test_what_is_kept_of_a_claim_is_sealed(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    row = ClaimVersion.objects.get(case=case)
    assert (row.case_file, row.result) == ("•••", "•••")
    assert json.dumps(row.expiring)
