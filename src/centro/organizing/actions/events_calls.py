"""The calls before an event: who was reached, messages to those who agreed to them, and the rounds that remind us."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import ngettext

from centro.core import access, clock
from centro.core import actions as core
from centro.core.audit import record_event
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.actions.events import add_step
from centro.organizing.choices import StepHow
from centro.organizing.events.rounds import ROUNDS, began_at, round_of, to_call
from centro.organizing.events.words import called_off, language_for, reminder
from centro.organizing.models import Commitment, Gathering
from centro.people.choices import Channel, Inbox
from centro.people.messages import MayNot, send_message
from centro.people.models import Person

AT_ONCE = 50  # messages in one act


@transaction.atomic
def note_call(*, by: Actor, commitment: Commitment, outcome: str) -> None:
    """One call of a round: confirmed, maybe, cannot, or (an empty outcome) nobody answered."""
    Commitment.objects.filter(pk=commitment.pk).update(called_at=clock.now())
    add_step(by=by, commitment=commitment, state=outcome, how=StepHow.CALL)


@transaction.atomic
def text_people(*, by: Actor, gathering: Gathering, to: Iterable[tuple[Commitment, Person]]) -> tuple[int, int]:
    """Remind people by text, each in their language, where they agreed to it and it is safe now.

    Where the event is called off, the text says so. Returns how many messages left, and how many people have to be
    called instead.
    """
    sent = missed = 0
    for commitment, person in list(to)[:AT_ONCE]:
        try:
            words = _words(gathering, commitment, language_for(person))
            send_message(by=by, person=person, channel=Channel.TEXT, words=words, inbox=Inbox.ORGANIZING)
        except MayNot:
            missed += 1
            continue
        Commitment.objects.filter(pk=commitment.pk).update(texted_at=clock.now())
        sent += 1
    record_event("event.texted", by=by, about=gathering, codes=[f"sent:{sent}"])
    return sent, missed


def _words(gathering: Gathering, commitment: Commitment, language: str) -> str:
    is_off = gathering.called_off_at is not None
    return called_off(gathering, language) if is_off else reminder(gathering, commitment, language)


@transaction.atomic
def note_told(*, by: Actor, commitment: Commitment) -> None:
    """They know that it is called off. What they had said stays as it was."""
    Commitment.objects.filter(pk=commitment.pk).update(called_at=clock.now())
    record_event("event.told", by=by, about=commitment, person=commitment.person_id)


def remind_callers(*, by: Actor) -> int:
    """Seven days, two days and on the day before an event, whoever asked people gets a task to call them.

    Each round once, however often this runs. Returns how many tasks were given.
    """
    now = clock.now()
    soon = Gathering.objects.filter(called_off_at__isnull=True, ends_at__gt=now, starts_at__lt=now + ROUNDS[0].ahead)
    made = 0
    for gathering in soon.select_related("campaign"):
        if began_at(gathering) is None:
            continue
        days = round_of(gathering)
        first = Q(reminded__isnull=True) | Q(reminded__gt=days)
        with transaction.atomic():
            if Gathering.objects.filter(first, pk=gathering.pk).update(reminded=days):
                made += _hand_out(by, gathering)
    return made


def _hand_out(by: Actor, gathering: Gathering) -> int:
    """A task for each who asked somebody still to be called; for those who left the campaign, whoever set it up."""
    waiting = Counter(to_call(gathering).values_list("asked_by", flat=True))
    on_it = set(Place.objects.not_over().filter(scope=gathering.campaign_id).values_list("user", flat=True))
    counts: Counter[UUID] = Counter()
    for user, count in waiting.items():
        counts[user if user in on_it or gathering.added_by_id is None else gathering.added_by_id] += count
    for owner in User.objects.filter(pk__in=counts, is_active=True):
        core.add_task(
            by=by,
            owner=owner,
            what=_task_words(by, gathering, owner, counts[owner.pk]),
            due_on=clock.today(),
            about=gathering,
        )
    return len(counts)


def _task_words(by: Actor, gathering: Gathering, owner: User, count: int) -> str:
    with access.viewing(by), translation.override(owner.language):
        title = gathering.title_in(owner.language)
        words = ngettext("Call %(n)d person about “%(title)s”", "Call %(n)d people about “%(title)s”", count)
        return words % {"n": count, "title": title}
