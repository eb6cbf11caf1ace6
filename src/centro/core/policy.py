"""Who may do what to which record and field: one table, read by everything.

`GRANTS` is the table. `may()` guards pages, `visible_to()` (on query sets) picks rows, `sight()` opens fields,
`explain()` prints the page that tells staff about roles, and the tests derive their role × page matrix from it.
What is not granted here does not exist.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Q, Value, When
from django.http import Http404

from centro.core.access import Sight
from centro.core.classes import FieldClass, Relation, Role

C1, C2, C3, C4 = FieldClass.C1, FieldClass.C2, FieldClass.C3, FieldClass.C4


class Refused(Http404):
    """Absent or not yours: one answer for both, noted in the access log."""


@dataclass(frozen=True)
class Actor:
    """A user working as one role; or the program itself, for a purpose that is named."""

    user_id: UUID | None = None
    role: Role | None = None
    system: str = ""

    @property
    def me(self) -> UUID:
        """The user's id; only somebody who signed in has one."""
        if self.user_id is None:
            raise PermissionError("nobody is signed in")
        return self.user_id


def system(purpose: str) -> Actor:
    """The program itself (search index, jobs nobody asked for). A house rule lists every use."""
    return Actor(system=purpose)


NOBODY = Actor()


EVERY_ROW = Q(pk__isnull=False)  # what `within` says of a relation that reaches the whole table


@dataclass(frozen=True)
class Grant:
    """As `role`, on a `record` one is tied to by `relation`: the `verbs` one may do and the field classes one opens.

    `masked` shows phone and e-mail only in part until tapped. `only` narrows the opened fields to those named.
    """

    role: Role
    record: str
    relation: Relation
    verbs: frozenset[str]
    opens: frozenset[FieldClass] = frozenset()
    masked: bool = False
    only: frozenset[str] = frozenset()


def _rows(
    roles: Iterable[Role],
    record: str,
    relations: Iterable[Relation],
    verbs: str,
    opens: Iterable[FieldClass] = (),
    *,
    masked: bool = False,
    only: str = "",
) -> Iterator[Grant]:
    named = frozenset(f"{record}.{verb}" for verb in verbs.split())
    for role in roles:
        for relation in relations:
            yield Grant(role, record, relation, named, frozenset(opens), masked, frozenset(only.split()))


_EVERYONE = tuple(Role)
_IN_CARE = (Relation.OWN, Relation.TEAM, Relation.ASSIGNED)
_CASEWORK = (Role.COUNSELLOR, Role.ATTORNEY)
_PROGRAM_STAFF = (Role.MANAGER, Role.TRAINER, Role.DISPATCHER, Role.OUTREACH)
_AT_THE_DOOR = (Role.FRONT_DESK, Role.VOLUNTEER, Role.INTERPRETER)
_KNOWS_WORKPLACES = (
    Role.FRONT_DESK,
    Role.ORGANIZER,
    *_CASEWORK,
    *_PROGRAM_STAFF,
    Role.DIRECTOR,
    Role.STEWARD,
)

