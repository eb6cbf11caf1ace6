"""Purging a person: proposed by one, approved by another, done after the notice ran out, and then for ever.

Rows, papers and the key die together (see core/purge.py). The `Purge` row stays: ids, dates, codes.
"""

from datetime import timedelta

from django.db import transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.people.models import Person, Purge

NOTICE = timedelta(days=7)


class SamePerson(Exception):
    """Whoever proposed a purge cannot approve it."""


@transaction.atomic
def propose_purge(*, by: Actor, person: Person, basis: str, no_dispute_expected: bool) -> Purge:
    """Ask for a person's data to be destroyed; another officer has to agree, and seven days have to pass."""
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


def carry_out_due_purges(*, by: Actor) -> int:
    """Destroy every person whose purge is approved and due. Safe to run again after a crash. Returns how many."""
    waiting = Purge.objects.filter(approved_by__isnull=False, done_at__isnull=True, cancelled_at__isnull=True)
    due = list(waiting.filter(due_on__lte=clock.today())[:200])
    for purge in due:
        _destroy(by, purge)
    return len(due)


@transaction.atomic
def _destroy(by: Actor, purge: Purge) -> None:
    rows, _ = Person.objects.filter(pk=purge.person_id).delete()
    Purge.objects.filter(pk=purge.pk).update(done_at=clock.now(), rows=rows)
    bury([purge.vault] if purge.vault else [])
    record_event("person.purged", by=by, about=purge, person=purge.person_id)
