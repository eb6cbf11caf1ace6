"""The page of hours: telling, looking, undoing, two people at once, and who may."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from centro.clinic.actions import cases
from centro.clinic.models import Case, ClaimVersion
from centro.clinic.queries import get_case
from centro.clinic.queries import hours as told
from centro.core.classes import Role
from centro.core.models import Event, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase

WEEK = "월–토 10:30–22:00, 식사 20분 한 번, 휴식 없음"
PAY = "$2,800 cash at the end of the month, no pay stubs, then $3,000 from January 2026"
JOB = {
    "place": "US-CA-los-angeles",
    "start": "2024-03-04",
    "separation": "current",
    "headcount": "12",
    "worker_class": "general",
    "forum": "labor_commissioner",
}


@pytest.fixture
def case(open_case: OpenCase) -> Case:
    return open_case()


@pytest.fixture
def counsellor(sign_in: Callable[[Role], Client], case: Case) -> Client:
    return sign_in(Role.COUNSELLOR)


def at(name: str, case: Case, *more: Any) -> str:
    return reverse(f"clinic:{name}", args=[case.pk, *more])


def head(case: Case) -> int:
    row = case.hours.first()
    return row.number if row else 0


def tell(client: Client, case: Case, name: str, version: int | None = None, **said: Any) -> HttpResponse:
    """Send a form as the page does; `a__b` stands for a field of the form a."""
    data = {key.replace("__", "-"): value for key, value in said.items()}
    answer: Any = client.post(at(name, case), {"version": head(case) if version is None else version, **data})
    return answer


def told_all(client: Client, case: Case) -> None:
    """The cook's job, week and pay."""
    assert tell(client, case, "tell_job", **JOB).status_code == 302
    assert tell(client, case, "tell_week", week__words=WEEK).status_code == 302
    assert tell(client, case, "tell_pay", pay__words=PAY).status_code == 302


def hours(case: Case, actor: Callable[[Role], Actor], seen_by: Any) -> told.Hours:
    with seen_by(Role.COUNSELLOR):
        return told.hours_of(get_case(actor(Role.COUNSELLOR), case.pk))


@pytest.fixture
def calendar(case: Case, actor: Callable[[Role], Actor], seen_by: Any) -> Callable[[], Any]:
    """The calendar as it stands now."""
    return lambda: hours(case, actor, seen_by).calendar


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


# --- telling ------------------------------------------------------------------------------------------------


def test_an_empty_page_says_what_is_missing(counsellor: Client, case: Case) -> None:
    page = text(counsellor.get(at("hours", case)))
    assert "No hours are told yet. Begin with a usual week." in page
    assert "Where was the work?" in page


