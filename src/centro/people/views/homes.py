"""A building: who lives there, door after door."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from centro.core.doors import allowed
from centro.core.request import Request
from centro.people import queries


@allowed("person.find")
def building(request: Request, building_id: UUID) -> HttpResponse:
    """The units of one address and the people in them whom the actor may find."""
    row = queries.get_building(request.actor, building_id)
    units = queries.units_in(request.actor, building_id)
    people = len({home.person_id for unit in units for home in unit.homes})
    return render(request, "people/building.html", {"building": row, "units": units, "people": people})
