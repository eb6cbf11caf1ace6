"""M01, M09: every address for every role. What a role is not granted answers 404, as if it did not exist."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from centro.core import checks, policy
from centro.core.classes import Role
from tests.web.conftest import signed_in, user_as
from tests.web.core.addresses import Address, addresses, draw_no_refusals, visit

pytestmark = pytest.mark.django_db
METHODS = ("get", "post")
# Pages that look at more than the role, each with what it looks at.
NARROWER = {
    "/clinic/team/": "whether a manager works in the clinic",
    "/clinic/demands/": "whether a manager works in the clinic",
    "/clinic/same-employer/": "whether a manager works in the clinic",
    "/people/purges/": "whether one proposes purges or approves them",
    "/account/2fa/totp/deactivate/": "whether one has an authenticator app",
}


def open_by_mistake(client: Client, role: Role) -> list[tuple[str, Address]]:
    """Pages that answer a role anything but 404, although the table does not grant it to them."""
    lacking = [address for address in addresses() if address.lacks(role)]
    return [(m, a) for a in lacking for m in METHODS if visit(client, a, m).status_code != 404]


@pytest.mark.parametrize("role", Role)
def test_what_is_not_granted_does_not_exist(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(user_as(role))
    refused = visit(client, next(address for address in addresses() if address.lacks(role)), "get")
    assert "web/not_found.html" in [template.name for template in refused.templates]
    draw_no_refusals(monkeypatch)
    assert open_by_mistake(client, role) == []


@pytest.mark.parametrize("role", Role)
def test_what_is_granted_is_there(role: Role) -> None:
    client = signed_in(user_as(role))
    granted = [a for a in addresses() if a.is_guarded and not a.wants_record and not a.lacks(role)]
    assert granted
    for address in granted:
        if address.path not in NARROWER:
            assert visit(client, address, "get").status_code in {200, 302, 405}, address


def test_a_visitor_is_asked_to_sign_in_everywhere() -> None:
    visitor = Client()
    for address in addresses():
        if address.is_guarded or address.verb == "enrol":
            for method in METHODS:
                answer = visit(visitor, address, method)
                assert answer.status_code == 302, address
                assert answer.url.startswith(reverse("account_login")), address
            assert visit(visitor, address, "get", headers={"HX-Request": "true"}).status_code == 401


def test_a_half_enrolled_session_opens_nothing() -> None:
    """M09: signed in, but without the second factor: every page leads to setting one up."""
    user = user_as(Role.FRONT_DESK)
    Authenticator.objects.filter(user=user).delete()
    client = signed_in(user, proof="")
    for address in addresses():
        if address.is_guarded:
            for method in METHODS:
                assert visit(client, address, method).url == reverse("core:enrol"), address


def test_public_pages_answer_a_visitor() -> None:
    visitor = Client()
    for address in addresses():
        if address.verb == "public":
            for method in METHODS:
                assert visit(visitor, address, method).status_code < 500, address


def test_every_page_has_a_door() -> None:
    assert [address for address in addresses() if not address.verb] == []
    assert checks.every_page_has_a_door(None) == []


def test_there_are_pages_of_each_kind() -> None:
    """Guards the test itself: an empty list of addresses would let everything pass."""
    verbs = [address.verb for address in addresses()]
    assert len([verb for verb in verbs if "." in verb]) >= 40
    assert {"public", "enrol"} <= set(verbs)


# --- planted faults: the matrix sees them ---------------------------------------------------------------------------
def test_it_sees_a_table_that_grants_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    client, lacking = signed_in(user_as(Role.VOLUNTEER)), [a for a in addresses() if a.lacks(Role.VOLUNTEER)]
    monkeypatch.setattr(policy, "may", lambda actor, verb: True)
    found = [a for a in lacking if not a.wants_record and visit(client, a, "get").status_code != 404]
    assert len(found) >= 5


def test_it_sees_a_page_without_a_door(monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(request: Any) -> None:
        """A page somebody forgot to guard."""

    monkeypatch.setattr(checks, "pages", lambda: [("forgotten/", bare)])
    assert [error.id for error in checks.every_page_has_a_door(None)] == ["centro.E001"]
