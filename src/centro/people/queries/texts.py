"""Threads of texts: those of organizing for its teams, those of the desk for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from centro.core import policy
from centro.core.models import User
from centro.core.policy import Actor
from centro.people.choices import Inbox
from centro.people.messages import for_the_service
from centro.people.models import Message, Person, StrayText, Thread
from centro.people.queries.persons import people_by_id
from centro.people.sms.numbers import mark_of, people_with

SHOWN = 50
OF_A_THREAD = 100


@dataclass(frozen=True)
class ThreadRow:
    """A thread as the inbox shows it: with whom, the last message, in whose hands."""

    thread: Thread
    person: Person
    last: Message | None


@dataclass(frozen=True)
class StrayRow:
    """A text from a number that nobody has, or that several of these have."""

    stray: StrayText
    people: list[Person]


def languages_of(actor: Actor) -> list[str]:
    """The languages in which this user can talk with people, by code: their own, and those they speak besides."""
    row = User.objects.values("language", "speaks").filter(pk=actor.me).first()
    return sorted({row["language"], *row["speaks"]}) if row else []


def _in_my_languages(actor: Actor) -> Q:
    """What I can answer: in a language I speak, or handed to me."""
    return Q(person__language__in=languages_of(actor)) | Q(in_hands_of=actor.me)


def _open_threads(actor: Actor, inbox: Inbox) -> Q:
    unread = Q(unread_at__isnull=False) | Q(may_mean_stop=True)
    return Q(inbox=inbox) & unread & _in_my_languages(actor)


def threads(actor: Actor, *, only: str = "unread") -> list[ThreadRow]:
    """Threads of organizing, the newest first: `unread` in my languages, in `my` hands, or `all`."""
    rows = Thread.objects.visible_to(actor, "see").filter(inbox=Inbox.ORGANIZING)
    if only == "unread":
        rows = rows.filter(_open_threads(actor, Inbox.ORGANIZING))
    if only == "my":
        rows = rows.filter(in_hands_of=actor.me)
    return _with_last(actor, rows.order_by("-last_at", "id")[:SHOWN])


def count_unread(actor: Actor) -> int:
    """Texts to organizing that wait for somebody who speaks what I speak."""
    if not policy.may(actor, "message.see"):
        return 0
    rows = Thread.objects.visible_to(actor, "see")
    return int(rows.filter(_open_threads(actor, Inbox.ORGANIZING)).count())


def _with_last(actor: Actor, rows: Iterable[Thread], verb: str = "see") -> list[ThreadRow]:
    found = list(rows)
    people = people_by_id(actor, [row.person_id for row in found])
    lasts = _last_messages(actor, found, verb)
    shown = []
    for row in found:
        if row.person_id in people:
            row.person = people[row.person_id]
            shown.append(ThreadRow(row, row.person, lasts.get(row.person_id)))
    return shown


def _last_messages(actor: Actor, rows: list[Thread], verb: str) -> dict[UUID, Message]:
    """The newest message of each thread: one query, which the times of the threads keep short."""
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(person=row.person_id, inbox=row.inbox, at=row.last_at)
    found = Message.objects.visible_to(actor, verb).filter(wanted).order_by("is_incoming")  # theirs before ours
    return {message.person_id: message for message in found}


def get_thread(actor: Actor, thread: UUID) -> Thread:
    """A thread of organizing with its person, as far as the actor may see both."""
    row: Thread = Thread.objects.get_for(actor, "see", pk=thread, inbox=Inbox.ORGANIZING)
    return row


def thread_with(actor: Actor, person: Person) -> Thread | None:
    """The thread of organizing with somebody whom the actor may see."""
    found: Thread | None = Thread.objects.visible_to(actor, "see").filter(person=person, inbox=Inbox.ORGANIZING).first()
    return found


def messages_of(
    actor: Actor, person: Person, inbox: Inbox = Inbox.ORGANIZING, *, most: int | None = OF_A_THREAD
) -> list[Message]:
    """What was written in both directions, the oldest of the last hundred first; with `most=None` all of it."""
    verb = "see" if inbox is Inbox.ORGANIZING else "outbox"
    rows = list(Message.objects.visible_to(actor, verb).filter(person=person, inbox=inbox)[:most])
    for row in rows:
        row.person = person
    return rows[::-1]


# --- the desk -----------------------------------------------------------------------------------------------------


def answers(actor: Actor) -> list[ThreadRow]:
    """Answers that wait at the desk, the oldest first, of people this actor may see."""
    rows = Thread.objects.visible_to(actor, "outbox").filter(inbox=Inbox.DESK)
    waiting = rows.filter(Q(unread_at__isnull=False) | Q(may_mean_stop=True)).order_by("unread_at")
    return _with_last(actor, waiting[:SHOWN], "outbox")


def get_answer(actor: Actor, thread: UUID) -> Thread:
    row: Thread = Thread.objects.get_for(actor, "outbox", pk=thread, inbox=Inbox.DESK)
    return row


def strays(actor: Actor) -> list[StrayRow]:
    """Texts from numbers that nobody or several have, with those of them whom the actor may see."""
    rows = list(StrayText.objects.visible_to(actor, "outbox")[:SHOWN])
    return [StrayRow(row, _having(actor, row)) for row in rows]


def _having(actor: Actor, stray: StrayText) -> list[Person]:
    """Who has the phone, though the actor sees a part of its number only."""
    number, _words = for_the_service(stray)
    ids = people_with(mark_of(number)).values_list("pk", flat=True)[:20]
    return list(people_by_id(actor, ids).values())


def get_stray(actor: Actor, stray: UUID) -> StrayText:
    row: StrayText = StrayText.objects.get_for(actor, "outbox", pk=stray)
    return row
