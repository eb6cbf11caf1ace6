"""The clinic's board and the list of cases: what would be forgotten, what is late, what comes near."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from centro.clinic.choices import CaseState, Topic
from centro.clinic.deadlines import LIVE, STILL_OURS, described, is_for_worker
from centro.clinic.models import Case, Clock, LogLine, Matter
from centro.clinic.queries import hours
from centro.clinic.queries.cases import let_see_heads
from centro.clinic.queries.matters import Summary, hidden_from, language, let_see_next, state_words, without_hidden
from centro.core import clock
from centro.core.policy import Actor, Refused

PAGE = 50
SHOWN, MOST_AT_RISK = 12, 5
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
    """What needs somebody: at most twelve lines of each kind, and how many there are in all."""

    adrift: list[Summary]
    late: list[Summary]
    waited: list[Summary]
    near: list[Near]
    unanswered: list[LogLine]
    counts: dict[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


@dataclass(frozen=True)
class Needy:
    """Matters of one kind that need somebody: the first of them, and how many there are."""

    first: list[UUID]
    count: int


def board(actor: Actor, *, mine: bool = False) -> Board:
    """What would be forgotten among the cases this actor may see; only their own matters if `mine`."""
    needy, near, unanswered = _needy(actor, mine), _near(actor, mine), _unanswered(actor, mine)
    matters = list(_matters([pk for found in needy.values() for pk in found.first]))
    lines = list(LogLine.objects.filter(pk__in=unanswered[:SHOWN]).order_by("at"))
    deadlines = _described(near[:SHOWN])
    _give_heads(actor, [*matters, *lines, *(line.row for line in deadlines)])
    shown = {row.pk: Summary(row, state_words(row)) for row in let_see_next(matters)}
    counts = {name: found.count for name, found in needy.items()}
    return Board(
        **{name: [shown[pk] for pk in found.first if pk in shown] for name, found in needy.items()},
        near=deadlines,
        unanswered=lines,
        counts={**counts, "near": len(near), "unanswered": len(unanswered)},
    )


def count_adrift(actor: Actor) -> int:
    """How many open matters of this actor have no next action and wait for nothing."""
    has_no_next = Q(next_task=None) | Q(next_task__done_at__isnull=False)
    return Matter.objects.filter(has_no_next, owner_id=actor.user_id, closed_at=None, waiting_until=None).count()


def near_deadlines(actor: Actor) -> list[Near]:
    """Deadlines of the next thirty days in what this actor answers for, twelve at most."""
    found = _described(_near(actor, mine=True)[:SHOWN])
    _give_heads(actor, [line.row for line in found])
    return found


def _needy(actor: Actor, mine: bool) -> dict[str, Needy]:
    """Open matters that need somebody, in one query: adrift, late, or waited for long enough; the oldest first."""
    today = clock.today()
    is_adrift = (Q(next_task=None) | Q(next_task__done_at__isnull=False)) & Q(waiting_until=None)
    is_late = Q(next_task__done_at=None, next_task__due_on__lt=today)
    has_waited = Q(waiting_until__lt=today)
    kind = Choice(When(has_waited, then=Value("waited")), When(is_late, then=Value("late")), default=Value("adrift"))
    since = Choice(When(has_waited, then="waiting_until"), When(is_late, then="next_task__due_on"))
    rows = _open_matters(actor, mine).filter(is_adrift | is_late | has_waited).annotate(kind=kind, since=since)
    place = Window(RowNumber(), partition_by="kind", order_by=["since", "opened_at"])
    count = Window(Count("pk"), partition_by="kind")
    first = rows.annotate(place=place, count=count).filter(place__lte=SHOWN).order_by("kind", "place")
    found = {name: Needy([], 0) for name in ("adrift", "late", "waited")}
    for name, pk, many in first.values_list("kind", "pk", "count"):
        found[name] = Needy([*found[name].first, pk], many)
    return found


def _open_matters(actor: Actor, mine: bool) -> QuerySet[Matter]:
    cases = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    rows = Matter.objects.filter(closed_at=None, case__in=cases.values("pk")).exclude(hidden_from(actor))
    return rows.filter(owner_id=actor.user_id) if mine else rows


def _matters(wanted: list[UUID]) -> QuerySet[Matter]:
    return Matter.objects.filter(pk__in=wanted).select_related("owner", "next_task")


def _near(actor: Actor, mine: bool) -> list[UUID]:
    """Deadlines of workers in the next thirty days, the nearest first, one for each case and day."""
    today = clock.today()
    ahead = Clock.objects.filter(STILL_OURS, state__in=LIVE, on__gte=today, on__lt=today + NEAR)
    rows = ahead.filter(_of_a_case_seen_by(actor, is_open=True))
    if mine:
        rows = rows.filter(Q(matter__owner_id=actor.user_id) | Q(matter=None, case__owner_id=actor.user_id))
    by_day: dict[tuple[Any, UUID], UUID] = {}
    found = without_hidden(actor, rows).order_by("on", "id").values_list("on", "case_id", "rule", "pk")
    for day, case, rule, pk in found:
        if is_for_worker(rule):
            by_day.setdefault((day, case), pk)
    return list(by_day.values())


def _described(wanted: list[UUID]) -> list[Near]:
    """These deadlines in words, in this order; their cases are given afterwards."""
    rows = Clock.objects.only("on", "rule", "case_id", "state").in_bulk(wanted)
    spoken, today = language(), clock.today()
    ordered = [rows[pk] for pk in wanted if pk in rows]
    return [Near(row, described(row.rule, spoken)["what"], (row.on - today).days) for row in ordered if row.on]


def _unanswered(actor: Actor, mine: bool) -> list[UUID]:
    """Messages of workers that wait for our answer, the oldest first."""
    rows = LogLine.objects.filter(_of_a_case_seen_by(actor), is_answer_owed=True, answered_at=None)
    rows = rows.filter(case__owner_id=actor.user_id) if mine else rows
    return list(without_hidden(actor, rows).order_by("at").values_list("pk", flat=True))


def _of_a_case_seen_by(actor: Actor, *, is_open: bool = False) -> Exists:
    """That the row's case is one this actor sees: asked of each row, because the rows are few and the cases are not."""
    cases = Case.objects.visible_to(actor, "see").filter(pk=OuterRef("case_id"))
    return Exists(cases.filter(closed_at=None) if is_open else cases)


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
    by_money: bool = False  # the money that melts away first, instead of what was changed last

    @property
    def address(self) -> str:
        given = {"state": self.state, "topic": self.topic, "language": self.language}
        given["order"] = "money" if self.by_money else ""
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
    """Cases this actor may see, the ones changed last (or with the most money at risk) first, without counting them."""
    rows: QuerySet[Case] = Case.objects.visible_to(actor, "see")
    rows = rows.filter(state=filters.state) if filters.state in CaseState.values else rows
    rows = rows.filter(closed_at=None) if not filters.closed and not filters.state else rows
    rows = rows.filter(owner_id=actor.user_id) if filters.mine else rows
    rows = rows.filter(language=filters.language) if filters.language else rows
    if filters.topic in Topic.values:
        rows = rows.annotate(topic_codes=Cast("topics", CharField())).filter(topic_codes__contains=f'"{filters.topic}"')
    order = MONEY if filters.by_money else RECENT
    rows = order.ready(rows)
    if after:
        rows = rows.filter(_below(after, order))
    wanted = rows.order_by(f"-{order.column}", "id").select_related("person", "workplace", "owner")
    found = list(wanted.defer("story", "goal")[: PAGE + 1])
    shown = found[:PAGE]
    let_see_heads(actor, shown)
    mark = f"{order.write(getattr(shown[-1], order.column))}~{shown[-1].pk}" if len(found) > PAGE else ""
    return CasePage(shown, mark, filters.address, hours.value_at_risk(row.pk for row in shown))