def test_hours_and_pay_become_a_claim(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    assert calendar().minutes_on(date(2025, 3, 4)) == 670
    assert calendar().pay[1].first == date(2026, 1, 1)
    page = text(counsellor.get(at("hours", case) + "?month=2025-03"))
    claim = ClaimVersion.objects.get(case=case)
    assert f"${claim.total_cents // 100:,}.{claim.total_cents % 100:02d}" in page
    assert "연장근로 수당" in page
    assert "Overtime" in page
    assert "27 h over" in page


def test_each_change_is_an_event_without_words(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    kinds = list(Event.objects.filter(kind="hours.changed").order_by("at").values_list("codes", flat=True))
    assert kinds == [["job"], ["week"], ["pay"]]


def test_a_week_from_another_day_on_keeps_the_first(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    tell(counsellor, case, "tell_week", week__words="from June 2025 Mon-Fri 9-5")
    assert [week.first for week in calendar().weeks] == [date(2024, 3, 4), date(2025, 6, 1)]
    tell(counsellor, case, "tell_week", week__words="from July 2025 Mon-Fri 9-5", instead="2025-06-01")
    assert [week.first for week in calendar().weeks] == [date(2024, 3, 4), date(2025, 7, 1)]
    counsellor.post(at("remove_week", case, "2025-07-01"), {"version": head(case)})
    assert [week.first for week in calendar().weeks] == [date(2024, 3, 4)]


def test_days_and_times_can_be_chosen_instead(counsellor: Client, case: Case, calendar: Any) -> None:
    chosen = {"week-days": ["monday", "friday"], "week-start": "10:00", "week-end": "20:00", "week-meal": "0"}
    answer = counsellor.post(at("tell_week", case), {"version": 0, "week-first": "2025-01-06", **chosen})
    assert answer.status_code == 302
    (line,) = calendar().weeks[0].lines
    assert (line.weekdays, line.start, line.end, line.meals, line.rests) == (
        ("monday", "friday"),
        "10:00",
        "20:00",
        (),
        None,
    )


def test_days_are_struck_out_changed_and_as_usual_again(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    tell(counsellor, case, "tell_days", days__first="2024-12-22", days__last="2024-12-25", days__kind="holiday")
    assert sorted(calendar().days) == [date(2024, 12, 23), date(2024, 12, 24), date(2024, 12, 25)]
    said = {"days__kind": "hours", "days__words": "10:30–23:15, no meal", "days__note": "party of 40"}
    tell(counsellor, case, "tell_days", days__first="2024-12-24", **said)
    assert calendar().minutes_on(date(2024, 12, 24)) == 765
    page = text(counsellor.get(at("hours", case) + "?month=2024-12&day=2024-12-24"))
    assert "party of 40" in page
    assert 'value="10:30–23:15, no meal"' in page
    tell(counsellor, case, "tell_days", days__first="2024-12-24", days__kind="usual")
    assert calendar().minutes_on(date(2024, 12, 24)) == 670


def test_a_week_is_copied(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    tell(counsellor, case, "tell_days", days__first="2025-01-06", days__kind="sick")
    tell(counsellor, case, "copy_week", copy__source="2025-01-06", copy__first="2025-01-12", copy__last="2025-01-20")
    assert sorted(calendar().days) == [date(2025, 1, 6), date(2025, 1, 13), date(2025, 1, 20)]


def test_a_known_payment_and_an_anchor(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    payment = {
        "first": "2024-04-01",
        "last": "2024-04-30",
        "paid_on": "2024-05-03",
        "amount": "$2,500",
        "method": "check",
    }
    assert tell(counsellor, case, "tell_payment", **payment).status_code == 302
    assert calendar().payments[0].amount == 250000
    assert tell(counsellor, case, "add_anchor", anchor__words="church on Sundays").status_code == 302
    assert "church on Sundays" in text(counsellor.get(at("hours", case)))
    counsellor.post(at("remove_anchor", case, 0), {"version": head(case)})
    counsellor.post(at("remove_payment", case, 0), {"version": head(case)})
    assert (calendar().anchors, calendar().payments) == ((), ())


# --- what cannot be -----------------------------------------------------------------------------------------


ON, BEFORE = "2025-01-02", "2025-01-01"
LAST_BEFORE_FIRST = "The last day is before the first."
PAYMENT = {"first": ON, "last": "2025-01-31", "paid_on": "2025-02-01", "amount": "5", "method": "check"}
BAD = [
    ("tell_week", {"week__words": "Mon-Fri 9-5 banana", "week__first": ON}, "not understood: “banana”"),
    ("tell_week", {"week__words": "9-5", "week__first": ON}, "Which days of the week?"),
    ("tell_week", {"week__words": "Mon-Fri 9-5"}, "From which day on?"),
    ("tell_week", {"week__words": "from 31 February 2025 Mon 9-5"}, "There is no such day: 31 February 2025."),
    ("tell_week", {}, "Write the usual week, or choose days and times below."),
    (
        "tell_week",
        {"week__words": "Mon 9-5", "week__first": ON, "week__note": "SSN 123-45-6789"},
        "Please do not write this",
    ),
    ("tell_days", {"days__first": ON, "days__kind": "hours", "days__words": "25:00-26:00"}, "“25:00-26:00”"),
    ("tell_days", {"days__first": ON, "days__last": BEFORE, "days__kind": "off"}, LAST_BEFORE_FIRST),
    ("tell_days", {"days__first": "2020-01-02", "days__last": ON, "days__kind": "off"}, "That is more than a year."),
    ("tell_days", {"days__first": "2027-01-02", "days__kind": "hours", "days__words": "9-5"}, "still to come."),
    ("tell_days", {"days__first": "2025-02-30", "days__kind": "off"}, "Enter a valid date"),
    ("tell_pay", {"pay__words": "$0 a month"}, "The pay is zero."),
    ("tell_pay", {"pay__words": "bananas"}, "How much?"),
    ("tell_pay", {"pay__words": "$700 a week", "pay__received": "amount"}, "How much came on each payday?"),
    ("copy_week", {"copy__source": ON, "copy__first": ON, "copy__last": BEFORE}, LAST_BEFORE_FIRST),
    ("tell_job", {**JOB, "separation": "discharged"}, "The job ended: on which day?"),
    ("tell_job", {**JOB, "end": "2023-01-01"}, LAST_BEFORE_FIRST),
    ("tell_payment", {**PAYMENT, "last": BEFORE}, LAST_BEFORE_FIRST),
    ("tell_payment", {**PAYMENT, "amount": "much"}, "This is no amount of dollars."),
    ("tell_payment", {**PAYMENT, "amount": "0"}, "A payment of zero is no payment."),
]


@pytest.mark.parametrize(("form", "said", "words"), BAD)
def test_bad_input_comes_back_with_its_words(counsellor: Client, case: Case, form: str, said: Any, words: str) -> None:
    answer = tell(counsellor, case, form, **said)
    assert answer.status_code == 422
    assert words in text(answer)
    assert head(case) == 0
    for typed in said.values():
        assert typed.replace("'", "&#x27;") in text(answer)


def test_hours_that_cannot_be_stand_at_their_day(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    before = ClaimVersion.objects.get(case=case).total_cents
    tell(counsellor, case, "tell_days", days__first="2025-01-02", days__kind="hours", days__words="10:30-09:00")
    page = text(counsellor.get(at("hours", case) + "?month=2025-01"))
    assert "10:30 to 09:00: the end is before the start" in page
    assert f"{at('hours', case)}?day=2025-01-02#tell-days" in page
    assert ClaimVersion.objects.get(case=case).total_cents == before


# --- typing, undoing, two at once ---------------------------------------------------------------------------


def test_the_claim_follows_while_typing_and_nothing_is_kept(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    typed = {"form": "week", "week-words": "from 2025 Mon-Fri 9-5, one hour lunch"}
    page = text(counsellor.post(at("hours_try", case), typed))
    assert "not saved yet" in page
    assert "Mon–Fri 09:00–17:00 · meal of 60 minutes" in page
    assert head(case) == 3
    page = text(counsellor.post(at("hours_try", case), {**typed, "week-words": "from 2025 Mon-Fri 9-5 banana"}))
    assert "“banana”" in page
    for form, words in (
        ("pay", {"pay-words": "$15 an hour"}),
        ("days", {"days-first": "2025-01-02", "days-kind": "off"}),
    ):
        assert "not saved yet" in text(counsellor.post(at("hours_try", case), {"form": form, **words}))


def test_undo_and_redo_walk_through_the_changes(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    for _ in range(2):
        counsellor.post(at("undo_hours", case, head(case)))
    assert (calendar().weeks, calendar().pay) == ((), ())
    assert calendar().job.headcount == 12
    for _ in range(2):
        counsellor.post(at("redo_hours", case, head(case)))
    assert len(calendar().weeks) == 1
    assert len(calendar().pay) == 2
    counsellor.post(at("redo_hours", case, head(case)))
    assert head(case) == 7


def test_the_first_change_can_be_undone(counsellor: Client, case: Case, calendar: Any) -> None:
    tell(counsellor, case, "tell_week", week__words=WEEK, week__first="2025-01-06")
    counsellor.post(at("undo_hours", case, 1))
    assert calendar().weeks == ()
    counsellor.post(at("undo_hours", case, 2))
    assert head(case) == 2


def test_two_counsellors_at_once_lose_nothing(counsellor: Client, case: Case, calendar: Any) -> None:
    told_all(counsellor, case)
    seen = head(case)
    tell(counsellor, case, "tell_days", days__first="2025-01-02", days__kind="holiday")
    late = {"days__first": "2025-01-03", "days__kind": "sick", "days__note": "flu"}
    answer = tell(counsellor, case, "tell_days", seen, **late)
    assert answer.status_code == 409
    page = text(answer)
    assert "Jan. 2, 2025: holiday" in page
    assert "Jan. 3, 2025: sick" in page
    assert "flu" in page
    assert set(calendar().days) == {date(2025, 1, 2)}
    assert tell(counsellor, case, "tell_days", **late).status_code == 302
    assert set(calendar().days) == {date(2025, 1, 2), date(2025, 1, 3)}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("tell_week", {"week__words": WEEK}),
        ("tell_pay", {"pay__words": "$15 an hour"}),
        ("add_anchor", {"anchor__words": "bus"}),
    ],
)
def test_whatever_was_typed_stays_on_the_form(counsellor: Client, case: Case, form: str, said: dict[str, str]) -> None:
    told_all(counsellor, case)
    answer = tell(counsellor, case, form, 1, **said)
    assert answer.status_code == 409
    assert next(iter(said.values())) in text(answer)


@pytest.mark.parametrize(("form", "said"), [("tell_job", {**JOB, "headcount": "77"}), ("tell_payment", PAYMENT)])
def test_a_form_on_its_own_page_keeps_what_was_typed_too(
    counsellor: Client, case: Case, form: str, said: dict[str, str]
) -> None:
    told_all(counsellor, case)
    answer = tell(counsellor, case, form, 1, **said)
    assert answer.status_code == 422
    assert "Nothing is lost: please send it once more." in text(answer)
    assert all(f'value="{typed}"' in text(answer) for typed in said.values())
    assert head(case) == 3
    assert tell(counsellor, case, form, **said).status_code == 302


def test_an_undo_that_came_late_undoes_nothing(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    answer = counsellor.post(at("undo_hours", case, 1), follow=True)
    assert "Nothing was undone" in text(answer)
    assert head(case) == 3


# --- who may ------------------------------------------------------------------------------------------------

PAGES = ["hours", "tell_job", "tell_payment", "bring_list", "claim", "claim_versions", "open_law"]


@pytest.mark.parametrize("page", PAGES)
def test_somebody_outside_is_asked_to_sign_in(case: Case, page: str) -> None:
    assert Client().get(at(page, case)).status_code == 302


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.FRONT_DESK, Role.VOLUNTEER, Role.DIRECTOR, Role.ADMIN])
@pytest.mark.parametrize("page", PAGES)
def test_other_roles_find_nothing(sign_in: Callable[[Role], Client], case: Case, page: str, role: Role) -> None:
    assert sign_in(role).get(at(page, case)).status_code == 404


def test_a_case_of_another_team_is_not_there(sign_in: Callable[[Role], Client], case: Case) -> None:
    attorney = sign_in(Role.ATTORNEY)
    assert attorney.get(at("hours", case)).status_code == 404
    assert tell(attorney, case, "tell_week", week__words=WEEK).status_code == 404
    assert head(case) == 0


def test_the_team_sees_the_same(
    sign_in: Callable[[Role], Client], counsellor: Client, case: Case, attorney_joins: Callable[[Case], Actor]
) -> None:
    told_all(counsellor, case)
    attorney_joins(case)
    assert "연장근로 수당" in text(sign_in(Role.ATTORNEY).get(at("hours", case)))


def test_what_was_told_is_sealed(counsellor: Client, case: Case) -> None:
    tell(counsellor, case, "add_anchor", anchor__words="Hanmat church on Sundays")
    (row,) = case.hours.all()
    assert row.document == "•••"
    assert b"Hanmat" not in bytes(type(row).objects.filter(pk=row.pk).values_list("document", flat=True)[0])


def test_an_address_with_nonsense_is_the_page_itself(counsellor: Client, case: Case) -> None:
    told_all(counsellor, case)
    for query in ("?month=9999-99", "?day=x", "?week=2025-02-30", "?month=0001-01"):
        assert counsellor.get(at("hours", case) + query).status_code == 200


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_page_speaks_three_languages(counsellor: Client, case: Case, cast: dict[Role, User], language: str) -> None:
    told_all(counsellor, case)
    counsellor.post(reverse("web:choose_language"), {"language": language, "next": "/"})
    words = {"en": "Hours from memory", "es": "Horas de memoria", "ko": "기억하는 시간"}
    assert words[language] in text(counsellor.get(at("hours", case)))


def test_the_page_asks_the_database_little(
    counsellor: Client, case: Case, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    told_all(counsellor, case)
    counsellor.get(at("hours", case))
    with django_assert_max_num_queries(22):
        counsellor.get(at("hours", case))
    with django_assert_max_num_queries(22):
        counsellor.get(at("claim", case))


def test_the_manager_of_the_clinic_tells_too(
    sign_in: Callable[[Role], Client], case: Case, cast: dict[Role, User], actor: Callable[[Role], Actor]
) -> None:
    manager = sign_in(Role.MANAGER)
    assert manager.get(at("hours", case)).status_code == 404
    cases.join_team(by=actor(Role.COUNSELLOR), case=case, user=cast[Role.MANAGER])
    assert manager.get(at("hours", case)).status_code == 404  # a manager's tie is the clinic, not one team
