"""Moving a matter (or the case itself) as the tables of `routes/` say, and the one next action that each leaves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from centro.clinic import guards, routes
from centro.clinic.actions import cases, clocks
from centro.clinic.choices import AttorneyStatus, Confidence, Route
from centro.clinic.models import Case, Happening, Matter
from centro.clinic.routes import Guard
from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import User
from centro.core.policy import Actor

LONGEST = 300  # what a task holds


class NotNow(Exception):
    """It cannot happen, or not yet. The text says why, for the person at the screen."""


@dataclass(frozen=True)
class Fact:
    """The dated fact that a move asks for: its day, how sure, and what else the kind of event says."""

    on: date
    confidence: str = Confidence.SURE
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Following:
    """What comes next, where it is not what the table proposes: an action of `owner`, or a wait.

    Without a day, it is the day of the table.
    """

    what: str
    on: date | None
    owner: User | None = None
    is_wait: bool = False


@dataclass(frozen=True)
class ByAttorney:
    """What an attorney did themselves, and somebody else notes: who, and on which day."""

    attorney: User
    on: date


@transaction.atomic
def move(
    *,
    by: Actor,
    case: Case,
    matter: Matter | None,
    event: str,
    fact: Fact | None = None,
    told: frozenset[str] = frozenset(),
    note: str = "",
    following: Following | None = None,
    done: ByAttorney | None = None,
) -> Happening | None:
    """Let something happen: the state changes, its deadlines start, the next action is set. `NotNow` says why not.

    `told` are the guards that the person at the screen ticked. Gives the dated fact that was noted, if there was one.
    """
    step = _step(by, case, matter, event)
    _check_guards(by, case, matter, step, told)
    if step.asks and fact is None:
        raise NotNow(_("Please give the day on which it happened."))
    if guards.notes_for_attorney(by, step) and done is None:
        raise NotNow(_("Please say which attorney did it, and on which day."))
    attorney, day = (done.attorney, done.on) if done else (None, None)
    went = cases.record_move(
        by=by, case=case, matter=matter, event=event, to_state=step.to, note=note, attorney=attorney, done_on=day
    )
    if not went:
        raise NotNow(_("Somebody else moved this first. Please look at it again."))
    happening = _note_fact(by, case, matter, step, fact)
    if matter is not None:
        clocks.meet_by_filing(by=by, matter=matter, rules=step.meets, on=fact.on if fact else day or clock.today())
    _follow(by, case, matter, step, fact, following)
    return happening


def _step(by: Actor, case: Case, matter: Matter | None, event: str) -> routes.Move:
    """The move of this name, if it can happen now, for this matter, by this role."""
    table = routes.table(matter.route if matter else routes.INTAKE)
    step = table.find(event, matter.state if matter else case.state)
    if step is None or not guards.is_offered(matter, step):
        raise NotNow(_("This cannot happen now: it has gone on meanwhile."))
    if not guards.is_theirs(by, step):
        raise NotNow(_("Somebody else has to note this."))
    return step


def _check_guards(by: Actor, case: Case, matter: Matter | None, step: routes.Move, told: frozenset[str]) -> None:
    for standing in guards.standings(by, case, matter, step):
        if standing.is_shut:
            raise NotNow(str(standing.words))
        if not standing.is_met and standing.guard not in told:
            raise NotNow(_("Please confirm: %(what)s.") % {"what": standing.words})
    if matter is None and routes.table(routes.INTAKE).state(step.to).is_end and _open_matters(case):
        raise NotNow(_("Matters of this case are still open. Close them first."))


def _open_matters(case: Case) -> bool:
    return case.matters.filter(closed_at__isnull=True).exists()


def _note_fact(by: Actor, case: Case, matter: Matter | None, step: routes.Move, fact: Fact | None) -> Happening | None:
    if not step.asks or fact is None:
        return None
    return cases.note_happening(
        by=by,
        case=case,
        matter=matter,
        kind=step.asks,
        on=fact.on,
        confidence=fact.confidence,
        facts=fact.says,
    )


def _follow(
    by: Actor,
    case: Case,
    matter: Matter | None,
    step: routes.Move,
    fact: Fact | None,
    following: Following | None,
) -> None:
    """Close what ended; otherwise set what comes next."""
    if step.next is None:
        _close(by, case, matter)
        return
    owner = (following.owner if following else None) or (matter.owner if matter else None) or case.owner
    owner = owner or User.objects.get(pk=by.me)
    what = following.what if following else routes.said(step.next.words, owner.language)
    day = (following.on if following else None) or step.next.due_on(clock.today(), fact.on if fact else None)
    is_wait = following.is_wait if following else step.next.is_wait
    if matter is None:
        core.add_task(by=by, owner=owner, what=f"{case.number}: {what}"[:LONGEST], due_on=day, about=case)
    elif is_wait:
        cases.wait_for(by=by, matter=matter, what=what, until=day)
    else:
        cases.set_next_action(by=by, matter=matter, what=what, owner=owner, due_on=day)


def _close(by: Actor, case: Case, matter: Matter | None) -> None:
    """The end: nothing is next any more. Deadlines that still run are met by nothing; they stay to be seen."""
    if matter is None:
        case.closed_at = clock.now()
        Case.objects.filter(pk=case.pk).update(closed_at=case.closed_at)
        record_event("case.closed", by=by, about=case, person=case.person_id, codes=[case.state])
        return
    if matter.next_task is not None:
        core.do_task(by=by, task=matter.next_task)
    matter.closed_at, matter.next_task, matter.waiting_for, matter.waiting_until = clock.now(), None, "", None
    matter.save(update_fields=["closed_at", "next_task", "waiting_for", "waiting_until"])
    record_event("matter.closed", by=by, about=matter, person=case.person_id, codes=[matter.state])


@transaction.atomic
def ask_attorney(*, by: Actor, matter: Matter, event: str) -> None:
    """Ask the attorney of a matter to look at a move that waits for them: it stands among their tasks."""
    step = _step(by, matter.case, matter, event)
    if matter.attorney is None or Guard.ATTORNEY_APPROVAL not in step.guards:
        raise NotNow(_("This matter has no attorney."))
    said = routes.said(step.title, matter.attorney.language)
    core.add_task(
        by=by, owner=matter.attorney, what=f"{matter.case.number}: {said}?", due_on=clock.today(), about=matter
    )


@transaction.atomic
def begin_matter(
    *, by: Actor, case: Case, route: Route, topic: str, owner: User, what: str, due_on: date, is_restricted: bool
) -> Matter:
    """Open a matter with its first action: a matter without one would be forgotten."""
    matter = cases.open_matter(by=by, case=case, route=route, topic=topic, owner=owner)
    if is_restricted and not matter.is_restricted:
        restrict(by=by, matter=matter, is_restricted=True)
    cases.set_next_action(by=by, matter=matter, what=what, owner=owner, due_on=due_on)
    return matter


@transaction.atomic
def restrict(*, by: Actor, matter: Matter, is_restricted: bool) -> None:
    """Show a matter to its owner, its attorney and those put on it by name only; or to the whole team again."""
    matter.is_restricted = is_restricted
    Matter.objects.filter(pk=matter.pk).update(is_restricted=is_restricted)
    record_event("matter.restricted", by=by, about=matter, person=matter.case.person_id, codes=[str(is_restricted)])


@transaction.atomic
def hand_over(*, by: Actor, matter: Matter, to: User) -> None:
    """Somebody else answers for this matter from now on; what is next becomes theirs, and they join the team."""
    cases.join_team(by=by, case=matter.case, user=to)
    matter.owner = to
    Matter.objects.filter(pk=matter.pk).update(owner=to)
    if matter.next_task is not None:
        was = matter.next_task
        policy.opens_all(was, Relation.OWN)
        cases.set_next_action(by=by, matter=matter, what=str(was.what), owner=to, due_on=was.due_on)
    record_event("matter.handed_over", by=by, about=matter, person=matter.case.person_id)


@transaction.atomic
def set_following(*, by: Actor, matter: Matter, following: Following) -> None:
    """What comes next, as somebody says it: an action of its owner by a day, or a wait until a day."""
    day = following.on or clock.today()
    if following.is_wait:
        cases.wait_for(by=by, matter=matter, what=following.what, until=day)
        return
    owner = following.owner or matter.owner or User.objects.get(pk=by.me)
    cases.set_next_action(by=by, matter=matter, what=following.what, owner=owner, due_on=day)


@transaction.atomic
def name_attorney(*, by: Actor, matter: Matter, status: AttorneyStatus, attorney: User | None) -> None:
    """Who stands behind a matter; a named attorney joins the team, or could not open it."""
    if status != AttorneyStatus.NONE and attorney is not None:
        cases.join_team(by=by, case=matter.case, user=attorney)
    cases.set_attorney(by=by, matter=matter, status=status, attorney=attorney)
