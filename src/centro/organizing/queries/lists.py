"""Lists of a shift: as the organizer keeps them, and as whoever goes sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from centro.core import clock, policy
from centro.core import queries as core
from centro.core.classes import Relation, Role
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.models import Assignment, Campaign, Contact, Pack, Stop
from centro.organizing.queries.campaigns import team
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.people import queries as people
from centro.people.models import Person
from centro.people.queries.persons import with_list_columns

EARLY = timedelta(hours=2)  # a visit so long before the shift belongs to it
LATE_AFTER = timedelta(hours=24)  # a printed list that nobody typed in by then


@dataclass(frozen=True)
class StopRow:
    """A stop with its person and the last try, as far as whoever goes may know it."""

    stop: Stop
    person: Person
    last: Row
    is_done: bool


def assignments(actor: Actor) -> list[Assignment]:
    """Lists that run or are to come, and those of the last fortnight; the next first."""
    since = clock.now() - timedelta(days=14)
    rows = Assignment.objects.visible_to(actor, "see").filter(to_at__gte=since).annotate(people=Count("stops"))
    return list(rows.order_by("-from_at")[:50])


def get_assignment(actor: Actor, assignment: UUID, verb: str = "see") -> Assignment:
    row: Assignment = Assignment.objects.select_related("campaign").get_for(actor, verb, pk=assignment)
    policy.opens_all(row.campaign, Relation(policy.relation_to(row)))  # its scale is read at the door
    return row


def find_list(actor: Actor, code: str) -> Assignment | None:
    """The list with this code, if the actor hands it out."""
    found: Assignment | None = Assignment.objects.visible_to(actor, "edit").filter(code=code).first()
    return found


def get_stop(actor: Actor, stop: UUID, verb: str = "see") -> Stop:
    """One stop with its list; its person is there only as far as the actor may see them."""
    row: Stop = Stop.objects.get_for(actor, verb, pk=stop)
    row.assignment = get_assignment(actor, row.assignment_id)
    row.person = people.get_person(actor, row.person_id)
    return row


def rows_of_list(actor: Actor, assignment: Assignment) -> list[StopRow]:
    """The stops in their order: who, in which language, last try, what to say first, done or not."""
    stops = list(Stop.objects.visible_to(actor, "see").filter(assignment=assignment))
    ids = [stop.person_id for stop in stops]
    persons = with_list_columns(
        Person.objects.visible_to(actor, "see").filter(pk__in=ids, restricted_at__isnull=True)
    ).in_bulk()
    standings = standings_of(assignment.campaign_id, persons)
    done = set(tried_stops([assignment]).values_list("person", flat=True))
    found = []
    for stop in stops:
        if stop.person_id not in persons:
            continue
        person = persons[stop.person_id]
        stop.person, stop.assignment = person, assignment
        last = row_of(person, standings.get(person.pk)).last_try
        found.append(StopRow(stop, person, last, person.pk in done))
    return found


def tried_stops(lists: Iterable[Assignment]) -> Any:
    """Stops of these lists whose person was tried since the shift began, or shortly before."""
    tries = Contact.objects.valid().filter(
        campaign=OuterRef("assignment__campaign"),
        person=OuterRef("person"),
        at__gte=OuterRef("assignment__from_at") - EARLY,
    )
    return Stop.objects.filter(Exists(tries), assignment__in=list(lists)).order_by()


def count_tried(lists: Iterable[Assignment]) -> dict[UUID, int]:
    """How many of each of these lists were tried; a list of which nobody was is not there. One query."""
    return dict(tried_stops(lists).values_list("assignment").annotate(n=Count("pk")))


def buildings(rows: list[StopRow]) -> list[tuple[str, list[StopRow]]]:
    """Stops of one address together, where there are two or more that nobody has tried yet."""
    open_ones = [row for row in rows if not row.is_done and str(row.stop.street) and "•" not in str(row.stop.street)]
    ordered = sorted(open_ones, key=lambda row: str(row.stop.street))
    groups = [(street, list(found)) for street, found in groupby(ordered, key=lambda row: str(row.stop.street))]
    return [(street, found) for street, found in groups if len(found) > 1]


def goes(actor: Actor, assignment: Assignment) -> list[User]:
    """Who goes with this list."""
    placed = Place.objects.filter(scope=assignment.pk).values("user")
    return list(User.objects.visible_to(actor, "name").filter(pk__in=placed).order_by("username"))


def choosable_staff(actor: Actor) -> list[User]:
    """Volunteers who may be sent with a list, by name."""
    return core.staff_by_role(actor).get(Role.VOLUNTEER, [])


def could_go_along(actor: Actor, campaign: Campaign) -> list[User]:
    """Colleagues who may have gone to a door with the actor: the others of the team, and volunteers."""
    found = {user.pk: user for user in (*team(actor, campaign), *choosable_staff(actor))}
    return [user for pk, user in found.items() if pk != actor.user_id]


def packs(actor: Actor, assignment: Assignment) -> list[Pack]:
    """The phones that carry this list or did, newest first, with whose they are."""
    rows = list(Pack.objects.filter(assignment=get_assignment(actor, assignment.pk)).select_related("user"))
    people.let_see_staff(actor, [pack.user for pack in rows])
    return rows


def unentered_lists(actor: Actor) -> list[Any]:
    """Lists that were printed, whose shift is over for a day, and that still have stops nobody typed in."""
    over = clock.now() - LATE_AFTER
    if not policy.may(actor, "assignment.edit"):
        return []
    printed = Assignment.objects.visible_to(actor, "edit").filter(Q(printed_at__isnull=False), to_at__lt=over)
    lately = printed.filter(to_at__gte=clock.now() - timedelta(days=30)).annotate(people=Count("stops"))
    rows: list[Any] = list(lately[:20])
    tried = count_tried(rows)
    for row in rows:
        row.missing = row.people - tried.get(row.pk, 0)
    return [row for row in rows if row.missing]
