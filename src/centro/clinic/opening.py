"""What the money, the nights and the walls of the clinic tell the rest of the house at start."""

from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import collection_sheet, tabs
from centro.clinic.actions.past import keep_sums
from centro.clinic.models import Appointment, PersonHold
from centro.clinic.queries.productions import PRODUCTION
from centro.clinic.queries.walls import is_held
from centro.core.documents.kinds import Kind, register_kind
from centro.core.policy import Actor
from centro.people import merge, purge
from centro.people import tabs as people_tabs
from centro.people import words as people_words
from centro.people.models import Person

SENTENCES: dict[str, str | Promise] = {
    "ledger.entered": _("A line was added to the ledger"),
    "ledger.taken_back": _("A line of the ledger was taken back"),
    "case.collection_step": _("A step after the decision was noted"),
    "case.asset_noted": _("Something the employer owns was noted"),
    "case.asset_removed": _("Something the employer owns was taken off"),
    "payment_plan.made": _("Payments in parts were agreed"),
    "payment_plan.ended": _("A payment plan ended"),
    "installment.missed": _("A payment did not come"),
    "ledger.sums_kept": _("Sums of past years were kept without names"),
    "hold.placed": _("A litigation hold was placed"),
    "hold.lifted": _("A hold was lifted"),
    "hold.reviewed": _("A hold was looked at again"),
    "production.proposed": _("Handing records over was proposed"),
    "production.released": _("Records were handed over"),
    "production.withdrawn": _("Handing records over was taken back"),
    "legal_demand.received": _("A legal demand arrived"),
    "appointment.booked": _("An appointment was booked"),
    "appointment.walked_in": _("Came without an appointment"),
    "appointment.changed": _("An appointment was changed"),
    "appointment.moved": _("Was received at the clinic"),
    "appointment.reminded": _("Was reminded of an appointment"),
}


def open_money_and_nights() -> None:
    """Called once by `doors`, when Django has loaded every module."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("money", _("Money"), "clinic:money", "case.see", 60))
    tabs.register(tabs.CaseTab("protection", _("Protection"), "clinic:protection", "case.see", 90))
    collection_sheet.register()
    register_kind(Kind(PRODUCTION, template=PRODUCTION, text=PRODUCTION, access="export"))
    people_tabs.register(people_tabs.Tab(_("Appointments"), "appointment.book", _appointments_of))
    people_tabs.register(people_tabs.Tab(_("Clinic"), "clinic.status", _status_of))
    merge.also_move(Appointment)
    merge.also_move(PersonHold)
    purge.register(purge.Part(vaults=_vaults, must_keep=is_held, leave=_keep_sums))


def _appointments_of(person: Person) -> str:
    return reverse("clinic:appointments_of", args=[person.pk])


def _status_of(person: Person) -> str:
    return reverse("clinic:status", args=[person.pk])


def _vaults(person: UUID) -> list[UUID]:
    """The keys of the queue that still hold how this person is called."""
    found = Appointment.objects.filter(person=person, key__isnull=False)
    return [key for key in found.values_list("key", flat=True) if key is not None]


def _keep_sums(by: Actor, person: UUID) -> None:
    """The years of the ledger stay true when a person goes."""
    keep_sums(by=by, person=person)
