"""The clinic's word goes to the organizer who asked, and that somebody was handed on to those who hand people on."""

from datetime import timedelta

import pytest

from centro.clinic.models import Appointment, Intake
from centro.clinic.models.night import VisitState
from centro.core import clock as center
from centro.core.classes import Role
from centro.core.models import User
from centro.organizing import actions
from centro.organizing.models import Campaign
from centro.people.choices import Purpose
from centro.people.models import Consent, Person
from tests.web.conftest import SignIn, signed_in, user_as
from tests.web.organizing.conftest import Acting, MakePerson
from tests.web.organizing.test_referral import YES, help_of
from tests.web.organizing.test_ties import flat


@pytest.fixture
def helped(sign_in: SignIn, add_worker: MakePerson, campaign: Campaign) -> Person:
    """A worker of the campaign whom the organizer handed on, and who has an appointment since."""
    person = add_worker(given="Rosa", family="Quispe", language="es", phone="+12135550142")
    sign_in(Role.ORGANIZER).post(help_of(person), YES)
    at = center.now() + timedelta(days=3)
    Appointment.objects.create(person=person, call_name="Rosa", starts_at=at, state=VisitState.BOOKED)
    return person


def test_a_colleague_who_sees_them_too_learns_nothing_of_it(
    sign_in: SignIn, helped: Person, campaign: Campaign, actor: Acting
) -> None:
    colleague = user_as(Role.ORGANIZER, "second-organizer")
    actions.join_team(by=actor(Role.ORGANIZER), campaign=campaign, user=colleague)
    other = signed_in(colleague)
    page = flat(other.get(help_of(helped)))
    assert not [word for word in (">received<", "appointment set", "Handed on") if word in page]
    other.post(help_of(helped), YES)
    assert Intake.objects.count() == 2, "what they said anew reaches the clinic"
    assert "appointment set" in flat(other.get(help_of(helped))), "whoever asked sees the word of it"
    assert "appointment set" in flat(sign_in(Role.ORGANIZER).get(help_of(helped))), "and so does who asked before"


def test_only_those_who_hand_on_read_that_they_agreed_to_it(
    sign_in: SignIn, helped: Person, cast: dict[Role, User]
) -> None:
    words, address = str(Purpose.CLINIC.label), f"/people/{helped.pk}/"
    assert words in flat(sign_in(Role.ORGANIZER).get(address))
    page = flat(sign_in(Role.FRONT_DESK).get(address))
    assert "They agreed to" in page
    assert words not in page
    assert str(Purpose.ORGANIZER.label) not in page, "what is not asked about is no gap"
    Consent.objects.update(taken_by=cast[Role.FRONT_DESK])
    assert words in flat(sign_in(Role.FRONT_DESK).get(address)), "who heard it may take it back"
