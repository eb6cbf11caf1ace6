"""A form that arrives after its sign-in ended: kept sealed for ten minutes, for the same user and browser only."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.core import access, drafts, policy
from centro.core.classes import Role
from centro.core.models import Draft
from centro.core.vault.seal import Unreadable, unseal
from tests.web.core.conftest import Member

TYPED = {"name": "Soon-ja 순자", "phone": "213-555-0199", "_once": "3f2b1c9e-0000-4000-8000-000000000002"}
ROUTE = "/users/invite/?from=users"


@pytest.fixture
def expired(with_passkey: Any, clock: Any) -> Member:
    """Somebody whose sign-in ended while they typed, and who has just pressed the button."""
    member: Member = with_passkey(Role.ADMIN)
    member.client.get("/")
    clock.shift(31 * 60)
    answer = member.client.post(ROUTE, TYPED)
    assert answer.url == f"/account/login/?next={reverse('core:restore')}"
    return member


def test_what_was_typed_comes_back_after_signing_in(expired: Member) -> None:
    answer = expired.show_passkey(next=reverse("core:restore"))
    page = expired.client.get(answer.url)
    assert page.context["kept"].route == ROUTE
    assert dict(page.context["kept"].fields) == TYPED
    assert all(value in page.content.decode() for value in TYPED.values())


def test_it_comes_back_once(expired: Member) -> None:
    expired.show_passkey()
    expired.client.get(reverse("core:restore"))
    assert expired.client.get(reverse("core:restore")).context["kept"] is None


def test_it_is_gone_after_ten_minutes(expired: Member, clock: Any) -> None:
    clock.shift(601)
    expired.show_passkey()
    assert expired.client.get(reverse("core:restore")).context["kept"] is None
    assert drafts.forget_old() == 1


def test_another_user_at_the_same_browser_does_not_see_it(expired: Member, with_passkey: Any) -> None:
    other = with_passkey(Role.ADMIN, username="fern-20")
    other.client.cookies[drafts.COOKIE] = expired.client.cookies[drafts.COOKIE].value
    assert other.client.get(reverse("core:restore")).context["kept"] is None


def test_the_same_user_at_another_browser_does_not_see_it(expired: Member) -> None:
    expired.leave()
    expired.show_passkey()
    assert expired.client.get(reverse("core:restore")).context["kept"] is None


def test_neither_the_table_nor_the_server_alone_can_read_it(expired: Member) -> None:
    draft = Draft.objects.select_related("user").get()
    assert b"0199" not in bytes(draft.__dict__["body"])
    with access.viewing(policy.system("look for what was typed")):
        inner = bytes.fromhex(draft.body)
    assert b"0199" not in inner
    with pytest.raises(Unreadable):
        unseal(inner, key=bytes(32), where=drafts._where(draft.pk))
    key = bytes.fromhex(expired.client.cookies[drafts.COOKIE].value.partition(".")[2])
    assert "213-555-0199" in json.dumps(unseal(inner, key=key, where=drafts._where(draft.pk)).decode())


def test_a_visitor_who_was_never_signed_in_leaves_nothing(db: None) -> None:
    answer = Client().post(ROUTE, TYPED)
    assert answer.url.startswith("/account/login/")
    assert not Draft.objects.exists()


def test_a_forged_key_opens_nothing(expired: Member) -> None:
    draft = Draft.objects.get()
    expired.show_passkey()
    for forged in ("", "x.y", f"{draft.pk.hex}.", f"{draft.pk.hex}.{'00' * 32}", f"{draft.pk.hex}.{'00' * 31}"):
        expired.client.cookies[drafts.COOKIE] = forged
        assert expired.client.get(reverse("core:restore")).context["kept"] is None


def test_what_is_too_long_to_have_been_typed_is_not_kept(with_passkey: Any, clock: Any) -> None:
    member: Member = with_passkey(Role.ADMIN)
    member.client.get("/")
    clock.shift(31 * 60)
    member.client.post(ROUTE, {"name": "x" * 200_000})
    assert not Draft.objects.exists()
