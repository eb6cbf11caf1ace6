"""Who is on what, until when: given, moved and ended by actions that leave an event, and over at the next click."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Q

from centro.core import actions, clock
from centro.core.classes import Relation, Role
from centro.core.models import Event, Place, User
from centro.core.policy import Actor
from centro.people.models.person import scopes_of

pytestmark = pytest.mark.django_db
As = Callable[[Role], Actor]
SCOPE, OTHER = uuid4(), uuid4()


@pytest.fixture
def give(actor: As, cast: dict[Role, User]) -> Callable[..., Place]:
    def place(role: Role = Role.ORGANIZER, **more: object) -> Place:
        told = {"scope": SCOPE, "scope_kind": "shift", "relation": Relation.ASSIGNED, **more}
        return actions.give_place(by=actor(Role.MANAGER), user=cast[role], **told)  # type: ignore[arg-type]

    return place


def is_on(actor: Actor) -> bool:
    return SCOPE in scopes_of(actor, Relation.ASSIGNED)


def events(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


@pytest.mark.parametrize("hours", [None, 8])
def test_a_place_that_ends_later_ends_now(actor: As, give: Callable[..., Place], hours: int | None) -> None:
    place = give(until=clock.now() + timedelta(hours=hours) if hours else None)
    assert is_on(actor(Role.ORGANIZER))
    assert actions.end_place(by=actor(Role.MANAGER), place=place)
    assert not is_on(actor(Role.ORGANIZER))
    assert events("place.ended") == 1


def test_what_is_over_does_not_end_twice(actor: As, give: Callable[..., Place]) -> None:
    place = give(since=clock.now() - timedelta(hours=2), until=clock.now() - timedelta(hours=1))
    assert not actions.end_place(by=actor(Role.MANAGER), place=place)
    assert not actions.move_place(by=actor(Role.MANAGER), place=place, since=clock.now(), until=None)
    assert (events("place.ended"), events("place.moved")) == (0, 0)


def test_everybody_leaves_what_is_over(actor: As, give: Callable[..., Place]) -> None:
    give()
    give(Role.VOLUNTEER, until=clock.now() + timedelta(hours=1))
    stays = give(Role.INTERPRETER, scope=OTHER)
    assert actions.end_places(by=actor(Role.MANAGER), scope=SCOPE) == 2
    live = Place.objects.filter(Q(to_at__isnull=True) | Q(to_at__gt=clock.now()))
    assert list(live) == [stays]
    assert events("place.ended") == 2
    assert actions.end_places(by=actor(Role.MANAGER), scope=SCOPE) == 0


def test_a_place_begins_at_another_moment(actor: As, give: Callable[..., Place]) -> None:
    place = give()
    tomorrow = clock.now() + timedelta(days=1)
    assert actions.move_place(by=actor(Role.MANAGER), place=place, since=tomorrow, until=tomorrow + timedelta(hours=4))
    assert not is_on(actor(Role.ORGANIZER))
    assert events("place.moved") == 1
