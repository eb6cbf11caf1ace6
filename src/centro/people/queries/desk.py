"""What waits for somebody: purges, pairs, merges, tables that came in, lists that go out, messages."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from centro.core import clock, policy
from centro.core.models import Event
from centro.core.policy import Actor, Refused
from centro.people.merge import UNDO_FOR
from centro.people.models import (
    Export,
    ImportBatch,
    ImportRow,
    Merge,
    Message,
    Person,
    Purge,
    SameAs,
)
from centro.people.purge import must_keep
from centro.people.queries.persons import PAGE, get_person, let_see_jobs, with_list_columns

REVIEW_AFTER = timedelta(days=3 * 365 + 1)  # security.md 3.5: contact without activity for 36 months


def open_purge(person: Person) -> Purge | None:
    return Purge.objects.filter(person_id=person.pk, done_at__isnull=True, cancelled_at__isnull=True).first()


def purges_waiting(actor: Actor) -> QuerySet[Purge]:
    """Purges proposed and not yet done, for those who propose or approve them."""
    if not (policy.may(actor, "person.approve_purge") or policy.may(actor, "person.propose_purge")):
        return Purge.objects.none()
    waiting = Purge.objects.filter(done_at__isnull=True, cancelled_at__isnull=True)
    return waiting.select_related("proposed_by", "approved_by").order_by("due_on")


def files_to_review(actor: Actor) -> list[Person]:
    """People for whom nothing was done in three years, the oldest first, fifty at most: keep them, or propose a purge.

    Whoever waits for a purge already is not asked about, nor whoever a part of the work must keep for now.
    """
    since = clock.now() - REVIEW_AFTER
    recent = Event.objects.filter(person=OuterRef("pk"), at__gte=since)
    going = Purge.objects.filter(person_id=OuterRef("pk"), done_at__isnull=True, cancelled_at__isnull=True)
    rows = Person.objects.visible_to(actor, "propose_purge").filter(~Exists(recent), ~Exists(going))
    waiting = with_list_columns(rows.filter(changed_at__lt=since).order_by("changed_at", "id"))
    found = [row for row in waiting[: PAGE * 2] if not must_keep(row.pk)][:PAGE]
    let_see_jobs(actor, found)
    return found


def get_purge(actor: Actor, purge: UUID) -> Purge:
    row = purges_waiting(actor).filter(pk=purge).first()
    if row is None:
        raise Refused("purge")
    return row


def with_people(actor: Actor, purges: Iterable[Purge]) -> list[tuple[Purge, Person | None]]:
    """Each purge with its person, where this actor may see them."""
    waiting = list(purges)
    rows = Person.objects.visible_to(actor, "see").in_bulk([row.person_id for row in waiting])
    return [(row, rows.get(row.person_id)) for row in waiting]


def pairs_to_check(actor: Actor) -> list[tuple[Person, Person]]:
    """Pairs that may be one person, of which the actor sees both, fifty at most."""
    waiting = SameAs.objects.order_by("-at", "id")[: PAGE * 2]
    ids = {person for pair in waiting for person in (pair.one_id, pair.other_id)}
    rows = with_list_columns(Person.objects.visible_to(actor, "merge").filter(pk__in=ids)).in_bulk()
    let_see_jobs(actor, list(rows.values()))
    pairs = [
        (rows[pair.one_id], rows[pair.other_id]) for pair in waiting if pair.one_id in rows and pair.other_id in rows
    ]
    return pairs[:PAGE]


def merges_to_undo(actor: Actor) -> list[Merge]:
    """Merges of the last thirty days, with the person as the actor may see them."""
    since = clock.now() - UNDO_FOR
    recent = Merge.objects.filter(undone_at__isnull=True, at__gt=since).order_by("-at")[:PAGE]
    rows = Person.objects.visible_to(actor, "merge").in_bulk([merge.kept_id for merge in recent])
    for merge in recent:
        merge.kept = rows.get(merge.kept_id, merge.kept)
    return [merge for merge in recent if merge.kept_id in rows]


def get_pair(actor: Actor, one: UUID, other: UUID, verb: str = "merge") -> tuple[Person, Person]:
    """Two people to both of whom the actor may do this; nobody is a pair with themselves."""
    if one == other:
        raise Refused("pair")
    return get_person(actor, one, verb), get_person(actor, other, verb)


def get_merge(actor: Actor, merge: UUID) -> Merge:
    row = Merge.objects.select_related("kept", "gone").filter(pk=merge).first()
    if row is None or not policy.may(actor, "person.merge"):
        raise Refused("merge")
    return row


def exports(actor: Actor) -> list[Export]:
    """Lists asked for, the newest first."""
    rows = list(
        Export.objects.visible_to(actor, "see").select_related("asked_by", "approved_by").defer("content")[:PAGE]
    )
    for row in rows:
        policy.opens_all(row.asked_by)
    return rows


def get_export(actor: Actor, export: UUID) -> Export:
    row: Export = Export.objects.get_for(actor, "see", pk=export)
    return row


def imports(actor: Actor) -> list[ImportBatch]:
    """Tables brought in, the newest first."""
    return list(ImportBatch.objects.visible_to(actor, "see")[:PAGE])


def get_import(actor: Actor, batch: UUID) -> ImportBatch:
    row: ImportBatch = ImportBatch.objects.get_for(actor, "see", pk=batch)
    return row


def import_rows(actor: Actor, batch: ImportBatch, state: str, *, limit: int = PAGE) -> list[ImportRow]:
    """Rows of a batch in one state, in the order of the file."""
    rows = list(batch.rows.filter(state=state)[:limit])
    for row in rows:
        row.batch = batch
    return rows


def outbox(actor: Actor) -> list[tuple[Message, Person]]:
    """Messages waiting to be sent by hand, oldest first, of people this actor may see."""
    if not policy.may(actor, "message.outbox"):
        return []
    waiting = Message.objects.visible_to(actor, "outbox").filter(state="outbox").order_by("at")[:PAGE]
    rows = Person.objects.visible_to(actor, "see").in_bulk([message.person_id for message in waiting])
    shown = []
    for message in waiting:
        if message.person_id in rows:
            message.person = rows[message.person_id]
            shown.append((message, message.person))
    return shown


def get_message(actor: Actor, message: UUID) -> Message:
    found = next((row for row, _ in outbox(actor) if row.pk == message), None)
    if found is None:
        raise Refused("message")
    return found
