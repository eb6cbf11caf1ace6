"""Cases by the dozen: workers of the demo, their employer, the routes they took, and where each of them stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from centro.clinic import CLINIC, routes
from centro.clinic.choices import OVER, AttorneyStatus, CaseState, ClockState, LogKind, Route
from centro.clinic.models import Case, Clock, Happening, LogLine, Matter, Move
from centro.core import clock
from centro.core.audit import event, record_events
from centro.core.classes import Relation, Role
from centro.core.models import Event, Place, Task, User
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.people.models import Employment, Involvement
from centro.web.demo.staff import Staff
from wagelaw import clocks

BATCH = 500
_TEAM = ("counsellor", "counsellor_2")
_EACH = 400  # cases one counsellor holds: a center with more of them has more counsellors
# What brings people in, the routes it leads to, what happened on a day, and how often.
_KINDS: tuple[tuple[int, tuple[str, ...], tuple[Route, ...], str, str], ...] = (
    (90, ("pay",), (Route.WAGE_CLAIM,), "payday_missed", "Overtime was never paid, only a fixed sum a month."),
    (10, ("pay",), (Route.DEMAND,), "payday_missed", "The last two weeks were not paid."),
    (
        9,
        ("pay", "punished"),
        (Route.WAGE_CLAIM, Route.RETALIATION),
        "adverse_act",
        "Asked for the hours; then no hours.",
    ),
    (8, ("benefits",), (Route.UNEMPLOYMENT,), "ui_notice_mailed", "The office says: quit. The boss said: go."),
    (7, ("treated_differently",), (Route.DISCRIMINATION,), "adverse_act", "Sent home when the belly showed."),
    (6, ("injured",), (Route.SAFETY,), "injury", "Burned at the fryer; no report was made."),
    (5, ("pay",), (Route.RECORDS,), "payday_missed", "Never got a stub in four years."),
    (5, ("other",), (Route.ADVICE,), "", "Wants to know what holds for tips."),
    (3, ("pay",), (Route.SMALL_CLAIMS,), "payday_missed", "Four days of moving boxes, and then nobody answered."),
    (3, ("pay",), (Route.BOFE,), "payday_missed", "All of the night crew are paid for eight hours and work ten."),
    (2, ("pay",), (Route.PAGA,), "payday_missed", "Nobody there gets a stub, in any of the five shops."),
)
# What is done in a case beside full help, by the route it began with; and how a case can be over.
_LESS = {Route.DEMAND: CaseState.BRIEF_HELP, Route.RECORDS: CaseState.BRIEF_HELP, Route.ADVICE: CaseState.INFO_ONLY}
_OVER = (CaseState.CLOSED, CaseState.CLOSED, CaseState.LOST_CONTACT, CaseState.CLOSED, CaseState.REFERRED)
# Cases of which nothing is filed yet, or ever: one in eight.
_EARLY = (CaseState.ASSESSED, CaseState.DECLINED, CaseState.INTERVIEW, CaseState.NEW, CaseState.LOST_CONTACT)
_DID = (
    (LogKind.CALL, "Called: will bring the notebook with the hours on Saturday."),
    (LogKind.APPOINTMENT, "Went through the paystubs together; two months are missing."),
    (LogKind.NOTE, "A co-worker is ready to write down what he saw."),
    (LogKind.TEXT, "Reminded of the appointment; answered yes."),
    (LogKind.LETTER, "The agency's letter was read out and explained."),
)


@dataclass
class Rows:
    """Rows of some cases, in the order in which they are saved."""

    cases: list[Case] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    log: list[LogLine] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def save(self) -> None:
        """Everything at once; the keys of cases and tasks stand already."""
        with keyring.held_for_request():
            _give_keys("case", self.cases)
            _give_keys("task", self.tasks)
            Case.objects.bulk_create(self.cases)
            Task.objects.bulk_create(self.tasks)
            Matter.objects.bulk_create(self.matters)
            Happening.objects.bulk_create(self.happenings)
            Clock.objects.bulk_create(self.clocks)
            Move.objects.bulk_create(self.moves)
            LogLine.objects.bulk_create(self.log)
        Place.objects.bulk_create(self.places)
        Involvement.objects.bulk_create(self.involvements)
        record_events(self.events)


def _give_keys(kind: str, rows: Sequence[Any]) -> None:
    for row, key in zip(rows, keyring.new_vaults(kind, len(rows)), strict=True):
        row.key = key


def load(rng: Random, staff: Staff, total: int) -> int:
    """Make `total` cases of people who work or worked somewhere. Returns how many there were people for."""
    jobs = Employment.objects.filter(person__merged_into__isnull=True).order_by("pk")
    team = [staff.users[name] for name in _TEAM] + [_another() for _ in range(total // _EACH - len(_TEAM))]
    made, taken = 0, Counter[Route]()
    for jobs_of_batch in _in_batches(list(jobs.values_list("person_id", "workplace_id")[:total])):
        rows = Rows()
        with keyring.held_for_request():
            known = Employment.objects.filter(person__in=[person for person, _ in jobs_of_batch])
            shops = {row.person_id: row for row in known.select_related("person", "workplace__employer")}
            for person, _ in jobs_of_batch:
                made += 1
                _make(rng, staff, rows, shops[person], made, team[made % len(team)], taken)
        rows.save()
    return made


def _another() -> User:
    """One more counsellor, for a center with many cases; the sign-in page does not offer them."""
    user = User(username=f"counsellor_{User.objects.count()}", name="Amparo Núñez", speaks=["es", "en"])
    user.set_unusable_password()
    user.save()
    return user


def _in_batches(rows: Sequence[tuple[UUID, UUID]]) -> Iterator[Sequence[tuple[UUID, UUID]]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _make(
    rng: Random, staff: Staff, rows: Rows, job: Employment, number: int, owner: User, taken: Counter[Route]
) -> None:
    """One case: opened some time ago, with its matters, each as far as it has come.

    The first cases are of every kind once; the matters of a route stand in each of its states in turn (`taken`).
    """
    weight = [kind[0] for kind in _KINDS]
    told = _KINDS[number - 1] if number <= len(_KINDS) else rng.choices(_KINDS, weights=weight)[0]
    _, topics, ways, kind, story = told
    opened_at = clock.now() - timedelta(days=rng.randrange(3, 900), minutes=rng.randrange(600))
    case = Case(
        number=f"{opened_at:%y}-{number:05d}",
        person=job.person,
        workplace=job.workplace,
        employer_name="As on the sign" if number % 9 == 0 else "",
        state=_LESS.get(ways[0], CaseState.FULL),
        topics=list(topics),
        language=job.person.language,
        needs_interpreter=job.person.language not in {"en", "es", "ko"},
        zip=job.workplace.zip,
        industry=job.workplace.industry,
        story=story,
        contact_employer_ok=rng.random() < 0.4,
        owner=owner,
        opened_by=owner,
        opened_at=opened_at,
        changed_at=opened_at + (clock.now() - opened_at) * rng.random(),
    )
    rows.cases.append(case)
    rows.places.append(Place(user=owner, scope_kind="case", scope=case.pk, relation=Relation.TEAM, from_at=opened_at))
    for scope_kind, scope in (("case", case.pk), ("program", CLINIC)):
        rows.involvements.append(Involvement(person=job.person, scope_kind=scope_kind, scope=scope, since=opened_at))
    by = Actor(user_id=owner.pk, role=Role.COUNSELLOR)
    opened = event("case.opened", by=by, about=case, person=job.person_id, codes=topics)
    opened.at = opened_at
    rows.events.append(opened)
    _log(rng, rows, case)
    if number > len(_KINDS) and number % 8 == 4:
        case.state = _EARLY[number // 8 % len(_EARLY)]
        case.closed_at = clock.now() if case.state in OVER else None
        return
    matters = [_matter(rng, staff, rows, case, way, taken) for way in ways]
    if kind:
        _happening(rng, rows, case, matters[0], kind)
    if all(matter.closed_at for matter in matters):
        case.state, case.closed_at = _OVER[number % len(_OVER)], clock.now() - timedelta(days=rng.randrange(1, 60))


def _matter(rng: Random, staff: Staff, rows: Rows, case: Case, way: Route, taken: Counter[Route]) -> Matter:
    """A matter that walked some steps of its table, with its next action or what it waits for."""
    table = routes.table(way)
    matter = Matter(case=case, route=way, state=table.start, owner=case.owner, opened_at=case.opened_at)
    matter.is_restricted = way is Route.DISCRIMINATION
    if way is Route.ADVICE:
        matter.topic = "wage_theft"
    rows.matters.append(matter)
    at = case.opened_at
    ways_there = _ways(table)
    states = sorted(ways_there, key=lambda state: (len(ways_there[state]), state))
    for choice in ways_there[states[taken[way] % len(states)]]:
        at += (clock.now() - at) * 0.35
        rows.moves.append(
            Move(
                case=case,
                matter=matter,
                event=choice.event,
                from_state=matter.state,
                to_state=choice.to,
                by=case.owner,
                at=at,
            )
        )
        matter.state, matter.state_since = choice.to, at
    taken[way] += 1
    if way in {Route.WAGE_CLAIM, Route.PAGA} and matter.state not in {"screened", "evidence"}:
        matter.attorney_status, matter.attorney = AttorneyStatus.SUPERVISED, staff.users["attorney"]
        rows.places.append(
            Place(
                user=staff.users["attorney"],
                scope_kind="case",
                scope=case.pk,
                relation=Relation.TEAM,
                from_at=case.opened_at,
            )
        )
    if table.state(matter.state).is_end:
        matter.closed_at = at
    else:
        _next(rng, rows, matter, table)
    return matter


def _ways(table: routes.Table) -> dict[str, tuple[routes.Move, ...]]:
    """The shortest way from the first state of a table to each of its states."""
    found: dict[str, tuple[routes.Move, ...]] = {table.start: ()}
    ahead = [table.start]
    for state in ahead:
        for move in table.moves_from(state):
            if move.to not in found and not table.state(state).is_end:
                found[move.to] = (*found[state], move)
                ahead.append(move.to)
    return found


def _next(rng: Random, rows: Rows, matter: Matter, table: routes.Table) -> None:
    """What comes next; nothing in one of fourteen, which the board shows."""
    if matter.owner is None or rng.random() < 0.07:
        return
    day = clock.today() + timedelta(days=rng.choice((-4, -1, 0, 0, 1, 2, 3, 5, 8, 13, 21)))
    waits = [m.next for m in table.moves if m.to == matter.state and m.next is not None]
    words = rng.choice(waits).words["en"] if waits else "Call the worker"
    if table.state(matter.state).waits and rng.random() < 0.6:
        matter.waiting_for, matter.waiting_until = words, day + timedelta(days=20)
        return
    owner = matter.owner
    task = Task(owner=owner, set_by=owner, what=words, due_on=day, about_kind="matter", about=matter.pk)
    rows.tasks.append(task)
    matter.next_task = task


def _happening(rng: Random, rows: Rows, case: Case, matter: Matter, kind: str) -> None:
    """What happened on a day, some weeks before the case was opened, and the deadlines that run from it."""
    on = case.opened_at.date() - timedelta(days=rng.randrange(2, 120))
    if kind == "ui_notice_mailed":
        on = clock.today() - timedelta(days=rng.randrange(2, 40))
    happening = Happening(case=case, kind=kind, on=on, by=case.owner, at=case.opened_at)
    rows.happenings.append(happening)
    for found in clocks.clocks({"events": [{"kind": kind, "on": on.isoformat()}]}):
        rows.clocks.append(
            Clock(
                case=case,
                matter=matter,
                happening=happening,
                rule=found.rule,
                on=found.on,
                first_on=found.on,
                extended_on=found.extended_on,
                state=_clock_state(rng, found.on, case.opened_at),
            )
        )


def _clock_state(rng: Random, on: date | None, opened_at: datetime) -> ClockState:
    if on is not None and on < clock.today():
        return ClockState.MET if on > opened_at.date() else ClockState.MISSED
    return rng.choice((ClockState.PROVISIONAL, ClockState.CONFIRMED, ClockState.CONFIRMED))


def _log(rng: Random, rows: Rows, case: Case) -> None:
    for _ in range(rng.randrange(1, 4)):
        kind, words = rng.choice(_DID)
        at = case.opened_at + (clock.now() - case.opened_at) * rng.random()
        is_owed = rng.random() < 0.06
        rows.log.append(
            LogLine(
                case=case,
                kind=kind,
                words=words,
                at=at if not is_owed else clock.now() - timedelta(hours=rng.randrange(2, 90)),
                minutes=rng.choice((5, 10, 20, 45)),
                by=case.owner,
                is_answer_owed=is_owed,
            )
        )
