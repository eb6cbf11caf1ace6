"""What the papers of the clinic tell the rest of the house at start."""

from django.utils.translation import gettext_lazy as _

from centro.clinic import tabs
from centro.clinic.papers import letters
from centro.core.documents.kinds import Kind, register_kind


def open_papers() -> None:
    """Called once, when Django has loaded every module: the pages of a case, and every kind of paper we print."""
    tabs.register(tabs.CaseTab("facts", _("Facts"), "clinic:facts", "case.see", 30))
    tabs.register(tabs.CaseTab("papers", _("Papers"), "clinic:papers", "case.see", 40))
    for name in letters.kinds():
        register_kind(Kind(f"letter_{name}", template="clinic_letter", text=name, folder=letters.FOLDER))
