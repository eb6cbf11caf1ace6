"""A form sent twice is carried out once; what is asked while typing does not use its key up."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Once
from centro.people.models import Person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
TYPED = {"given": "Zoraida", "family": "Quintero", "number": "(411) 555-0177", "language": "es"}


def test_typing_and_mistakes_leave_the_key_to_the_form(sign_in: SignIn) -> None:
    desk, key = sign_in(Role.FRONT_DESK), {"_once": str(uuid4())}
    for _ in range(3):
        assert desk.post("/people/look-alikes/", TYPED | key).status_code == 200
    assert desk.post("/people/add/", {"given": "Zoraida"} | key).status_code == 422
    assert not Once.objects.exists()
    assert desk.post("/people/add/", TYPED | key).status_code == 302
    assert Person.objects.count() == 1


def test_a_double_tap_adds_one_person(sign_in: SignIn) -> None:
    desk, key = sign_in(Role.FRONT_DESK), {"_once": str(uuid4())}
    answers = [desk.post("/people/add/", TYPED | key).headers["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Person.objects.count() == 1


def test_a_key_belongs_to_its_user(sign_in: SignIn) -> None:
    key = {"_once": str(uuid4())}
    first = sign_in(Role.FRONT_DESK).post("/people/add/", TYPED | key)
    second = sign_in(Role.COUNSELLOR).post("/people/add/", TYPED | key)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] != second.headers["Location"]
    assert Person.objects.count() == 2
