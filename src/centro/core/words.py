"""What the two logs say in words: a sentence for each kind of event, and one for each way of opening.

A module adds the sentences of its own events by `register`; a kind that nobody words stops the tests.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

EVENTS: dict[str, Words] = {
    "center.created": _("The center was set up"),
    "center.edited": _("Name or looks of the center were changed"),
    "user.invited": _("A colleague was invited"),
    "user.came_in": _("A colleague came in by their link"),
    "user.signed_in": _("Signed in"),
    "user.signed_out": _("Signed out"),
    "user.sign_in_failed": _("Somebody tried to sign in and could not"),
    "user.edited": _("An account was corrected"),
    "user.language_set": _("Another language was chosen"),
    "user.password_set": _("A password was set"),
    "user.password_changed": _("A password was changed"),
    "user.disabled": _("An account was closed"),
    "user.enabled": _("An account was opened again"),
    "user.sessions_ended": _("An account was signed out everywhere"),
    "user.recovery_proposed": _("Letting a colleague back in was asked for"),
    "user.recovery_approved": _("Letting a colleague back in was approved"),
    "user.recovery_link_made": _("The link to let a colleague back in was made"),
    "factor.added": _("A second step was set up"),
    "factor.removed": _("A second step was removed"),
    "role.proposed": _("A role was proposed"),
    "role.approved": _("A role was approved"),
    "role.ended": _("A role was taken back or declined"),
    "place.given": _("A colleague was put on something"),
    "place.moved": _("The time of a colleague on something was moved"),
    "place.ended": _("A colleague was taken off something"),
    "task.added": _("A task was given"),
    "task.edited": _("A task was corrected"),
    "task.handed_over": _("A task was handed over to a colleague"),
    "task.done": _("A task was ticked off"),
    "task.undone": _("A task was put back on the list"),
    "backup.made": _("A backup was made"),
    "backup.restored": _("The center was brought back from a backup"),
    "document.issued": _("Document printed"),
    "upload.kept": _("File brought in"),
    "upload.covered": _("A number on a file was covered"),
    "upload.original_dropped": _("The original of a file was destroyed"),
    "upload.looked_at": _("A file was looked at for numbers"),
}
OPENINGS: dict[str, Words] = {
    "open": pgettext_lazy("log", "Opened"),
    "search": pgettext_lazy("log", "Searched"),
    "reveal": pgettext_lazy("log", "Hidden numbers were shown"),
    "print": pgettext_lazy("log", "Printed"),
    "export": pgettext_lazy("log", "A list was taken out"),
    "refuse": pgettext_lazy("log", "Refused: not there, or not theirs"),
    "verify": pgettext_lazy("log", "The chains of the logs were checked"),
    "role": pgettext_lazy("log", "Went on working as another role"),
    "job": pgettext_lazy("log", "Opened by work in the background"),
}


def register(sentences: dict[str, Words]) -> None:
    """A module above adds the sentences of its own events."""
    EVENTS.update(sentences)


def said_of(kind: str) -> Words:
    """An entry of a log in words; an unknown kind says its code, so that nothing disappears."""
    return EVENTS.get(kind) or OPENINGS.get(kind, kind)
