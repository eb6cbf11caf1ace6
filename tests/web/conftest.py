"""The standing cast: one user for each role, signed in with a second factor, and a way to look as any of them."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from centro.core import access, clock
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people import search
from tests.web.core.codes import Phone

SignIn = Callable[[Role], Client]


def page_of(answer: HttpResponse) -> str:
    """What a page shows, without what differs on every answer (form tokens, its own address)."""
    return re.sub(
        r'(name="(?:csrfmiddlewaretoken|_once|next)" value|name="csrf-token" content)="[^"]*"',
        r"\1",
        answer.content.decode(),
    )


def user_as(role: Role, name: str = "") -> User:
    """A user who holds one role and has a passkey (of a phone that is lost) and an app whose secret opens nothing."""
    user = User.objects.create(username=name or f"test-{role.value}", name=f"Name of {name or role.label}")
    RoleGrant.objects.create(user=user, role=role, from_at=clock.now())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    passkey = {"name": "phone", "credential": json.loads(Phone().make({"publicKey": {"challenge": "AA"}}))}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=passkey)
    return user


def signed_in(user: User, proof: str = "webauthn") -> Client:
    """A browser in which this user has just signed in and shown this factor (`""`: none)."""
    client = Client()
    client.force_login(user)
    session = client.session
    at = clock.now().timestamp()
    records = [{"method": "mfa", "type": proof, "at": at}] if proof else []
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.fixture(autouse=True)
def fresh_memory(request: pytest.FixtureRequest) -> Iterator[None]:
    """No search index from another test; keys held as in a request."""
    search.forget()
    with keyring.held_for_request():
        yield
    search.forget()


@pytest.fixture
def cast(db: None) -> dict[Role, User]:
    return {role: user_as(role) for role in Role}


@pytest.fixture
def actor(cast: dict[Role, User]) -> Callable[[Role], Actor]:
    return lambda role: Actor(user_id=cast[role].pk, role=role)


@pytest.fixture
def sign_in(cast: dict[Role, User]) -> SignIn:
    def client_of(role: Role) -> Client:
        return signed_in(cast[role])

    return client_of


@pytest.fixture
def seen_by(actor: Callable[[Role], Actor]) -> Callable[[Role], AbstractContextManager[Any]]:
    """`with seen_by(Role.STEWARD): …` opens what that role may open."""
    return lambda role: access.viewing(actor(role))
