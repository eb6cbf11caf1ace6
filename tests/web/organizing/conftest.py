"""A campaign with an organizer on it, people in her care, a volunteer without a list."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from centro.core import access, clock
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.organizing import actions
from centro.organizing.models import Assignment, Campaign
from centro.people import actions as people
from centro.people import queries as people_queries
from centro.people.models import Person, Residency
from tests.web.organizing.climbing import decide
from tests.web.organizing.membership import make_member

__all__ = ["decide", "make_member"]  # fixtures, for pytest to find
SCALE = ["Leads", "With us", "Undecided", "Leans against", "Against"]
Acting = Callable[[Role], Actor]
MakePerson = Callable[..., Person]
MakeList = Callable[..., Assignment]


@pytest.fixture
def campaign(actor: Acting) -> Campaign:
    """Started by the organizer of the cast, who is on its team."""
    return actions.add_campaign(by=actor(Role.ORGANIZER), details={"name": "Markets", "goal": ""}, scale=SCALE)


@pytest.fixture
def add_worker(actor: Acting, campaign: Campaign) -> MakePerson:
    """Somebody in the campaign: `add_worker(given="Rosa", phone="+1…", street="12 Magpie Street")`."""

    def make(*, phone: str = "", street: str = "", unit: str = "", **details: Any) -> Person:
        by = actor(Role.ORGANIZER)
        kept = {"number": phone} if phone else None
        person = people.add_person(by=by, details=details or {"given": "Rosa", "family": "Quispe"}, phone=kept)
        if street:
            home = {"street": street, "unit": unit, "city": "Los Angeles", "zip": "90006"}
            people.add_part(by=by, person=person, part=Residency, details=home)
        actions.put_in_campaign(by=by, campaign=campaign, people_in=[person])
        return person

    return make


@pytest.fixture
def make_list(actor: Acting, campaign: Campaign, cast: dict[Role, User]) -> MakeList:
    """A list of these people for a shift that runs now; the volunteer of the cast goes."""

    def make(*persons: Person, hours: int = 4) -> Assignment:
        by = actor(Role.ORGANIZER)
        with access.viewing(by):
            return actions.make_list(
                by=by,
                campaign=campaign,
                name="Saturday north",
                from_at=clock.now() - timedelta(hours=1),
                to_at=clock.now() + timedelta(hours=hours),
                people_on=[people_queries.get_person(by, person.pk) for person in persons],
                goes=[cast[Role.VOLUNTEER]],
            )

    return make
