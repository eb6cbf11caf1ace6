"""Deadlines: drawn up from what happened, confirmed, set by an attorney with a reason, met or missed."""

from django.db import transaction

from centro.clinic.choices import ClockState
from centro.clinic.models import Case, Clock, Happening
from centro.clinic.queries.clocks import document_of
from centro.core.audit import record_event
from centro.core.policy import Actor
from wagelaw import clocks


@transaction.atomic
def start_clocks(*, by: Actor, case: Case, happening: Happening) -> list[Clock]:
    """Every deadline that may run from this, provisional until somebody confirms it. Safe to call twice."""
    started = []
    for found in clocks.clocks(document_of(case, [happening])):
        values = {"on": found.on, "first_on": found.on, "extended_on": found.extended_on}
        row, is_new = Clock.objects.get_or_create(case=case, happening=happening, rule=found.rule, defaults=values)
        if is_new:
            started.append(row)
            record_event("clock.started", by=by, about=row, person=case.person_id, codes=[found.rule])
    return started


@transaction.atomic
def confirm_clock(*, by: Actor, clock: Clock) -> bool:
    """Somebody checked the date: the deadline stands. False when it was settled before."""
    waiting = Clock.objects.filter(pk=clock.pk, state=ClockState.PROVISIONAL)
    is_done = waiting.update(state=ClockState.CONFIRMED, decided_by_id=by.user_id) == 1
    if is_done:
        record_event("clock.confirmed", by=by, about=clock, person=clock.case.person_id)
    return is_done
