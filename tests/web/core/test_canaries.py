"""M43: what people typed never stands in a log line, a mail or an error page."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from centro.core.classes import Role
from centro.web.views import choices
from tests.web.conftest import signed_in, user_as
from tests.web.core.addresses import addresses, visit

pytestmark = pytest.mark.django_db
CANARY = "canary-Xochitl-5550142"
EVERYWHERE: dict[str, Any] = {
    "headers": {"User-Agent": CANARY, "X-Forwarded-For": CANARY, "Referer": f"http://testserver/{CANARY}"},
    "QUERY_STRING": f"q={CANARY}&next={CANARY}&s={CANARY}",
}
FIELDS = "login password code name username email role roles q words given family number text next language credential"


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What every handler of this program writes, from the most talkative level on."""
    written = io.StringIO()
    for name in ("", "django", "centro"):
        for handler in logging.getLogger(name).handlers:
            if type(handler) is logging.StreamHandler:
                monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr(logging.getLogger("django"), "level", logging.INFO)
    return (yield written)


def typed() -> dict[str, str]:
    return dict.fromkeys(FIELDS.split(), CANARY)


def fail_with_it(*args: Any, **options: Any) -> None:
    what_was_typed = CANARY
    raise RuntimeError(f"could not save {what_was_typed}")


def test_forms_of_every_page_leave_nothing_in_the_log(lines: io.StringIO) -> None:
    for client in (Client(), signed_in(user_as(Role.ADMIN))):
        for address in addresses():
            visit(client, address, "get", **EVERYWHERE)
            visit(client, address, "post", data=typed(), **EVERYWHERE)
    assert "django.request" in lines.getvalue()
    assert CANARY not in lines.getvalue()
    assert not [letter for letter in mail.outbox if CANARY in letter.body + letter.subject]


def test_a_failure_shows_and_logs_nothing_but_its_kind_and_place(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choices, "redirect", fail_with_it)
    answer = Client(raise_request_exception=False).post("/language/", typed(), **EVERYWHERE)
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert "RuntimeError" in lines.getvalue()
    assert "test_canaries" in lines.getvalue()
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("path", [f"/{CANARY}/", f"/people/{CANARY}/", f"/invitation/{CANARY}/", f"/?{CANARY}"])
def test_an_address_that_leads_nowhere_is_not_logged(path: str, lines: io.StringIO) -> None:
    Client().get(path)
    assert CANARY not in lines.getvalue()


def test_a_refused_form_is_not_logged(lines: io.StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    client.post("/language/", typed(), **EVERYWHERE)
    client.post("/language/", typed(), headers={"Host": f"{CANARY}.example"})
    client.post("/language/", typed(), headers={"Sec-Fetch-Site": "cross-site"})
    assert CANARY not in lines.getvalue()


def test_a_careless_formatter_would_be_seen(lines: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: with Python's own formatter the same failure writes what was typed."""
    for handler in logging.getLogger("django").handlers:
        monkeypatch.setattr(handler, "formatter", logging.Formatter())
    monkeypatch.setattr(choices, "redirect", fail_with_it)
    Client(raise_request_exception=False).post("/language/", typed())
    Client().get(f"/{CANARY}/")
    assert lines.getvalue().count(CANARY) >= 2
