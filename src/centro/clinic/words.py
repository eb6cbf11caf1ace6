"""What the timeline of a person says for each kind of event of the clinic."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "case.opened": _("A case was opened"),
    "case.edited": _("The case was corrected"),
    "case.moved": _("The case moved on"),
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
}
