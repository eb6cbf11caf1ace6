"""Holds and legal demands; and the three words that organizing may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Appointment, Case, Hold, LegalDemand, PersonHold
from centro.clinic.models.night import VisitState
from centro.clinic.queries.cases import get_case, let_see_heads
from centro.clinic.queries.matters import shown_matters
from centro.clinic.queries.night import in_clinic
from centro.core import clock, policy
from centro.core.policy import Actor
from centro.people import queries as people
from centro.people.choices import Purpose
from centro.people.models import Person

# Before this version the words of the consent promised that an organizer sees nothing of the clinic.
STATUS_TOLD_SINCE = "2026-11-23.2"


@dataclass(frozen=True)
class Held:
    """A live hold, and what it keeps, in words."""

    row: Hold | PersonHold
    what: str | Promise


def holds_of(actor: Actor, case: Case) -> list[Held]:
    """The live holds of a case that a query fetched for the actor: on the person, on all of it, on one matter."""
    persons = list(PersonHold.objects.filter(person=case.person_id, lifted_at=None).select_related("placed_by"))
    cases = list(case.holds.filter(lifted_at=None).select_related("placed_by", "matter").order_by("matter", "pk"))
    seen = {row.pk for row in shown_matters(actor, case)}
    for of_case in cases:
        of_case.case = case
    for of_person in persons:
        of_person.person = case.person
    for row in (*persons, *cases):
        if row.placed_by is not None:
            policy.opens_all(row.placed_by)
    return [Held(row, _("Everything of this person")) for row in persons] + [
        Held(row, _kept_by(row, seen)) for row in cases
    ]


def _kept_by(hold: Hold, seen: set[UUID]) -> str | Promise:
    if hold.matter is None:
        return _("This case")
    return hold.matter.get_route_display() if hold.matter_id in seen else _("A matter of this case")


def live_hold(case: Case) -> Hold | PersonHold | None:
    """A hold that keeps this case: on it, on a matter of it, or on its person."""
    on_case: Hold | None = case.holds.filter(lifted_at=None).first()
    return on_case or PersonHold.objects.filter(person=case.person_id, lifted_at=None).first()


def hold_on(person: Person) -> PersonHold | None:
    """The live hold on everything of a person."""
    found: PersonHold | None = PersonHold.objects.filter(person=person, lifted_at=None).first()
    return found


def is_held(person: UUID) -> bool:
    """Whether a hold keeps anything of a person: then nothing of them is destroyed."""
    return all_held_people().filter(pk=person).exists()


def all_held_people() -> QuerySet[Person]:
    """People of whom a hold keeps something. Unscoped: for what destroys."""
    cases = Hold.objects.filter(lifted_at=None).values("case__person")
    return Person.objects.filter(Q(pk__in=cases) | Q(pk__in=PersonHold.objects.filter(lifted_at=None).values("person")))


def get_held_case(actor: Actor, case: UUID) -> Case:
    """A case, for those who may put it under a hold."""
    return get_case(actor, case, "hold")


def demands(actor: Actor) -> list[LegalDemand]:
    """Every demand this actor may see, the open ones first."""
    in_clinic(actor, "legal_demand.see")
    rows = list(LegalDemand.objects.visible_to(actor, "see").select_related("case"))
    return sorted(rows, key=lambda row: (row.state != "open", row.deadline is None, row.deadline or clock.today()))


def get_demand(actor: Actor, demand: UUID) -> LegalDemand:
    in_clinic(actor, "legal_demand.see")
    row: LegalDemand = LegalDemand.objects.select_related("case").get_for(actor, "edit", pk=demand)
    return row


def demands_about(actor: Actor, case: Case) -> list[LegalDemand]:
    """Demands about a case, for those who may read them."""
    return list(LegalDemand.objects.visible_to(actor, "see").filter(case=case))


def case_by_number(actor: Actor, number: str) -> Case | None:
    """The case of this number, if this actor may see it."""
    found: Case | None = Case.objects.visible_to(actor, "see").filter(number=number.strip()).first()
    return found


def held_cases(actor: Actor) -> list[Case]:
    """Cases under a hold that this actor may see."""
    live = Q(pk__in=Hold.objects.filter(lifted_at=None).values("case"))
    live |= Q(person__in=PersonHold.objects.filter(lifted_at=None).values("person"))
    rows = list(Case.objects.visible_to(actor, "hold").filter(live).select_related("person")[:50])
    let_see_heads(actor, rows)
    return rows


# --- what organizing sees ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Status:
    """Of the clinic, an organizer learns one of three words, and only of whoever agreed."""

    word: str | Promise
    meaning: str | Promise


RECEIVED = Status(_("Received"), _("The clinic knows them and is at work."))
APPOINTMENT = Status(_("Appointment"), _("They have an appointment at the clinic."))
CLOSED = Status(_("Closed"), _("The clinic’s work for them is done."))


def status_of(actor: Actor, person: Person) -> Status | None:
    """The word for a person from `get_person`; None for who never came and for who did not agree alike."""
    consent = people.live_consents(person).get(Purpose.ORGANIZER)
    if not policy.may(actor, "clinic.status") or consent is None or consent.text_version < STATUS_TOLD_SINCE:
        return None
    ahead = Appointment.objects.filter(person=person, state=VisitState.BOOKED, starts_at__gte=clock.now())
    if ahead.exists():
        return APPOINTMENT
    cases = Case.objects.filter(person=person)
    if cases.filter(closed_at__isnull=True).exists():
        return RECEIVED
    return CLOSED if cases.exists() else None
