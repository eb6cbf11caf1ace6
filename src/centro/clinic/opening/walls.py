"""Holds, legal demands, what is handed over, and the one word that organizing sees."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import tabs
from centro.clinic.models import PersonHold
from centro.clinic.queries.productions import PRODUCTION
from centro.clinic.queries.walls import is_held
from centro.core.documents.kinds import Kind, register_kind
from centro.people import merge, purge
from centro.people import tabs as people_tabs
from centro.people import words as people_words
from centro.people.models import Person

SENTENCES: dict[str, str | Promise] = {
    "hold.placed": _("A litigation hold was placed"),
    "hold.lifted": _("A hold was lifted"),
    "hold.reviewed": _("A hold was looked at again"),
    "production.proposed": _("Handing records over was proposed"),
    "production.released": _("Records were handed over"),
    "production.withdrawn": _("Handing records over was taken back"),
    "legal_demand.received": _("A legal demand arrived"),
}


def open_up() -> None:
    """Called once at start. A hold beats every timer and every purge."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("protection", _("Protection"), "clinic:protection", "case.see", 90))
    register_kind(Kind(PRODUCTION, template=PRODUCTION, text=PRODUCTION, access="export"))
    people_tabs.register(people_tabs.Tab(_("Clinic"), "clinic.status", _status_of))
    merge.also_move(PersonHold)
    purge.register(purge.Part(must_keep=is_held))


def _status_of(person: Person) -> str:
    return reverse("clinic:status", args=[person.pk])
