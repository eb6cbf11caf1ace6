"""The standing cast: one user for each role, signed in with a second factor, and a way to look as any of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from centro.core import access, clock
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people import search

SignIn = Callable[[Role], Client]


def user_as(role: Role, name: str = "") -> User:
    """A user who holds one role and has a second factor."""
    user = User.objects.create(username=name or f"test-{role.value}", name=f"Name of {name or role.label}")
    RoleGrant.objects.create(user=user, role=role, from_at=clock.now())
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    return user


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
        client = Client()
        client.force_login(cast[role])
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": clock.now().timestamp()}]
        session.save()
        return client

    return client_of


@pytest.fixture
def seen_by(actor: Callable[[Role], Actor]) -> Callable[[Role], AbstractContextManager[Any]]:
    """`with seen_by(Role.STEWARD): …` opens what that role may open."""
    return lambda role: access.viewing(actor(role))
