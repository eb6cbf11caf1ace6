"""Calling people one by one: what became of a call, in one tap."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from centro.core.policy import Actor
from centro.organizing.actions.contacts import Told, log_contact
from centro.organizing.choices import Kind, NoStep, Outcome, Where
from centro.organizing.models import Contact, Stop, Turn


class NoVoicemail(Exception):
    """They said that no voicemail is safe."""


@transaction.atomic
def note_call(
    *, by: Actor, stop: Stop, outcome: Outcome, contact_id: UUID, back_on: date | None = None
) -> tuple[Contact, bool]:
    """Note what became of a call. “Call back” becomes a task for its day. `NoVoicemail` where none may be left."""
    if outcome is Outcome.VOICEMAIL and not any(phone.voicemail_ok for phone in stop.person.phones.all()):
        raise NoVoicemail
    told = Told(
        outcome=outcome,
        kind=Kind.CALL,
        where=Where.PHONE,
        language=stop.person.language,
        step=_("Call back") if outcome is Outcome.COME_BACK else "",
        step_on=back_on if outcome is Outcome.COME_BACK else None,
        no_step=NoStep.ASKED_NOT if outcome is Outcome.REFUSED else "",
    )
    campaign = stop.assignment.campaign
    noted = log_contact(by=by, campaign=campaign, person=stop.person, told=told, contact_id=contact_id)
    Turn.objects.filter(stop=stop).delete()
    return noted
