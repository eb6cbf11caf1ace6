"""Tags and households."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from centro.core.classes import Role
from centro.core.models import Event
from centro.core.policy import Actor
from centro.people import queries, ties
from centro.people.models import Household, Person, Tag, Tagging
from tests.web.conftest import SignIn
from tests.web.people.conftest import MakePerson

Acting = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]


def test_a_tag_is_put_on_found_by_and_taken_off(sign_in: SignIn, add_person: MakePerson) -> None:
    person, other, desk = add_person(given="Rosa"), add_person(given="Ana"), sign_in(Role.FRONT_DESK)
    desk.post(f"/people/{person.pk}/tags/", {"name": "speaks at meetings"})
    assert "speaks at meetings" in desk.get(f"/people/{person.pk}/").content.decode()
    page = desk.get(f"/people/?tag={Tag.objects.get().pk}").content.decode()
    assert "Rosa" in page
    assert "Ana" not in page
    desk.post(f"/people/{person.pk}/tags/{Tagging.objects.get().pk}/remove/")
    assert not Tag.objects.exists()
    kinds = set(Event.objects.filter(person=person.pk).values_list("kind", flat=True))
    assert {"person.tagged", "person.untagged"} <= kinds
    assert other.pk


def test_one_tag_however_it_is_spelled(sign_in: SignIn, add_person: MakePerson) -> None:
    desk = sign_in(Role.FRONT_DESK)
    for name in ("Comité", "comite"):
        desk.post(f"/people/{add_person(given='Rosa').pk}/tags/", {"name": name})
    assert Tag.objects.count() == 1
    assert Tagging.objects.count() == 2


@pytest.mark.parametrize("name", ["", "x" * 41, "123-45-6789", "undocumented"])
def test_a_bad_tag_stays_on_the_form(name: str, sign_in: SignIn, add_person: MakePerson) -> None:
    answer = sign_in(Role.FRONT_DESK).post(f"/people/{add_person().pk}/tags/", {"name": name})
    assert answer.status_code == 422
    assert not Tag.objects.exists()


def test_a_list_by_an_unknown_tag_is_not_there(sign_in: SignIn) -> None:
    desk = sign_in(Role.FRONT_DESK)
    assert desk.get("/people/?tag=00000000-0000-4000-8000-000000000000").status_code == 404
    assert desk.get("/people/?tag=x").status_code == 404


def test_two_people_share_a_household_until_one_leaves(sign_in: SignIn, add_person: MakePerson) -> None:
    rosa, luis, desk = add_person(given="Rosa"), add_person(given="Luis"), sign_in(Role.FRONT_DESK)
    assert "Luis" in desk.post(f"/people/{rosa.pk}/household/", {"words": "luis"}).content.decode()
    desk.post(f"/people/{rosa.pk}/household/{luis.pk}/")
    assert "Rosa" in desk.get(f"/people/{luis.pk}/household/").content.decode()
    desk.post(f"/people/{rosa.pk}/household/leave/")
    assert not Household.objects.exists()


def test_nobody_is_a_household_with_themselves(sign_in: SignIn, add_person: MakePerson) -> None:
    person = add_person(given="Rosa")
    assert sign_in(Role.FRONT_DESK).post(f"/people/{person.pk}/household/{person.pk}/").status_code == 404
    assert not Household.objects.exists()


def test_two_households_become_one(add_person: MakePerson, actor: Acting, seen_by: SeenBy) -> None:
    desk, people = actor(Role.FRONT_DESK), [add_person(given=name) for name in ("Rosa", "Luis", "Ana", "José")]
    with seen_by(Role.FRONT_DESK):
        for one, other in ((0, 1), (2, 3), (1, 2)):
            pair = (queries.get_person(desk, people[i].pk, "edit") for i in (one, other))
            ties.join_household(by=desk, person=next(pair), other=next(pair))
    assert Household.objects.count() == 1
    assert Person.objects.filter(household=Household.objects.get()).count() == 4


def test_a_household_shows_only_those_one_may_see(sign_in: SignIn, add_person: MakePerson) -> None:
    mine, hidden = add_person(given="Rosa", role=Role.ORGANIZER), add_person(given="Luis")
    sign_in(Role.FRONT_DESK).post(f"/people/{mine.pk}/household/{hidden.pk}/")
    organizer = sign_in(Role.ORGANIZER)
    assert "Luis" not in organizer.get(f"/people/{mine.pk}/household/").content.decode()
    assert organizer.post(f"/people/{mine.pk}/household/{hidden.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMIN, Role.VOLUNTEER])
def test_other_roles_tag_nobody(role: Role, sign_in: SignIn, add_person: MakePerson) -> None:
    assert sign_in(role).post(f"/people/{add_person().pk}/tags/", {"name": "x"}).status_code == 404
