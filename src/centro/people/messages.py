"""The one way a message leaves for a person: consent, a safe address, waking hours; then the adapter of this center.

The default adapter writes to the outbox page, from which staff send by hand; a texting service comes as a second
adapter. Nothing here may be overridden by a role.
"""

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.core import access, clock, policy
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people.choices import Channel, Purpose
from centro.people.models import Email, Message, Person, Phone
from centro.people.queries import has_consent

DAY_BEGINS, DAY_ENDS = time(8), time(21)
_PURPOSE = {Channel.TEXT: Purpose.TEXT, Channel.EMAIL: Purpose.EMAIL}


@dataclass(frozen=True)
class MayNot(Exception):
    """This message may not leave, and the reason in words that staff can act on."""

    reason: str | Promise


def safe_address(person: Person, channel: Channel) -> Phone | Email:
    """Where a message to this person may go now; `MayNot` says why it may not.

    `person` comes from `get_person`, so that phones, e-mails and consents are at hand.
    """
    if person.restricted_at:
        raise MayNot(_("This file is set aside at their wish: please do not contact them."))
    if not has_consent(person, _PURPOSE[channel]):
        raise MayNot(_("They have not agreed to this kind of message. Ask them first."))
    if channel is Channel.EMAIL:
        return _first_email(person)
    if not _is_day():
        raise MayNot(_("It is too early or too late: messages go out from 8 in the morning to 9 in the evening."))
    return _first_phone(person)


def _first_email(person: Person) -> Email:
    email: Email | None = next(iter(person.emails.all()), None)
    if email is None:
        raise MayNot(_("There is no e-mail address yet."))
    return email


def _first_phone(person: Person) -> Phone:
    texted = [phone for phone in person.phones.all() if phone.text_ok]
    if not texted:
        raise MayNot(_("No phone of theirs may get text messages."))
    open_now = [phone for phone in texted if _is_within(phone)]
    if not open_now:
        raise MayNot(_("Not at this hour: look at the hours beside their phone."))
    return open_now[0]


def _hour() -> time:
    return timezone.localtime(clock.now()).time()


def _is_day() -> bool:
    return DAY_BEGINS <= _hour() < DAY_ENDS


def _is_within(phone: Phone) -> bool:
    return (phone.from_hour or time.min) <= _hour() <= (phone.to_hour or time.max)


@transaction.atomic
def send_message(*, by: Actor, person: Person, channel: Channel, words: str) -> Message:
    """Send words to a person, where they said it is safe. `MayNot` when there is no such way now."""
    where = safe_address(person, channel)
    message = Message.objects.create(
        person=person,
        channel=channel,
        to=_in_full(where),
        words=words,
        language=person.language,
        sent_by_id=by.user_id,
    )
    record_event("person.message_sent", by=by, about=message, person=person.pk, codes=[channel])
    return message


def _in_full(where: Phone | Email) -> str:
    """The address itself; whoever sends need not see it."""
    with access.viewing(policy.system("send message")):
        return str(where.number if isinstance(where, Phone) else where.address)


@transaction.atomic
def mark_sent(*, by: Actor, message: Message) -> bool:
    """Somebody sent a message of the outbox by hand. False when it was marked already."""
    is_marked = Message.objects.filter(pk=message.pk, state="outbox").update(state="sent") == 1
    if is_marked:
        record_event("person.message_by_hand", by=by, about=message, person=message.person_id)
    return is_marked
