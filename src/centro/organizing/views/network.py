"""Whom somebody knows, as a list and a picture of two steps; and the shortest way to a person or a workplace."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from centro.core import access, clock
from centro.core.doors import allowed
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.models import Campaign
from centro.organizing.queries import network as networks
from centro.organizing.queries import network_path, week
from centro.organizing.views.person import person_and_campaign
from centro.people import queries as people
from centro.people import tabs
from centro.people.models import Person
from centro.people.queries import own_name


def _around(request: Request, person_id: UUID) -> tuple[Person, Campaign, dict[str, Any]]:
    row, campaign = person_and_campaign(request, person_id)
    context = {
        "person": row,
        "campaign": campaign,
        "tabs": tabs.tabs_of(request.actor, row),
        "printed_by": own_name(request.actor),
        "printed_at": clock.now(),
    }
    return row, campaign, context


@allowed("contact.see")
def network(request: Request, person_id: UUID) -> HttpResponse:
    """The ring picture and the whole list. On paper the list alone, with initials unless whoever leads wants names."""
    row, campaign, context = _around(request, person_id)
    leads = week.leads(request.actor, campaign)
    prints_names = leads and "names" in request.GET
    if prints_names:
        access.note_print()
    most = networks.ALL if "all" in request.GET else networks.LISTED
    context |= {
        "picture": networks.picture(request.actor, row, campaign, most),
        "most": most,
        "leads": leads,
        "prints_names": prints_names,
    }
    return render(request, "organizing/network/network.html", context)


@allowed("contact.see")
def way(request: Request, person_id: UUID) -> HttpResponse:
    """The shortest chain to this person from somebody with whom the team has talked."""
    row, campaign, context = _around(request, person_id)
    context["way"] = network_path.way_to_person(request.actor, row, campaign)
    return render(request, "organizing/network/way.html", context)


@allowed("contact.see")
def way_to_workplace(request: Request, campaign_id: UUID, workplace_id: UUID) -> HttpResponse:
    """The shortest chain to anybody who works there."""
    campaign = queries.get_campaign(request.actor, campaign_id)
    workplace = people.get_workplace(request.actor, workplace_id)
    found = network_path.way_to_workplace(request.actor, workplace, campaign)
    return render(request, "organizing/network/way.html", {"workplace": workplace, "campaign": campaign, "way": found})
