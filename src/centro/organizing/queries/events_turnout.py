"""Turnout: who said what, how many to expect, and what they need. Counted in the database, never person by person."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, UUIDField

from centro.core import clock
from centro.core.policy import Actor
from centro.organizing.choices import Turnout
from centro.organizing.events.state import COMING, SAID_YES
from centro.organizing.models import Following, Gathering
from centro.organizing.queries.events import rows_of
from centro.people import queries as people
from centro.people.choices import LANGUAGES
from centro.people.models import Employment, Workplace
from centro.people.queries import let_see_workplaces

START_PERCENT = 50  # half of those who say yes come, as organizers find, until our own events tell
LEAST_PEOPLE, LEAST_EVENTS = 20, 2  # fewer say nothing, and could point at somebody
LOOKS_BACK = timedelta(days=365)
PLACES_SHOWN = 30


@dataclass(frozen=True)
class ShowRate:
    """Of a hundred who say yes, how many come; `is_ours`: counted at our own events, not assumed."""

    percent: int
    is_ours: bool
    people: int = 0


def show_rate(kind: str) -> ShowRate:
    """From closed events of this kind in the whole center over a year. Names nobody: below 20 people it is assumed."""
    closed = Gathering.objects.filter(kind=kind, closed_at__gte=clock.now() - LOOKS_BACK)
    held = closed.filter(Q(yes_came__gt=0) | Q(yes_missed__gt=0))
    sums = held.aggregate(came=Sum("yes_came"), missed=Sum("yes_missed"), events=Count("pk"))
    came, said = sums["came"] or 0, (sums["came"] or 0) + (sums["missed"] or 0)
    if said < LEAST_PEOPLE or sums["events"] < LEAST_EVENTS:
        return ShowRate(START_PERCENT, is_ours=False)
    return ShowRate((200 * came + said) // (2 * said), is_ours=True, people=said)


@dataclass
class Line:
    """One organizer, workplace or language: how many stand where."""

    label: str
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    brings: int = 0

    @property
    def people(self) -> int:
        return sum(self.states.values())

    @property
    def asked(self) -> int:
        return self.states[Turnout.ASKED]

    @property
    def maybe(self) -> int:
        return self.states[Turnout.MAYBE]

    @property
    def yes(self) -> int:
        return self.states[Turnout.YES]

    @property
    def confirmed(self) -> int:
        return self.states[Turnout.CONFIRMED]

    @property
    def came(self) -> int:
        return self.states[Turnout.ATTENDED]

    @property
    def missed(self) -> int:
        return self.states[Turnout.NO_SHOW]

    @property
    def cannot(self) -> int:
        return self.states[Turnout.CANCELLED]


@dataclass(frozen=True)
class Needs:
    """What those who come need: seats in cars, children, plates, interpretation by language."""

    rides: int
    children: int
    food: int
    interpretation: list[tuple[str, int]]


@dataclass(frozen=True)
class Picture:
    """The turnout of one event."""

    whole: Line
    rate: ShowRate
    expected: int
    walk_ins: int
    by_organizer: list[Line]
    by_leader: list[Line]
    by_workplace: list[Line]
    by_language: list[Line]
    needs: Needs


def turnout(actor: Actor, gathering: Gathering) -> Picture:
    """The same number of queries, however many people were asked."""
    counted = _counted(actor, gathering)
    whole = Line("")
    for row in counted:
        _add(whole, row)
    rate, walk_ins = show_rate(gathering.kind), gathering.walk_ins.count()
    names = people.names_of_staff(actor, {row["asked_by"] for row in counted})
    return Picture(
        whole=whole,
        rate=rate,
        expected=_expected(whole, _more(counted), rate) + walk_ins,
        walk_ins=walk_ins,
        by_organizer=_grouped(counted, lambda row: names.get(row["asked_by"], "")),
        by_leader=_by_leader(actor, gathering),
        by_workplace=_by_workplace(actor, gathering),
        by_language=_grouped(counted, lambda row: LANGUAGES.get(row["person__language"], row["person__language"])),
        needs=_needs(actor, gathering),
    )


def _counted(actor: Actor, gathering: Gathering) -> list[dict[str, Any]]:
    rows = rows_of(actor, gathering).order_by().values("state", "asked_by", "person__language")
    return list(rows.annotate(n=Count("pk"), more=Sum("brings")))


def _add(line: Line, row: dict[str, Any]) -> None:
    line.states[row["state"]] += row["n"]
    if row["state"] in COMING:
        line.brings += row["more"] or 0


def _more(counted: Iterable[dict[str, Any]]) -> int:
    """How many others come with those who said yes and are not here yet."""
    return sum(row["more"] or 0 for row in counted if row["state"] in SAID_YES)


def _expected(whole: Line, more: int, rate: ShowRate) -> int:
    """Those who are here, and of those who said yes (with whom they bring) as many as usually come."""
    here = whole.came + whole.brings - more
    return here + (rate.percent * (whole.yes + whole.confirmed + more) + 50) // 100


def _grouped(counted: Iterable[dict[str, Any]], label: Callable[[dict[str, Any]], str]) -> list[Line]:
    """Lines by name, never by number: who calls whom, not who is ahead."""
    lines: dict[str, Line] = {}
    for row in counted:
        _add(lines.setdefault(label(row), Line(label(row))), row)
    return sorted(lines.values(), key=lambda line: line.label.casefold())


def _by_leader(actor: Actor, gathering: Gathering) -> list[Line]:
    """Whose own people they are, of leaders whom the actor may see; whoever follows two counts with the first."""
    follows = Following.objects.filter(campaign=gathering.campaign_id, person=OuterRef("person")).order_by("at", "pk")
    rows = (
        rows_of(actor, gathering)
        .order_by()
        .annotate(leader=Subquery(follows.values("leader")[:1], output_field=UUIDField()))
    )
    led = rows.filter(leader__isnull=False).values("leader", "state")
    counted: list[Any] = list(led.annotate(n=Count("pk"), more=Sum("brings")))
    seen = people.people_by_id(actor, {row["leader"] for row in counted})
    return _grouped((row for row in counted if row["leader"] in seen), lambda row: str(seen[row["leader"]].short_name))


def _by_workplace(actor: Actor, gathering: Gathering) -> list[Line]:
    """Where those asked work now; whoever works at two places stands in both, and once at each."""
    mine = rows_of(actor, gathering).order_by().values("pk")
    earlier = Employment.objects.filter(person=OuterRef("person"), workplace=OuterRef("workplace"), to_on__isnull=True)
    jobs = Employment.objects.filter(to_on__isnull=True, person__commitments__in=mine).order_by()
    jobs = jobs.exclude(Exists(earlier.filter(pk__lt=OuterRef("pk"))))
    by_state = jobs.values("workplace", state=F("person__commitments__state"))
    counted: list[Any] = list(by_state.annotate(n=Count("pk"), more=Sum("person__commitments__brings")))
    lines: dict[Any, Line] = {}
    for row in counted:
        _add(lines.setdefault(row["workplace"], Line("")), row)
    most = sorted(lines, key=lambda pk: -lines[pk].people)[:PLACES_SHOWN]
    for workplace in _workplaces(actor, most):
        lines[workplace.pk].label = str(workplace.name)
    return sorted((lines[pk] for pk in most), key=lambda line: line.label.casefold())


def _workplaces(actor: Actor, ids: list[Any]) -> list[Workplace]:
    rows = list(Workplace.objects.filter(pk__in=ids))
    let_see_workplaces(actor, rows)
    return rows


def _needs(actor: Actor, gathering: Gathering) -> Needs:
    rows = rows_of(actor, gathering).order_by().filter(state__in=COMING)
    ride, eats = Q(needs_ride=True), Q(food_note__isnull=False)
    sums = rows.aggregate(
        riders=Count("pk", filter=ride),
        with_them=Sum("brings", filter=ride),
        children=Sum("children"),
        food=Count("pk", filter=eats),
    )
    tongues = rows.exclude(interpret="").values("interpret").annotate(n=Count("pk")).order_by("-n", "interpret")
    return Needs(
        rides=sums["riders"] + (sums["with_them"] or 0),
        children=sums["children"] or 0,
        food=sums["food"],
        interpretation=[(LANGUAGES.get(row["interpret"], row["interpret"]), row["n"]) for row in tongues],
    )
