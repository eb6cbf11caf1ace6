"""Assessments of many: the people of a debrief, and how a workplace and its workers moved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from centro.core import clock
from centro.core.policy import Actor
from centro.organizing.assess_trends import Mark, Month, Point, line, months, points
from centro.organizing.models import Assessment, Campaign, Stop
from centro.organizing.models.contacts import corrected
from centro.organizing.queries.lists import get_assignment
from centro.organizing.queries.lookup import Row, people_of_campaign, row_of, standings_of
from centro.organizing.queries.searches_filters import Filters
from centro.organizing.queries.structure import workplaces_of
from centro.people import queries as people
from centro.people.models import Employment, Involvement, Person, Workplace

AT_ONCE, ON_A_PAGE = 30, 500  # people of one debrief page: of a search, and of a list at most
WORKERS, WORKPLACES, MARKS = 60, 12, 20_000
MONTHS = 6
PAST = timedelta(days=365)


def debrief(actor: Actor, campaign: Campaign, filters: Filters, assignment: UUID | None) -> tuple[list[Row], str]:
    """The people to go down together: those of a list that went out, else those a search finds, a page at a time."""
    if assignment is None:
        return people_of_campaign(actor, campaign, filters, AT_ONCE)
    row = get_assignment(actor, assignment, "edit")
    stops = list(Stop.objects.filter(assignment=row).order_by("number").values_list("person", flat=True))
    return _in_order(campaign, stops, people.people_by_id(actor, stops)), ""


def debrief_of(actor: Actor, campaign: Campaign, ids: list[UUID]) -> list[Row]:
    """These people of a page that was shown, in its order: those who are still of the campaign and may be seen."""
    part_of = Involvement.objects.filter(person__in=ids[:ON_A_PAGE], scope=campaign.pk, until__isnull=True)
    seen = people.people_by_id(actor, part_of.values_list("person", flat=True))
    return _in_order(campaign, ids, seen)


def _in_order(campaign: Campaign, ids: list[UUID], seen: dict[UUID, Person]) -> list[Row]:
    """Those of these people who are seen, in the order of the ids."""
    at = standings_of(campaign.pk, seen)
    return [row_of(seen[pk], at.get(pk)) for pk in ids if pk in seen]


@dataclass(frozen=True)
class WorkerTrend:
    """One worker's small picture and its words."""

    person: Person
    points: list[Point]

    @property
    def line(self) -> str:
        return line(self.points)

    @property
    def last(self) -> Mark | None:
        return self.points[-1].mark if self.points else None


@dataclass(frozen=True)
class WorkplaceTrend:
    """One workplace's small picture: who stood where at the end of each month."""

    workplace: Workplace
    everybody: int
    months: list[Month]


def _marks(actor: Actor, campaign: Campaign, ids: Any, since: datetime | None = None) -> list[Mark]:
    rows = Assessment.objects.visible_to(actor, "see").filter(~corrected("contact"), campaign=campaign, person__in=ids)
    if since is not None:
        rows = rows.filter(at__gte=since)
    found = rows.order_by("-at").values_list("person_id", "value", "basis", "at")[:MARKS]
    return [Mark(*values) for values in found]


def trends_of_workers(actor: Actor, campaign: Campaign, workplace: Workplace, steps: int) -> list[WorkerTrend]:
    """Everybody who works there now and was assessed within a year, by name."""
    until = clock.now()
    work = Employment.objects.filter(workplace=workplace, to_on__isnull=True).order_by().values("person")
    seen = Person.objects.visible_to(actor, "see").filter(pk__in=work, restricted_at__isnull=True)
    here = {person.pk: person for person in seen.order_by("-changed_at", "pk")[: 5 * WORKERS]}
    by_person: dict[UUID, list[Mark]] = {}
    for mark in _marks(actor, campaign, list(here), until - PAST):
        by_person.setdefault(mark.person, []).append(mark)
    found = [WorkerTrend(here[pk], points(marks, until - PAST, until, steps)) for pk, marks in by_person.items()]
    return sorted(found, key=lambda trend: str(trend.person.name).casefold())[:WORKERS]


def trends_of_workplaces(actor: Actor, campaign: Campaign, steps: int) -> list[WorkplaceTrend]:
    """The workplaces where most are assessed, by name: who stood where at the end of each of the last six months."""
    places = workplaces_of(actor, campaign)
    listed = {"person__merged_into__isnull": True, "person__restricted_at__isnull": True}
    jobs = Employment.objects.filter(workplace__in=places, to_on__isnull=True, **listed).order_by()
    works = list(jobs.values_list("workplace_id", "person_id")[:MARKS])
    by_person: dict[UUID, list[Mark]] = {}
    for mark in _marks(actor, campaign, {person for _place, person in works}):
        by_person.setdefault(mark.person, []).append(mark)
    there: dict[UUID, set[UUID]] = {}
    for place, person in works:
        there.setdefault(place, set()).add(person)
    known = {place: len(ids & by_person.keys()) for place, ids in there.items()}
    most = sorted((place for place in known if known[place]), key=lambda place: -known[place])[:WORKPLACES]
    found = []
    for row in (row for row in places if row.pk in most):
        everybody = len(there[row.pk])
        found.append(
            WorkplaceTrend(row, everybody, months(_of(there[row.pk], by_person), month_ends(), steps, everybody))
        )
    return found


def _of(there: set[UUID], by_person: dict[UUID, list[Mark]]) -> list[Mark]:
    return [mark for person in there for mark in by_person.get(person, ())]


def month_ends() -> list[datetime]:
    """The last moments of the months before this one, and this moment."""
    at = timezone.localtime(clock.now())
    ends = [at]
    for _ in range(MONTHS - 1):
        at = at.replace(day=1, hour=0, minute=0, second=0, microsecond=0) - timedelta(seconds=1)
        ends.append(at)
    return ends[::-1]
