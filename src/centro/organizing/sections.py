"""The parts of organizing, as the row of tabs over its pages; each part adds its line here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """A tab: shown to those whose role has `verb`, marked on `pages` (a pattern of view names without the module)."""

    label: str | Promise
    view: str
    verb: str
    pages: str


SECTIONS: tuple[Section, ...] = (
    Section(
        _("Campaigns"),
        "organizing:home",
        "contact.see",
        r"home|left_alone|campaign|\w+_campaign|chart|person|trends|assess_many",
    ),
    Section(_("Visit lists"), "organizing:lists", "assignment.see", r"lists?|sheet|enter|find_sheet|reports|stop"),
    Section(_("Day and week"), "organizing:debrief", "contact.see", r"debrief|week|field_day|correct|lockdown"),
    Section(_("Texts"), "organizing:inbox", "message.see", r"inbox|thread|\w*guides?"),
    Section(_("Structure tests"), "organizing:tests", "contact.see", r"\w*_?tests?|tick_test|enter_test"),
    Section(_("Ladder"), "organizing:ladder", "contact.see", r"ladder|climb|\w+_step|follow"),
    Section(_("Events"), "organizing:events", "event.check_in", r"\w*events?(_\w+)?|door\w*|change_door"),
)
