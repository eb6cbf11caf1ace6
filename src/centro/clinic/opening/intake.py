"""Intakes: the page of laws of a case, the papers for home, the keys that die with somebody."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import intake_papers, tabs
from centro.clinic.models import Intake
from centro.people import merge, purge
from centro.people import words as people_words

SENTENCES: dict[str, str | Promise] = {
    "intake.started": _("An intake was begun"),
    "intake.sent": _("Wrote from the web"),
    "intake.answered": _("Questions of an intake were answered"),
    "intake.moved": _("An intake moved on"),
    "intake.paged": _("The duty counsellor was asked to look: a deadline is near"),
    "intake.taken": _("A counsellor took the intake"),
    "intake.conflict_checked": _("Names were compared for a conflict"),
    "intake.conflict_decided": _("An attorney decided about a possible conflict"),
    "intake.consented": _("Agreed at the intake"),
    "intake.keeping_refused": _("Did not agree that a file is kept"),
    "intake.letter_brought": _("A letter was brought to the intake"),
    "intake.letter_given": _("Got the letter with the days"),
    "intake.became_case": _("The intake became a case"),
    "intake.forgotten": _("An intake was destroyed"),
}


def open_up() -> None:
    """Called once at start."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("coverage", _("Coverage"), "clinic:case_coverage", "case.see", 15))
    intake_papers.register()
    merge.also_move(Intake)
    purge.register(purge.Part(vaults=_vaults))


def _vaults(person: UUID) -> list[UUID]:
    """The keys of their intakes die with a person."""
    return [key for key in Intake.objects.filter(person=person).values_list("key", flat=True) if key is not None]
