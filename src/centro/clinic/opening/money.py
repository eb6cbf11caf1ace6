"""The money of a case: its page, the collection sheet, and the sums that stay when somebody goes."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import collection_sheet, tabs
from centro.clinic.actions.past import keep_sums
from centro.core.policy import Actor
from centro.people import purge
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
    "ledger.sums_kept": _("Sums of past years were kept without names"),
}


def open_up() -> None:
    """Called once at start."""
    people_words.register(SENTENCES)
    tabs.register(tabs.CaseTab("money", _("Money"), "clinic:money", "case.see", 60))
    collection_sheet.register()
    purge.register(purge.Part(leave=_keep_sums))


def _keep_sums(by: Actor, person: UUID) -> None:
    """The years of the ledger stay true when a person goes."""
    keep_sums(by=by, person=person)
