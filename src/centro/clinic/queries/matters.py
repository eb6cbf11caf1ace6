"""One matter: what can happen next and who may note it, what happened, who answers for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import get_language

from centro.clinic import guards, routes
from centro.clinic.models import Case, Matter, Move
from centro.clinic.queries.cases import get_case, matters_of, team_of
from centro.core import clock, policy
from centro.core import queries as core
from centro.core.classes import Relation, Role
from centro.core.content import NoSuchText, Text, text
from centro.core.models import Place, User
from centro.core.policy import Actor, Refused
from centro.people import queries as people
from wagelaw import clocks

CASEWORK = (Role.COUNSELLOR, Role.ATTORNEY, Role.MANAGER)
HISTORY = 50
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Step:
    """Something that can happen next, as a page shows it. Where it is not `mine` to note, `roles` says whose it is."""

    event: str
    title: str
    papers: list[str]
    is_mine: bool
    roles: list[Role]
    shut: list[guards.Standing]
    move: routes.Move
    is_noted: bool = False  # only to note that the matter's attorney did it

    @property
    def waits_for_attorney(self) -> bool:
        """Nothing is missing but the attorney's yes."""
        return [standing.guard for standing in self.shut] == [routes.Guard.ATTORNEY_APPROVAL]


@dataclass(frozen=True)
class Past:
    """A move that was made: when, by whom, what it is called, what was noted."""

    row: Move
    text: str
    who: str
    attorney: str = ""


def language() -> str:
    """The language of the page, as the tables know it."""
    code = (get_language() or "en")[:2]
    return code if code in routes.LANGUAGES else "en"


def get_open_matter(actor: Actor, matter: UUID, verb: str = "see") -> Matter:
    """A matter with its case, next action and people; a restricted one only for those who are on it."""
    case_id = Matter.objects.filter(pk=matter).values_list("case_id", flat=True).first()
    if case_id is None:
        raise Refused(f"case.{verb}")
    case = get_case(actor, case_id, verb)
    found = next((row for row in shown_matters(actor, case) if row.pk == matter), None)
    if found is None:
        raise Refused(f"case.{verb}")
    return found


def shown_matters(actor: Actor, case: Case) -> list[Matter]:
    """The matters of a case that this actor may open: a restricted one only if they are named on it."""
    return [row for row in matters_of(case) if not row.is_restricted or is_named_on(actor, row)]


def is_named_on(actor: Actor, matter: Matter) -> bool:
    """Whether this user owns the matter, is its attorney, or was put on it."""
    if actor.user_id in {matter.owner_id, matter.attorney_id}:
        return True
    return _put_on(actor).filter(scope=matter.pk).exists()


def hidden_from(actor: Actor) -> Q:
    """Matters that lists must not show this actor."""
    theirs = Q(owner_id=actor.user_id) | Q(attorney_id=actor.user_id) | Q(pk__in=_put_on(actor).values("scope"))
    return Q(is_restricted=True) & ~theirs


def _put_on(actor: Actor) -> QuerySet[Place]:
    """The matters that somebody put this user on by name, now."""
    return Place.objects.not_over().filter(user_id=actor.me, scope_kind="matter")


