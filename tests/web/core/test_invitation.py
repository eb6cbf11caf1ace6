"""Coming in: a link that works once, for a day; then a passkey, or a password and an app."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from centro.core import accounts, actions
from centro.core.classes import Role
from centro.core.models import Event, User
from centro.core.policy import NOBODY
from tests.web.core.conftest import Member

HOME = "/"


def test_a_link_opens_a_page_that_uses_nothing_up(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    for _ in range(2):
        page = member.client.get(reverse("core:invitation", args=[link]))
        assert page.status_code == 200
        assert "cedar-11" in page.content.decode()
    assert not Event.objects.filter(kind="user.came_in").exists()


def test_coming_in_leads_to_the_choice_and_to_nothing_else(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    answer = member.client.post(reverse("core:invitation", args=[link]))
    assert answer.url == reverse("core:enrol")
    assert member.client.get(HOME).url == reverse("core:enrol")
    assert "passkey" in member.client.get(reverse("core:enrol")).content.decode()


def test_a_link_works_once(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    member.come_in(link)
    second = Client().post(reverse("core:invitation", args=[link]))
    assert second.status_code == 410
    assert "24 hours" in second.content.decode()


def test_a_link_ends_after_a_day(invite: Any, clock: Any) -> None:
    _, link = invite(Role.FRONT_DESK)
    clock.shift(24 * 3600 + 1)
    assert Client().get(reverse("core:invitation", args=[link])).status_code == 410


def test_a_wrong_link_is_told_apart_from_nothing(db: None) -> None:
    assert Client().get(reverse("core:invitation", args=["guess"])).status_code == 410


def test_a_passkey_is_enough_and_brings_no_recovery_codes(invite: Any) -> None:
    member, link = invite(Role.ATTORNEY)
    member.come_in(link)
    assert member.make_passkey().url == reverse("mfa_index")
    assert accounts.factors_of(member.user) == {"webauthn"}
    assert not Authenticator.objects.filter(type="recovery_codes").exists()
    assert member.client.get(HOME).status_code == 200


def test_a_password_and_an_app_bring_recovery_codes_shown_once(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    member.come_in(link)
    member.choose_password()
    assert member.client.get(HOME).url == reverse("core:enrol")
    page = member.add_app().url
    assert "<li><code>" not in member.client.get(page).content.decode()
    assert member.client.post(page).content.decode().count("<li><code>") == 10
    assert member.client.post(page).url == page
    assert "10 codes left" in member.client.get(page).content.decode()
    assert member.client.get(HOME).status_code == 200


def test_the_roles_with_most_power_get_no_way_in_without_a_passkey(invite: Any) -> None:
    member, link = invite(Role.ADMIN)
    member.come_in(link)
    assert reverse("account_set_password") not in member.client.get(reverse("core:enrol")).content.decode()
    member.choose_password()
    member.add_app()
    assert member.client.get(HOME).url == reverse("mfa_add_webauthn")


def test_without_a_role_in_force_there_is_a_page_that_says_so(invite: Any) -> None:
    member, link = invite()
    member.come_in(link)
    member.make_passkey()
    assert member.client.get(HOME).url == reverse("core:waiting")
    assert member.client.get(reverse("core:waiting")).status_code == 200


def test_a_short_password_is_refused_with_words(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    member.come_in(link)
    page = member.client.post(reverse("account_set_password"), {"password1": "short", "password2": "short"})
    assert page.status_code == 200
    assert "15" in page.content.decode()
    assert not User.objects.get(pk=member.user.pk).has_usable_password()


def test_a_wrong_first_code_stays_on_the_page(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    member.come_in(link)
    member.choose_password()
    page = member.client.get(reverse("mfa_activate_totp"))
    again = member.client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "not right" in again.content.decode()
    assert again.context["form"].secret == page.context["form"].secret


def test_nobody_signs_up_by_themselves(db: None) -> None:
    for name in ("account_signup", "account_reset_password", "account_email"):
        for method in ("get", "post"):
            assert getattr(Client(), method)(reverse(name)).status_code == 404


def test_whoever_was_signed_in_at_this_browser_is_signed_out(invite: Any, with_passkey: Any) -> None:
    other = with_passkey(Role.ATTORNEY, username="fern-20")
    newcomer, link = invite(Role.FRONT_DESK, username="sage-30")
    other.client.post(reverse("core:invitation", args=[link]))
    assert other.client.session["_auth_user_id"] == str(newcomer.user.pk)


@pytest.mark.parametrize("kind", ["user.invited", "user.came_in", "user.signed_in", "factor.added"])
def test_each_step_leaves_an_event_without_words(with_passkey: Any, kind: str) -> None:
    member: Member = with_passkey(Role.FRONT_DESK)
    event = Event.objects.get(kind=kind)
    assert event.about == member.user.pk
    assert set(event.codes) <= {"join", "invitation", "webauthn"}


def test_a_new_link_ends_the_one_before(invite: Any) -> None:
    member, link = invite(Role.FRONT_DESK)
    fresh = actions.invite_again(by=NOBODY, user=member.user)
    assert Client().get(reverse("core:invitation", args=[link])).status_code == 410
    assert Client().get(reverse("core:invitation", args=[fresh])).status_code == 200
