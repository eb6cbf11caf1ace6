"""The end of a day: a note for whoever leads, and the correction of what was noted wrongly."""

from uuid import UUID

from django.db import transaction

from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.actions.contacts import Told, log_contact
from centro.organizing.events.state import restate
from centro.organizing.models import Campaign, Commitment, Contact, DayNote, Tie


@transaction.atomic
def leave_note(*, by: Actor, campaign: Campaign, words: str) -> DayNote:
    """Something of the day that whoever leads the campaign should know; its author and they read it."""
    note = DayNote(campaign=campaign, by_id=by.me, words=words)
    note.save()
    record_event("contact.day_noted", by=by, about=note)
    return note


@transaction.atomic
def correct_contact(*, by: Actor, contact: Contact, told: Told, contact_id: UUID) -> Contact:
    """Note a contact anew, as it really was. The wrong row stays in the log and counts no more.

    Whom they named goes over to the new row, the unnamed are taken from it, and a step that is still open is replaced.
    What they said to an event counts as it is noted now.
    """
    ties = Tie.objects.filter(contact=contact, ended_at__isnull=True)
    ties.filter(other__isnull=True).update(ended_at=clock.now())
    if contact.step is not None and contact.step.done_at is None:
        core.do_task(by=by, task=contact.step)
    row, is_new = log_contact(
        by=by,
        campaign=contact.campaign,
        person=contact.person,
        told=told,
        contact_id=contact_id,
        corrects=contact,
        must_say_why=False,
    )
    ties.filter(other__isnull=False).update(contact=row)
    for commitment in Commitment.objects.filter(steps__contact=contact).distinct():
        restate(commitment)
    if is_new:
        record_event("contact.corrected", by=by, about=row, person=row.person_id)
    return row
