"""The people of a campaign with where they stand, filtered and in the order in which they need a visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, prefetch_related_objects

from centro.core import clock
from centro.core.models import Task
from centro.core.policy import Actor
from centro.organizing.choices import Basis, Outcome
from centro.organizing.models import Campaign, Standing
from centro.organizing.queries.searches import conditions
from centro.organizing.queries.searches_filters import OLD_DAYS, PAGE, RECENT_DAYS, Filters
from centro.people.models import Involvement, Person, Residency
from centro.people.queries.persons import let_see_jobs, with_list_columns


@dataclass(frozen=True)
class Row:
    """One person of a campaign as the list shows them."""

    person: Any
    contact_at: datetime | None
    outcome: str
    value: int | None
    basis: str
    assessed_at: datetime | None
    due_on: date | None = None

    @property
    def outcome_words(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def days_since_contact(self) -> int | None:
        return None if self.contact_at is None else (clock.now() - self.contact_at).days

    @property
    def is_recent(self) -> bool:
        return self.contact_at is not None and clock.now() - self.contact_at < timedelta(days=RECENT_DAYS)

    @property
    def is_old(self) -> bool:
        """The assessment is too old to lean on."""
        return self.assessed_at is not None and clock.now() - self.assessed_at > timedelta(days=OLD_DAYS)

    @property
    def mark(self) -> str:
        """Which colour the assessment has."""
        return str(self.value or "none")

    @property
    def is_hearsay(self) -> bool:
        return self.basis == Basis.SECOND_HAND

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def last_try(self) -> "Row":
        """Day and outcome of the last try: all that whoever goes there may know of it."""
        return Row(self.person, self.contact_at, self.outcome, value=None, basis="", assessed_at=None)


def people_of_campaign(actor: Actor, campaign: Campaign, filters: Filters, most: int = PAGE) -> tuple[list[Row], str]:
    """A page of people, those nobody talked with for longest first; and the mark of the next page, if there is one."""
    found = _found(actor, campaign, filters, most)
    shown = found[:most]
    seen = with_list_columns(Person.objects.visible_to(actor, "see")).in_bulk([row.person_id for row in shown])
    let_see_jobs(actor, list(seen.values()))
    due = steps_due_on(seen)
    rows = [row_of(seen[row.person_id], row, due.get(row.person_id)) for row in shown if row.person_id in seen]
    return rows, mark_of(shown[-1]) if len(found) > most else ""


def fitting(actor: Actor, campaign: Campaign, filters: Filters) -> Any:
    """Where everybody stands whom a search finds: people of the campaign whom the actor sees."""
    part_of = Involvement.objects.filter(person=OuterRef("person_id"), scope=campaign.pk, until__isnull=True)
    seen = Person.objects.visible_to(actor, "see").filter(pk=OuterRef("person_id"), restricted_at__isnull=True)
    rows: Any = Standing.objects.filter(campaign=campaign)
    for narrow in conditions(actor, campaign, filters):
        rows = rows.filter(narrow)
    return rows.filter(Exists(part_of), Exists(seen))


def _found(actor: Actor, campaign: Campaign, filters: Filters, most: int) -> list[Standing]:
    """One standing more than a page: first those nobody ever talked with, then the others, each along an index."""
    rows = fitting(actor, campaign, filters)
    at, last = _place_of(filters.after)
    found: list[Standing] = []
    if at is None:
        new = rows.filter(contact_at__isnull=True, **({"pk__gt": last} if last else {}))
        found = list(new.order_by("pk")[: most + 1])
    if len(found) <= most:
        later = Q(contact_at__gte=at) & (Q(contact_at__gt=at) | Q(pk__gt=last)) if at else Q(contact_at__isnull=False)
        found += rows.filter(later).order_by("contact_at", "pk")[: most + 1 - len(found)]
    return found


def home_of(person: Person) -> Residency | None:
    """Where they live now, as far as we know."""
    return next((home for home in person.residencies.all() if home.to_on is None), None)


def by_street(person: Person) -> tuple[str, str, int, str]:
    """ZIP, street, house number, unit: neighbours follow each other without asking any map."""
    home = home_of(person)
    if home is None:
        return ("~", "", 0, "")
    number, _, street = str(home.street).partition(" ")
    return (home.zip, street, int(number) if number.isdecimal() else 0, str(home.unit))


def by_place(rows: list[Row]) -> list[Row]:
    """The same people by ZIP, street and number of where they live now: neighbours follow each other, no map is asked.

    At most one list of people: their homes are read here.
    """
    with_homes(row.person for row in rows)
    return sorted(rows, key=lambda row: by_street(row.person))


def with_homes(people: Iterable[Person]) -> list[Person]:
    """These people with where they live, in one query for all of them."""
    found = list(people)
    prefetch_related_objects(found, "residencies")
    return found


def mark_of(row: Standing) -> str:
    """Where a page ends: the moment of the last contact, if there was one, and the row."""
    return f"{row.contact_at.isoformat() if row.contact_at else ''}~{row.pk}"


def _place_of(mark: str) -> tuple[datetime | None, UUID | None]:
    """What a mark says; one that makes no sense is the beginning."""
    at, _, last = mark.partition("~")
    try:
        row = UUID(last)
        return (datetime.fromisoformat(at).astimezone(UTC) if at else None), row
    except (ValueError, OverflowError):
        return None, None


def row_of(person: Any, standing: Standing | None, due_on: date | None = None) -> Row:
    """A person with where they stand; None: nobody has noted anything of them."""
    at = standing or Standing()
    return Row(person, at.contact_at, at.outcome, at.value, at.basis, at.assessed_at, due_on)


def standings_of(campaign: UUID, people: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where each of these people stands in a campaign, in one query."""
    return {row.person_id: row for row in Standing.objects.filter(campaign=campaign, person__in=list(people))}


def steps_due_on(people: Iterable[UUID]) -> dict[UUID, date]:
    """The day of the next open step about each of these people."""
    rows = Task.objects.filter(about__in=list(people), done_at__isnull=True).order_by()
    return {row["about"]: row["due"] for row in rows.values("about").annotate(due=Min("due_on"))}
