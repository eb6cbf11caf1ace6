"""Writing to people one by one: guides, turns on a list, texts that leave by `people.messages`, threads handed on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.models import User
from centro.core.policy import Actor
from centro.organizing.actions.contacts import Told, log_contact
from centro.organizing.choices import Kind, Outcome, Where
from centro.organizing.models import Assignment, Campaign, Guide, GuideText, ListGuide, Stop, Turn
from centro.organizing.texting import id_of_text
from centro.people.choices import Channel, Inbox
from centro.people.messages import send_message
from centro.people.models import Message, Person, Thread
from centro.people.versions import Conflict

HELD_FOR = timedelta(minutes=10)


class AlreadyWritten(Exception):
    """Somebody wrote to this person from this list a moment ago."""


@dataclass(frozen=True)
class Said:
    """A guide in one language, and what its `{event}` stands for."""

    words: str
    event: str = ""


@transaction.atomic
def add_guide(*, by: Actor, campaign: Campaign, name: str, for_calls: bool, texts: Mapping[str, Said]) -> Guide:
    """Somebody writes down what to say, in the languages they have words in."""
    guide = Guide.objects.create(campaign=campaign, name=name, for_calls=for_calls)
    policy.opens_all(guide)
    _write(guide, texts)
    record_event("campaign.guide_added", by=by, about=guide, codes=sorted(texts))
    return guide


@transaction.atomic
def edit_guide(*, by: Actor, guide: Guide, version: int, name: str, texts: Mapping[str, Said]) -> None:
    """Other words; a language that is left empty can no longer be sent. `Conflict` when somebody saved first."""
    if not Guide.objects.filter(pk=guide.pk, version=version).update(version=version + 1):
        raise Conflict(guide)
    guide.name, guide.changed_at = name, clock.now()
    guide.save(update_fields=["name", "changed_at"])
    _write(guide, texts)
    record_event("campaign.guide_edited", by=by, about=guide, codes=sorted(texts))


def _write(guide: Guide, texts: Mapping[str, Said]) -> None:
    GuideText.objects.filter(guide=guide).delete()
    for language, said in texts.items():
        GuideText(guide=guide, language=language, words=said.words, event=said.event).save()


@transaction.atomic
def end_guide(*, by: Actor, guide: Guide) -> bool:
    """Not used any more. False when it had ended."""
    is_ended = Guide.objects.filter(pk=guide.pk, ended_at__isnull=True).update(ended_at=clock.now()) == 1
    if is_ended:
        record_event("campaign.guide_ended", by=by, about=guide)
    return is_ended


@transaction.atomic
def choose_guide(*, by: Actor, assignment: Assignment, guide: Guide) -> None:
    """The list is worked with this guide from now on."""
    ListGuide.objects.update_or_create(assignment=assignment, defaults={"guide": guide})
    record_event("assignment.guided", by=by, about=assignment)


@transaction.atomic
def take_turn(*, by: Actor, stop: Stop) -> bool:
    """Take a person of the list in hand for ten minutes. False: a colleague has them."""
    now = clock.now()
    free = Turn.objects.filter(Q(until__lte=now) | Q(user=by.me), stop=stop)
    if free.update(user=by.me, until=now + HELD_FOR, is_skipped=False) == 1:
        return True
    try:
        with transaction.atomic():
            Turn.objects.create(stop=stop, user_id=by.me, until=now + HELD_FOR)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def skip_turn(*, by: Actor, stop: Stop) -> None:
    """Not now: others of the list come first, for whoever asks next."""
    values = {"user_id": by.me, "until": clock.now(), "is_skipped": True}
    Turn.objects.update_or_create(stop=stop, defaults=values)
    record_event("assignment.skipped", by=by, about=stop, person=stop.person_id)


@transaction.atomic
def text_from_list(*, by: Actor, stop: Stop, words: str) -> Message:
    """Send one text to one person of the list, and note it as a contact. `people.messages.MayNot` says why it may not.

    `AlreadyWritten` when somebody was faster.
    """
    message_id = id_of_text(stop.assignment_id, stop.person_id)
    if Message.objects.filter(pk=message_id).exists():
        raise AlreadyWritten
    message = _send(by, stop.assignment.campaign, stop.person, words, message_id)
    Turn.objects.filter(stop=stop).delete()
    return message


@transaction.atomic
def text_person(
    *, by: Actor, campaign: Campaign, person: Person, words: str, message_id: UUID | None = None
) -> Message:
    """Write to one person of the campaign. `people.messages.MayNot` says why it may not leave."""
    return _send(by, campaign, person, words, message_id or uuid4())


def _send(by: Actor, campaign: Campaign, person: Person, words: str, message_id: UUID) -> Message:
    message = send_message(
        by=by, person=person, channel=Channel.TEXT, words=words, inbox=Inbox.ORGANIZING, message_id=message_id
    )
    told = Told(outcome=Outcome.SENT, kind=Kind.TEXT, where=Where.PHONE, language=person.language)
    log_contact(by=by, campaign=campaign, person=person, told=told, contact_id=message.pk)
    return message


@transaction.atomic
def hand_thread(*, by: Actor, thread: Thread, to: User) -> None:
    """A colleague answers this person from now on, and is told so by a task."""
    Thread.objects.filter(pk=thread.pk).update(in_hands_of=to)
    record_event("person.thread_handed", by=by, about=thread, person=thread.person_id)
    if to.pk != by.user_id:
        core.add_task(by=by, owner=to, what=_("Answer a text"), due_on=clock.today(), about=thread.person)
