"""Signing in: two steps or a passkey, limits that delay and never lock out, secrets that only their user opens."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from centro.core import accounts
from centro.core.classes import Role
from centro.core.models import Event, RoleGrant, User
from tests.web.core.codes import PRESENT, Phone, code_now
from tests.web.core.conftest import PASSWORD, Member

HOME = "/"


def is_in(member: Member) -> bool:
    return bool(member.client.get(HOME).status_code == 200)


def test_a_password_alone_opens_nothing(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    assert member.type_password().url == reverse("mfa_authenticate")
    assert member.client.get(HOME).url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in member.client.session


def test_password_and_code_open_the_program(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    member.type_password()
    member.type_code()
    assert is_in(member)


def test_a_code_works_once(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    for opens in (True, False):
        member.leave()
        member.type_password()
        member.type_code()
        assert is_in(member) is opens


def test_a_recovery_code_stands_in_once(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    page = member.client.post(reverse("mfa_view_recovery_codes"))
    code = page.context["unused_codes"][0]
    for opens in (True, False):
        member.leave()
        member.type_password()
        member.type_code(code)
        assert is_in(member) is opens


def test_a_passkey_opens_the_program(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    member.show_passkey()
    assert is_in(member)


def test_the_passkey_of_another_device_does_not(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    member.phone = Phone()
    assert member.show_passkey().url == reverse("account_login")
    assert not is_in(member)


def test_a_passkey_without_screen_lock_does_not(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    member.phone.flags = PRESENT
    member.show_passkey()
    assert not is_in(member)


def test_after_signing_in_one_is_where_one_wanted_to_be(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    assert member.client.get("/roles/").url == "/account/login/?next=/roles/"
    assert member.show_passkey(next="/roles/").url == "/roles/"


def test_nobody_is_sent_to_another_site(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    assert member.show_passkey(next="https://elsewhere.example/").url == HOME


def test_known_and_unknown_names_get_the_same_answer(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    known, unknown = (
        member.type_password("wrong wrong wrong"),
        Client().post(reverse("account_login"), {"login": "nobody-at-all", "password": "wrong wrong wrong"}),
    )
    assert known.status_code == unknown.status_code == 200
    assert known.context["form"].errors == unknown.context["form"].errors
    assert Event.objects.filter(kind="user.sign_in_failed").count() == 2


def test_five_failures_delay_the_password_but_not_the_passkey(with_app: Any, clock: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.make_passkey()
    member.leave()
    for _ in range(5):
        member.type_password("wrong wrong wrong")
    assert "five minutes" in member.type_password().content.decode()
    assert Event.objects.filter(kind="user.sign_in_failed").count() == 5
    member.show_passkey()
    assert is_in(member)
    member.leave()
    clock.shift(301)
    assert member.type_password().url == reverse("mfa_authenticate")


def test_a_forged_address_does_not_reset_the_count(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    for last in range(20):
        login = {"login": member.user.username, "password": "wrong wrong wrong"}
        Client(headers={"X-Forwarded-For": f"10.0.0.{last}"}).post(reverse("account_login"), login)
    assert Event.objects.filter(kind="user.sign_in_failed").count() == 5


def test_codes_are_limited_as_passwords_are(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    member.type_password()
    for _ in range(5):
        member.type_code("000000")
    member.type_code()
    assert not is_in(member)


def test_filling_the_cache_with_guesses_does_not_empty_it_of_limits() -> None:
    cache.set("limit-of-a-real-account", 5, 300)
    for guess in range(400):
        cache.set(f"guess-{guess}", 1, 300)
    assert cache.get("limit-of-a-real-account") == 5


# --- how long a sign-in lasts -------------------------------------------------------------------------------------
def test_half_an_hour_of_silence_ends_it(with_passkey: Any, clock: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    assert is_in(member)
    clock.shift(29 * 60)
    assert is_in(member)
    clock.shift(29 * 60)
    assert is_in(member)
    clock.shift(31 * 60)
    assert not is_in(member)


def test_twelve_hours_end_it_whatever_one_does(with_passkey: Any, clock: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    for _ in range(24):
        assert is_in(member)
        clock.shift(30 * 60)
    clock.shift(60)
    assert not is_in(member)


# --- what the roles with most power need ----------------------------------------------------------
def test_a_code_is_not_enough_where_a_passkey_is_needed(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.make_passkey()
    RoleGrant.objects.filter(user=member.user).update(role=Role.ATTORNEY)
    member.leave()
    member.type_password()
    member.type_code()
    asked = member.client.get(HOME).url
    assert asked.startswith(reverse("mfa_reauthenticate_webauthn"))
    shown = member.passkey_for(asked)
    assert member.client.post(asked, {"credential": shown}).url == HOME
    assert is_in(member)


def test_without_a_second_factor_every_page_leads_to_setting_one_up(with_passkey: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    Authenticator.objects.all().delete()
    for address in (HOME, "/roles/", reverse("mfa_index"), reverse("usersessions_list")):
        assert member.client.get(address).url == reverse("core:enrol")


# --- secrets --------------------------------------------------------------------------------------
def test_no_secret_stands_in_clear(with_app: Any, invite: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    rows = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert member.secret not in rows
    page = member.client.post(reverse("mfa_view_recovery_codes"))
    assert not any(code in rows for code in page.context["unused_codes"])


def test_the_secret_waits_for_its_first_code_sealed(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    member.come_in(link)
    member.choose_password()
    page = member.client.get(reverse("mfa_activate_totp"))
    kept = Session.objects.get(session_key=member.client.session.session_key).get_decoded()
    assert page.context["form"].secret not in json.dumps(kept)
    assert kept["mfa.totp.secret"]


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_a_secret_moved_to_another_user_does_not_open(with_app: Any, kind: str) -> None:
    """Whoever writes to the database cannot plant their own app in somebody else's account."""
    thief, owner = with_app(Role.FRONT_DESK, username="fern-20"), with_app(Role.FRONT_DESK, username="sage-30")
    codes = thief.client.post(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    planted = Authenticator.objects.get(user=thief.user, type=kind).data
    Authenticator.objects.filter(user=owner.user, type=kind).update(data=planted)
    owner.leave()
    owner.type_password()
    owner.secret = thief.secret
    answer = owner.type_code(codes[0] if kind == "recovery_codes" else "")
    assert "not right" in answer.content.decode()
    assert not is_in(owner)


def test_planted_clear_text_is_no_secret(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    Authenticator.objects.filter(type="totp").update(data={"secret": member.secret})
    member.leave()
    member.type_password()
    assert "not right" in member.type_code().content.decode()


# --- proof for dangerous things -------------------------------------------------------------------
def test_an_old_sign_in_is_asked_again_and_returns(with_passkey: Any, clock: Any) -> None:
    member = with_passkey(Role.ADMIN)
    assert member.client.get(reverse("core:invite")).status_code == 200
    clock.shift(301)
    asked = member.client.get(reverse("core:invite")).url
    assert asked.startswith(reverse("mfa_reauthenticate_webauthn"))
    shown = member.passkey_for(asked)
    assert member.client.post(asked, {"credential": shown}).url == reverse("core:invite")
    assert member.client.get(reverse("core:invite")).status_code == 200


def test_a_code_is_a_proof_for_other_roles(with_app: Any, clock: Any) -> None:
    member = with_app(Role.DIRECTOR)
    grant = RoleGrant.objects.create(user=member.user, role=Role.TRAINER)
    clock.shift(600)
    asked = member.client.post(reverse("core:approve_role", args=[grant.pk]))
    assert asked.url.startswith(reverse("mfa_reauthenticate"))
    back = member.client.post(asked.url, {"code": code_now(member.secret)})
    assert back.url == reverse("core:restore")
    page = member.client.get(back.url)
    assert page.context["kept"].route == reverse("core:approve_role", args=[grant.pk])
    member.client.post(page.context["kept"].route, dict(page.context["kept"].fields))
    assert RoleGrant.objects.get(pk=grant.pk).approved_by == member.user


def test_the_password_is_no_proof(with_app: Any, clock: Any) -> None:
    member = with_app(Role.DIRECTOR)
    clock.shift(600)
    answer = member.client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert member.client.get(reverse("mfa_deactivate_totp")).url.startswith(reverse("mfa_reauthenticate"))


def test_a_script_is_led_to_the_proof_by_header(with_passkey: Any, clock: Any) -> None:
    member = with_passkey(Role.ADMIN)
    clock.shift(301)
    answer = member.client.get(reverse("core:invite"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith(reverse("mfa_reauthenticate_webauthn"))


# --- one's own factors ----------------------------------------------------------------------------
def test_the_last_factor_stays(with_passkey: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    only = Authenticator.objects.get(user=member.user)
    assert member.client.post(reverse("mfa_remove_webauthn", args=[only.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=only.pk).exists()


def test_one_of_two_passkeys_can_go(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.phone = Phone(credential_id=b"credential-of-the-test-phone-002")
    member.make_passkey()
    first = Authenticator.objects.filter(user=member.user).earliest("pk")
    assert member.client.get(reverse("mfa_remove_webauthn", args=[first.pk])).status_code == 200
    assert member.client.post(reverse("mfa_remove_webauthn", args=[first.pk])).url == reverse("mfa_index")
    assert accounts.count_factors(member.user) == 1
    assert Event.objects.filter(kind="factor.removed", about=member.user.pk).count() == 1


def test_nobody_touches_the_passkey_of_another(with_passkey: Any) -> None:
    mine, other = with_passkey(Role.ATTORNEY, username="fern-20"), with_passkey(Role.ATTORNEY, username="sage-30")
    key = Authenticator.objects.get(user=other.user)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert mine.client.get(reverse(name, args=[key.pk])).status_code == 404


def test_the_pages_about_oneself_open(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.make_passkey()
    key = Authenticator.objects.get(user=member.user, type="webauthn")
    pages = [
        *(reverse(n) for n in ("mfa_index", "usersessions_list", "account_change_password", "account_logout")),
        *(reverse(n) for n in ("mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_reauthenticate")),
        *(reverse(n) for n in ("mfa_reauthenticate_webauthn", "mfa_add_webauthn")),
        reverse("mfa_edit_webauthn", args=[key.pk]),
        reverse("mfa_remove_webauthn", args=[key.pk]),
    ]
    for page in pages:
        assert member.client.get(page).status_code == 200, page


def test_signing_out_elsewhere_leaves_this_place(with_passkey: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    here = member.client
    member.leave()
    member.show_passkey()
    there = member.client
    here.post(reverse("usersessions_list"))
    assert here.get(HOME).status_code == 200
    assert there.get(HOME).status_code == 302


def test_signing_out_clears_what_the_browser_kept(with_passkey: Any) -> None:
    member = with_passkey(Role.FRONT_DESK)
    answer = member.client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(member)
    assert Event.objects.filter(kind="user.signed_out", by=member.user.pk).exists()


def test_a_new_password_leaves_an_event(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    words = "otra frase larga para mañana"
    typed = {"oldpassword": PASSWORD, "password1": words, "password2": words}
    assert member.client.post(reverse("account_change_password"), typed).url == reverse("mfa_index")
    assert User.objects.get(pk=member.user.pk).check_password(words)
    assert Event.objects.filter(kind="user.password_changed").exists()


# --- the demo -------------------------------------------------------------------------------------
@pytest.fixture
def demo_account(db: None) -> User:
    user = User.objects.create(username="front_desk", name="Demo", is_demo=True)
    RoleGrant.objects.create(user=user, role=Role.FRONT_DESK, from_at=user.made_at)
    return user


def test_the_demo_signs_in_by_one_click(demo_account: User) -> None:
    with override_settings(DEMO=True):
        client = Client()
        assert reverse("core:demo_sign_in", args=[demo_account.pk]) in client.get("/account/login/").content.decode()
        client.post(reverse("core:demo_sign_in", args=[demo_account.pk]))
        assert client.get(HOME).status_code == 200
        assert client.get(reverse("usersessions_list")).context["session_count"] == 1


def test_outside_the_demo_one_click_does_not_exist(demo_account: User) -> None:
    client = Client()
    assert "/demo/" not in client.get("/account/login/").content.decode()
    assert client.post(reverse("core:demo_sign_in", args=[demo_account.pk])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_nobody_else_signs_in_by_one_click(with_passkey: Any, demo_account: User) -> None:
    member = with_passkey(Role.ADMIN)
    with override_settings(DEMO=True):
        assert Client().post(reverse("core:demo_sign_in", args=[member.user.pk])).status_code == 404


def test_a_demo_account_in_a_real_center_is_as_any_other(demo_account: User) -> None:
    client = Client()
    client.force_login(demo_account)
    assert client.get(HOME).url == reverse("core:enrol")
