"""A phone takes a copy of a list along."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.links import mark_of, new_link
from centro.core.policy import Actor
from centro.organizing.models import Assignment, Pack

LASTS = timedelta(hours=72)
SENDS_FOR = timedelta(days=30)


@dataclass(frozen=True)
class Taken:
    """A pack just made, with the token that is shown to the phone once."""

    pack: Pack
    token: str


@transaction.atomic
def take_pack(*, by: Actor, assignment: Assignment) -> Taken:
    """A phone takes a copy of a list along: for 72 hours, for a volunteer no longer than the shift.

    An older copy on another phone of the same user is revoked: one list, one phone.
    """
    now = clock.now()
    ends_at = now + LASTS
    if policy.relation_to(assignment) == Relation.ASSIGNED:
        ends_at = min(ends_at, assignment.to_at)
    Pack.objects.filter(assignment=assignment, user_id=by.me, revoked_at__isnull=True).update(revoked_at=now)
    token = new_link()
    pack = Pack.objects.create(
        assignment=assignment,
        user_id=by.me,
        role=str(by.role or ""),
        mark=mark_of(token),
        ends_at=ends_at,
        sends_until=now + SENDS_FOR,
        seen_at=now,
    )
    record_event("assignment.carried", by=by, about=pack)
    return Taken(pack, token)