GRANTS: tuple[Grant, ...] = (
    *_rows(_EVERYONE, "center", [Relation.CENTER], "home roles account", [C1]),
    # People: who they are and how to reach them.
    *_rows(
        [Role.FRONT_DESK],
        "person",
        [Relation.CENTER],
        "find see add edit consent print reveal restrict message",
        [C1, C2],
        masked=True,
    ),
    *_rows([Role.ORGANIZER], "person", _IN_CARE, "find see add edit consent print restrict message", [C1, C2]),
    *_rows(
        _CASEWORK,
        "person",
        [Relation.OWN, Relation.TEAM],
        "find see add edit consent print restrict message",
        [C1, C2, C3],
    ),
    *_rows(
        [Role.MANAGER],
        "person",
        [Relation.OWN, Relation.PROGRAM],
        "find see add edit consent print restrict message",
        [C1, C2, C3],
    ),
    *_rows(
        [Role.TRAINER, Role.DISPATCHER, Role.OUTREACH],
        "person",
        [Relation.OWN, Relation.PROGRAM],
        "find see add edit consent print restrict message",
        [C1, C2],
    ),
    *_rows([Role.DIRECTOR], "person", [Relation.CENTER], "find see approve_purge", [C1, C2], masked=True),
    *_rows(
        [Role.STEWARD],
        "person",
        [Relation.CENTER],
        "find see add edit merge export propose_purge restrict",
        [C1, C2],
    ),
    *_rows(
        [Role.VOLUNTEER, Role.INTERPRETER],
        "person",
        [Relation.ASSIGNED],
        "see reveal",
        [C1, C2],
        masked=True,
        only="call_me number",
    ),
    *_rows([Role.STEWARD], "import", [Relation.CENTER], "see add undo", [C1, C2]),
    *_rows([Role.STEWARD], "export", [Relation.CENTER], "see ask", [C1, C2]),
    *_rows([Role.DIRECTOR], "export", [Relation.CENTER], "see approve", [C1, C2]),
    *_rows(_KNOWS_WORKPLACES, "tag", [Relation.CENTER], "see", [C1, C2]),
    # Employers and workplaces.
    *_rows(_KNOWS_WORKPLACES, "workplace", [Relation.CENTER], "find see add edit", [C1, C2]),
    # Papers open as the row they are about does; this is only the door to them.
    *_rows(_KNOWS_WORKPLACES, "document", [Relation.CENTER], "open"),
    # The clinic.
    *_rows(_CASEWORK, "case", [Relation.OWN, Relation.TEAM], "see open edit move log assign", [C1, C2, C3]),
    *_rows(
        [Role.ATTORNEY],
        "case",
        [Relation.OWN, Relation.TEAM],
        "set_clock approve settle hold produce release",
        [C1, C2, C3],
    ),
    *_rows([Role.MANAGER], "case", [Relation.PROGRAM], "see open edit move log assign hold release", [C1, C2, C3]),
    *_rows([Role.FRONT_DESK], "intake", [Relation.CENTER], "see start edit print assign", [C1, C2]),
    *_rows([*_CASEWORK, Role.MANAGER], "intake", [Relation.CENTER], "see start edit print assign take", [C1, C2]),
    *_rows(_CASEWORK, "intake", [Relation.OWN, Relation.TEAM], "interview", [C1, C2, C3]),
    *_rows([Role.ATTORNEY], "intake", [Relation.CENTER], "clear", [C1, C2]),
    *_rows([Role.VOLUNTEER, Role.INTERPRETER], "intake", [Relation.ASSIGNED], "see edit reveal", [C1, C2]),
    *_rows([Role.ATTORNEY], "attorney_file", [Relation.OWN, Relation.TEAM], "see add", [C1, C2, C3, C4]),
    *_rows(_CASEWORK, "approver", [Relation.CENTER], "see", [C1, C2]),
    *_rows([Role.MANAGER], "approver", [Relation.CENTER], "see name", [C1, C2]),
    *_rows([Role.ATTORNEY, Role.DIRECTOR], "legal_demand", [Relation.CENTER], "see add edit", [C1, C2, C3]),
    *_rows([Role.MANAGER], "legal_demand", [Relation.PROGRAM], "see add edit", [C1, C2, C3]),
    *_rows([Role.FRONT_DESK, Role.COUNSELLOR, Role.VOLUNTEER], "legal_demand", [Relation.CENTER], "add"),
    *_rows([Role.FRONT_DESK, *_CASEWORK], "appointment", [Relation.CENTER], "see book move", [C1, C2]),
    *_rows([Role.MANAGER], "appointment", [Relation.PROGRAM], "see book move", [C1, C2]),
    *_rows(
        [Role.VOLUNTEER, Role.INTERPRETER], "appointment", [Relation.ASSIGNED], "see reveal", [C1, C2], only="call_name"
    ),
    *_rows([Role.FRONT_DESK, *_CASEWORK], "night", [Relation.CENTER], "see hand_over", [C1, C2]),
    *_rows([Role.MANAGER], "night", [Relation.PROGRAM], "see hand_over run", [C1, C2]),
    *_rows(_CASEWORK, "clinic", [Relation.CENTER], "radar", [C1]),
    *_rows([Role.MANAGER], "clinic", [Relation.PROGRAM], "radar totals team", [C1]),
    *_rows([Role.DIRECTOR], "clinic", [Relation.CENTER], "totals team", [C1]),
    *_rows([Role.ORGANIZER, Role.MANAGER], "clinic", [Relation.CENTER], "status", [C1]),
    # Organizing.
    *_rows([Role.ORGANIZER], "campaign", [Relation.TEAM], "see add edit", [C1]),
    *_rows([Role.MANAGER], "campaign", [Relation.TEAM, Relation.PROGRAM], "see add edit", [C1]),
    *_rows([Role.VOLUNTEER], "campaign", [Relation.ASSIGNED], "", [C1]),
    *_rows([Role.ORGANIZER], "contact", [Relation.TEAM], "see add", [C1, C2, C3]),
    *_rows([Role.MANAGER], "contact", [Relation.TEAM, Relation.PROGRAM], "see add", [C1, C2, C3]),
    *_rows([Role.VOLUNTEER], "contact", [Relation.ASSIGNED], "add"),
    *_rows([Role.ORGANIZER], "assignment", [Relation.TEAM], "see edit carry", [C1, C2]),
    *_rows([Role.MANAGER], "assignment", [Relation.TEAM, Relation.PROGRAM], "see edit carry", [C1, C2]),
    *_rows([Role.VOLUNTEER], "assignment", [Relation.ASSIGNED], "see carry", [C1, C2]),
    *_rows([Role.ORGANIZER], "event", [Relation.TEAM], "see add edit check_in", [C1, C2]),
    *_rows([Role.MANAGER], "event", [Relation.TEAM, Relation.PROGRAM], "see add edit check_in", [C1, C2]),
    *_rows(
        _AT_THE_DOOR,
        "event",
        [Relation.ASSIGNED],
        "check_in",
        [C1, C2],
        only="title_en title_es title_ko place call_name",
    ),
    *_rows([Role.ORGANIZER, Role.MANAGER], "lockdown", [Relation.CENTER], "start"),
    # Handed on inside the house, by consent: what crosses the wall between organizing and the clinic.
    *_rows([Role.ORGANIZER], "referral", [Relation.CENTER], "to_clinic take", [C1, C2]),
    *_rows(_CASEWORK, "referral", [Relation.CENTER], "to_organizing", [C1, C2]),
    *_rows([Role.MANAGER], "referral", [Relation.CENTER], "to_clinic to_organizing take", [C1, C2]),
    *_rows([Role.ORGANIZER], "message", [Relation.OWN, Relation.TEAM], "see send", [C1, C2, C3]),
    *_rows([Role.MANAGER], "message", [Relation.OWN, Relation.PROGRAM], "see send", [C1, C2, C3]),
    *_rows([Role.VOLUNTEER], "message", [Relation.ASSIGNED], "send"),
    *_rows([Role.FRONT_DESK], "member", [Relation.CENTER], "see join pay print", [C1, C2]),
    *_rows([Role.ORGANIZER], "member", [Relation.OWN, Relation.TEAM], "see join pay print seat", [C1, C2]),
    *_rows([Role.MANAGER], "member", [Relation.CENTER], "see join pay print seat totals tally", [C1, C2]),
    *_rows([Role.DIRECTOR], "member", [Relation.CENTER], "see totals tally", [C1]),
    # Tasks: one's own, and what one hands to others.
    *_rows(_EVERYONE, "task", [Relation.OWN], "see add do", [C1, C2]),
    # The house itself.
    *_rows(
        [Role.ADMIN],
        "user",
        [Relation.CENTER],
        "name see invite propose_role approve_role end_session disable",
        [C1],
    ),
    *_rows([Role.DIRECTOR], "user", [Relation.CENTER], "name see approve_role", [C1]),
    *_rows(
        [r for r in _EVERYONE if r not in {Role.ADMIN, Role.DIRECTOR}],
        "user",
        [Relation.CENTER],
        "name",
        [C1],
    ),
    *_rows([Role.ADMIN], "setting", [Relation.CENTER], "see edit", [C1]),
    *_rows([Role.AUDITOR, Role.ADMIN], "log", [Relation.CENTER], "read verify", [C1]),
    # Somebody has to send by hand and read what comes back: the desk, and nobody else for the whole center.
    *_rows([Role.FRONT_DESK], "message", [Relation.CENTER], "outbox", [C1, C2, C3], masked=True),
)

