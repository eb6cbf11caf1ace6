"""Searching where very many share a name: an organizer's own are found, however many others stand before them."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centro.core import access
from centro.core.actions import give_place
from centro.core.classes import Relation, Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import actions, queries, search
from centro.people.models import Person
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

pytestmark = pytest.mark.django_db
As = Callable[[Role], Actor]


@pytest.fixture
def short_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("centro.people.queries.persons.REACHES", (4, 8))


@pytest.mark.usefixtures("short_reach")
@pytest.mark.parametrize("limit", [queries.PAGE, queries.TYPED_AHEAD])
def test_ones_own_are_found_behind_all_the_others(actor: As, add_person: MakePerson, limit: int) -> None:
    for number in range(12):
        add_person(given=f"Ana{number}", family="Kim")
    mine = add_person(role=Role.ORGANIZER, given="Zoe", family="Kim")
    with access.viewing(actor(Role.ORGANIZER)):
        page = queries.find_people(actor(Role.ORGANIZER), "kim", limit=limit)
    assert [row.pk for row in page.rows] == [mine.pk]
    assert (page.total, page.is_cut) == (1, False)


@pytest.mark.usefixtures("short_reach")
def test_the_work_does_not_grow_with_those_who_are_not_theirs(actor: As, add_person: MakePerson) -> None:
    add_person(role=Role.ORGANIZER, given="Zoe", family="Kim")

    def asked() -> int:
        with access.viewing(actor(Role.ORGANIZER)), CaptureQueriesContext(connection) as queries_asked:
            queries.find_people(actor(Role.ORGANIZER), "kim")
        return len(queries_asked)

    for number in range(10):
        add_person(given=f"Ana{number}", family="Kim")
    few = asked()
    for number in range(20):
        add_person(given=f"Bo{number}", family="Kim")
    assert asked() == few


@pytest.mark.parametrize("role", list(Role))
def test_whom_one_reaches_is_whom_the_policy_lets_one_see(
    actor: As, cast: dict[Role, User], add_person: MakePerson, role: Role
) -> None:
    """By every tie: in my care, part of what I have a place on, no longer part of it, and nobody's."""
    scopes = {relation: uuid4() for relation in (Relation.TEAM, Relation.ASSIGNED, Relation.PROGRAM)}
    for relation, scope in scopes.items():
        give_place(by=actor(Role.ADMIN), user=cast[role], scope_kind="campaign", scope=scope, relation=relation)
        actions.involve(by=actor(Role.ADMIN), person=add_person(), scope_kind="campaign", scope=scope)
        gone = actions.involve(by=actor(Role.ADMIN), person=add_person(), scope_kind="campaign", scope=scope)
        type(gone).objects.filter(pk=gone.pk).update(until=gone.since)
    mine, merged, theirs = add_person(), add_person(), add_person()
    Person.objects.filter(pk__in=[mine.pk, merged.pk]).update(in_care_of=cast[role])
    Person.objects.filter(pk=merged.pk).update(merged_into=mine)
    seen = set(Person.objects.visible_to(actor(role), "find").values_list("pk", flat=True))
    if theirs.pk not in seen:
        assert Person.objects.reach_of(actor(role), "find") == seen


def test_a_list_that_is_cut_says_so(sign_in: SignIn, add_person: MakePerson, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "ENOUGH", 3)
    monkeypatch.setattr("centro.people.queries.persons.ENOUGH", 2)
    for number in range(4):
        add_person(role=Role.ORGANIZER, given=f"Ana{number}", family="Kim")
    shown = {role: _found(sign_in(role), "kim") for role in (Role.FRONT_DESK, Role.ORGANIZER)}
    assert "More than 3 people found" in shown[Role.FRONT_DESK]
    assert "More than 2 people found" in shown[Role.ORGANIZER]
    assert "1 person found" in _found(sign_in(Role.ORGANIZER), "ana2")


def test_a_large_index_is_set_aside_from_the_garbage_collector(
    add_person: MakePerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr("centro.people.search.gc.freeze", lambda: frozen.append(True))
    add_person(given="Ana", family="Kim")
    search.find("kim")
    assert not frozen
    search.forget()
    monkeypatch.setattr(search, "LARGE", 1)
    search.find("kim")
    assert frozen


def _found(client: Any, words: str) -> str:
    page: str = client.post("/people/search/", {"words": words}, follow=True).content.decode()
    return page
