"""The clinic's board and the list of cases: what would be forgotten, what is late, what comes near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from centro.clinic.choices import CaseState, Topic
from centro.clinic.deadlines import LIVE, STILL_OURS, described, is_for_worker
from centro.clinic.models import Case, Clock, LogLine, Matter
from centro.clinic.queries import hours
from centro.clinic.queries.cases import let_see_heads
from centro.clinic.queries.matters import Summary, hidden_from, language, let_see_next, state_words, without_hidden
from centro.core import clock
from centro.core.policy import Actor, Refused

PAGE = 50
SHOWN = 20
NEAR = timedelta(days=30)

# --- the board ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Near:
    """A deadline on the board: its words, its case, how many days are left."""

    row: Clock
    what: str
    days: int


@dataclass(frozen=True)
class Board:
    """What needs somebody: at most twenty lines of each kind, and how many there are in all."""

    adrift: list[Summary]
    late: list[Summary]
    waited: list[Summary]
    near: list[Near]
    unanswered: list[LogLine]
    counts: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


def board(actor: Actor, *, mine: bool = False) -> Board:
    """What would be forgotten among the cases this actor may see; only their own matters if `mine`."""
    needy, near, unanswered = _needy(actor, mine), _near(actor, mine), _unanswered(actor, mine)
    matters = list(_matters([pk for found in needy.values() for pk in found[:SHOWN]]))
    lines = list(unanswered[:SHOWN])
    _give_heads(actor, [*matters, *lines, *(line.row for line in near[:SHOWN])])
    shown = {row.pk: Summary(row, state_words(row)) for row in let_see_next(matters)}
    counts = {name: len(found) for name, found in needy.items()}
    return Board(
        **{name: [shown[pk] for pk in found[:SHOWN] if pk in shown] for name, found in needy.items()},
        near=near[:SHOWN],
        unanswered=lines,
        counts={**counts, "near": len(near), "unanswered": unanswered.count()},
    )


def count_adrift(actor: Actor) -> int:
    """How many open matters of this actor have no next action and wait for nothing."""
    has_no_next = Q(next_task=None) | Q(next_task__done_at__isnull=False)
    return Matter.objects.filter(has_no_next, owner_id=actor.user_id, closed_at=None, waiting_until=None).count()


def near_deadlines(actor: Actor) -> list[Near]:
    """Deadlines of the next thirty days in what this actor answers for, twenty at most."""
    found = _near(actor, mine=True)[:SHOWN]
    _give_heads(actor, [line.row for line in found])
    return found


def _needy(actor: Actor, mine: bool) -> dict[str, list[UUID]]:
    """Open matters that need somebody, in one query: adrift, late, or waited for long enough; the oldest first."""
    today = clock.today()
    is_adrift = (Q(next_task=None) | Q(next_task__done_at__isnull=False)) & Q(waiting_until=None)
    is_late = Q(next_task__done_at=None, next_task__due_on__lt=today)
    rows = _open_matters(actor, mine).filter(is_adrift | is_late | Q(waiting_until__lt=today)).order_by("opened_at")
    found: dict[str, list[tuple[Any, UUID]]] = {"adrift": [], "late": [], "waited": []}
    columns = ("pk", "next_task__due_on", "next_task__done_at", "waiting_until")
    for pk, due_on, done_at, until in rows.values_list(*columns):
        kind = "waited" if until else "late" if due_on and done_at is None else "adrift"
        found[kind].append((until or due_on if kind != "adrift" else 0, pk))
    return {kind: [pk for _, pk in sorted(pairs, key=lambda pair: pair[0])] for kind, pairs in found.items()}


def _open_matters(actor: Actor, mine: bool) -> QuerySet[Matter]:
    cases = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    rows = Matter.objects.filter(closed_at=None, case__in=cases.values("pk")).exclude(hidden_from(actor))
    return rows.filter(owner_id=actor.user_id) if mine else rows


def _matters(wanted: list[UUID]) -> QuerySet[Matter]:
    return Matter.objects.filter(pk__in=wanted).select_related("owner", "next_task")


def _near(actor: Actor, mine: bool) -> list[Near]:
    """Deadlines of workers in the next thirty days, one line a case and day; their cases are given afterwards."""
    cases = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    today = clock.today()
    ahead = Clock.objects.filter(STILL_OURS, state__in=LIVE, on__gte=today, on__lt=today + NEAR)
    rows = ahead.filter(case__in=cases.values("pk"))
    if mine:
        rows = rows.filter(Q(matter__owner_id=actor.user_id) | Q(matter=None, case__owner_id=actor.user_id))
    by_day: dict[tuple[Any, UUID], Clock] = {}
    for row in without_hidden(actor, rows).order_by("on", "id").only("on", "rule", "case_id", "state"):
        if is_for_worker(row.rule):
            by_day.setdefault((row.on, row.case_id), row)
    spoken = language()
    return [Near(row, described(row.rule, spoken)["what"], (row.on - today).days) for row in by_day.values() if row.on]


def _unanswered(actor: Actor, mine: bool) -> QuerySet[LogLine]:
    """Messages of workers that wait for our answer, the oldest first."""
    cases = Case.objects.visible_to(actor, "see")
    cases = cases.filter(owner_id=actor.user_id) if mine else cases
    rows = LogLine.objects.filter(is_answer_owed=True, answered_at=None, case__in=cases.values("pk"))
    return without_hidden(actor, rows).order_by("at")


def _give_heads(actor: Actor, rows: Iterable[Matter | LogLine | Clock]) -> None:
    """Give each row its case as this actor may see it, all in one query."""
    listed = list(rows)
    found = Case.objects.visible_to(actor, "see").filter(pk__in={row.case_id for row in listed})
    heads = found.select_related("person", "workplace", "owner").defer("story", "goal").in_bulk()
    let_see_heads(actor, heads.values())
    for row in listed:
        row.case = heads[row.case_id]


# --- the list of cases ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """Which cases to show: codes only, so that they may stand in the address."""

    state: str = ""
    topic: str = ""
    language: str = ""
    mine: bool = False
    closed: bool = False

    @property
    def address(self) -> str:
        given = {"state": self.state, "topic": self.topic, "language": self.language}
        flags = {"mine": "1" if self.mine else "", "closed": "1" if self.closed else ""}
        return urlencode({name: value for name, value in (given | flags).items() if value})


@dataclass(frozen=True)
class CasePage:
    """Fifty cases and the mark that leads to the next ones; `values` are cents at risk by case."""

    rows: list[Case]
    after: str
    filters: str
    values: Mapping[UUID, int]

    @property
    def lines(self) -> list[tuple[Case, int]]:
        """Each case with its cents at risk."""
        return [(row, self.values.get(row.pk, 0)) for row in self.rows]

    @property
    def next(self) -> str:
        filters = f"{self.filters}&" if self.filters else ""
        return f"?{filters}after={quote(self.after)}" if self.after else ""


def cases(actor: Actor, filters: Filters, *, after: str = "") -> CasePage:
    """Cases this actor may see, the ones changed last first, without counting them all."""
    rows = Case.objects.visible_to(actor, "see")
    rows = rows.filter(state=filters.state) if filters.state in CaseState.values else rows
    rows = rows.filter(closed_at=None) if not filters.closed and not filters.state else rows
    rows = rows.filter(owner_id=actor.user_id) if filters.mine else rows
    rows = rows.filter(language=filters.language) if filters.language else rows
    if filters.topic in Topic.values:
        rows = rows.annotate(topic_codes=Cast("topics", CharField())).filter(topic_codes__contains=f'"{filters.topic}"')
    if after:
        rows = rows.filter(_below(after))
    wanted = rows.order_by("-changed_at", "id").select_related("person", "workplace", "owner")
    found = list(wanted.defer("story", "goal")[: PAGE + 1])
    shown = found[:PAGE]
    let_see_heads(actor, shown)
    mark = f"{shown[-1].changed_at.isoformat()}~{shown[-1].pk}" if len(found) > PAGE else ""
    return CasePage(shown, mark, filters.address, hours.value_at_risk(row.pk for row in shown))


def _below(after: str) -> Q:
    at, _, last = after.partition("~")
    try:
        since, case = datetime.fromisoformat(at).astimezone(UTC), UUID(last)
    except (ValueError, OverflowError) as error:
        raise Refused("after") from error
    return Q(changed_at__lt=since) | Q(changed_at=since, id__gt=case)


def by_value(actor: Actor, *, mine: bool = False) -> list[tuple[Case, int]]:
    """Open cases by the money that melts away this month and next, the most first; in cents."""
    rows = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    rows = rows.filter(owner_id=actor.user_id) if mine else rows
    valued: QuerySet[Any] = hours.with_value_at_risk(rows)
    melting = valued.filter(value_at_risk__gt=0).order_by("-value_at_risk", "id")
    found = list(melting.select_related("person", "workplace", "owner").defer("story", "goal")[:SHOWN])
    let_see_heads(actor, found)
    return [(case, case.value_at_risk) for case in found]


__all__ = ["Board", "CasePage", "Filters", "Near", "board", "by_value", "cases", "count_adrift", "near_deadlines"]
