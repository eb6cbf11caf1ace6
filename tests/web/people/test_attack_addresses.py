"""Addresses written by hand: whatever stands behind the question mark, no page of the program answers 500."""

from typing import Any

import pytest
from django.test import Client

from centro.core import policy
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.web.views import today
from tests.web.conftest import signed_in, user_as
from tests.web.core.addresses import Address, addresses, visit

pytestmark = pytest.mark.django_db
NAMES = "after before s language log kind user day next q page all to of letter state".split()
GARBAGE = {
    "a null byte": "\x00",
    "a digit that is no number": "²",
    "more digits than an integer has": "9" * 5000,
    "a number beyond the database": "9" * 30,
    "the last day there is": "9999-12-31T23:59:59-23:59~00000000-0000-0000-0000-000000000007",
    "markup": "<script>alert(1)</script>",
    "another site": "//evil.example/",
}


def failing(text: str) -> list[str]:
    """Pages that answer 500, show the markup or lead to another site, for a role that may open them."""
    browsers: dict[Role, Client] = {}
    wrong = []
    for address in addresses():
        if address.is_guarded and not address.wants_record:
            role = next(role for role in Role if policy.may(Actor(role=role), address.verb))
            if role not in browsers:
                browsers[role] = signed_in(user_as(role))
                browsers[role].raise_request_exception = False
            wrong += [address.path] if is_wrong(browsers[role], address, text) else []
    return wrong


def is_wrong(client: Client, address: Address, text: str) -> bool:
    answer = visit(client, address, "get", data=dict.fromkeys(NAMES, text))
    body = answer.content.decode(errors="replace") if not answer.streaming else ""
    elsewhere = answer.headers.get("Location", "").startswith("//")
    return answer.status_code >= 500 or elsewhere or "<script>alert(1)" in body


@pytest.mark.parametrize("kind", GARBAGE)
def test_no_page_trips_over_its_address(kind: str) -> None:
    assert failing(GARBAGE[kind]) == []


def test_a_page_that_trips_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: one careless `int()`."""

    def careless(request: Any, *args: Any, **options: Any) -> None:
        int(request.GET["page"])

    monkeypatch.setattr(today, "render", careless)
    assert failing("x") == ["/"]
