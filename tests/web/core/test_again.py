"""The dialog in which the same user signs in again: each step a fragment, nobody else gets through."""

from typing import Any

from django.test import Client
from django.urls import reverse

from centro.core.classes import Role
from tests.web.core.codes import code_now
from tests.web.core.conftest import PASSWORD, Member


def again(member: Member) -> str:
    return reverse("core:again", args=[member.user.pk])


def test_it_is_a_fragment_with_both_ways_in(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    page = member.client.get(again(member)).content.decode()
    assert "<html" not in page
    assert 'name="password"' in page
    assert "data-passkey" in page


def test_password_then_code_then_the_new_token(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    step = member.client.post(again(member), {"login": "cedar-11", "password": PASSWORD})
    assert 'name="code"' in step.content.decode()
    done = member.client.post(again(member), {"code": code_now(member.secret)}).content.decode()
    assert "data-signed-in" in done
    assert "data-csrf=" in done
    assert member.client.get("/").status_code == 200


def test_a_passkey_is_one_step(with_passkey: Any) -> None:
    member = with_passkey(Role.ATTORNEY)
    member.leave()
    asked = member.client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    shown = member.phone.show(asked["request_options"], member.user)
    assert "data-signed-in" in member.client.post(again(member), {"credential": shown}).content.decode()


def test_a_wrong_password_and_a_wrong_code_stay_with_words(with_app: Any) -> None:
    member = with_app(Role.FRONT_DESK)
    member.leave()
    wrong = member.client.post(again(member), {"login": "cedar-11", "password": "wrong wrong wrong"})
    assert wrong.status_code == 422
    assert "do not belong together" in wrong.content.decode()
    member.client.post(again(member), {"login": "cedar-11", "password": PASSWORD})
    wrong = member.client.post(again(member), {"code": "000000"})
    assert wrong.status_code == 422
    assert "not right" in wrong.content.decode()


def test_another_user_does_not_get_into_this_page(with_app: Any, with_passkey: Any) -> None:
    owner = with_app(Role.FRONT_DESK, username="fern-20")
    other = with_app(Role.FRONT_DESK, username="sage-30")
    third = with_passkey(Role.ATTORNEY, username="olive-40")
    client = Client()
    answer = client.post(again(owner), {"login": "sage-30", "password": PASSWORD})
    assert answer.status_code == 422
    assert "another account" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    shown = third.phone.show(asked["request_options"], third.user)
    assert client.post(again(owner), {"credential": shown}).status_code == 422
    assert "_auth_user_id" not in client.session
    assert other.client.get(again(owner)).status_code == 409


def test_a_second_step_begun_elsewhere_does_not_count_here(with_app: Any) -> None:
    owner = with_app(Role.FRONT_DESK, username="fern-20")
    other = with_app(Role.FRONT_DESK, username="sage-30")
    other.leave()
    other.type_password()
    answer = other.client.post(again(owner), {"code": code_now(other.secret)})
    assert 'name="password"' in answer.content.decode()
    assert "_auth_user_id" not in other.client.session


def test_a_script_hears_401_and_its_form_arrives_after_signing_in_again(with_passkey: Any) -> None:
    member = with_passkey(Role.DIRECTOR)
    member.leave()
    post = {"_once": "3f2b1c9e-0000-4000-8000-000000000001"}
    assert member.client.post("/tasks/add/", post, headers={"HX-Request": "true"}).status_code == 401
    asked = member.client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    member.client.post(again(member), {"credential": member.phone.show(asked["request_options"], member.user)})
    assert member.client.post("/tasks/add/", post, headers={"HX-Request": "true"}).status_code in {200, 422}
