"""Opening a case and its matters, its team, its next action, what happened, and the service log."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from centro.clinic import CLINIC, routes
from centro.clinic.actions import clocks
from centro.clinic.choices import AttorneyStatus, Confidence, LogKind, Route
from centro.clinic.models import AttorneyFile, AttorneyNote, Case, Happening, LogLine, Matter, Move
from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.models import Person


@transaction.atomic
def open_case(*, by: Actor, person: Person, details: Mapping[str, Any], owner: User | None = None) -> Case:
    """A worker and what one employer did: a case of its own. Whoever opens it is on its team."""
    mine = owner or User.objects.get(pk=by.me)
    case = Case(number=_next_number(), person=person, owner=mine, opened_by_id=by.me, **details)
    case.save()
    policy.opens_all(case, _relation_after_opening(by, case))
    people.involve(by=by, person=person, scope_kind="case", scope=case.pk)
    people.involve(by=by, person=person, scope_kind="program", scope=CLINIC)
    for user in {mine.pk: mine, by.me: User.objects.get(pk=by.me)}.values():
        join_team(by=by, case=case, user=user)
    record_event("case.opened", by=by, about=case, person=person.pk, codes=list(case.topics))
    return case


def _relation_after_opening(by: Actor, case: Case) -> Relation:
    held = policy.relations(by, "case.see")
    return Relation.OWN if case.owner_id == by.user_id and Relation.OWN in held else Relation.TEAM


def _next_number() -> str:
    """The year and a running number: 26-0147. Two at once: the second meets the unique number and is asked again."""
    year = f"{clock.today():%y}-"
    last = Case.objects.filter(number__startswith=year).aggregate(last=Max("number"))["last"]
    return f"{year}{int(last.partition('-')[2]) + 1 if last else 1:05d}"


@transaction.atomic
def join_team(*, by: Actor, case: Case, user: User, until: Any = None) -> Place:
    """Somebody works on this case from now on, and sees it."""
    known = Place.objects.filter(user=user, scope=case.pk, relation=Relation.TEAM, to_at__isnull=True).first()
    return known or core.give_place(
        by=by, user=user, scope_kind="case", scope=case.pk, relation=Relation.TEAM, until=until
    )


@transaction.atomic
def open_matter(
    *, by: Actor, case: Case, route: Route, topic: str = "", owner: User | None = None, state: str = ""
) -> Matter:
    """One legal route more. A matter of the same route that is still open is taken instead of a second one.

    Not one that is restricted to others: they would learn of it, so a second one opens.
    """
    known = case.matters.filter(route=route, topic=topic, closed_at__isnull=True).first()
    if known is not None and (not known.is_restricted or by.user_id in {known.owner_id, known.attorney_id}):
        return known
    matter = Matter.objects.create(
        case=case,
        route=route,
        topic=topic,
        state=state or routes.table(route).start,
        owner=owner or case.owner,
    )
    clocks.attach(matter=matter, by=by)
    record_event("matter.opened", by=by, about=matter, person=case.person_id, codes=[route])
    return matter


@transaction.atomic
def set_next_action(*, by: Actor, matter: Matter, what: str, owner: User, due_on: date) -> None:
    """The one thing to do next in a matter, by whom and by when; the one before it counts as done."""
    _finish_next(by, matter)
    task = core.add_task(by=by, owner=owner, what=what, due_on=due_on, about=matter)
    matter.next_task, matter.waiting_for, matter.waiting_until = task, "", None
    matter.save(update_fields=["next_task", "waiting_for", "waiting_until"])
    record_event("matter.next_set", by=by, about=matter, person=matter.case.person_id)


@transaction.atomic
def wait_for(*, by: Actor, matter: Matter, what: str, until: date) -> None:
    """Nothing to do for us until a day: we wait for somebody."""
    _finish_next(by, matter)
    matter.next_task, matter.waiting_for, matter.waiting_until = None, what, until
    matter.save(update_fields=["next_task", "waiting_for", "waiting_until"])
    record_event("matter.waits", by=by, about=matter, person=matter.case.person_id)


def _finish_next(by: Actor, matter: Matter) -> None:
    if matter.next_task is not None:
        core.do_task(by=by, task=matter.next_task)


@transaction.atomic
def set_attorney(*, by: Actor, matter: Matter, status: AttorneyStatus, attorney: User | None) -> None:
    """Who stands behind this matter. Without a named attorney there is none."""
    matter.attorney = attorney if status != AttorneyStatus.NONE else None
    matter.attorney_status = status if matter.attorney is not None else AttorneyStatus.NONE
    matter.save(update_fields=["attorney", "attorney_status"])
    record_event("matter.attorney_set", by=by, about=matter, person=matter.case.person_id, codes=[status])


@transaction.atomic
def note_happening(
    *,
    by: Actor,
    case: Case,
    kind: str,
    on: date,
    confidence: str = Confidence.SURE,
    facts: Mapping[str, Any] | None = None,
    note: str = "",
    matter: Matter | None = None,
) -> Happening:
    """Something happened on a day. The deadlines that run from it are drawn up in the same step.

    `matter` is the one in which it happened; without it each deadline goes to the open matter of its own route. The
    same event of the same day, noted twice, stands once.
    """
    row = _known(case, kind, on, facts)
    if row is None:
        told = {"confidence": confidence, "facts": dict(facts or {}), "note": note, "by_id": by.user_id}
        row = Happening.objects.create(case=case, kind=kind, on=on, **told)
        record_event("case.happening_noted", by=by, about=row, person=case.person_id, codes=[kind])
    clocks.start_clocks(by=by, case=case, happening=row, matter=matter)
    return row


def _known(case: Case, kind: str, on: date, facts: Mapping[str, Any] | None) -> Happening | None:
    """The same event, if it was noted before and nothing new is said about it."""
    same = Happening.objects.filter(case=case, kind=kind, on=on).first()
    return same if same is not None and (not facts or dict(facts) == same.facts) else None


@transaction.atomic
def correct_happening(*, by: Actor, happening: Happening, on: date, confidence: str, facts: Mapping[str, Any]) -> None:
    """The day was another, or more is known about it: the deadlines that run from it follow."""
    told = {"on": on, "confidence": confidence, "facts": dict(facts)}
    changed = sorted(name for name, value in told.items() if getattr(happening, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(happening, name, told[name])
    happening.save(update_fields=changed)
    record_event("case.happening_corrected", by=by, about=happening, person=happening.case.person_id, codes=changed)
    clocks.redraw(by=by, happening=happening)


@transaction.atomic
def record_move(
    *,
    by: Actor,
    case: Case,
    matter: Matter | None,
    event: str,
    to_state: str,
    note: str = "",
    attorney: User | None = None,
    done_on: date | None = None,
) -> bool:
    """A matter (or the case itself) is in another state now. False when somebody else moved it first.

    `attorney` did it on `done_on`, where `by` only notes it.

    Whether it may move is not asked here: that stands in the tables of routes.
    """
    row: Any = matter or case
    moved = {"state": to_state} | ({"state_since": clock.now()} if matter else {"changed_at": clock.now()})
    from_state = row.state
    if not type(row).objects.filter(pk=row.pk, state=from_state).update(**moved):
        return False
    row.state = to_state
    went = {"event": event, "from_state": from_state, "to_state": to_state, "note": note, "by_id": by.user_id}
    Move.objects.create(case=case, matter=matter, **went, attorney=attorney, done_on=done_on)
    kind = "matter.moved" if matter else "case.moved"
    record_event(kind, by=by, about=row, person=case.person_id, codes=[from_state, to_state])
    return True


@transaction.atomic
def log_line(
    *,
    by: Actor,
    case: Case,
    kind: LogKind,
    words: str,
    matter: Matter | None = None,
    minutes: int | None = None,
    is_answer_owed: bool = False,
) -> LogLine:
    """Write into the service log what was done; or that the worker wrote and waits for our answer."""
    row = LogLine(
        case=case,
        matter=matter,
        kind=kind,
        words=words,
        minutes=minutes,
        by_id=by.user_id,
        is_answer_owed=is_answer_owed,
    )
    row.save()
    record_event("case.logged", by=by, about=row, person=case.person_id, codes=[kind])
    return row


@transaction.atomic
def add_attorney_note(*, by: Actor, case: Case, words: str) -> AttorneyNote:
    """Write into the attorney file of a case, which is made with its own key at the first note."""
    file, _ = AttorneyFile.objects.get_or_create(case=case)
    row = AttorneyNote(file=file, words=words, by_id=by.user_id)
    row.save()
    record_event("attorney_file.noted", by=by, about=file, person=case.person_id)
    return row
