"""What the timeline of a person says for each kind of event of the clinic."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "case.opened": _("A case was opened"),
    "case.moved": _("The case moved on"),
    "case.changed": _("What stands at the head of the case was corrected"),
    "case.conflict_checked": _("Names were compared again for a conflict"),
    "case.happening_noted": _("A date was noted"),
    "case.logged": _("Written into the service log"),
    "matter.opened": _("A matter was opened"),
    "matter.moved": _("A matter moved on"),
    "matter.next_set": _("The next action was set"),
    "matter.waits": _("A matter waits"),
    "matter.attorney_set": _("The attorney of a matter was named"),
    "clock.started": _("A deadline began to run"),
    "clock.confirmed": _("A deadline was confirmed"),
    "attorney_file.noted": _("Written into the attorney file"),
    "fact.told": _("A fact was written down"),
    "fact.confirmed": _("The worker confirmed a fact"),
    "letter.drafted": _("A paper was drafted"),
    "letter.edited": _("A paper was worded anew"),
    "letter.asked": _("An attorney was asked to approve a paper"),
    "letter.approved": _("An attorney approved a paper"),
    "letter.returned": _("An attorney returned a paper"),
    "letter.issued": _("A paper was issued"),
    "official_form.brought": _("An official form was brought in"),
    "official_form.mapped": _("The map of an official form was changed"),
    "official_form.dropped": _("An official form was taken away"),
    "exhibit.added": _("Evidence was brought in"),
    "exhibit.edited": _("What is known of evidence was corrected"),
    "exhibit.confirmed": _("The worker confirmed evidence"),
    "exhibit.set_aside": _("Evidence was set aside"),
    "approver.named": _("An approving attorney was named"),
    "approver.ended": _("An attorney no longer approves papers"),
}
