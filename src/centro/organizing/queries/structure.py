"""Structure tests: who is asked, what each did, and what that says by department, language and leader."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from centro.core import policy
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.organizing.choices import Shift, TieKind
from centro.organizing.models import Act, Campaign, Department, Following, Post, Standing, StructureTest, Tie
from centro.organizing.structure.choices import Deed
from centro.people import queries as people
from centro.people.models import Employment, Involvement, Person, Workplace
from centro.people.queries.persons import with_list_columns

PAGE = 50
MOST = 500  # people on one sheet, workplaces and leaders to choose from
_LEADS = (TieKind.INFLUENCES, TieKind.RECRUITED)


def tests(actor: Actor, campaign: Campaign) -> list[StructureTest]:
    """The campaign's tests, the last first."""
    return list(StructureTest.objects.visible_to(actor, "see").filter(campaign=campaign)[:PAGE])


def get_test(actor: Actor, test: UUID, verb: str = "see") -> StructureTest:
    rows = StructureTest.objects.select_related("campaign").prefetch_related("workplaces")
    row: StructureTest = rows.get_for(actor, verb, pk=test)
    policy.opens_all(row.campaign, Relation(policy.relation_to(row)))
    people.let_see_workplaces(actor, row.workplaces.all())
    return row


def workplaces_of(actor: Actor, campaign: Campaign, but: UUID | None = None) -> list[Workplace]:
    """Workplaces with a wall chart, and those where the thousand people talked with last work; `but` always."""
    charted = Department.objects.filter(campaign=campaign).values("workplace")
    lately = Standing.objects.filter(campaign=campaign).order_by("-contact_at").values("person")[:1000]
    ids = set(charted.values_list("workplace", flat=True)) | ({but} if but else set())
    ids |= set(
        Employment.objects.filter(person__in=list(lately.values_list("person", flat=True)), to_on__isnull=True)
        .order_by()
        .values_list("workplace", flat=True)
        .distinct()[:MOST]
    )
    rows = Workplace.objects.visible_to(actor, "see").filter(pk__in=ids)
    return sorted(rows, key=lambda row: str(row.name).casefold())


def universe(actor: Actor, test: StructureTest) -> Any:
    """Everybody who is asked, as far as the actor may see them: those of its workplaces, else of the campaign."""
    places = [row.pk for row in test.workplaces.all()]
    rows = Person.objects.visible_to(actor, "see").filter(restricted_at__isnull=True)
    if not places:
        return rows.filter(
            pk__in=Involvement.objects.filter(scope=test.campaign_id, until__isnull=True).values("person")
        )
    work = Employment.objects.filter(workplace__in=places, to_on__isnull=True).order_by().values("person")
    stand = Post.objects.filter(campaign=test.campaign_id, department__workplace__in=places).values("person")
    return rows.filter(Q(pk__in=work) | Q(pk__in=stand))


def with_acts(rows: Any, test: StructureTest) -> Any:
    """The same people, each with what they did, who leads them, where they stand on chart and scale."""
    acts = Act.objects.filter(test=test, person=OuterRef("pk")).order_by()
    posts = Post.objects.filter(campaign=test.campaign_id, person=OuterRef("pk")).order_by("department__place", "pk")
    if places := [row.pk for row in test.workplaces.all()]:
        posts = posts.filter(department__workplace__in=places)
    value = Standing.objects.filter(campaign=test.campaign_id, person=OuterRef("pk"))
    followed = Following.objects.filter(campaign=test.campaign_id, person=OuterRef("pk")).order_by("at", "pk")
    tied = Tie.objects.filter(campaign=test.campaign_id, other=OuterRef("pk"), kind__in=_LEADS, ended_at__isnull=True)
    return rows.annotate(
        deed=Coalesce(Subquery(acts.values("deed")[:1]), Value("")),
        number=Subquery(acts.values("number")[:1]),
        leader=Coalesce(
            Subquery(acts.values("asked_by")[:1], output_field=UUIDField()),
            Subquery(followed.values("leader")[:1], output_field=UUIDField()),
            Subquery(tied.order_by("-strength", "pk").values("person")[:1], output_field=UUIDField()),
        ),
        department=Subquery(posts.values("department")[:1], output_field=UUIDField()),
        shift=Coalesce(Subquery(posts.values("shift")[:1]), Value("")),
        stands=Subquery(value.values("value")[:1]),
    )


@dataclass(frozen=True)
class TickRow:
    """One person on the list for ticking: never with an assessment, because the list is carried around."""

    person: Any
    place: str
    leader: Person | None

    @property
    def deed(self) -> str:
        return str(self.person.deed)

    @property
    def deed_words(self) -> str:
        return str(Deed(self.deed).label)


@dataclass(frozen=True)
class Ticking:
    """What narrows the list for ticking."""

    leader: UUID | None = None
    is_open_only: bool = False
    page: int = 1
    person: UUID | None = None


