"""The people of a campaign with where they stand, filtered and in the order in which they need a visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, Min, OuterRef, Q

from centro.core import clock
from centro.core.models import Task
from centro.core.policy import Actor
from centro.organizing.choices import Basis, Outcome
from centro.organizing.models import Campaign, Standing
from centro.people.models import Involvement, Person
from centro.people.queries.persons import let_see_jobs, with_list_columns

PAGE = 50
OLD_DAYS = 60  # an assessment older than this is shown as old
RECENT_DAYS = 7  # contacted within: hold off


@dataclass(frozen=True)
class Filters:
    """Coded filters that combine: all of them hold at once. Empty means everybody."""

    language: str = ""
    value: str = ""  # "1".."5", or "none"
    contact: str = ""  # "never", "recent", "old"
    zip: str = ""
    is_mine: bool = False
    page: int = 1

    def address(self, page: int) -> str:
        """The same filters for another page."""
        pairs = {"language": self.language, "value": self.value, "contact": self.contact, "zip": self.zip}
        pairs |= {"mine": "on" if self.is_mine else "", "page": str(page) if page > 1 else ""}
        return "?" + urlencode({name: value for name, value in pairs.items() if value})


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


_STANDING = ("contact_at", "outcome", "value", "basis", "assessed_at")


def people_of_campaign(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[list[Row], bool]:
    """Fifty people, those nobody talked with for longest first; and whether there are more."""
    rows = _narrowed(actor, campaign, filters)
    start = (filters.page - 1) * PAGE
    found = list(with_list_columns(rows)[start : start + PAGE + 1])
    shown = found[:PAGE]
    let_see_jobs(actor, shown)
    due = steps_due_on(person.pk for person in shown)
    return [row_of(person, due.get(person.pk)) for person in shown], len(found) > PAGE


def _narrowed(actor: Actor, campaign: Campaign, filters: Filters) -> Any:
    part_of = Involvement.objects.filter(person=OuterRef("pk"), scope=campaign.pk, until__isnull=True)
    rows = Person.objects.visible_to(actor, "see").filter(Exists(part_of), restricted_at__isnull=True)
    rows = rows.annotate(at=FilteredRelation("standings", condition=Q(standings__campaign=campaign)))
    rows = rows.annotate(**{f"standing_{name}": F(f"at__{name}") for name in _STANDING})
    for narrow in _conditions(actor, filters):
        rows = rows.filter(narrow)
    return rows.order_by(F("at__contact_at").asc(nulls_first=True), "-changed_at", "pk")


def _conditions(actor: Actor, filters: Filters) -> list[Q]:
    """Each filter that is set, as a condition."""
    recent = clock.now() - timedelta(days=RECENT_DAYS)
    old = clock.now() - timedelta(days=OLD_DAYS)
    contact = {
        "never": Q(at__contact_at__isnull=True),
        "recent": Q(at__contact_at__gte=recent),
        "old": Q(at__contact_at__lt=old),
    }
    wanted: list[Q] = []
    if filters.language:
        wanted.append(Q(language=filters.language))
    if filters.zip:
        wanted.append(Q(zip=filters.zip))
    if filters.is_mine:
        wanted.append(Q(in_care_of_id=actor.user_id))
    if filters.value == "none":
        wanted.append(Q(at__value__isnull=True))
    elif filters.value:
        wanted.append(Q(at__value=int(filters.value)))
    if filters.contact in contact:
        wanted.append(contact[filters.contact])
    return wanted


def row_of(person: Any, due_on: date | None = None, standing: Standing | None = None) -> Row:
    """A person with the standing that the query (or the caller) put beside them."""
    held = {
        name: getattr(standing, name) if standing else getattr(person, f"standing_{name}", None) for name in _STANDING
    }
    return Row(
        person=person,
        contact_at=held["contact_at"],
        outcome=held["outcome"] or "",
        value=held["value"],
        basis=held["basis"] or "",
        assessed_at=held["assessed_at"],
        due_on=due_on,
    )


def steps_due_on(people: Iterable[UUID]) -> dict[UUID, date]:
    """The day of the next open step about each of these people."""
    rows = Task.objects.filter(about__in=list(people), done_at__isnull=True).order_by()
    return {row["about"]: row["due"] for row in rows.values("about").annotate(due=Min("due_on"))}