_BY_ROLE: dict[Role, tuple[Grant, ...]] = {role: tuple(g for g in GRANTS if g.role is role) for role in Role}
VERBS: frozenset[str] = frozenset(verb for grant in GRANTS for verb in grant.verbs)


def grants_of(actor: Actor) -> tuple[Grant, ...]:
    return _BY_ROLE[actor.role] if actor.role else ()


def may(actor: Actor, verb: str) -> bool:
    """Whether this role does this at all, to any record."""
    return any(verb in grant.verbs for grant in grants_of(actor))


def relations(actor: Actor, verb: str) -> list[Relation]:
    """The ties to a record that let this actor do this to it, strongest first."""
    held = {grant.relation for grant in grants_of(actor) if verb in grant.verbs}
    return [relation for relation in Relation if relation in held]


def can(actor: Actor, verb: str, row: Any) -> bool:
    """Whether this actor may do this to this row, which came from a query that knows the actor."""
    relation = relation_to(row)
    return any(verb in g.verbs and g.relation == relation for g in grants_of(actor))


def relation_to(row: Any) -> str:
    """The tie that the query stamped on the row (or on the row it belongs to); none if no query did."""
    while hasattr(row, "opened_as") and row.opened_as() is not row:
        row = row.opened_as()
    return str(row.__dict__.get("relation", Relation.NONE))


