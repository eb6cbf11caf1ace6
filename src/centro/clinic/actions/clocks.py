"""Deadlines: drawn up from what happened, confirmed, set by an attorney with a reason, met or missed."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction

from centro.clinic.actions import reminders
from centro.clinic.choices import ClockState
from centro.clinic.deadlines import LIVE, route_of
from centro.clinic.models import Case, Clock, Happening, Matter
from centro.clinic.queries.clocks import document_of
from centro.core.audit import record_event
from centro.core.clock import now
from centro.core.policy import Actor
from wagelaw import clocks


@transaction.atomic
def start_clocks(*, by: Actor, case: Case, happening: Happening, matter: Matter | None = None) -> list[Clock]:
    """Every deadline that may run from this, provisional until somebody confirms it. Safe to call twice.

    A new one that is near goes to the duty counsellor at once.
    """
    by_route = {row.route: row for row in case.matters.filter(closed_at__isnull=True)}
    started = []
    for found in clocks.clocks(document_of(case, [happening])):
        values: dict[str, Any] = {"on": found.on, "first_on": found.on, "extended_on": found.extended_on}
        values["matter"] = matter or by_route.get(route_of(found.rule) or "")
        row, is_new = Clock.objects.get_or_create(case=case, happening=happening, rule=found.rule, defaults=values)
        if is_new:
            started.append(row)
            record_event("clock.started", by=by, about=row, person=case.person_id, codes=[found.rule])
    reminders.call_duty(by=by, case=case, started=started)
    return started


@transaction.atomic
def redraw(*, by: Actor, happening: Happening) -> None:
    """The event was corrected: what nobody settled follows it, what an attorney set or what is over stays.

    A confirmed deadline whose day changes must be confirmed anew; one that does not run any more goes.
    """
    case = happening.case
    running = {found.rule: found for found in clocks.clocks(document_of(case, [happening]))}
    for row in happening.clocks.filter(state__in=(ClockState.PROVISIONAL, ClockState.CONFIRMED)):
        row.case = case
        found = running.get(row.rule)
        if found is None:
            record_event("clock.dropped", by=by, about=row, person=case.person_id, codes=[row.rule])
            row.delete()
        elif (found.on, found.extended_on) != (row.on, row.extended_on):
            moved: dict[str, Any] = {"on": found.on, "extended_on": found.extended_on, "reminded": []}
            _settle(by, row, "clock.moved", from_states=(row.state,), state=ClockState.PROVISIONAL, **moved)
    start_clocks(by=by, case=case, happening=happening)


@transaction.atomic
def attach(*, by: Actor, matter: Matter) -> int:
    """Deadlines of a case that belong to a route become those of its matter. Returns how many."""
    loose = Clock.objects.filter(case=matter.case_id, matter=None)
    mine = [row.pk for row in loose if route_of(row.rule) == matter.route]
    return Clock.objects.filter(pk__in=mine).update(matter=matter)


@transaction.atomic
def confirm_clock(*, by: Actor, clock: Clock) -> bool:
    """Somebody checked the date: the deadline stands. False when it was settled before."""
    return _settle(by, clock, "clock.confirmed", from_states=(ClockState.PROVISIONAL,), state=ClockState.CONFIRMED)


@transaction.atomic
def set_clock(*, by: Actor, clock: Clock, on: date, reason: str) -> bool:
    """An attorney sets another day, and why. The day first computed stays to be seen. False when it was over before."""
    if not _settle(by, clock, "clock.set", from_states=LIVE, state=ClockState.ATTORNEY_SET, on=on, reminded=[]):
        return False
    clock.reason = reason
    clock.save(update_fields=["reason"])
    return True


@transaction.atomic
def meet_clock(*, by: Actor, clock: Clock, on: date) -> bool:
    """It was done in time, on this day. False when it was over before."""
    return _settle(by, clock, "clock.met", from_states=LIVE, state=ClockState.MET, met_on=on)


@transaction.atomic
def meet_by_filing(*, by: Actor, matter: Matter, rules: Collection[str], on: date) -> int:
    """Filing keeps the deadlines of these rules that had not passed on that day. Returns how many."""
    live = Clock.objects.filter(case=matter.case_id, rule__in=rules, state__in=LIVE, on__gte=on)
    return sum(meet_clock(by=by, clock=clock, on=on) for clock in live.select_related("case"))


@transaction.atomic
def miss_clock(*, by: Actor, clock: Clock) -> bool:
    """The day passed and nothing was done. False when it was over before."""
    return _settle(by, clock, "clock.missed", from_states=LIVE, state=ClockState.MISSED)


@transaction.atomic
def reopen_clock(*, by: Actor, clock: Clock) -> bool:
    """It was called met or missed by mistake: it runs again, to be confirmed anew. False when it runs already."""
    over = (ClockState.MET, ClockState.MISSED)
    return _settle(by, clock, "clock.reopened", from_states=over, state=ClockState.PROVISIONAL, met_on=None)


def _settle(by: Actor, clock: Clock, kind: str, *, from_states: Collection[str], **values: Any) -> bool:
    """Bring a deadline from one of these states into another, once, in the name of whoever decided."""
    decided = {**values, "decided_by_id": by.user_id, "decided_at": now()}
    if not Clock.objects.filter(pk=clock.pk, state__in=from_states).update(**decided):
        return False
    for name, value in decided.items():
        setattr(clock, name, value)
    record_event(kind, by=by, about=clock, person=clock.case.person_id, codes=[clock.rule])
    return True
