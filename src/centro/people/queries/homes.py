"""Buildings, and who of those the actor sees lives in which unit."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from centro.core import clock
from centro.core.policy import Actor
from centro.people import names
from centro.people.addresses import unit_order
from centro.people.models import Building, Person, Residency
from centro.people.queries.persons import let_see_jobs, with_list_columns

MOST_HOMES = 500


@dataclass(frozen=True)
class Unit:
    """One door of a building, and who lives behind it."""

    name: str
    homes: list[Residency]


def get_building(actor: Actor, building: UUID) -> Building:
    row: Building = Building.objects.get_for(actor, "find", pk=building)
    return row


def homes_in(actor: Actor, building: UUID) -> list[Residency]:
    """The homes of today in a building, of people this actor may find, door after door; each with its person."""
    now = Q(to_on__isnull=True) | Q(to_on__gte=clock.today())
    homes = list(Residency.objects.filter(now, building=building)[:MOST_HOMES])
    listed = Person.objects.visible_to(actor, "find").filter(restricted_at__isnull=True)
    people = with_list_columns(listed.filter(pk__in={home.person_id for home in homes})).in_bulk()
    let_see_jobs(actor, list(people.values()))
    found = [home for home in homes if home.person_id in people]
    for home in found:
        home.person = people[home.person_id]
    return sorted(found, key=lambda home: unit_order(home.unit))


def units_in(actor: Actor, building: UUID) -> list[Unit]:
    """The same, by unit: however it was typed, `4B` and `4b` are one door."""
    homes = homes_in(actor, building)
    return [Unit(str(group[0].unit), group) for _, found in groupby(homes, _door) if (group := list(found))]


def _door(home: Residency) -> str:
    return names.fold(home.unit)
