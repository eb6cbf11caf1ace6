"""Appointments: the page of a person, and the names in the queue that die with them."""

from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.models import Appointment
from centro.people import merge, purge
from centro.people import tabs as people_tabs
from centro.people import words as people_words
from centro.people.models import Person

SENTENCES: dict[str, str | Promise] = {
    "appointment.booked": _("An appointment was booked"),
    "appointment.walked_in": _("Came without an appointment"),
    "appointment.changed": _("An appointment was changed"),
    "appointment.moved": _("Was received at the clinic"),
    "appointment.reminded": _("Was reminded of an appointment"),
}


def open_up() -> None:
    """Called once at start."""
    people_words.register(SENTENCES)
    people_tabs.register(people_tabs.Tab(_("Appointments"), "appointment.book", _appointments_of))
    merge.also_move(Appointment)
    purge.register(purge.Part(vaults=_vaults))


def _appointments_of(person: Person) -> str:
    return reverse("clinic:appointments_of", args=[person.pk])


def _vaults(person: UUID) -> list[UUID]:
    """The keys of the queue that still hold how this person is called."""
    found = Appointment.objects.filter(person=person, key__isnull=False)
    return [key for key in found.values_list("key", flat=True) if key is not None]
