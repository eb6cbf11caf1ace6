"""Deadlines: provisional, confirmed, set by an attorney, met, missed; and days that are noted and corrected."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic.actions import cases
from centro.clinic.actions import clocks as actions
from centro.clinic.choices import Route
from centro.clinic.models import Case, Clock
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from tests.web.clinic.conftest import OpenCase
from tests.web.clinic.deadlines.conftest import ACTOR, Notice
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]


def _page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(f"clinic:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def _post(client: Client, name: str, row: Clock, **typed: str) -> Any:
    return client.post(reverse(f"clinic:{name}", args=[row.case_id, row.pk]), typed)


def test_a_new_deadline_is_provisional_until_somebody_confirms_it(sign_in: SignIn, notice: Notice) -> None:
    row = notice(1)
    client = sign_in(Role.COUNSELLOR)
    assert "Not confirmed yet" in _page(client, "clocks", row.case_id)
    assert _post(client, "confirm_clock", row).status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert Event.objects.filter(kind="clock.confirmed", about=row.pk).count() == 1
    assert "Somebody else settled" in client.get(_post(client, "confirm_clock", row).url).content.decode()


def test_an_attorney_sets_another_day_and_the_first_stays_to_be_seen(
    sign_in: SignIn, notice: Notice, attorney_joins: Callable[[Case], Actor]
) -> None:
    row = notice(1)
    attorney_joins(row.case)
    later = clock.today() + timedelta(days=90)
    typed = {"on": later.isoformat(), "reason": "Good cause: the notice went to an old address"}
    assert _post(sign_in(Role.COUNSELLOR), "set_clock", row, **typed).status_code == 404
    client = sign_in(Role.ATTORNEY)
    assert _post(client, "set_clock", row, on=later.isoformat()).status_code == 422
    assert _post(client, "set_clock", row, **typed).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.on, row.first_on) == ("attorney_set", later, clock.today() + timedelta(days=29))
    page = _page(client, "clocks", row.case_id)
    assert "Earliest day, as first computed" in page
    assert "Good cause" in page


def test_a_counsellor_is_not_offered_to_set_a_day(sign_in: SignIn, notice: Notice) -> None:
    row = notice(1)
    assert "Set another day" not in _page(sign_in(Role.COUNSELLOR), "clocks", row.case_id)


def test_met_and_by_mistake_met(sign_in: SignIn, notice: Notice) -> None:
    row, client = notice(1), sign_in(Role.COUNSELLOR)
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    assert _post(client, "meet_clock", row, on=ahead).status_code == 422
    assert _post(client, "meet_clock", row, on=clock.today().isoformat()).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.met_on) == ("met", clock.today())
    assert "It still runs" in _page(client, "clocks", row.case_id)
    _post(client, "reopen_clock", row)
    row.refresh_from_db()
    assert (row.state, row.met_on) == ("provisional", None)


def test_missed_is_noted_by_hand(sign_in: SignIn, notice: Notice) -> None:
    row, client = notice(40), sign_in(Role.COUNSELLOR)
    assert "It was missed" in _page(client, "clocks", row.case_id)
    _post(client, "miss_clock", row)
    row.refresh_from_db()
    assert row.state == "missed"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Appeal the benefit notice"), ("es", "Apelar el aviso de beneficios"), ("ko", "급여 통지에 대한 이의신청")],
)
def test_why_a_deadline_exists_is_said_in_the_workers_language(
    sign_in: SignIn, notice: Notice, language: str, words: str
) -> None:
    row = notice(1)
    url = reverse("clinic:clocks", args=[row.case_id])
    page = sign_in(Role.COUNSELLOR).get(url, {"language": language}).content.decode()
    assert words in page
    assert "Unemp. Ins. Code § 1328" in page
    assert "cuiab.ca.gov" in page


def test_a_rule_from_memory_says_so(sign_in: SignIn, open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="leave_denied", on=clock.today())
    page = _page(sign_in(Role.COUNSELLOR), "clocks", case.pk)
    assert "from memory, to be checked by an attorney" in page


def test_a_deadline_belongs_to_the_matter_of_its_route_also_when_that_is_opened_later(
    open_case: OpenCase, notice: Notice, actor: ACTOR
) -> None:
    row = notice(1)
    assert row.matter is None
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=row.case, route=Route.UNEMPLOYMENT)
    row.refresh_from_db()
    assert row.matter == matter


# --- noting a day -----------------------------------------------------------------------------------------------------


def test_a_day_is_noted_with_what_its_kind_asks(sign_in: SignIn, open_case: OpenCase) -> None:
    case, client = open_case(), sign_in(Role.COUNSELLOR)
    url = reverse("clinic:note_happening", args=[case.pk])
    assert "What happened?" in client.get(url).content.decode()
    assert "What came before it" in client.get(url, {"kind": "adverse_act"}).content.decode()
    typed = {"kind": "adverse_act", "day": clock.today().isoformat(), "confidence": "rough", "act": "fired"}
    assert client.post(url, {**typed, "because": ["safety_complaint", "wage_complaint"]}).status_code == 302
    row = case.happenings.get()
    assert (row.confidence, row.facts["act"]) == ("rough", "fired")
    assert {"retaliation", "safety_federal", "concerted"} <= set(case.clocks.values_list("rule", flat=True))


def test_the_same_event_noted_twice_stands_once(open_case: OpenCase, actor: ACTOR) -> None:
    case, by = open_case(), actor(Role.COUNSELLOR)
    first = cases.note_happening(by=by, case=case, kind="judgment_entered", on=clock.today())
    assert cases.note_happening(by=by, case=case, kind="judgment_entered", on=clock.today()) == first
    assert case.clocks.filter(rule="judgment_238").count() == 1


def test_a_corrected_day_takes_its_deadlines_along(sign_in: SignIn, notice: Notice) -> None:
    row, client = notice(5), sign_in(Role.COUNSELLOR)
    _post(client, "confirm_clock", row)
    url = reverse("clinic:correct_happening", args=[row.case_id, row.happening_id])
    assert "Appeal" not in client.get(url).content.decode()
    day = clock.today() - timedelta(days=9)
    typed = {"day": day.isoformat(), "confidence": "rough", "benefit": "unemployment"}
    assert client.post(url, typed).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.on, row.first_on) == (
        "provisional",
        day + timedelta(days=30),
        clock.today() + timedelta(days=25),
    )
    assert "as first computed" in _page(client, "clocks", row.case_id)


def test_what_is_known_later_ends_what_does_not_run_and_starts_what_does(sign_in: SignIn, notice: Notice) -> None:
    row, client = notice(5), sign_in(Role.COUNSELLOR)
    day = (clock.today() - timedelta(days=5)).isoformat()
    url = reverse("clinic:correct_happening", args=[row.case_id, row.happening_id])
    client.post(url, {"day": day, "confidence": "sure", "benefit": "disaster"})
    assert list(Clock.objects.filter(happening=row.happening).values_list("rule", flat=True)) == ["disaster_appeal"]
    assert Event.objects.filter(kind="clock.dropped").count() == 1


def test_what_an_attorney_set_and_what_is_met_stays_when_the_day_is_corrected(
    notice: Notice, attorney_joins: Callable[[Case], Actor], actor: ACTOR
) -> None:
    row, met = notice(5), notice(6)
    later = clock.today() + timedelta(days=80)
    actions.set_clock(by=attorney_joins(row.case), clock=row, on=later, reason="Good cause")
    actions.meet_clock(by=actor(Role.COUNSELLOR), clock=met, on=clock.today())
    for settled in (row, met):
        happening = settled.happening
        assert happening is not None
        told = {"on": clock.today() - timedelta(days=20), "confidence": "sure", "facts": happening.facts}
        cases.correct_happening(by=actor(Role.COUNSELLOR), happening=happening, **told)
        settled.refresh_from_db()
    assert (row.state, row.on, met.state) == ("attorney_set", later, "met")


@pytest.mark.parametrize("day", ["", "2026-02-30", "1899-01-01", "2027-11-23", "yesterday"])
def test_an_impossible_day_comes_back_with_words(sign_in: SignIn, open_case: OpenCase, day: str) -> None:
    case = open_case()
    url = reverse("clinic:note_happening", args=[case.pk])
    typed = {"kind": "last_day", "day": day, "confidence": "sure"}
    answer = sign_in(Role.COUNSELLOR).post(url, typed)
    assert answer.status_code == 422
    assert not case.happenings.exists()


def test_an_unknown_kind_of_event_asks_again(sign_in: SignIn, open_case: OpenCase) -> None:
    url = reverse("clinic:note_happening", args=[open_case().pk])
    assert sign_in(Role.COUNSELLOR).get(url, {"kind": "eclipse"}).status_code == 200


# --- who may not ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["clocks", "note_happening"])
def test_outsiders_sign_in_and_other_roles_find_nothing(name: str, sign_in: SignIn, open_case: OpenCase) -> None:
    url = reverse(f"clinic:{name}", args=[open_case().pk])
    assert Client().get(url).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.ATTORNEY, Role.MANAGER, Role.ADMIN):
        assert sign_in(role).get(url).status_code == 404


def test_a_deadline_of_another_case_is_not_there(sign_in: SignIn, notice: Notice, open_case: OpenCase) -> None:
    row, other = notice(1), open_case()
    url = reverse("clinic:confirm_clock", args=[other.pk, row.pk])
    assert sign_in(Role.COUNSELLOR).post(url).status_code == 404


def test_the_page_asks_no_more_with_a_hundred_deadlines(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, django_assert_max_num_queries: Any
) -> None:
    case = open_case()
    for days in range(12):
        on = clock.today() - timedelta(days=100 + days)
        cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="payday_missed", on=on)
    client = sign_in(Role.COUNSELLOR)
    _page(client, "clocks", case.pk)
    with django_assert_max_num_queries(30):
        _page(client, "clocks", case.pk)