def tick_rows(actor: Actor, test: StructureTest, ticking: Ticking, most: int = PAGE) -> tuple[list[TickRow], bool]:
    """People to tick, by department, shift and name, a page at a time; and whether there are more."""
    rows = with_acts(universe(actor, test), test)
    if ticking.leader:
        rows = rows.filter(leader=ticking.leader)
    if ticking.is_open_only:
        rows = rows.filter(deed=Deed.NONE)
    if ticking.person:
        rows = rows.filter(pk=ticking.person)
    start = (ticking.page - 1) * most
    found = list(with_list_columns(rows).order_by("department", "shift", "pk")[start : start + most + 1])
    return _tick_rows(actor, test, found[:most]), len(found) > most


def _tick_rows(actor: Actor, test: StructureTest, found: list[Any]) -> list[TickRow]:
    titles = departments_of(actor, test)
    leaders = people.people_by_id(actor, [person.leader for person in found])
    rows = [TickRow(person, place_words(titles, person), leaders.get(person.leader)) for person in found]
    return sorted(rows, key=lambda row: (row.place, str(row.person.name).casefold()))


def departments_of(actor: Actor, test: StructureTest) -> dict[UUID, str]:
    """Titles of the campaign's departments (in the test's workplaces), in the order of the chart."""
    rows = Department.objects.visible_to(actor, "see").filter(campaign=test.campaign_id)
    if places := [row.pk for row in test.workplaces.all()]:
        rows = rows.filter(workplace__in=places)
    return {row.pk: str(row.title) for row in rows[:MOST]}


def place_words(titles: dict[UUID, str], person: Any) -> str:
    """`Kitchen, Night`, or nothing for somebody who stands nowhere on the chart."""
    title = titles.get(person.department)
    return f"{title}, {Shift(person.shift).label}" if title and person.shift else ""


def leaders(actor: Actor, test: StructureTest) -> list[Person]:
    """Whom others follow here: ringed on the chart, with people of their own, or named as who asked."""
    ringed: QuerySet[Any, Any] = Post.objects.filter(campaign=test.campaign_id, is_leader=True)
    if places := [row.pk for row in test.workplaces.all()]:
        ringed = ringed.filter(department__workplace__in=places)
    ids = set(ringed.values_list("person", flat=True)[:MOST])
    ids |= set(Following.objects.filter(campaign=test.campaign_id).values_list("leader", flat=True).distinct()[:MOST])
    asked = Act.objects.filter(test=test, asked_by__isnull=False).order_by()
    ids |= set(asked.values_list("asked_by", flat=True).distinct()[:MOST])
    return sorted(people.people_by_id(actor, ids).values(), key=lambda person: str(person.name).casefold())


def known_numbers(actor: Actor, test: StructureTest) -> set[int]:
    """The numbers that stand on sheets of this test."""
    rows = Act.objects.visible_to(actor, "see").filter(test=test, number__isnull=False)
    return set(rows.values_list("number", flat=True))


def who_did(actor: Actor, test: StructureTest) -> set[UUID]:
    """Who did it."""
    return set(Act.objects.visible_to(actor, "see").filter(test=test, deed=Deed.DID).values_list("person", flat=True))


@dataclass(frozen=True)
class Acted:
    """What a wall chart shows of structure tests: those held there, the chosen one, and who did it."""

    tests: list[StructureTest]
    test: StructureTest | None
    people: set[UUID]


def acted_at(actor: Actor, campaign: Campaign, workplace: Workplace, wanted: str) -> Acted:
    """The tests of a workplace (and of the whole campaign), and who did the one whose id stands in the address."""
    rows = StructureTest.objects.visible_to(actor, "see").filter(campaign=campaign)
    held = list(rows.filter(Q(workplaces=workplace) | Q(workplaces__isnull=True)).distinct()[:PAGE])
    test = next((row for row in held if str(row.pk) == wanted), None)
    return Acted(held, test, who_did(actor, test) if test else set())


def cube(actor: Actor, test: StructureTest) -> list[dict[str, Any]]:
    """How many people there are of each language, department, shift, leader, assessment and deed: one query."""
    rows = Person.objects.filter(pk__in=universe(actor, test).values("pk")).order_by()
    dimensions = ("language", "department", "shift", "leader", "stands", "deed")
    counted = with_acts(rows, test).values(*dimensions).annotate(people=Count("pk"))
    return [dict(row) for row in counted]


def people_who(actor: Actor, test: StructureTest, *, ones: bool, most: int = PAGE) -> list[Any]:
    """Those whose deed and assessment part ways: `ones` who did not act, else threes and farther who did."""
    rows = with_acts(universe(actor, test), test)
    rows = rows.filter(stands=1).exclude(deed=Deed.DID) if ones else rows.filter(stands__gte=3, deed=Deed.DID)
    return list(with_list_columns(rows).order_by(F("stands").asc(), "-changed_at", "pk")[:most])
