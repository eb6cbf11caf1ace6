"""A text comes in: words that stop or start are obeyed at once, everything else waits for somebody to read it."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.people import messages, phones
from centro.people.choices import Channel, Inbox, MessageState, written_in
from centro.people.models import Message, Person, StrayText, Thread
from centro.people.sms import stopping, twilio
from centro.people.sms.numbers import mark_of, people_with
from centro.people.sms.stopping import Meaning, Reading
from centro.people.sms.stops import start_number, stop_number

LONGEST = 1600
ANSWERS_WITHIN = timedelta(days=30)


def receive(*, by: Actor, number: str, words: str, provider_id: str) -> bool:
    """Take in a text from a phone. The same `provider_id` again changes nothing (and gives False)."""
    number, words = _in_one_form(number), words.replace("\x00", "").strip()[:LONGEST]
    if _is_known(provider_id):
        return False
    try:
        with transaction.atomic():
            _take_in(by, number, words, provider_id)
    except IntegrityError:  # the same arrival, a moment earlier, in another process
        if _is_known(provider_id):
            return False
        raise
    return True


def _in_one_form(number: str) -> str:
    try:
        return phones.parse(number)
    except phones.NotAPhone:  # a short code of a carrier
        return number[:20]


def _is_known(provider_id: str) -> bool:
    known = Message.objects.filter(provider_id=provider_id).exists()
    return known or StrayText.objects.filter(provider_id=provider_id).exists()


def _take_in(by: Actor, number: str, words: str, provider_id: str) -> None:
    mark, reading = mark_of(number), stopping.read(words)
    person = _whose(mark)
    if person is None:
        StrayText.objects.create(number=number, words=words, provider_id=provider_id)
        record_event("message.stray", by=by)
        _obey(by, number, mark, reading, None)
        return
    message = Message.objects.create(
        person=person,
        channel=Channel.TEXT,
        inbox=_inbox_of(person),
        is_incoming=True,
        to=number,
        words=words,
        language=person.language,
        state=MessageState.RECEIVED,
        provider_id=provider_id,
    )
    _to_be_read(message, reading.meaning)
    record_event("person.text_received", by=by, about=message, person=person.pk, codes=[reading.meaning.value])
    _obey(by, number, mark, reading, person)


def _whose(mark: bytes) -> Person | None:
    """The one who has this phone; of several, the one we wrote to last. None: nobody, or nobody can tell."""
    having = list(people_with(mark)[:20])
    if len(having) < 2:
        return having[0] if having else None
    last = _last_written(having)
    return next((person for person in having if last and person.pk == last.person_id), None)


def _last_written(people: list[Person]) -> Message | None:
    since = clock.now() - ANSWERS_WITHIN
    written = Message.objects.filter(person__in=people, channel=Channel.TEXT, is_incoming=False, at__gte=since)
    return written.order_by("-at").first()


def _inbox_of(person: Person) -> Inbox:
    """An answer goes to those who wrote last; what nobody asked for goes to the desk."""
    last = _last_written([person])
    return Inbox(last.inbox) if last else Inbox.DESK


def _to_be_read(message: Message, meaning: Meaning) -> None:
    """A new text waits to be read; a plain stop or start was obeyed and waits for nobody."""
    thread, _new = Thread.objects.get_or_create(person=message.person, inbox=message.inbox)
    thread.last_at = message.at
    if meaning in {Meaning.WORDS, Meaning.MAYBE_STOP}:
        thread.unread_at = thread.unread_at or message.at
    thread.may_mean_stop |= meaning is Meaning.MAYBE_STOP
    thread.save()


def _obey(by: Actor, number: str, mark: bytes, reading: Reading, person: Person | None) -> None:
    if reading.meaning is Meaning.START:
        start_number(by=by, mark=mark)
    if reading.meaning is Meaning.STOP and stop_number(by=by, mark=mark, language=reading.language):
        is_answered = reading.is_answered and twilio.is_on()
        if person is not None and not is_answered:
            _confirm(by, number, reading.language, person)


def _confirm(by: Actor, number: str, language: str, person: Person) -> None:
    with translation.override(written_in(language)):
        words = _("You will get no more texts from us. To get them again, answer START.")
    messages.confirm_stop(by=by, person=person, number=number, words=words, inbox=_inbox_of(person))


@transaction.atomic
def decide_stop(*, by: Actor, thread: Thread, is_stop: bool) -> None:
    """Somebody has read a text that might have meant “stop”. If it did, the phone it came from stops."""
    Thread.objects.filter(pk=thread.pk).update(may_mean_stop=False, unread_at=None)
    means = "stop" if is_stop else "words"
    record_event("person.text_read", by=by, about=thread, person=thread.person_id, codes=[means])
    last = Message.objects.filter(person=thread.person_id, is_incoming=True).select_related("person").first()
    if not is_stop or last is None:
        return
    number, _words = messages.for_the_service(last)
    language = written_in(last.language)
    if stop_number(by=by, mark=mark_of(number), language=language):
        _confirm(by, number, language, last.person)


@transaction.atomic
def mark_read(*, by: Actor, thread: Thread) -> bool:
    """Somebody has read it, and no answer is needed. False when it had been read."""
    is_read = Thread.objects.filter(pk=thread.pk, unread_at__isnull=False).update(unread_at=None) == 1
    if is_read:
        record_event("person.text_read", by=by, about=thread, person=thread.person_id)
    return is_read


@transaction.atomic
def settle_stray(*, by: Actor, stray: StrayText, person: Person | None) -> None:
    """The desk knows whose text this is, or that it is nobody's: then its words go."""
    if person is not None:
        number, words = messages.for_the_service(stray)
        message = Message.objects.create(
            person=person,
            channel=Channel.TEXT,
            inbox=Inbox.DESK,
            is_incoming=True,
            to=number,
            words=words,
            language=person.language,
            state=MessageState.RECEIVED,
            at=stray.at,
            provider_id=stray.provider_id,
        )
        _to_be_read(message, stopping.read(words).meaning)
        record_event("person.text_received", by=by, about=message, person=person.pk)
    record_event("message.settled", by=by, about=stray)
    _bury([stray])


def forget_strays(*, by: Actor) -> int:
    """Texts that nobody claimed in 30 days go, key first."""
    old = list(StrayText.objects.filter(at__lt=clock.now() - ANSWERS_WITHIN)[:200])
    if old:
        with transaction.atomic():
            _bury(old)
            record_event("message.forgotten", by=by)
    return len(old)


def _bury(rows: list[StrayText]) -> None:
    keys = [row.vault_id() for row in rows]
    StrayText.objects.filter(pk__in=[row.pk for row in rows]).delete()
    bury(keys)
