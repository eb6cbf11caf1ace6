"""Filters of a campaign's people as conditions on where they stand, and the searches kept under a name.

A filter that few people pass becomes a set of ids that is made once; one that many pass is asked of each person on
the way along the index, which ends as soon as a page is full. So a page is quick in either case, and rare people in
common company cost one walk over the index.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan

from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.models import Task
from centro.core.policy import Actor
from centro.organizing.choices import Turnout
from centro.organizing.models import (
    Campaign,
    Climb,
    Commitment,
    Contact,
    Department,
    LadderStep,
    Post,
    Search,
    Tie,
)
from centro.organizing.queries.quiet_ties import quiet_ties_of
from centro.organizing.queries.searches_filters import OLD_DAYS, RECENT_DAYS, Filters
from centro.organizing.standings import bits_of
from centro.people import queries as people
from centro.people.models import Building, Employment, Person, Residency
from centro.people.queries.texts import languages_of

FEW = 5000  # ids that are worth making once
MOST = 200  # choices of one filter
EVER = 20 * 365  # days: longer than any campaign
SOON = timedelta(days=180)  # how far back coming to events counts


def conditions(actor: Actor, campaign: Campaign, filters: Filters) -> list[Any]:
    """Each filter that is set, as a condition on `Standing`; nonsense is left out, nobody fits what is not theirs."""
    wanted = _of_standing(filters)
    for name, rows_of in _RELATED.items():
        if getattr(filters, name):
            wanted.append(_few_or_many(*rows_of(actor, campaign, filters)))
    if filters.asks_for_contact:
        wanted += _sought_out(campaign, filters)
    if filters.step and filters.step != "none":
        wanted.append(_few_or_many(*_climbed(actor, campaign, filters)))
    elif filters.step:
        wanted.append(~Exists(Climb.objects.filter(campaign=campaign, person=OuterRef("person"), until__isnull=True)))
    return wanted


def _of_standing(filters: Filters) -> list[Any]:
    """What the derived row itself says."""
    now = clock.now()
    recent, old = now - timedelta(days=RECENT_DAYS), now - timedelta(days=OLD_DAYS)
    named: dict[tuple[str, str], Q] = {
        ("value", "none"): Q(value__isnull=True),
        ("age", "fresh"): Q(assessed_at__gte=old),
        ("age", "old"): Q(assessed_at__lt=old),
        ("contact", "never"): Q(contact_at__isnull=True),
        ("contact", "recent"): Q(contact_at__gte=recent),
        ("contact", "old"): Q(contact_at__lt=old),
    }
    wanted: list[Any] = [condition for (name, code), condition in named.items() if getattr(filters, name) == code]
    if filters.value.isdecimal():
        wanted.append(Q(value=int(filters.value)))
    if filters.basis:
        wanted.append(Q(basis=filters.basis))
    if filters.issue:
        wanted.append(GreaterThan(F("issues").bitand(bits_of([filters.issue])), 0))
    return wanted


def _few_or_many(rows: Any, column: str) -> Any:
    """People of these rows: as a set of ids where they are few, asked one by one where they are many."""
    ids = rows.order_by().values(column)
    if ids[: FEW + 1].count() <= FEW:
        return Q(person__in=ids)
    return Exists(rows.filter(**{column: OuterRef("person")}))


def _sought_out(campaign: Campaign, filters: Filters) -> list[Any]:
    """Whether there was such a contact. Whoever was tried since then was last tried since then: it begins there."""
    since = clock.now() - timedelta(days=int(filters.days or EVER))
    if not filters.kind and not filters.who:  # any contact at all: where they stand says when the last was
        lately = Q(contact_at__gte=since)
        return [Q(contact_at__isnull=True) | ~lately] if filters.missing else [lately]
    tried = _tried(campaign, filters, since)
    return [~tried] if filters.missing else [Q(contact_at__gte=since), tried]


def _tried(campaign: Campaign, filters: Filters, since: datetime) -> Any:
    """Whether there was such a contact with them: as a set of people where it is small, else asked one by one."""
    rows = Contact.objects.valid().filter(at__gte=since)
    few = _tries_in_order(rows, campaign, filters).order_by().values("person")
    if few[: FEW + 1].count() <= FEW:
        return Q(person__in=few)
    rows = rows.filter(campaign=campaign)
    if filters.kind:  # in sight, SQLite would walk all contacts of the kind for each person, not that person's few
        rows = rows.alias(what=Coalesce("kind", Value(""))).filter(what=filters.kind)
    if filters.who:
        rows = rows.alias(whom=_hidden("by_id")).filter(whom=UUID(filters.who))
    return Exists(rows.filter(person=OuterRef("person")))


def _tries_in_order(rows: Any, campaign: Campaign, filters: Filters) -> Any:
    """Those tries, along the index of the colleague, of the kind, or of the campaign.

    A database that keeps no statistics takes the index of the campaign wherever it may, and reads the whole log; so
    next to a colleague the campaign is hidden in an expression, as kind and colleague are where a person is given.
    """
    if not filters.who:
        return rows.filter(campaign=campaign, **({"kind": filters.kind} if filters.kind else {}))
    by_whom = rows.filter(by=filters.who).alias(where_of=_hidden("campaign_id")).filter(where_of=campaign.pk)
    return by_whom.filter(kind=filters.kind) if filters.kind else by_whom


def _hidden(column: str) -> Coalesce:
    """The same id, where no index is looked for."""
    return Coalesce(column, Value(UUID(int=0), output_field=UUIDField()), output_field=UUIDField())


Rows = Callable[[Actor, Campaign, Filters], tuple[Any, str]]


def _speakers(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    codes = languages_of(actor) if filters.language == "mine" else [filters.language]
    return Person.objects.filter(language__in=codes, merged_into__isnull=True, restricted_at__isnull=True), "pk"


def _workers(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    return Employment.objects.filter(workplace=UUID(filters.workplace), to_on__isnull=True), "person"


def _posted(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    return Post.objects.filter(campaign=campaign, department=UUID(filters.department)), "person"


def _residents(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    """Who lives there: of them, as of everybody, only those whom the actor sees are found."""
    rows = Residency.objects.select_related(None).filter(building=UUID(filters.building), to_on__isnull=True)
    return rows, "person"


def _tied(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    """Whom somebody knows, either way round and confidentially too; nobody, where the actor does not see them."""
    seen = people.people_by_id(actor, [UUID(filters.tie)])
    ties = Tie.objects.touching(seen).filter(ended_at__isnull=True, other__isnull=False)
    found = ties.values_list("campaign", "person", "other")[:FEW]
    ids = {one for where, *pair in found if where == campaign.pk for one in pair} - set(seen)
    ids |= {other for person in seen for _row, other in quiet_ties_of(actor, person, campaign)}
    return Person.objects.filter(pk__in=ids), "pk"


def _climbed(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    return Climb.objects.filter(campaign=campaign, step=UUID(filters.step), until__isnull=True), "person"


def _committed(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    rows = Commitment.objects.filter(campaign=campaign, gathering__starts_at__gte=clock.now() - SOON)
    coming = rows.filter(gathering__starts_at__gte=clock.now(), state__in=(Turnout.YES, Turnout.CONFIRMED))
    came = rows.filter(state=Turnout.ATTENDED)
    twice = came.order_by().values("person").annotate(times=Count("pk")).filter(times__gte=2)
    missed = rows.filter(state=Turnout.NO_SHOW)
    return {"yes": coming, "came": came, "twice": twice, "missed": missed}.get(filters.event, rows.none()), "person"


def _owed(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    rows = Task.objects.visible_to(actor).open().filter(about_kind="person")
    return rows.filter(due_on__lt=clock.today()) if filters.due == "late" else rows, "about"


def _at_zip(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    return Person.objects.filter(zip=filters.zip, merged_into__isnull=True), "pk"


def _cared_for(actor: Actor, campaign: Campaign, filters: Filters) -> tuple[Any, str]:
    return Person.objects.filter(in_care_of=actor.me, merged_into__isnull=True), "pk"


_RELATED: dict[str, Rows] = {
    "language": _speakers,
    "workplace": _workers,
    "department": _posted,
    "building": _residents,
    "tie": _tied,
    "event": _committed,
    "due": _owed,
    "zip": _at_zip,
    "mine": _cared_for,
}


@dataclass(frozen=True)
class Chosen:
    """What the ids in a search stand for, as far as the actor may see it: the person and the building."""

    tie: Person | None = None
    building: Any = None


def chosen(actor: Actor, filters: Filters) -> Chosen:
    """The person and the building that a search is about."""
    tie = people.people_by_id(actor, [UUID(filters.tie)]).get(UUID(filters.tie)) if filters.tie else None
    return Chosen(tie, _building(actor, UUID(filters.building)) if filters.building else None)


def _building(actor: Actor, building: UUID) -> Building | None:
    """A building in which the actor sees somebody live, of the first who do."""
    homes = Residency.objects.filter(building=building, to_on__isnull=True)
    for person in people.people_by_id(actor, homes.values_list("person", flat=True)[:MOST]).values():
        home = homes.get(person=person) if homes.filter(person=person).count() == 1 else None
        if home is not None:
            return policy.opens_all(home.building, Relation(policy.relation_to(person)))  # type: ignore[no-any-return]
    return None


def departments(actor: Actor, campaign: Campaign) -> list[Department]:
    """The departments of the campaign's wall charts, each with its workplace."""
    rows = Department.objects.visible_to(actor, "see").filter(campaign=campaign).select_related("workplace")
    found = list(rows.order_by("workplace", "place", "pk")[:MOST])
    people.let_see_workplaces(actor, [row.workplace for row in found])
    return found


def steps(actor: Actor, campaign: Campaign) -> list[LadderStep]:
    """The steps of the campaign's ladder, the lowest first; none before anybody stands on one."""
    return list(LadderStep.objects.visible_to(actor, "see").standing().filter(campaign=campaign))


def searches(actor: Actor, campaign: Campaign) -> list[Search]:
    """One's own searches of this campaign, and those that are shared with one."""
    rows = Search.objects.visible_to(actor, "see").filter(Search.shared_with(actor.me, actor.role), campaign=campaign)
    return sorted(rows[:MOST], key=lambda row: str(row.name).casefold())


def get_search(actor: Actor, search: UUID, *, own: bool = False) -> Search:
    """A search that is shared with the actor; with `own` one that they may change: their own."""
    rows = Search.objects.filter(Search.shared_with(actor.me, actor.role))
    if own:
        rows = rows.filter(owner=actor.me)
    row: Search = rows.select_related("campaign").get_for(actor, "see", pk=search)
    return row
