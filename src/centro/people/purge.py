"""Purging a person: proposed by one, approved by another, done after the notice ran out, and then for ever.

Rows, papers and the key die together (see core/purge.py). The `Purge` row stays: ids, dates, codes. A module above
that has a reason to keep somebody for now says so by `register`; nobody is told which reason, because that alone
would say what the person came for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents.queries import keys_for_hand
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.people import homes
from centro.people.models import Person, Purge

NOTICE = timedelta(days=7)


class SamePerson(Exception):
    """Whoever proposed a purge cannot approve it."""


class MustStay(Exception):
    """A part of the work needs the file for now: something is open, or it is under a hold."""


@dataclass(frozen=True)
class Part:
    """What a module holds of a person: the vaults that die with them, and whether it must keep them for now.

    `leave` writes down what stays without a name, in the transaction that destroys the rest.
    """

    vaults: Callable[[UUID], Iterable[UUID]] = lambda _person: ()
    must_keep: Callable[[UUID], bool] = lambda _person: False
    leave: Callable[[Actor, UUID], object] = lambda _by, _person: None


_PARTS: list[Part] = []


def register(part: Part) -> None:
    """Called once by a module above, at start."""
    _PARTS.append(part)


def must_keep(person: UUID) -> bool:
    """Whether a part of the work needs this file for now; it does not say which."""
    return any(part.must_keep(person) for part in _PARTS)


@transaction.atomic
def propose_purge(*, by: Actor, person: Person, basis: str, no_dispute_expected: bool) -> Purge:
    """Ask for a person's data to be destroyed; another officer has to agree, and seven days have to pass.

    `MustStay` while a part of the work needs the file.
    """
    if must_keep(person.pk):
        raise MustStay
    row = Purge.objects.create(
        person_id=person.pk,
        vault=person.key,
        basis=basis,
        no_dispute_expected=no_dispute_expected,
        proposed_by_id=by.me,
        due_on=clock.today() + NOTICE,
    )
    record_event("person.purge_proposed", by=by, about=row, person=person.pk, codes=[basis])
    return row


@transaction.atomic
def approve_purge(*, by: Actor, purge: Purge) -> bool:
    """A second officer agrees. False when it was already approved, done or cancelled."""
    if purge.proposed_by_id == by.user_id:
        raise SamePerson
    waiting = Purge.objects.filter(
        pk=purge.pk, approved_by__isnull=True, done_at__isnull=True, cancelled_at__isnull=True
    ).exclude(proposed_by_id=by.user_id)
    is_approved = waiting.update(approved_by_id=by.user_id) == 1
    if is_approved:
        record_event("person.purge_approved", by=by, about=purge, person=purge.person_id)
    return is_approved


@transaction.atomic
def cancel_purge(*, by: Actor, purge: Purge) -> bool:
    """Nothing is destroyed after all. False when it is too late."""
    is_cancelled = (
        Purge.objects.filter(pk=purge.pk, done_at__isnull=True, cancelled_at__isnull=True).update(
            cancelled_at=clock.now()
        )
        == 1
    )
    if is_cancelled:
        record_event("person.purge_cancelled", by=by, about=purge, person=purge.person_id)
    return is_cancelled


@transaction.atomic
def keep_for_now(*, by: Actor, person: Person) -> None:
    """Somebody looked at a file without activity and it stays: it is asked about again in three years."""
    record_event("person.reviewed", by=by, about=person, person=person.pk)


def carry_out_due_purges(*, by: Actor) -> int:
    """Destroy every person whose purge is approved and due, but for those who must stay for now.

    Safe to run again after a crash. Returns how many.
    """
    waiting = Purge.objects.filter(approved_by__isnull=False, done_at__isnull=True, cancelled_at__isnull=True)
    due = [row for row in waiting.filter(due_on__lte=clock.today())[:200] if not must_keep(row.person_id)]
    for purge in due:
        _destroy(by, purge)
    return len(due)


@transaction.atomic
def _destroy(by: Actor, purge: Purge) -> None:
    hidden = _merged_into(purge.person_id)
    everyone = [purge.person_id, *(person.pk for person in hidden)]
    keys = [key for part in _PARTS for one in everyone for key in part.vaults(one)]
    keys += [person.vault_id() for person in hidden]
    keys += [key for one in everyone for key in keys_for_hand(one)]
    for part in _PARTS:
        for one in everyone:
            part.leave(by, one)
    lived_in = homes.buildings_of(everyone)
    rows, _ = Person.objects.filter(pk=purge.person_id).delete()
    keys += homes.leave(lived_in)
    Purge.objects.filter(pk=purge.pk).update(done_at=clock.now(), rows=rows)
    bury([purge.vault, *keys] if purge.vault else keys)
    record_event("person.purged", by=by, about=purge, person=purge.person_id)


def _merged_into(person: UUID) -> list[Person]:
    """Files that were merged into this one, and into those: hidden, but there, each under a key of its own."""
    found: list[Person] = []
    layer = list(Person.objects.filter(merged_into=person))
    while layer:
        found += layer
        layer = list(Person.objects.filter(merged_into__in=[row.pk for row in layer]))
    return found