def without_hidden(actor: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows that name a matter (clocks, log lines, letters), but for those of matters this actor may not open."""
    return rows.exclude(matter__in=Matter.objects.filter(hidden_from(actor)).values("pk"))


def state_words(matter: Matter) -> str:
    """What a matter's state is called, in the language of the page; its code if the table forgot it."""
    state = routes.table(matter.route).states.get(matter.state)
    return routes.said(state.words, language()) if state else matter.state


def steps(actor: Actor, case: Case, matter: Matter | None) -> list[Step]:
    """What can happen next with a matter (or the case itself): what this actor may note first."""
    table = routes.table(matter.route if matter else routes.INTAKE)
    moves = [
        move for move in table.moves_from(matter.state if matter else case.state) if guards.is_offered(matter, move)
    ]
    found = [_step(actor, case, matter, move) for move in moves]
    return sorted(found, key=lambda step: not step.is_mine)


def find_step(actor: Actor, case: Case, matter: Matter | None, event: str) -> Step:
    """The step of this name that the actor may note now; `Refused` for any other."""
    found = next((step for step in steps(actor, case, matter) if step.event == event and step.is_mine), None)
    if found is None:
        raise Refused(f"case.move {event}")
    return found


def _step(actor: Actor, case: Case, matter: Matter | None, move: routes.Move) -> Step:
    words, is_mine = routes.papers(), guards.is_theirs(actor, move)
    return Step(
        event=move.event,
        title=routes.said(move.title, language()),
        papers=[routes.said(words[code], language()) for code in move.papers],
        is_mine=is_mine,
        roles=[role for role in Role if role in move.roles],
        shut=[s for s in guards.standings(actor, case, matter, move) if s.is_shut] if is_mine else [],
        move=move,
        is_noted=guards.notes_for_attorney(actor, move),
    )


def history(actor: Actor, moves: QuerySet[Move], case: Case) -> list[Past]:
    """The moves of a matter (or of the case itself), the newest first, with the words of the tables."""
    rows = list(moves.select_related("matter")[:HISTORY])
    names = people.names_of_staff(actor, [user for row in rows for user in (row.by_id, row.attorney_id)])
    for row in rows:
        row.case = case
    return [Past(row, _title_of(row), _name(names, row.by_id), _name(names, row.attorney_id)) for row in rows]


def _name(names: Mapping[UUID, str], user: UUID | None) -> str:
    return names.get(user, "") if user else ""


def _title_of(row: Move) -> str:
    table = routes.table(row.matter.route if row.matter else routes.INTAKE)
    move = next((move for move in table.moves if move.event == row.event), None)
    if move is not None:
        return routes.said(move.title, language())
    state = table.states.get(row.to_state)
    return routes.said(state.words, language()) if state else row.to_state


def colleagues(actor: Actor) -> list[User]:
    """Who can answer for a matter: everybody who counsels, represents or leads, oneself first."""
    by_role = core.staff_by_role(actor)
    found = {user.pk: user for role in CASEWORK for user in by_role.get(role, [])}
    return sorted(found.values(), key=lambda user: (user.pk != actor.user_id, user.username))


def attorneys(actor: Actor) -> list[User]:
    """Who can stand behind a matter."""
    return core.staff_by_role(actor).get(Role.ATTORNEY, [])


def team(case: Case) -> list[Place]:
    """Who is on the team of a case, by name."""
    return sorted(team_of(case), key=lambda place: place.user.username)


def advice_sheet(matter: Matter, language: str) -> Text | None:
    """The know-your-rights sheet of an advice matter in a language, or in English where nobody wrote it."""
    for code in (language, "en"):
        try:
            return text("advice", matter.topic, code)
        except NoSuchText:
            continue
    return None


def let_see_next(matters: Iterable[Matter]) -> list[Matter]:
    """Matters of cases that the actor may see: who answers for them and what is next may be read too."""
    rows = list(matters)
    for row in rows:
        if row.next_task is not None:
            policy.opens_all(row.next_task, Relation.OWN)
        if row.owner is not None:
            policy.opens_all(row.owner)
    return rows


def to_be_told(actor: Actor, case: Case, matter: Matter | None, step: Step) -> list[guards.Standing]:
    """The guards of a step that a tick on the form meets."""
    return [s for s in guards.standings(actor, case, matter, step.move) if s.can_be_told and not s.is_met]


def event_choices() -> list[tuple[str, str]]:
    """The kinds of dated events, in the language of the page."""
    return [(kind["id"], kind[language()]) for kind in clocks.event_kinds()]


@dataclass(frozen=True)
class Summary:
    """A matter in a list: its state in words, and how its next action stands."""

    row: Matter
    state: str

    @property
    def is_late(self) -> bool:
        task, today = self.row.next_task, clock.today()
        due = task.due_on if task is not None and task.done_at is None else self.row.waiting_until
        return due is not None and due < today

    @property
    def is_adrift(self) -> bool:
        """Whether nothing is next: it would be forgotten."""
        task = self.row.next_task
        has_next = (task is not None and task.done_at is None) or self.row.waiting_until is not None
        return self.row.closed_at is None and not has_next


def summaries(matters: Iterable[Matter]) -> list[Summary]:
    """Matters with the words of their states, the open ones first."""
    found = [Summary(row, state_words(row)) for row in matters]
    return sorted(found, key=lambda one: one.row.closed_at is not None)
