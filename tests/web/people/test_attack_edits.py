"""M27: two people correct the same thing. The second is shown what the first saved; nothing is overwritten silently."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import actions
from centro.people.models import Email, Employment, Phone, Residency, Workplace
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]
PAIRS = 20
PERSON = {"family": "Cruz", "language": "es"}


@dataclass(frozen=True)
class Thing:
    """Something with an edit page, the rest of its form, and the field that both correct."""

    address: str
    rest: Mapping[str, str]
    field: str
    first: str
    second: str

    def save(self, client: Client, value: str, version: int) -> Any:
        return client.post(self.address, {**self.rest, self.field: value, "version": str(version)})


@pytest.fixture
def things(add_person: MakePerson, actor: Acting) -> dict[str, Thing]:
    by, person = actor(Role.FRONT_DESK), add_person(given="Rosa", phone="+12135550123")
    shop = actions.add_workplace(by=by, details={"name": "Casa Lupita"})

    def part(model: Any, **details: Any) -> UUID:
        row: Any = actions.add_part(by=by, person=person, part=model, details=details)
        return row.pk  # type: ignore[no-any-return]

    at = f"/people/{person.pk}"
    phone, email = Phone.objects.get().pk, part(Email, address="rosa@example.org")
    home, job = part(Residency, street="1 Main St"), part(Employment, workplace=shop, job="cook")
    works = {"works_as": "employee", "workplace_name": "Casa Lupita"}
    numbers = ("(213) 555-0177", "(213) 555-0188")
    return {
        "person": Thing(f"{at}/edit/", PERSON, "given", "Elena", "Luz"),
        "phone": Thing(f"{at}/phones/{phone}/edit/", {"kind": "mobile"}, "number", *numbers),
        "email": Thing(f"{at}/emails/{email}/edit/", {}, "address", "elena@example.org", "luz@example.org"),
        "home": Thing(f"{at}/residencies/{home}/edit/", {}, "street", "2 Oak St", "3 Elm St"),
        "job": Thing(f"{at}/employments/{job}/edit/", works, "job", "cashier", "porter"),
        "workplace": Thing(f"/people/workplaces/{shop.pk}/edit/", {}, "name", "Taller Uno", "Taller Dos"),
    }


def shown(text: str) -> str:
    """As pages show it: phone numbers by their last digits."""
    return text[-4:] if text[-4:].isdecimal() else text


@pytest.mark.parametrize("kind", ["person", "phone", "email", "home", "job", "workplace"])
def test_the_second_is_shown_both_and_may_save_again(kind: str, things: dict[str, Thing], sign_in: SignIn) -> None:
    desk, thing = sign_in(Role.FRONT_DESK), things[kind]
    assert 'name="version" value="1"' in desk.get(thing.address).content.decode()
    assert thing.save(desk, thing.first, 1).status_code == 302
    events = Event.objects.count()
    beaten = thing.save(desk, thing.second, 1)
    page = beaten.content.decode()
    assert beaten.status_code == 409
    assert "Somebody changed this while you were typing" in page
    assert shown(thing.first) in page
    assert shown(thing.second) in page
    assert 'name="version" value="2"' in page
    assert Event.objects.count() == events
    kept = desk.get(thing.address).content.decode()
    assert shown(thing.first) in kept
    assert shown(thing.second) not in kept
    assert thing.save(desk, thing.second, 2).status_code == 302
    assert shown(thing.second) in desk.get(thing.address).content.decode()


@pytest.mark.parametrize("version", ["", "0", "2", "²", "x", "-1"])
@pytest.mark.parametrize("kind", ["person", "phone", "workplace"])
def test_no_other_version_saves(kind: str, version: str, things: dict[str, Thing], sign_in: SignIn) -> None:
    thing, desk = things[kind], sign_in(Role.FRONT_DESK)
    answer = desk.post(thing.address, {**thing.rest, thing.field: thing.first, "version": version})
    assert answer.status_code == 409


def overwrites(desk: Client, thing: Thing) -> int:
    """Of twenty pairs that began at one version: how often both were told “saved”."""
    wrong = 0
    for version in range(1, PAIRS + 1):
        values = (f"{version} Oak St", f"{version} Elm St")
        told = [thing.save(desk, value, version).status_code for value in values]
        wrong += told != [302, 409]
    return wrong


def test_twenty_pairs_overwrite_nothing(things: dict[str, Thing], sign_in: SignIn) -> None:
    assert overwrites(sign_in(Role.FRONT_DESK), things["home"]) == 0


def test_a_job_edit_that_is_refused_leaves_no_workplace_behind(things: dict[str, Thing], sign_in: SignIn) -> None:
    job, desk, before = things["job"], sign_in(Role.FRONT_DESK), Workplace.objects.count()
    sent = {"workplace_name": "Typed just now", "job": "baker", "works_as": "employee", "version": "7"}
    assert desk.post(job.address, sent).status_code == 409
    assert Workplace.objects.count() == Event.objects.filter(kind="workplace.added").count() == before


def test_a_save_that_ignores_versions_would_be_seen(
    things: dict[str, Thing], sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    plain = actions.take_version
    monkeypatch.setattr(actions, "take_version", lambda row, version, changes: plain(row, row.version, changes))
    assert overwrites(sign_in(Role.FRONT_DESK), things["home"]) == PAIRS
