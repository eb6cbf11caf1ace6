"""People for the tests of this module."""

from collections.abc import Callable
from typing import Any

import pytest

from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people import actions
from centro.people.models import Person

MakePerson = Callable[..., Person]


@pytest.fixture
def add_person(actor: Callable[[Role], Actor]) -> MakePerson:
    """Add somebody as the front desk (or `role`) would: `add_person(given="Rosa", phone="+12135550123")`."""

    def make(*, role: Role = Role.FRONT_DESK, phone: str = "", **details: Any) -> Person:
        kept = {"number": phone, "text_ok": True} if phone else None
        return actions.add_person(by=actor(role), details=details or {"given": "Rosa"}, phone=kept)

    return make
