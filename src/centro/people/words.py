"""What the timeline and the log say for each kind of event about people, workplaces, lists and texts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.core import words
from centro.core.models import Event

_OURS: dict[str, str | Promise] = {
    "person.added": _("Added"),
    "person.edited": _("Details corrected"),
    "person.phone_added": _("Phone added"),
    "person.phone_edited": _("Phone corrected"),
    "person.phone_removed": _("Phone removed"),
    "person.email_added": _("E-mail added"),
    "person.email_edited": _("E-mail corrected"),
    "person.email_removed": _("E-mail removed"),
    "person.residency_added": _("Home added"),
    "person.residency_edited": _("Home corrected"),
    "person.residency_removed": _("Home removed"),
    "person.employment_added": _("Job added"),
    "person.employment_edited": _("Job corrected"),
    "person.employment_removed": _("Job removed"),
    "person.consent_given": _("Agreed"),
    "person.consent_withdrawn": _("Took a yes back"),
    "person.not_same": _("Looked at a similar person: not the same"),
    "person.restricted": _("File set aside at their wish"),
    "person.restriction_lifted": _("File in use again"),
    "person.household_joined": _("Household noted"),
    "person.household_left": _("Left the household"),
    "person.tagged": _("Tag put on"),
    "person.untagged": _("Tag taken off"),
    "person.handed_over": _("Handed over to a colleague"),
    "person.involved": _("Became part of something"),
    "person.purge_proposed": _("Destroying the file was proposed"),
    "person.purge_approved": _("Destroying the file was approved"),
    "person.purge_cancelled": _("The file is not destroyed after all"),
    "person.reviewed": _("Looked at after a long time: the file is kept"),
    "person.message_sent": _("Message written"),
    "person.message_by_hand": _("Message sent"),
    "person.text_delivery": _("Heard what became of a text"),
    "person.text_received": _("Wrote us a text"),
    "person.text_read": _("Somebody read their text"),
    "person.texts_stopped": _("Asked for no more texts"),
    "person.texts_started": _("Asked for texts again"),
    "person.stop_confirmed": _("Told that no more texts will come"),
    "person.thread_handed": _("Their texts were handed to a colleague"),
    "person.merged": _("Merged with a second file of the same person"),
    "person.unmerged": _("The merge was undone"),
    "person.imported": _("Came with an import"),
    "person.import_undone": _("The import was undone"),
    "person.purged": _("A file was destroyed"),
    "workplace.added": _("A workplace was added"),
    "workplace.edited": _("A workplace was corrected"),
    "tag.added": _("A tag was used for the first time"),
    "import.brought_in": _("A table of people was brought in"),
    "import.columns_chosen": _("The columns of a table were chosen"),
    "import.checked": _("A table was checked row by row"),
    "import.started": _("Adding the people of a table began"),
    "import.done": _("The people of a table were added"),
    "import.undone": _("A whole table was taken back"),
    "export.asked": _("A list was asked for"),
    "export.approved": _("A list was approved by a second officer"),
    "export.made": _("A list was made"),
    "export.all_revoked": _("Every open list was revoked"),
    "message.stray": _("A text came from a number that nobody has"),
    "message.settled": _("A text from an unknown number was settled"),
    "message.forgotten": _("Texts from unknown numbers were destroyed"),
    "referral.sent": _("Handing somebody on was asked for"),
    "referral.taken": _("Somebody handed on was taken up"),
    "referral.closed": _("Handing somebody on was closed"),
}
words.register(_OURS)

SENTENCES, register = words.EVENTS, words.register  # modules above add the sentences of their own events here


def sentence(event: Event) -> str | Promise:
    """An event in words; an unknown kind says its code, so that nothing disappears."""
    return words.said_of(event.kind)