@dataclass(frozen=True)
class Order:
    """How a list stands: the column that falls, how its last value is written into an address, and read again."""

    column: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    ready: Callable[[QuerySet[Case]], QuerySet[Case]] = lambda rows: rows


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _with_melting(rows: QuerySet[Case]) -> QuerySet[Case]:
    found: QuerySet[Case] = hours.with_value_at_risk(rows).annotate(melting=Coalesce("value_at_risk", 0))
    return found


RECENT = Order("changed_at", datetime.isoformat, _moment)
MONEY = Order("melting", str, int, _with_melting)


def _below(after: str, order: Order) -> Q:
    """The rows after the one at which a page ended; `Refused` for a mark that is none."""
    value, _, last = after.partition("~")
    try:
        bound, case = order.read(value), UUID(last)
    except (ValueError, OverflowError) as error:
        raise Refused("after") from error
    return Q(**{f"{order.column}__lt": bound}) | Q(**{order.column: bound}, id__gt=case)


def by_value(actor: Actor, *, mine: bool = False) -> list[tuple[Case, int]]:
    """Open cases by the money that melts away this month and next, the most first; in cents."""
    rows = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    rows = rows.filter(owner_id=actor.user_id) if mine else rows
    valued: QuerySet[Any] = hours.with_value_at_risk(rows)
    melting = valued.filter(value_at_risk__gt=0).order_by("-value_at_risk", "id")
    found = list(melting.select_related("person", "workplace", "owner").defer("story", "goal")[:MOST_AT_RISK])
    let_see_heads(actor, found)
    return [(case, case.value_at_risk) for case in found]


__all__ = ["Board", "CasePage", "Filters", "Near", "board", "by_value", "cases", "count_adrift", "near_deadlines"]
