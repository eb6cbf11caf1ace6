"""What the papers of the clinic tell the rest of the house at start."""

from django.utils.translation import gettext_lazy as _

from centro.clinic import tabs
from centro.clinic.papers import letters, official
from centro.core.documents.kinds import Kind, register_kind

TEMPLATES = {"wage_packet": "clinic_packet", "hearing_kit": "clinic_hearing"}


def open_papers() -> None:
    """Called once, when Django has loaded every module: the pages of a case, and every kind of paper we print."""
    tabs.register(tabs.CaseTab("facts", _("Facts"), "clinic:facts", "case.see", 30))
    tabs.register(tabs.CaseTab("papers", _("Papers"), "clinic:papers", "case.see", 40))
    tabs.register(tabs.CaseTab("evidence", _("Evidence"), "clinic:evidence", "case.see", 50))
    register_kind(Kind(official.DOCUMENT, template="clinic_official", text="official"))
    for name, kind in (letters.BUNDLES | letters.kinds()).items():
        template, text = TEMPLATES.get(name, "clinic_letter"), kind.text or name
        register_kind(Kind(f"letter_{name}", template=template, text=text, folder=kind.folder))
