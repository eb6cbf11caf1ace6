"""What is said when something is not there or went wrong: plain words, in the reader's language, nothing else."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from centro.core import bare, middleware
from centro.core.classes import Role
from centro.core.models import Access
from centro.core.vault import root
from centro.web.views import errors, tasks

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
LANGUAGES = ("en", "es", "ko")


def test_absent_and_refused_are_the_same_page(sign_in: SignIn) -> None:
    volunteer = sign_in(Role.VOLUNTEER)
    absent, refused = volunteer.get("/no/such/page/"), volunteer.get("/people/purges/")
    assert absent.status_code == refused.status_code == 404
    assert _without_request(absent) == _without_request(refused)


def _without_request(answer: Any) -> str:
    text = re.sub(r'(value|content)="[A-Za-z0-9]{64}"', "", str(answer.content.decode()))
    return text.replace("/no/such/page/", "…").replace("/people/purges/", "…")


def test_a_refusal_is_noted(sign_in: SignIn) -> None:
    sign_in(Role.VOLUNTEER).get(f"/people/{uuid4()}/")
    assert Access.objects.get().kind == "refuse"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["locked", "too_large", "failed", "busy", "unreadable"])
def test_bare_pages_ask_no_database(
    page: str, language: str, django_assert_num_queries: CaptureQueriesContext, rf: RequestFactory
) -> None:
    request = rf.get("/", headers={"Accept-Language": language})
    with django_assert_num_queries(0):  # type: ignore[operator]
        answer = bare.bare_page(
            request, f"web/{page}.html", 503, request_id="abc", megabytes=2, typed=[], method="GET", action="/"
        )
    shown = answer.content.decode()
    assert f'lang="{language}"' in shown
    assert answer.headers["Content-Language"] == language


def test_bare_pages_are_translated(rf: RequestFactory) -> None:
    pages = {
        bare.bare_page(rf.get("/", headers={"Accept-Language": code}), "web/locked.html", 503).content
        for code in LANGUAGES
    }
    assert len(pages) == 3


def test_without_a_key_the_site_is_shut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> bytes:
        raise root.Locked("no key")

    monkeypatch.setattr(middleware.root, "key", locked)
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert answer.headers["Content-Security-Policy"] == middleware.CSP


def test_a_body_over_the_limit_is_answered_with_words(client: Client) -> None:
    answer = client.post(
        "/language/", {"language": "es"}, headers={"Accept-Language": "es"}, CONTENT_LENGTH=str(28 * 2**20)
    )
    assert answer.status_code == 413
    assert "27 MB" in answer.content.decode()


def test_a_name_of_ten_megabytes_is_answered_with_words(sign_in: SignIn) -> None:
    answer = sign_in(Role.FRONT_DESK).post(
        "/tasks/add/", "what=" + "x" * 10_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "2 MB" in answer.content.decode()


def test_a_mistake_of_ours_gives_a_number_and_no_values(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: Any, **__: Any) -> None:
        raise RuntimeError("canary-8813 in the exception")

    monkeypatch.setattr(tasks.actions, "add_task", break_down)
    desk = sign_in(Role.FRONT_DESK)
    desk.raise_request_exception = False
    owner = desk.get("/tasks/add/").context["form"]["owner"].initial
    sent = {"what": "canary-7719", "due_on": "2026-11-25", "owner": owner}
    answer = desk.post("/tasks/add/", sent)
    assert answer.status_code == 500
    shown = answer.content.decode()
    assert "canary" not in shown
    assert answer.wsgi_request.id in shown


def test_a_busy_database_keeps_what_was_typed(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(tasks.actions, "add_task", locked)
    desk = sign_in(Role.FRONT_DESK)
    desk.raise_request_exception = False
    owner = desk.get("/tasks/add/").context["form"]["owner"].initial
    key = str(uuid4())
    answer = desk.post(
        "/tasks/add/", {"what": "Riegue <las> plantas", "due_on": "2026-11-25", "owner": owner, "_once": key}
    )
    assert answer.status_code == 503
    shown = answer.content.decode()
    assert "Riegue &lt;las&gt; plantas" in shown
    assert key in shown
    assert 'action="/tasks/add/"' in shown
    assert "csrfmiddlewaretoken" in shown


def test_a_form_that_was_open_too_long_comes_back_with_what_was_typed(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast[Role.FRONT_DESK])
    typed = {"what": "Call the market", "password": "hush", "csrfmiddlewaretoken": "old"}
    answer = client.post("/tasks/add/", typed, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 403
    shown = answer.content.decode()
    assert "Call the market" in shown
    assert "hush" not in shown
    assert 'value="old"' not in shown


def test_a_form_from_elsewhere_gets_nothing_back(cast: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast[Role.FRONT_DESK])
    for site in ("cross-site", "same-site"):
        answer = client.post("/tasks/add/", {"what": "Call the market"}, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        assert "Call the market" not in answer.content.decode()


def test_what_was_typed_never_holds_secrets(rf: RequestFactory) -> None:
    request = rf.post("/x/", {"password1": "a", "code": "b", "what": "c", "tags": ["d", "e"]})
    assert list(errors._typed(request)) == [("what", "c"), ("tags", "d"), ("tags", "e")]
