"""Cases: the pages of a person, who may open what is filed under a case, which keys die with somebody."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centro.clinic import queries, tabs, words
from centro.clinic.models import Case
from centro.clinic.queries.named import shows_paper
from centro.clinic.queries.walls import live_hold
from centro.core.documents.owners import register_owner
from centro.core.policy import Actor
from centro.people import merge, purge
from centro.people import tabs as people_tabs
from centro.people import words as people_words
from centro.people.models import Person


def open_up() -> None:
    """Called once at start."""
    people_words.register(words.SENTENCES)
    people_tabs.register(people_tabs.Tab(_("Cases"), "case.open", _cases_of))
    tabs.register(tabs.CaseTab("overview", _("Overview"), "clinic:case", "case.see", 0))
    register_owner("case", _case, home=_evidence_of, is_held=_is_held, shows=shows_paper)
    merge.also_move(Case)
    purge.register(purge.Part(vaults=_vaults, must_keep=_open_matter))


def _cases_of(person: Person) -> str:
    return reverse("clinic:cases_of", args=[person.pk])


def _case(actor: Actor, case: UUID, verb: str) -> Case:
    return queries.get_case(actor, case, "edit" if verb == "edit" else "see")


def _is_held(case: Case) -> bool:
    return live_hold(case) is not None


def _evidence_of(case: Case) -> str:
    return reverse("clinic:evidence", args=[case.pk])


def _vaults(person: UUID) -> list[UUID]:
    """The keys that die with a person: of their cases and of the attorney files."""
    cases = Case.objects.filter(person=person).select_related("attorney_file")
    keys = [case.key for case in cases] + [case.attorney_file.key for case in cases if hasattr(case, "attorney_file")]
    return [key for key in keys if key is not None]


def _open_matter(person: UUID) -> bool:
    """Somebody whose matter is open is not forgotten in the middle of it."""
    return Case.objects.filter(person=person, matters__isnull=False, matters__closed_at__isnull=True).exists()
