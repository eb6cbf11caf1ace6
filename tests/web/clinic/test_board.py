"""The clinic's board, the list of cases, the service log, the team, the attorney file, and the calendar feed."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic import CLINIC
from centro.clinic.actions import cases
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import AttorneyNote, Case, ClaimVersion, Matter
from centro.core import clock
from centro.core.classes import Relation, Role
from centro.core.models import Access, Place, User
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]


def _page(client: Client, name: str, *args: Any, **asked: str) -> str:
    answer = client.get(reverse(f"clinic:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def _next(by: Actor, matter: Matter, owner: User, days: int) -> None:
    due_on = clock.today() + timedelta(days=days)
    cases.set_next_action(by=by, matter=matter, what="Call the bank", owner=owner, due_on=due_on)


# --- the board --------------------------------------------------------------------------------------------------------


def test_a_matter_without_a_next_action_stands_on_the_board_until_it_has_one(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]
) -> None:
    matter, client = open_matter(), sign_in(Role.COUNSELLOR)
    assert "Without a next action" in _page(client, "home")
    _next(actor(Role.COUNSELLOR), matter, cast[Role.COUNSELLOR], 3)
    assert "Nothing is forgotten" in _page(client, "home")


def test_today_says_that_a_matter_has_no_next_action(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]
) -> None:
    matter, client = open_matter(), sign_in(Role.COUNSELLOR)
    assert "1 matter has no next action" in client.get(reverse("web:home")).content.decode()
    _next(actor(Role.COUNSELLOR), matter, cast[Role.COUNSELLOR], 3)
    assert "has no next action" not in client.get(reverse("web:home")).content.decode()


def test_a_next_action_that_was_ticked_off_leaves_the_matter_adrift(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]
) -> None:
    matter, client = open_matter(), sign_in(Role.COUNSELLOR)
    _next(actor(Role.COUNSELLOR), matter, cast[Role.COUNSELLOR], 3)
    client.post(reverse("web:do_task", args=[matter.next_task.pk if matter.next_task else ""]))
    assert "Without a next action" in _page(client, "home")


def test_overdue_waited_near_and_unanswered_each_have_their_place(
    sign_in: SignIn, open_matter: OpenMatter, open_case: OpenCase, actor: ACTOR, cast: dict[Role, User]
) -> None:
    by, owner = actor(Role.COUNSELLOR), cast[Role.COUNSELLOR]
    late, waited = open_matter(), open_matter(Route.RECORDS)
    _next(by, late, owner, -2)
    cases.wait_for(by=by, matter=waited, what="the records", until=clock.today() - timedelta(days=1))
    near = open_case()
    mailed = clock.today() - timedelta(days=10)
    facts = {"benefit": "unemployment"}
    cases.note_happening(by=by, case=near, kind="ui_notice_mailed", on=mailed, facts=facts)
    cases.log_line(by=by, case=near, kind=LogKind.TEXT, words="Is there news?", is_answer_owed=True)
    page = _page(sign_in(Role.COUNSELLOR), "home")
    for heading in ("Overdue", "Waited long enough", "Deadlines in the next 30 days", "Who waits for our answer"):
        assert heading in page
    assert "20 days left" in page
    assert "Waiting for the records until" in page


def test_the_board_shows_what_is_mine_or_all_that_i_may_see(
    sign_in: SignIn, open_matter: OpenMatter, cast: dict[Role, User], actor: ACTOR
) -> None:
    matter = open_matter()
    Place.objects.create(user=cast[Role.MANAGER], scope_kind="program", scope=CLINIC, relation=Relation.PROGRAM)
    client = sign_in(Role.MANAGER)
    assert "Nothing is forgotten" in _page(client, "home")
    assert matter.case.number in _page(client, "home", show="all")


def test_the_case_of_another_team_is_not_on_the_board(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter()
    assert matter.case.number not in _page(sign_in(Role.ATTORNEY), "home", show="all")


def test_a_restricted_matter_is_on_no_board_of_others(
    sign_in: SignIn, open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor]
) -> None:
    matter = open_matter(Route.DISCRIMINATION)
    attorney_joins(matter.case)
    assert matter.case.number in _page(sign_in(Role.ATTORNEY), "home", show="all")
    Matter.objects.filter(pk=matter.pk).update(is_restricted=True)
    assert matter.case.number not in _page(sign_in(Role.ATTORNEY), "home", show="all")
    assert matter.case.number in _page(sign_in(Role.COUNSELLOR), "home", show="all")


def test_cases_stand_by_the_money_that_melts(sign_in: SignIn, open_case: OpenCase) -> None:
    small, large, nothing = open_case(), open_case(), open_case()
    for case, cents in ((small, 100_00), (large, 4_321_00), (nothing, 0)):
        _claim(case, cents)
    page = _page(sign_in(Role.COUNSELLOR), "home")
    assert page.index("$4,321.00") < page.index("$100.00")
    assert f"{nothing.number} ·" not in page
    assert "$4,321.00" in _page(sign_in(Role.COUNSELLOR), "cases")


def _claim(case: Case, cents: int) -> None:
    """A claim of which so many cents expire this month."""
    month = clock.today().replace(day=1)
    sums = {"total_cents": cents, "at_risk_cents": cents, "at_risk_month": month}
    expiring = {f"{month:%Y-%m}": cents}
    versions = {"number": 1, "hours_number": 1, "law_version": "1", "computed_on": clock.today()}
    ClaimVersion.objects.create(case=case, expiring=expiring, **sums, **versions)


def test_the_board_asks_the_same_few_questions_whatever_is_on_it(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        matter = open_matter()
        cases.log_line(by=actor(Role.COUNSELLOR), case=matter.case, kind=LogKind.TEXT, words="?", is_answer_owed=True)
    client = sign_in(Role.COUNSELLOR)
    _page(client, "home")
    with django_assert_max_num_queries(45):
        _page(client, "home")


# --- the list of cases ------------------------------------------------------------------------------------------------


def test_cases_are_filtered_by_codes(sign_in: SignIn, open_case: OpenCase, actor: ACTOR) -> None:
    pay = open_case(topics=["pay"], language="ko", state="full")
    fired = open_case(topics=["fired", "punished"], language="es", state="new")
    client = sign_in(Role.COUNSELLOR)
    for asked, shown, hidden in (
        ({"topic": "fired"}, fired, pay),
        ({"language": "ko"}, pay, fired),
        ({"state": "full"}, pay, fired),
        ({"topic": "pay", "language": "ko", "mine": "1"}, pay, fired),
    ):
        page = _page(client, "cases", **asked)
        assert shown.number in page
        assert hidden.number not in page


def test_a_closed_case_is_shown_when_asked_for(sign_in: SignIn, open_case: OpenCase) -> None:
    case = open_case()
    Case.objects.filter(pk=case.pk).update(closed_at=clock.now())
    client = sign_in(Role.COUNSELLOR)
    assert case.number not in _page(client, "cases")
    assert case.number in _page(client, "cases", closed="1")


def test_the_list_stands_by_the_money_at_risk_from_page_to_page(
    sign_in: SignIn, cook: Any, cast: dict[Role, User]
) -> None:
    for number in range(55):
        case = Case.objects.create(number=f"25-{number:05d}", person=cook, owner=cast[Role.COUNSELLOR])
        if number % 2:
            _claim(case, number * 100_00)
    client = sign_in(Role.COUNSELLOR)
    first = client.get(reverse("clinic:cases"), {"order": "money"}).content.decode()
    mark = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert mark is not None
    assert re.findall(r"25-\d{5}", first)[:2] == ["25-00053", "25-00051"]
    second = client.get(reverse("clinic:cases") + mark[1].replace("&amp;", "&")).content.decode()
    shown = re.findall(r"25-\d{5}", first + second)
    assert sorted(set(shown)) == [f"25-{number:05d}" for number in range(55)]
    assert len(shown) == 55


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "x"},
        {"topic": "'"},
        {"language": "%"},
        {"after": "zzz"},
        {"order": "x"},
        {"order": "money", "after": "2026-01-01~x"},
    ],
)
def test_nonsense_in_the_address_is_no_crash(sign_in: SignIn, asked: dict[str, str]) -> None:
    answer = sign_in(Role.COUNSELLOR).get(reverse("clinic:cases"), asked)
    assert answer.status_code in {200, 404}


def test_the_list_goes_on_after_fifty(sign_in: SignIn, actor: ACTOR, cook: Any, cast: dict[Role, User]) -> None:
    by = actor(Role.COUNSELLOR)
    for number in range(55):
        Case.objects.create(
            number=f"25-{number:05d}",
            person=cook,
            owner=cast[Role.COUNSELLOR],
            opened_by_id=by.user_id,
            changed_at=clock.now() - timedelta(minutes=number),
        )
    client = sign_in(Role.COUNSELLOR)
    first = client.get(reverse("clinic:cases"), {"mine": "1"})
    mark = re.search(r'rel="next" href="(\?[^"]+)"', first.content.decode())
    assert mark is not None
    second = client.get(reverse("clinic:cases") + mark[1].replace("&amp;", "&")).content.decode()
    assert "25-00049" in first.content.decode()
    assert {"25-00050", "25-00054"} <= set(re.findall(r"25-\d{5}", second))
    assert "25-00049" not in second


def test_the_list_of_fifty_asks_few_questions(
    sign_in: SignIn, cook: Any, cast: dict[Role, User], django_assert_max_num_queries: Any
) -> None:
    for number in range(50):
        Case.objects.create(number=f"25-{number:05d}", person=cook, owner=cast[Role.COUNSELLOR])
    client = sign_in(Role.COUNSELLOR)
    _page(client, "cases")
    with django_assert_max_num_queries(16):
        _page(client, "cases")


# --- the service log --------------------------------------------------------------------------------------------------


def test_a_line_is_written_and_an_answer_is_owed_until_given(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    url = reverse("clinic:log", args=[case.pk])
    typed = {"kind": "call", "words": "Asked about the hearing", "minutes": "12", "is_answer_owed": "on"}
    assert client.post(url, typed).status_code == 302
    page = _page(client, "log", case.pk)
    assert "Asked about the hearing" in page
    assert "12 minutes" in page
    line = case.log.get()
    answered = reverse("clinic:answered", args=[case.pk, line.pk])
    assert answered in page
    client.post(answered)
    line.refresh_from_db()
    assert line.answered_at is not None
    assert answered not in _page(client, "log", case.pk)


@pytest.mark.parametrize(
    "typed", [{"kind": "call"}, {"kind": "x", "words": "a"}, {"kind": "call", "words": "a", "minutes": "-5"}]
)
def test_a_bad_line_comes_back(sign_in: SignIn, open_case: OpenCase, typed: dict[str, str]) -> None:
    case = open_case()
    answer = sign_in(Role.COUNSELLOR).post(reverse("clinic:log", args=[case.pk]), typed)
    assert answer.status_code == 422
    assert not case.log.exists()


def test_status_words_in_the_log_come_back_once(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    url = reverse("clinic:log", args=[case.pk])
    typed = {"kind": "note", "words": "His SSN is 123-45-6789"}
    assert client.post(url, typed).status_code == 422
    assert client.post(url, {**typed, "removal": "remove"}).status_code == 302


# --- the team ---------------------------------------------------------------------------------------------------------


def test_joining_opens_the_case_and_leaving_shuts_it(
    sign_in: SignIn, open_case: OpenCase, cast: dict[Role, User]
) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    url = reverse("clinic:case", args=[case.pk])
    assert sign_in(Role.ATTORNEY).get(url).status_code == 404
    client.post(reverse("clinic:join_case", args=[case.pk]), {"owner": str(cast[Role.ATTORNEY].pk)})
    assert sign_in(Role.ATTORNEY).get(url).status_code == 200
    place = Place.objects.get(user=cast[Role.ATTORNEY], scope=case.pk)
    client.post(reverse("clinic:leave_case", args=[case.pk, place.pk]))
    assert sign_in(Role.ATTORNEY).get(url).status_code == 404


def test_whoever_answers_for_it_cannot_just_leave(
    sign_in: SignIn, open_matter: OpenMatter, cast: dict[Role, User]
) -> None:
    case = open_matter().case
    place = Place.objects.get(user=cast[Role.COUNSELLOR], scope=case.pk)
    client = sign_in(Role.COUNSELLOR)
    answer = client.post(reverse("clinic:leave_case", args=[case.pk, place.pk]), follow=True)
    assert "Hand that over first." in answer.content.decode()
    place.refresh_from_db()
    assert place.to_at is None


def test_a_case_is_handed_over(sign_in: SignIn, open_case: OpenCase, cast: dict[Role, User]) -> None:
    case = open_case()
    client = sign_in(Role.COUNSELLOR)
    client.post(reverse("clinic:own_case", args=[case.pk]), {"owner": str(cast[Role.ATTORNEY].pk)})
    case.refresh_from_db()
    assert case.owner == cast[Role.ATTORNEY]
    assert sign_in(Role.ATTORNEY).get(reverse("clinic:case", args=[case.pk])).status_code == 200


# --- the attorney file ------------------------------------------------------------------------------------------------


def test_attorneys_of_the_team_write_and_read_their_file_and_nobody_else_does(
    sign_in: SignIn, open_case: OpenCase, attorney_joins: Callable[[Case], Actor], cast: dict[Role, User]
) -> None:
    case = open_case()
    url = reverse("clinic:attorney_file", args=[case.pk])
    assert sign_in(Role.ATTORNEY).get(url).status_code == 404
    attorney_joins(case)
    client = sign_in(Role.ATTORNEY)
    assert client.post(url, {"words": "The bond is too small"}).status_code == 302
    assert "The bond is too small" in _page(client, "attorney_file", case.pk)
    assert AttorneyNote.objects.count() == 1
    for role in (Role.COUNSELLOR, Role.MANAGER, Role.DIRECTOR, Role.STEWARD, Role.ADMIN):
        assert sign_in(role).get(url).status_code == 404
    assert "Attorney file" not in _page(sign_in(Role.COUNSELLOR), "case", case.pk)
    opened = [field for row in Access.objects.all() for field in row.fields]
    assert "clinic.attorneynote.words" in opened


# --- who may not ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "cases", "feed"])
def test_the_clinic_is_for_those_who_work_on_cases(name: str, sign_in: SignIn) -> None:
    url = reverse(f"clinic:{name}")
    assert Client().get(url).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.VOLUNTEER, Role.ADMIN, Role.AUDITOR):
        assert sign_in(role).get(url).status_code == 404


@pytest.mark.parametrize("name", ["log", "case_team"])
def test_pages_of_a_case_are_for_its_team(name: str, sign_in: SignIn, open_case: OpenCase) -> None:
    url = reverse(f"clinic:{name}", args=[open_case().pk])
    assert Client().get(url).status_code == 302
    for role in (Role.ATTORNEY, Role.MANAGER, Role.ORGANIZER, Role.FRONT_DESK):
        assert sign_in(role).get(url).status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_every_page_stands_in_every_language(
    language: str, sign_in: SignIn, open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor]
) -> None:
    case = open_matter(Route.WAGE_CLAIM, state="filed").case
    attorney_joins(case)
    client = sign_in(Role.ATTORNEY)
    client.cookies["django_language"] = language
    for name in ("home", "cases", "feed"):
        assert f'lang="{language}"' in _page(client, name)
    for name in ("case", "clocks", "log", "case_team", "attorney_file", "begin_matter", "note_happening"):
        assert f'lang="{language}"' in _page(client, name, case.pk)