def sight(actor: Actor, row: Any, name: str, klass: FieldClass, *, masked: bool) -> Sight:
    """How much of a field this actor sees on this row: all, a masked part, or nothing."""
    if actor.system:
        return Sight.ALL
    while hasattr(row, "opened_as") and row.opened_as() is not row:
        row = row.opened_as()
    relation, record = relation_to(row), row.policy_record
    best = Sight.NOTHING
    for grant in grants_of(actor):
        if grant.record != record or grant.relation != relation or klass not in grant.opens:
            continue
        if grant.only and name not in grant.only:
            continue
        if not (masked and grant.masked):
            return Sight.ALL
        best = Sight.MASKED
    return best


def is_masked(actor: Actor, row: Any) -> bool:
    """Whether this actor sees a field of this row, such as its phone number, only in part."""
    fields = [field for field in row._meta.concrete_fields if getattr(field, "mask", "")]
    return any(sight(actor, row, field.attname, field.klass, masked=True) is Sight.MASKED for field in fields)


class VisibleQuerySet(models.QuerySet[Any]):
    """A query set that knows the actor: rows not theirs are not there, rows that are carry their `relation`.

    The model says by `within(relation, actor) -> Q` what each relation means in its tables.
    """

    def visible_to(self, actor: Actor, verb: str = "see") -> Self:
        model: Any = self.model
        held = relations(actor, f"{model.policy_record}.{verb}")
        if Relation.CENTER in held:
            return self.annotate(relation=Value(Relation.CENTER.value))
        if not held:
            return self.none()
        ties = [(relation, model.within(relation, actor)) for relation in held]
        reach = Q()
        for _, tie in ties:
            reach |= tie
        stamp = Case(
            *(When(tie, then=Value(relation.value)) for relation, tie in ties),
            default=Value(Relation.NONE.value),
            output_field=models.CharField(),
        )
        return self.filter(reach).annotate(relation=stamp)

    def get_for(self, actor: Actor, verb: str, **look_up: Any) -> Any:
        """The one row, or `Refused`: absent and not yours are the same answer."""
        try:
            return self.visible_to(actor, verb).get(**look_up)
        except (self.model.DoesNotExist, ValueError) as error:
            raise Refused(verb) from error


def opens_all(row: Any, relation: Relation = Relation.CENTER) -> Any:
    """Stamp a row that the actor just made, so that the page which follows can show it."""
    row.relation = relation.value
    return row


def explain() -> dict[Role, list[Grant]]:
    """The table, by role, for the page that tells staff what each role may see."""
    return {role: list(rows) for role, rows in _BY_ROLE.items()}
