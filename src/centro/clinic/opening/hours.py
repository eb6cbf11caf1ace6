"""Hours and the claim: two pages of a case, and the printed claim."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import claim_sheet, tabs
from centro.people import words as people_words

SENTENCES: dict[str, str | Promise] = {
    "hours.changed": _("Hours or pay were told"),
    "hours.undone": _("The last change of the hours was undone"),
    "hours.redone": _("A change of the hours was brought back"),
    "claim.kept": _("The claim was kept as it stands"),
    "law.settled": _("A question of unsettled law was settled"),
}


def open_up() -> None:
    """Called once at start."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("hours", _("Hours"), "clinic:hours", "case.see", 20))
    tabs.register(tabs.CaseTab("claim", _("Claim"), "clinic:claim", "case.see", 25))
    claim_sheet.register()
