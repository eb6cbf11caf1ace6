"""M37, M39: headers on every answer; no form is carried out that another site sent."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client, RequestFactory

from centro.core import middleware
from centro.core.classes import Role
from centro.core.middleware import CSP
from centro.core.models import Access
from tests.web.conftest import signed_in, user_as
from tests.web.core.addresses import addresses, draw_no_refusals, visit

pytestmark = pytest.mark.django_db
WANTED = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
INLINE = re.compile(
    r"<[^>]+\s(?:style|on[a-z]+|hx-on[:\w-]*)=|<script(?![^>]*\b(?:src|type=\"application/json\"))", re.IGNORECASE
)


def missing(answer: Any) -> list[str]:
    """Headers that this answer should have and has not, and what its policy would block in it."""
    wrong = [name for name, value in WANTED.items() if answer.headers.get(name) != value]
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    if answer.headers.get("Content-Type", "").startswith("text/html") and INLINE.search(answer.content.decode()):
        wrong.append("inline code or style")
    return wrong


@pytest.mark.parametrize("role", [None, Role.FRONT_DESK, Role.ADMIN, Role.STEWARD])
def test_every_answer_has_its_headers(role: Role | None, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(user_as(role)) if role else Client()
    assert missing(client.get("/no/such/page/")) == []
    draw_no_refusals(monkeypatch)
    for address in addresses():
        for method in ("get", "post"):
            answer = visit(client, address, method)
            assert missing(answer) == [], (method, address)
        if role and not client.session.get("_auth_user_id"):
            client = signed_in(user_as(role, f"again-{address.path}"[:60]))


def test_error_pages_have_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    assert missing(client.get("/no/such/page/")) == []
    assert missing(client.post("/language/", headers={"Sec-Fetch-Site": "cross-site"})) == []
    assert missing(client.post("/language/", CONTENT_LENGTH="99999999")) == []
    monkeypatch.setattr("centro.web.views.choices.redirect", None)
    failed = client.post("/language/", {"language": "ko"})
    assert failed.status_code == 500
    assert missing(failed) == []


def test_the_policy_allows_nothing_inline_and_no_other_origin() -> None:
    assert "unsafe" not in CSP
    assert "http" not in CSP
    assert "*" not in CSP


def test_a_page_without_headers_would_be_seen(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with another policy every page is reported."""
    monkeypatch.setattr(middleware, "CSP", "default-src 'self' 'unsafe-inline'")
    assert missing(Client().get("/account/login/")) == ["Content-Security-Policy"]


@pytest.mark.parametrize("html", ['<p style="x">', '<a onclick="x">', "<script>x</script>", '<b hx-on:click="x">'])
def test_inline_code_would_be_seen(html: str) -> None:
    assert INLINE.search(html)


# --- M39 -------------------------------------------------------------------------------------------------------------
def state() -> dict[str, int]:
    """How many rows each table has; refusals that are noted do not count."""
    counts = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return {**counts, "core.Access": Access.objects.exclude(kind="refuse").count(), "sessions.Session": 0}


SIGNED = "/people/texts/"  # the texting service signs what it sends; the unsigned meets no page
FOREIGN = {
    "no token": {},
    "a wrong token": {"headers": {"X-CSRFToken": "x" * 64}},
    "another site": {"headers": {"Sec-Fetch-Site": "cross-site"}},
    "a sister site": {"headers": {"Sec-Fetch-Site": "same-site"}},
    "another host": {"headers": {"Host": "evil.example"}},
    "another origin": {"headers": {"Origin": "https://evil.example"}},
}


@pytest.mark.parametrize("how", FOREIGN)
def test_no_form_from_elsewhere_is_carried_out(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_no_refusals(monkeypatch)
    client = signed_in(user_as(Role.ADMIN))
    client.handler.enforce_csrf_checks = True
    before = state()
    for address in addresses():
        answer = visit(client, address, "post", **FOREIGN[how])
        assert answer.status_code in {400, 403, 404 if address.path.startswith(SIGNED) else 403}, address
    assert state() == before


def test_with_its_token_the_same_form_is_carried_out() -> None:
    """The control: what refused above was the missing token."""
    client = signed_in(user_as(Role.ADMIN))
    client.handler.enforce_csrf_checks = True
    client.get("/account/logout/")
    token, before = client.cookies["csrftoken"].value, state()
    answer = client.post("/language/", {"language": "ko", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert state() != before
