"""What the money, the nights and the walls of the clinic tell the rest of the house at start."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import collection_sheet, tabs
from centro.people import words as people_words

SENTENCES: dict[str, str | Promise] = {
    "ledger.entered": _("A line was added to the ledger"),
    "ledger.taken_back": _("A line of the ledger was taken back"),
    "case.collection_step": _("A step after the decision was noted"),
    "case.asset_noted": _("Something the employer owns was noted"),
    "case.asset_removed": _("Something the employer owns was taken off"),
    "payment_plan.made": _("Payments in parts were agreed"),
    "payment_plan.ended": _("A payment plan ended"),
    "installment.missed": _("A payment did not come"),
}


def open_money_and_nights() -> None:
    """Called once by `doors`, when Django has loaded every module."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("money", _("Money"), "clinic:money", "case.see", 60))
    collection_sheet.register()
