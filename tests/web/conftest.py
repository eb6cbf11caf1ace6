"""The standing cast: one user for each role, signed in with a second factor, and a way to look as any of them."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
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
    return users_as({name or f"test-{role.value}": role})[0]


def users_as(roles: dict[str, Role]) -> list[User]:
    """Such a user for each user name, saved together."""
    keys = keyring.new_vaults("user", len(roles))
    users = [
        User(username=name, name=f"Name of {name if name != f'test-{role.value}' else role.label}", key=key)
        for (name, role), key in zip(roles.items(), keys, strict=True)
    ]
    at = clock.now()
    User.objects.bulk_create(users)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=role, from_at=at) for user, role in zip(users, roles.values(), strict=True)
    )
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type=kind, data=dict(data)) for user in users for kind, data in _factors().items()
    )
    return users


@cache
def _factors() -> dict[str, dict[str, Any]]:
    """An app and a passkey, made once a process: nobody in the cast signs in with them."""
    passkey = {"name": "phone", "credential": json.loads(Phone().make({"publicKey": {"challenge": "AA"}}))}
    return {Authenticator.Type.TOTP: {"secret": "sealed"}, Authenticator.Type.WEBAUTHN: passkey}


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
    users = users_as({f"test-{role.value}": role for role in Role})
    return dict(zip(Role, users, strict=True))


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
