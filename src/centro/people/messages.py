"""The one way a message leaves for a person: consent, a safe address, waking hours; then the adapter of this center.

Without a texting service a message waits on the outbox page, from which staff send by hand; with one, a text waits for
the worker, which sends it (`sms/delivery.py`). Nothing here may be overridden by a role.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from centro.core import access, clock, policy
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people.choices import Channel, Inbox, MessageState, Purpose
from centro.people.models import Email, Message, Person, Phone, StoppedNumber, StrayText, Thread
from centro.people.models.texts import marked
from centro.people.queries import has_consent
from centro.people.sms import twilio

_PURPOSE = {Channel.TEXT: Purpose.TEXT, Channel.EMAIL: Purpose.EMAIL}


@dataclass(frozen=True)
class MayNot(Exception):
    """This message may not leave, and the reason in words that staff can act on. `for_now`: an hour decides it."""

    reason: str | Promise
    for_now: bool = False


def safe_address(person: Person, channel: Channel) -> Phone | Email:
    """Where a message to this person may go now; `MayNot` says why it may not.

    `person` comes from `get_person`, so that phones, e-mails and consents are at hand.
    """
    if person.restricted_at:
        raise MayNot(_("This file is set aside at their wish: please do not contact them."))
    if not has_consent(person, _PURPOSE[channel]):
        raise MayNot(_("They have not agreed to this kind of message. Ask them first."))
    return _first_email(person) if channel is Channel.EMAIL else safe_phones(person)[0]


def _first_email(person: Person) -> Email:
    email: Email | None = next(iter(person.emails.all()), None)
    if email is None:
        raise MayNot(_("There is no e-mail address yet."))
    return email


def safe_phones(person: Person) -> list[Phone]:
    """Phones of theirs that may get a text at this hour, the first known first; `MayNot` when there is none."""
    if not is_texting_hour():
        begins, ends = (f"{hour}:00" for hour in settings.TEXT_HOURS)
        too_early = _("It is too early or too late: messages go out from {begins} to {ends}.")
        raise MayNot(format_lazy(too_early, begins=begins, ends=ends), for_now=True)
    texted = [phone for phone in person.phones.all() if phone.text_ok]
    if not texted:
        raise MayNot(_("No phone of theirs may get text messages."))
    stopped = stopped_among(texted)
    if len(stopped) == len(texted):
        raise MayNot(_("Their phone asked for no more texts. A text with START from that phone changes it."))
    open_now = [phone for phone in texted if phone not in stopped and _is_within(phone)]
    if not open_now:
        raise MayNot(_("Not at this hour: look at the hours beside their phone."), for_now=True)
    return open_now


def stopped_among(phones: list[Phone]) -> list[Phone]:
    """Of these phones, those that asked for no more texts, whoever had them then."""
    stops = StoppedNumber.objects.filter(mark__in=marked(phones)).values_list("mark", flat=True)
    marks = {bytes(mark) for mark in stops}
    return [phone for phone in phones if phone.number_mark and bytes(phone.number_mark) in marks]


def _hour() -> time:
    return timezone.localtime(clock.now()).time()


def is_texting_hour() -> bool:
    begins, ends = settings.TEXT_HOURS
    return bool(begins <= _hour().hour < ends)


def next_texting_hour() -> datetime:
    """When texts go out again: now, or the next morning."""
    now = timezone.localtime(clock.now())
    morning = now.replace(hour=settings.TEXT_HOURS[0], minute=0, second=0, microsecond=0)
    if is_texting_hour():
        return now
    return morning if now < morning else morning + timedelta(days=1)


def _is_within(phone: Phone) -> bool:
    begins, ends, now = phone.from_hour or time.min, phone.to_hour or time.max, _hour()
    return begins <= now <= ends if begins <= ends else now >= begins or now <= ends  # the second: over midnight


@transaction.atomic
def send_message(
    *,
    by: Actor,
    person: Person,
    channel: Channel,
    words: str,
    inbox: Inbox = Inbox.DESK,
    message_id: UUID | None = None,
) -> Message:
    """Send words to a person, where they said it is safe. `MayNot` when there is no such way now.

    With a `message_id` the same message asked for twice is one message.
    """
    known: Message | None = Message.objects.filter(pk=message_id).first() if message_id else None
    if known:
        return known
    where = safe_address(person, channel)
    message = Message.objects.create(
        id=message_id or uuid4(),
        person=person,
        channel=channel,
        inbox=inbox,
        to=_in_full(where),
        words=words,
        language=person.language,
        sent_by_id=by.user_id,
        state=_first_state(channel),
    )
    if channel is Channel.TEXT:
        _answered(message)
    record_event("person.message_sent", by=by, about=message, person=person.pk, codes=[channel])
    _hand_on(by, message)
    return message


def _first_state(channel: Channel) -> MessageState:
    return MessageState.WAITING if channel is Channel.TEXT and twilio.is_on() else MessageState.OUTBOX


def _answered(message: Message) -> None:
    """Whoever writes has read what came before."""
    Thread.objects.update_or_create(
        person=message.person, inbox=message.inbox, defaults={"last_at": message.at, "unread_at": None}
    )


@transaction.atomic
def confirm_stop(*, by: Actor, person: Person, number: str, words: str, inbox: Inbox) -> Message:
    """The one answer to a stop: it says that nothing more will come. It asks for no consent, because it ends it."""
    message = Message.objects.create(
        person=person,
        channel=Channel.TEXT,
        inbox=inbox,
        is_confirmation=True,
        to=number,
        words=words,
        language=person.language,
        state=_first_state(Channel.TEXT),
    )
    record_event("person.stop_confirmed", by=by, about=message, person=person.pk)
    _hand_on(by, message)
    return message


def _hand_on(by: Actor, message: Message) -> None:
    """Texts that wait for the service are sent by the worker, not while somebody looks at a page."""
    if message.state == MessageState.WAITING:
        from centro.people.jobs import deliver_text

        deliver_text.enqueue(by=by, message=message.pk)


def _in_full(where: Phone | Email) -> str:
    """The address itself; whoever sends need not see it."""
    with access.viewing(policy.system("send message")):
        return str(where.number if isinstance(where, Phone) else where.address)


def for_the_service(message: Message | StrayText) -> tuple[str, str]:
    """Number and words of a text, for the service that sends it."""
    with access.viewing(policy.system("send message")):
        number = message.to if isinstance(message, Message) else message.number
        return str(number), str(message.words)


@transaction.atomic
def mark_sent(*, by: Actor, message: Message) -> bool:
    """Somebody sent a message of the outbox by hand. False when it was marked already."""
    waiting = Message.objects.filter(pk=message.pk, state=MessageState.OUTBOX)
    is_marked = waiting.update(state=MessageState.SENT, state_at=clock.now()) == 1
    if is_marked:
        record_event("person.message_by_hand", by=by, about=message, person=message.person_id)
    return is_marked
