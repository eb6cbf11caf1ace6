"""Pages take a fixed number of queries, however many people there are."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centro.core.classes import Role
from centro.core.policy import Actor
from centro.people import actions, queries
from centro.people.models import Workplace
from centro.people.queries import persons
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]
# The most queries of each page, with the session, the role and the row in the access log.
MOST = {
    "the list": 16,
    "a person": 26,
    "a search": 24,
    "while typing": 16,
    "adding": 10,
    "look-alikes": 16,
    "workplaces": 14,
    "a workplace": 18,
}


def crowd(by: Actor, count: int) -> None:
    """People with a phone and a job each, at workplaces of their own."""
    for n in range(count):
        shop = actions.add_workplace(by=by, details={"name": f"Taller {n}"})
        phone = {"number": f"+1213555{n:04}"}
        actions.add_person(by=by, details={"given": "Rosa", "family": f"Cruz {n}"}, phone=phone, workplace=shop)


def counts(desk: Client, person: Any, shop: Any) -> dict[str, int]:
    """How many queries each page takes now."""
    look: dict[str, Callable[[], Any]] = {
        "the list": lambda: desk.get("/people/"),
        "a person": lambda: desk.get(f"/people/{person}/"),
        "a search": lambda: desk.post("/people/search/", {"words": "rosa"}, follow=True),
        "while typing": lambda: desk.post("/people/type-ahead/", {"words": "rosa"}),
        "adding": lambda: desk.get("/people/add/"),
        "look-alikes": lambda: desk.post("/people/look-alikes/", {"given": "Rosa", "family": "Cruz"}),
        "workplaces": lambda: desk.get("/people/workplaces/"),
        "a workplace": lambda: desk.get(f"/people/workplaces/{shop}/"),
    }
    return {name: _count(act) for name, act in look.items()}


def _count(act: Callable[[], Any]) -> int:
    act()  # the search index and the session are warm
    with CaptureQueriesContext(connection) as seen:
        assert act().status_code == 200
    return len(seen)


@pytest.fixture
def grown(sign_in: SignIn, actor: Acting) -> Callable[[], tuple[dict[str, int], dict[str, int]]]:
    """Counts with three people and with thirty."""

    def measure() -> tuple[dict[str, int], dict[str, int]]:
        by, desk = actor(Role.FRONT_DESK), sign_in(Role.FRONT_DESK)
        crowd(by, 3)
        person, shop = queries.people(by).rows[0].pk, Workplace.objects.values_list("pk", flat=True)[0]
        few = counts(desk, person, shop)
        crowd(by, 27)
        return few, counts(desk, person, shop)

    return measure


def test_pages_take_the_same_queries_with_thirty_people_as_with_three(grown: Any) -> None:
    few, many = grown()
    assert many == few
    assert {name: count for name, count in many.items() if count > MOST[name]} == {}


def test_a_query_a_row_would_be_seen(grown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without prefetching, lists are reported."""
    monkeypatch.setattr(persons, "with_list_columns", lambda rows: rows)
    few, many = grown()
    assert many["the list"] > MOST["the list"]
    assert {name for name in many if many[name] > few[name]} >= {"the list", "a search"}
