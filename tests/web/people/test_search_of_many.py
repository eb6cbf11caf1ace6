"""Searching where very many share a name: an organizer's own are found, however many others stand before them."""

from collections.abc import Callable

import pytest

from centro.core import access
from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people import actions, queries, search

pytestmark = pytest.mark.django_db
As = Callable[[Role], Actor]


@pytest.mark.parametrize("limit", [queries.PAGE, queries.TYPED_AHEAD])
def test_ones_own_are_found_behind_all_the_others(actor: As, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(search, "ENOUGH", 5)
    monkeypatch.setattr("centro.people.queries.persons.CHUNK", 4)
    monkeypatch.setattr("centro.people.queries.persons.REACHES", (4, 8, 100))
    for number in range(12):
        actions.add_person(by=actor(Role.FRONT_DESK), details={"given": f"Ana{number}", "family": "Kim"})
    mine = actions.add_person(by=actor(Role.ORGANIZER), details={"given": "Zoe", "family": "Kim"})
    with access.viewing(actor(Role.ORGANIZER)):
        page = queries.find_people(actor(Role.ORGANIZER), "kim", limit=limit)
    assert [row.pk for row in page.rows] == [mine.pk]
    assert page.total == 1
