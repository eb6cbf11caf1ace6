"""The page of a matter, its moves as forms, the next action, the attorney, whoever answers for it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic import routes
from centro.clinic.actions import cases, matters
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import Case, Letter, Matter
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Task, User
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.clinic.matters.conftest import ACTOR, Stand
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TABLES = routes.tables()


def _page(client: Client, name: str, *args: Any) -> Any:
    return client.get(reverse(f"clinic:{name}", args=args))


def test_the_page_shows_where_it_stands_and_what_can_happen(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    page = _page(sign_in(Role.COUNSELLOR), "matter", matter.pk).content.decode()
    assert "Filed" in page
    assert "A conference date came" in page
    assert "Nothing is next" in page
    assert "more than two to a decision" in page


def test_the_page_says_who_may_note_what_the_reader_may_not(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="oda")
    page = _page(sign_in(Role.COUNSELLOR), "matter", matter.pk).content.decode()
    assert reverse("clinic:move_matter", args=[matter.pk, "no_appeal"]) in page
    assert reverse("clinic:move_matter", args=[matter.pk, "worker_appeals"]) not in page
    assert "The worker appealed" in page


def test_a_conference_date_is_asked_with_hour_and_place(
    sign_in: SignIn, stand: Stand, ready: Case, seen_by: SeenBy
) -> None:
    matter = stand("wage_claim", "filed")
    assert matter is not None
    client, day = sign_in(Role.COUNSELLOR), clock.today() + timedelta(days=60)
    typed = {"day": day.isoformat(), "hour": "09:30", "place": "Van Nuys", "interpreter": "on", "confidence": "sure"}
    typed |= {"what": "Prepare with Mr. Seo", "owner": str(matter.owner_id), "note": "By letter"}
    answer = client.post(reverse("clinic:move_matter", args=[matter.pk, "set_conference"]), typed)
    assert answer.status_code == 302
    matter.refresh_from_db()
    hearing = matter.hearings.get()
    assert (matter.state, hearing.kind, hearing.needs_interpreter) == ("conference_set", "conference", True)
    assert hearing.at.astimezone(clock.now().tzinfo).date() in {day, day + timedelta(days=1)}
    assert matter.next_task is not None
    assert matter.next_task.due_on == day - timedelta(days=14)
    due = sorted(Task.objects.filter(reminder__reason="hearing").values_list("due_on", flat=True))
    assert due == [day - timedelta(days=14), day - timedelta(days=3)]
    page = _page(client, "matter", matter.pk).content.decode()
    assert "Van Nuys" in page
    assert "09:30" in page


def test_a_move_without_its_day_comes_back_with_words_and_what_was_typed(sign_in: SignIn, stand: Stand) -> None:
    matter = stand("wage_claim", "packet")
    assert matter is not None
    typed = {"confidence": "sure", "worker_confirmed": "on", "what": "the notice", "note": "Filed by e-mail"}
    answer = sign_in(Role.COUNSELLOR).post(reverse("clinic:move_matter", args=[matter.pk, "file_claim"]), typed)
    assert answer.status_code == 422
    assert "Filed by e-mail" in answer.content.decode()
    matter.refresh_from_db()
    assert matter.state == "packet"


def test_a_day_ahead_has_not_happened(sign_in: SignIn, stand: Stand) -> None:
    matter = stand("wage_claim", "packet")
    assert matter is not None
    day = (clock.today() + timedelta(days=1)).isoformat()
    typed = {"day": day, "confidence": "sure", "worker_confirmed": "on", "what": "the notice", "on": day}
    answer = sign_in(Role.COUNSELLOR).post(reverse("clinic:move_matter", args=[matter.pk, "file_claim"]), typed)
    assert answer.status_code == 422
    assert "cannot lie ahead" in answer.content.decode()


def test_dangerous_numbers_in_a_note_come_back_once(sign_in: SignIn, stand: Stand) -> None:
    matter = stand("wage_claim", "records_wait")
    assert matter is not None
    typed = {"what": "Compute", "on": clock.today().isoformat(), "owner": str(matter.owner_id)}
    typed["note"] = "SSN 123-45-6789"
    client, url = sign_in(Role.COUNSELLOR), reverse("clinic:move_matter", args=[matter.pk, "records_came"])
    assert client.post(url, typed).status_code == 422
    assert client.post(url, {**typed, "removal": "remove"}).status_code == 302


def test_a_step_that_cannot_happen_now_does_not_exist(sign_in: SignIn, open_matter: OpenMatter) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="screened")
    for event in ("serve_oda", "nonsense"):
        assert _page(sign_in(Role.COUNSELLOR), "move_matter", matter.pk, event).status_code == 404


def test_the_next_action_and_the_wait(sign_in: SignIn, open_matter: OpenMatter, seen_by: SeenBy) -> None:
    matter = open_matter(Route.WAGE_CLAIM)
    client, day = sign_in(Role.COUNSELLOR), clock.today() + timedelta(days=3)
    typed = {"kind": "act", "what": "Ask for the paystubs", "on": day.isoformat(), "owner": str(matter.owner_id)}
    url = reverse("clinic:set_next", args=[matter.pk])
    assert client.post(url, typed).status_code == 302
    assert "Ask for the paystubs" in _page(client, "matter", matter.pk).content.decode()
    assert client.post(url, {**typed, "kind": "wait", "what": "the bank"}).status_code == 302
    matter.refresh_from_db()
    assert matter.next_task is None
    assert matter.waiting_until == day
    assert "Waiting for the bank until" in _page(client, "matter", matter.pk).content.decode()
    past = {**typed, "on": (clock.today() - timedelta(days=1)).isoformat()}
    assert client.post(url, past).status_code == 422


def test_a_matter_is_opened_with_its_first_action(sign_in: SignIn, open_case: OpenCase, cast: dict[Role, User]) -> None:
    case = open_case()
    url = reverse("clinic:begin_matter", args=[case.pk])
    typed = {"route": "retaliation", "what": "Write down the dates", "on": clock.today().isoformat()}
    typed["owner"] = str(cast[Role.COUNSELLOR].pk)
    assert sign_in(Role.COUNSELLOR).post(url, typed).status_code == 302
    matter = case.matters.get()
    assert (matter.state, matter.next_task is not None) == ("screened", True)
    answer = sign_in(Role.COUNSELLOR).post(url, {**typed, "route": "advice"})
    assert answer.status_code == 422
    assert "Please choose a sheet." in answer.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_an_advice_matter_shows_its_sheet_in_the_language_asked_for(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, language: str
) -> None:
    case = open_case()
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=case, route=Route.ADVICE, topic="wage_theft")
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:advice", args=[matter.pk]) + f"?language={language}")
    assert f'lang="{language}"' in page.content.decode()
    assert "<p>" in page.content.decode()


def test_a_restricted_matter_is_there_only_for_those_named_on_it(
    sign_in: SignIn, ready: Case, actor: ACTOR, stand: Stand, cast: dict[Role, User]
) -> None:
    matter = stand("discrimination", "screened")
    assert matter is not None
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    url = reverse("clinic:matter", args=[matter.pk])
    assert sign_in(Role.COUNSELLOR).get(url).status_code == 200
    assert sign_in(Role.ATTORNEY).get(url).status_code == 200
    Matter.objects.filter(pk=matter.pk).update(attorney=None, attorney_status="none")
    assert sign_in(Role.ATTORNEY).get(url).status_code == 404
    page = _page(sign_in(Role.ATTORNEY), "case", ready.pk).content.decode()
    assert str(matter.pk) not in page


def test_deadlines_and_log_of_a_restricted_matter_are_hidden_too(
    sign_in: SignIn, ready: Case, actor: ACTOR, stand: Stand
) -> None:
    matter = stand("discrimination", "screened")
    assert matter is not None
    by, facts = actor(Role.COUNSELLOR), {"act": "threat", "because": ["harassment"]}
    on = clock.today()
    cases.note_happening(by=by, case=ready, kind="adverse_act", on=on, facts=facts, matter=matter)
    cases.log_line(by=by, case=ready, kind=LogKind.CALL, words="She wants a woman to call", matter=matter)
    matters.restrict(by=by, matter=matter, is_restricted=True)
    Matter.objects.filter(pk=matter.pk).update(attorney=None, attorney_status="none")
    for role, is_shown in ((Role.COUNSELLOR, True), (Role.ATTORNEY, False)):
        client = sign_in(role)
        assert ("State complaint" in _page(client, "clocks", ready.pk).content.decode()) is is_shown
        assert ("She wants a woman" in _page(client, "log", ready.pk).content.decode()) is is_shown
        assert ("She wants a woman" in _page(client, "case", ready.pk).content.decode()) is is_shown


def test_the_attorney_is_named_and_joins_the_team(
    sign_in: SignIn, open_matter: OpenMatter, cast: dict[Role, User]
) -> None:
    matter = open_matter()
    client, url = sign_in(Role.COUNSELLOR), reverse("clinic:set_attorney", args=[matter.pk])
    assert client.post(url, {"status": "supervised", "attorney": ""}).status_code == 422
    assert client.post(url, {"status": "supervised", "attorney": str(cast[Role.ATTORNEY].pk)}).status_code == 302
    assert sign_in(Role.ATTORNEY).get(reverse("clinic:matter", args=[matter.pk])).status_code == 200


def test_asking_the_attorney_gives_them_a_task(sign_in: SignIn, stand: Stand, cast: dict[Role, User]) -> None:
    matter = stand("wage_claim", "valued")
    assert matter is not None
    Letter.objects.all().delete()
    client = sign_in(Role.COUNSELLOR)
    url = reverse("clinic:ask_about_move", args=[matter.pk, "send_demand"])
    assert url in _page(client, "matter", matter.pk).content.decode()
    assert client.post(url).status_code == 302
    assert Task.objects.filter(owner=cast[Role.ATTORNEY], about=matter.pk).count() == 1


def test_handing_over_gives_the_next_action_too(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User], seen_by: SeenBy
) -> None:
    matter = open_matter()
    to = cast[Role.ATTORNEY]
    cases.set_next_action(
        by=actor(Role.COUNSELLOR), matter=matter, what="Call", owner=cast[Role.COUNSELLOR], due_on=clock.today()
    )
    url = reverse("clinic:hand_over_matter", args=[matter.pk])
    assert sign_in(Role.COUNSELLOR).post(url, {"owner": str(to.pk)}).status_code == 302
    matter.refresh_from_db()
    assert matter.owner == to
    assert matter.next_task is not None
    assert matter.next_task.owner == to
    with seen_by(Role.ATTORNEY):
        assert Task.objects.get_for(actor(Role.ATTORNEY), "see", pk=matter.next_task.pk).what == "Call"


PAGES = ["matter", "set_next", "set_attorney", "hand_over_matter"]


@pytest.mark.parametrize("name", PAGES)
def test_outsiders_sign_in_and_other_roles_find_nothing(
    name: str, sign_in: SignIn, open_matter: OpenMatter, db: None
) -> None:
    matter = open_matter()
    url = reverse(f"clinic:{name}", args=[matter.pk])
    assert Client().get(url).status_code == 302
    for role in (Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.VOLUNTEER, Role.ATTORNEY, Role.ADMIN):
        assert sign_in(role).get(url).status_code == 404


@pytest.mark.parametrize("language", ["en", "es", "ko"])
@pytest.mark.parametrize("code", sorted(Route.values))
def test_every_state_of_every_route_has_a_page(code: str, language: str, sign_in: SignIn, stand: Stand) -> None:
    client = sign_in(Role.ATTORNEY)
    client.cookies["django_language"] = language
    for state in TABLES[code].states:
        matter = stand(code, state)
        assert matter is not None
        assert _page(client, "matter", matter.pk).status_code == 200
        matter.delete()


def test_the_page_of_a_matter_asks_the_same_few_questions_whatever_it_holds(
    sign_in: SignIn, ready: Case, actor: ACTOR, stand: Stand,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    matter = stand("wage_claim", "valued")
    assert matter is not None
    for days in range(20):
        day = clock.today() - timedelta(days=100 + days)
        cases.note_happening(by=actor(Role.COUNSELLOR), case=ready, kind="payday_missed", on=day)
    client = sign_in(Role.COUNSELLOR)
    _page(client, "matter", matter.pk)
    with django_assert_max_num_queries(60):
        assert _page(client, "matter", matter.pk).status_code == 200
