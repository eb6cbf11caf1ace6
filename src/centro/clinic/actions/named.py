"""Who is put on a restricted matter by name, and taken off it again: it acts with the next request."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from centro.clinic.actions import cases
from centro.clinic.models import Matter
from centro.clinic.queries.named import named_on
from centro.core import actions as core
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import Place, User
from centro.core.policy import Actor


@transaction.atomic
def name_on(*, by: Actor, matter: Matter, user: User, until: date | None = None) -> Place:
    """Somebody may see this matter, and the case it belongs to, until the end of a day, or until taken off.

    Named again, the new day counts.
    """
    ends = timezone.make_aware(datetime.combine(until, time.max)) if until else None
    for place in named_on(matter):
        if place.user_id == user.pk:
            core.end_place(by=by, place=place)
    cases.join_team(by=by, case=matter.case, user=user, until=ends)
    place = core.give_place(by=by, user=user, scope_kind="matter", scope=matter.pk, relation=Relation.TEAM, until=ends)
    record_event("matter.named", by=by, about=matter, person=matter.case.person_id)
    return place


@transaction.atomic
def take_off(*, by: Actor, matter: Matter, place: Place) -> None:
    """Somebody sees this matter no more. On the team of the case they stay, until taken off there."""
    core.end_place(by=by, place=place)
    record_event("matter.unnamed", by=by, about=matter, person=matter.case.person_id)
