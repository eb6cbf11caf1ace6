"""M15: a thousand sealed values moved, flipped, cut or replaced by clear text: a thousand refused, none shown."""

import secrets
from random import Random
from typing import Any

import pytest
from django.db import connection

from centro.core import access, policy
from centro.core.models import User
from centro.core.policy import Actor
from centro.core.vault import fields
from centro.core.vault.seal import Unreadable
from centro.people.models import Person

pytestmark = pytest.mark.django_db
COLUMNS = ("given", "family", "call_me")
PEOPLE = 40
TRIALS = 1000
LOOKING = "check what tampering does"


@pytest.fixture
def people() -> list[Person]:
    return [Person.objects.create(given=f"Given{n}", family=f"Family{n}", call_me=f"Call{n}") for n in range(PEOPLE)]


def _envelope(person: Person, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from people_person where id = %s", [_id(person)])  # noqa: S608  (our names)
        return bytes(cursor.fetchone()[0])


def _put(person: Person, column: str, envelope: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"update people_person set {column} = %s where id = %s", [envelope, _id(person)])  # noqa: S608


def _id(person: Person) -> Any:
    return Person._meta.pk.get_db_prep_value(person.pk, connection)


def _opens(person: Person, column: str) -> bool:
    with access.viewing(policy.system(LOOKING)):
        try:
            return bool(getattr(Person.objects.get(pk=person.pk), column))
        except Unreadable:
            return False


def _flip(envelope: bytes, rng: Random) -> bytes:
    broken = bytearray(envelope)
    broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def _tampered(people: list[Person], person: Person, column: str, rng: Random) -> bytes:
    """What somebody with the database could put there."""
    own = _envelope(person, column)
    other = rng.choice([one for one in people if one is not person])
    elsewhere = rng.choice([name for name in COLUMNS if name != column])
    kinds = [
        lambda: _envelope(other, column),
        lambda: _envelope(person, elsewhere),
        lambda: _envelope(other, elsewhere),
        lambda: own[:18] + _envelope(other, column)[18:],
        lambda: _flip(own, rng),
        lambda: own[: rng.randrange(len(own))] or b"\x01",
        lambda: own + b"\x00",
        lambda: b"Given7",
        lambda: b"\x01\x01" + b"clear text made to look like an envelope of this version",
        lambda: secrets.token_bytes(len(own)),
    ]
    return rng.choice(kinds)()


def test_nothing_that_was_tampered_with_opens(people: list[Person]) -> None:
    rng, opened = Random(20261123), []
    for trial in range(TRIALS):
        person, column = rng.choice(people), rng.choice(COLUMNS)
        own = _envelope(person, column)
        put = _tampered(people, person, column, rng)
        _put(person, column, put)
        if put == own or _opens(person, column):
            opened.append((trial, column, put))
        _put(person, column, own)
        assert _opens(person, column)
    assert opened == []


def test_a_field_that_falls_back_to_what_it_finds_would_be_seen(
    people: list[Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a vault that shows raw bytes where it cannot open them, as some do, fails the test above."""
    monkeypatch.setattr(fields, "key_id_of", lambda envelope: people[0].key)
    monkeypatch.setattr(fields, "unseal", lambda envelope, **rest: envelope)
    _put(people[0], "given", b"clear")
    assert _opens(people[0], "given")


def test_tampering_is_no_way_around_the_policy(people: list[Person]) -> None:
    """Dots for whoever may not open it, as before."""
    stranger = Actor(user_id=User.objects.create(username="fern-20").pk)
    _put(people[0], "given", b"clear")
    with access.viewing(stranger):
        assert Person.objects.get(pk=people[0].pk).given == "•••"
