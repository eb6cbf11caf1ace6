"""Files for which nothing was done in three years: the steward keeps them or proposes to destroy them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import actions, purge, queries
from centro.people.models import Person
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
YEARS = timedelta(days=3 * 365 + 2)


@pytest.fixture
def old(add_person: MakePerson, clock: time_machine.Traveller) -> Person:
    """Somebody of long ago."""
    person = add_person(given="Rosalba", family="Tzoc")
    clock.shift(YEARS)
    return person


def page(client: Client) -> str:
    answer = client.get("/people/review/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_without_activity_is_asked_about(old: Person, add_person: MakePerson, sign_in: SignIn) -> None:
    add_person(given="Ofelia")
    steward = sign_in(Role.STEWARD)
    assert "Rosalba" in page(steward)
    assert "Ofelia" not in page(steward)
    assert "1 file was not needed for three years" in steward.get("/").content.decode()


@pytest.mark.parametrize("days_ago", [0, 3 * 365])
def test_whatever_was_done_for_them_counts(
    old: Person, sign_in: SignIn, actor: Acting, clock: time_machine.Traveller, days_ago: int
) -> None:
    clock.shift(-timedelta(days=days_ago))
    actions.involve(by=actor(Role.ORGANIZER), person=old, scope_kind="campaign", scope=old.pk)
    clock.shift(timedelta(days=days_ago))
    assert Person.objects.get(pk=old.pk).changed_at < queries.desk.clock.now() - YEARS + timedelta(days=1)
    assert "Rosalba" not in page(sign_in(Role.STEWARD))


def test_keeping_it_asks_again_in_three_years(old: Person, sign_in: SignIn, clock: time_machine.Traveller) -> None:
    assert sign_in(Role.STEWARD).post(f"/people/{old.pk}/keep/").headers["Location"] == "/people/review/"
    assert Event.objects.filter(kind="person.reviewed", person=old.pk).count() == 1
    assert "Rosalba" not in page(sign_in(Role.STEWARD))
    clock.shift(YEARS)
    assert "Rosalba" in page(sign_in(Role.STEWARD))


def test_one_who_waits_for_a_purge_is_not_asked_about(old: Person, sign_in: SignIn) -> None:
    steward = sign_in(Role.STEWARD)
    form = steward.get(f"/people/{old.pk}/purge/?basis=retention").content.decode()
    assert 'value="retention"' in form
    assert "checked" in form
    steward.post(f"/people/{old.pk}/purge/", {"basis": "retention", "no_dispute_expected": "on"})
    assert "Rosalba" not in page(steward)


def test_one_who_must_be_kept_is_not_asked_about(old: Person, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[Any] = [purge.Part(vaults=lambda person: (), must_keep=lambda person: person == old.pk)]
    monkeypatch.setattr(purge, "_PARTS", held)
    assert "Rosalba" not in page(sign_in(Role.STEWARD))


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.DIRECTOR, Role.ADMIN, Role.VOLUNTEER])
def test_nobody_else_reviews(old: Person, sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/people/review/").status_code == 404
    assert sign_in(role).post(f"/people/{old.pk}/keep/").status_code == 404
    assert not Event.objects.filter(kind="person.reviewed").exists()


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/people/review/").headers["Location"].startswith("/account/login/")
