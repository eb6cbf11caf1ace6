"""People who come in for real: by link, with a passkey or with a password and an app."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from centro.core import actions, clock
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import NOBODY
from tests.web.core.codes import Phone, code_now

PASSWORD = "el mercado abre a las seis"  # long enough, and in no list


@pytest.fixture(autouse=True)
def no_limits_left_over(db: None) -> None:
    """Failures counted in another test do not count here."""
    cache.clear()


@pytest.fixture(autouse=True)
def commit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction, so what allauth leaves until the commit would never happen."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, *args, **options: act())


@dataclass
class Member:
    """A user, the browser they sit at, and what they sign in with."""

    user: User
    client: Client = field(default_factory=Client)
    phone: Phone = field(default_factory=Phone)
    secret: str = ""

    def come_in(self, link: str) -> None:
        self.client.post(reverse("core:invitation", args=[link]))

    def make_passkey(self) -> Any:
        page = self.client.get(reverse("mfa_add_webauthn"))
        made = self.phone.make(page.context["js_data"]["creation_options"])
        return self.client.post(reverse("mfa_add_webauthn"), {"name": "phone", "credential": made})

    def choose_password(self) -> Any:
        typed = {"password1": PASSWORD, "password2": PASSWORD}
        return self.client.post(reverse("account_set_password"), typed)

    def add_app(self) -> Any:
        page = self.client.get(reverse("mfa_activate_totp"))
        self.secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]  # type: ignore[index]
        return self.client.post(reverse("mfa_activate_totp"), {"code": code_now(self.secret)})

    def type_password(self, password: str = PASSWORD, **more: str) -> Any:
        typed = {"login": self.user.username, "password": password, **more}
        return self.client.post(reverse("account_login"), typed)

    def type_code(self, code: str = "") -> Any:
        return self.client.post(reverse("mfa_authenticate"), {"code": code or code_now(self.secret)})

    def passkey_for(self, address: str) -> str:
        """The passkey's answer to what this page asks."""
        return self.phone.show(self.client.get(address).context["js_data"]["request_options"], self.user)

    def show_passkey(self, **more: str) -> Any:
        asked = self.client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        shown = self.phone.show(asked.json()["request_options"], self.user)
        return self.client.post(reverse("mfa_login_webauthn"), {"credential": shown, **more})

    def leave(self) -> None:
        self.client = Client()


MakeMember = Callable[..., Member]


@pytest.fixture
def invite(db: None) -> Callable[..., tuple[Member, str]]:
    """Somebody invited who holds these roles already, and their link."""

    def make(*roles: Role, username: str = "cedar-11") -> tuple[Member, str]:
        given = {"name": "Ana Ruiz", "language": "en", "email": "", "roles": []}
        user, link = actions.invite(by=NOBODY, username=username, **given)  # type: ignore[arg-type]
        for role in roles:
            RoleGrant.objects.create(user=user, role=role, from_at=clock.now())
        return Member(user), link

    return make


@pytest.fixture
def with_passkey(invite: Any) -> MakeMember:
    """Somebody who came in and made a passkey."""

    def make(*roles: Role, username: str = "cedar-11") -> Member:
        member, link = invite(*roles, username=username)
        member.come_in(link)
        member.make_passkey()
        return member  # type: ignore[no-any-return]

    return make


@pytest.fixture
def with_app(invite: Any, clock: Any) -> MakeMember:
    """Somebody who came in with a password and an authenticator app, a minute ago."""

    def make(*roles: Role, username: str = "cedar-11") -> Member:
        member, link = invite(*roles, username=username)
        member.come_in(link)
        member.choose_password()
        member.add_app()
        clock.shift(60)
        return member  # type: ignore[no-any-return]

    return make
