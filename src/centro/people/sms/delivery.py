"""Sending what waits, through the service of this center. What may have been sent is never sent again by itself.

waiting → sending → sent → arrived          no, with a code: did not arrive
        ↖ not reached, too busy: later      no clear answer: not sure (a person looks; the service may still tell)
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people import messages
from centro.people.choices import Channel, MessageState
from centro.people.models import Message
from centro.people.sms import twilio
from centro.people.sms.numbers import mark_of
from centro.people.sms.stops import stop_number

PAUSES = (1, 5, 30, 120)  # minutes before each further try
STUCK_AFTER = timedelta(minutes=5)
AT_ONCE = 50
_TOLD = {
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "undelivered": MessageState.FAILED,
    "failed": MessageState.FAILED,
}
# What the service may still tell about a text in each state: news may arrive in any order.
_OPEN_TO_NEWS = {
    MessageState.SENT: (MessageState.SENDING, MessageState.UNSURE),
    MessageState.DELIVERED: (MessageState.SENDING, MessageState.UNSURE, MessageState.SENT),
    MessageState.FAILED: (MessageState.SENDING, MessageState.UNSURE, MessageState.SENT),
}


def deliver(*, by: Actor, message_id: UUID) -> MessageState | None:
    """Send one text that waits. None: it does not wait, or somebody else has it in hand."""
    message = _take(by, message_id)
    if message is None:
        return None
    number, words = messages.for_the_service(message)
    try:
        sid = twilio.send(number, words, tell=_news_address(message))
    except twilio.TryLater:
        return _later(by, message)
    except twilio.NotSent as refusal:
        return _refused(by, message, number, refusal.code)
    except twilio.NotSure:
        return _settle(by, message, MessageState.UNSURE)
    return _settle(by, message, MessageState.SENT, provider_id=sid)


def _take(by: Actor, message_id: UUID) -> Message | None:
    """The text, if it still waits and may still leave; from here on it is in hand, whatever happens to us."""
    with transaction.atomic():
        now = clock.now()
        message = Message.objects.select_related("person").filter(pk=message_id, state=MessageState.WAITING).first()
        if message is None or (message.next_at and message.next_at > now) or not _may_still_leave(by, message):
            return None
        waiting = Message.objects.filter(pk=message.pk, state=MessageState.WAITING)
        taken = waiting.update(state=MessageState.SENDING, state_at=now, tries=F("tries") + 1)
        message.tries += 1
        return message if taken == 1 else None


def _may_still_leave(by: Actor, message: Message) -> bool:
    """Consent, number and hour are looked at again: some time may have passed since somebody wrote it."""
    if message.is_confirmation:
        return True
    number, _ = messages.for_the_service(message)
    try:
        messages.safe_address(message.person, Channel(message.channel))
        phones = messages.safe_phones(message.person)
    except messages.MayNot as refusal:
        if refusal.for_now:
            wait = max(messages.next_texting_hour(), clock.now() + timedelta(minutes=PAUSES[2]))
            Message.objects.filter(pk=message.pk).update(next_at=wait)
            return False
        phones = []
    if any(bytes(phone.number_mark or b"") == mark_of(number) for phone in phones):
        return True
    _settle(by, message, MessageState.STOPPED, was=MessageState.WAITING)
    return False


def _news_address(message: Message) -> str:
    return settings.SITE_ADDRESS + reverse("people:text_status", args=[message.pk])


def _later(by: Actor, message: Message) -> MessageState:
    """Nothing was sent: try again after a pause, and at last give up."""
    if message.tries > len(PAUSES):
        return _settle(by, message, MessageState.FAILED, failure="unreachable")
    next_at = clock.now() + timedelta(minutes=PAUSES[message.tries - 1])
    return _settle(by, message, MessageState.WAITING, next_at=next_at)


def _refused(by: Actor, message: Message, number: str, code: str) -> MessageState:
    if code == twilio.OPTED_OUT:
        stop_number(by=by, mark=mark_of(number), language="")
    return _settle(by, message, MessageState.FAILED, failure=code)


def _settle(
    by: Actor, message: Message, state: MessageState, *, was: MessageState = MessageState.SENDING, **values: object
) -> MessageState:
    """Write what became of a text, unless the service told us meanwhile."""
    with transaction.atomic():
        rows = Message.objects.filter(pk=message.pk, state=was)
        if rows.update(state=state, state_at=clock.now(), **values) and state != MessageState.WAITING:
            record_event("person.text_delivery", by=by, about=message, person=message.person_id, codes=[state])
        elif "provider_id" in values:
            Message.objects.filter(pk=message.pk, provider_id__isnull=True).update(provider_id=values["provider_id"])
    return state


@transaction.atomic
def note_status(*, by: Actor, message_id: UUID, status: str, code: str, provider_id: str) -> bool:
    """The service tells what became of a text. False when it tells nothing new."""
    message = Message.objects.filter(pk=message_id, is_incoming=False).first()
    if message is None:
        return False
    Message.objects.filter(pk=message_id, provider_id__isnull=True).update(provider_id=provider_id[:64] or None)
    state = _TOLD.get(status, MessageState.SENT)  # “queued” and the like: at least it was taken on
    rows = Message.objects.filter(pk=message_id, state__in=_OPEN_TO_NEWS[state])
    is_news = rows.update(state=state, state_at=clock.now(), failure=code[:12]) == 1
    if is_news:
        record_event("person.text_delivery", by=by, about=message, person=message.person_id, codes=[state])
        if code == twilio.OPTED_OUT:
            stop_number(by=by, mark=mark_of(messages.for_the_service(message)[0]), language="")
    return is_news


def send_waiting(*, by: Actor) -> int:
    """What still waits and is due; what was in hand when a worker died is “not sure”. Returns how many were tried."""
    now = clock.now()
    stuck = Message.objects.filter(state=MessageState.SENDING, state_at__lt=now - STUCK_AFTER)
    for message in stuck[:AT_ONCE]:
        _settle(by, message, MessageState.UNSURE)
    forgotten = Q(next_at__isnull=True, state_at__lt=now - STUCK_AFTER)
    due = Message.objects.filter(Q(next_at__lte=now) | forgotten, state=MessageState.WAITING)
    tried = 0
    for message_id in list(due.order_by("at").values_list("pk", flat=True)[:AT_ONCE]):
        tried += 1
        if deliver(by=by, message_id=message_id) == MessageState.WAITING:
            break  # the service is not there: no use in asking it fifty times
    return tried
