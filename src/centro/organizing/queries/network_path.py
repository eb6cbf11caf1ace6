"""The way to somebody: the shortest chain of ties from people the team has talked with.

A search breadth first, backwards from the one we want to reach, in batches; only over ties and people that the actor
may see. It stops at the first step on which somebody stands with whom the team has talked, or when it has looked at
`MOST` people: then nobody near enough is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F

from centro.core import clock
from centro.core.policy import Actor
from centro.organizing.choices import OTHER_SIDE, TieKind
from centro.organizing.models import Campaign, Standing, Tie
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.organizing.queries.quiet_ties import quiet_ends
from centro.people import queries as people
from centro.people.models import Employment, Person, Workplace

STEPS, MOST, BATCH = 5, 2_000, 200
UNASSESSED = 99  # ranks after every number of a scale


@dataclass(frozen=True)
class Bond:
    """One tie of a chain, read from the side of whoever comes first in it."""

    kind: str
    strength: str
    is_turned: bool
    is_quiet: bool = False

    @property
    def words(self) -> Any:
        label = TieKind(self.kind).label
        return OTHER_SIDE.get(self.kind, label) if self.is_turned else label


@dataclass(frozen=True)
class Link:
    """Somebody on the way, and how they know the next one (None for the last)."""

    person: Person
    standing: Row
    bond: Bond | None


@dataclass(frozen=True)
class Way:
    """A chain from somebody the team talked with to the one it wants to reach; empty where there is none."""

    links: list[Link]
    is_known: bool = False  # the team has talked with them already

    @property
    def steps(self) -> int:
        return max(0, len(self.links) - 1)


Found = dict[UUID, tuple[UUID, Bond] | None]  # somebody → whom they know on the way to the goal; None: the goal itself


def way_to_person(actor: Actor, person: Person, campaign: Campaign) -> Way:
    """The shortest way to a person, from somebody else with whom the team has talked."""
    known = Standing.objects.filter(campaign=campaign, person=person, talked_at__isnull=False).exists()
    way = _way(actor, campaign, {person.pk: None}, skip={person.pk})
    return Way(way.links, is_known=known)


def way_to_workplace(actor: Actor, workplace: Workplace, campaign: Campaign) -> Way:
    """The shortest way to anybody who works there now, or who is said to."""
    there = Employment.objects.filter(workplace=workplace, to_on__isnull=True).values("person")
    rows = Person.objects.visible_to(actor, "see").filter(pk__in=there, restricted_at__isnull=True)
    goals: Found = dict.fromkeys(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    for tie in Tie.objects.visible_to(actor, "see").filter(workplace=workplace, ended_at__isnull=True)[:BATCH]:
        goals.setdefault(tie.person_id, None)
    return _way(actor, campaign, goals, skip=set())


def _way(actor: Actor, campaign: Campaign, goals: Found, skip: set[UUID]) -> Way:
    """Step by step outwards from the goals, until the team has talked with somebody of a step."""
    found, step = dict(goals), [*goals]
    quiet = _quiet_pairs(actor, campaign)
    for _ in range(STEPS + 1):
        if source := _closest_talked(campaign, [one for one in step if one not in skip]):
            return Way(_chain(actor, campaign, found, source))
        step = _next_step(actor, found, step, quiet)
        if not step or len(found) > MOST:
            break
    return Way([])


def _closest_talked(campaign: Campaign, step: list[UUID]) -> UUID | None:
    """Of these, the one of whom the team is surest: the best assessment, then the last talk."""
    talked = Standing.objects.filter(campaign=campaign, talked_at__isnull=False)
    ranked = talked.order_by(F("value").asc(nulls_last=True), "-talked_at")
    found = [row for ids in _batches(step) if (row := ranked.filter(person__in=ids).first())]
    best = min(found, key=_how_unsure, default=None)
    return best.person_id if best else None


def _how_unsure(row: Standing) -> tuple[int, float]:
    """Small for the best assessment, and of the same for the last talk."""
    at = row.talked_at or clock.now()
    return (row.value or UNASSESSED, -at.timestamp())


def _batches(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _next_step(actor: Actor, found: Found, step: list[UUID], quiet: dict[UUID, list[tuple[UUID, Bond]]]) -> list[UUID]:
    """Everybody one tie further out whom the actor may see; the strongest ties are looked at first."""
    reached: Found = {}
    for ids in _batches(step):
        if len(found) + len(reached) > MOST:
            break
        for one, other, bond in _bonds(actor, ids):
            if other not in found:
                reached.setdefault(other, (one, bond))
        for one in ids:
            for other, bond in quiet.get(one, ()):
                if other not in found:
                    reached.setdefault(other, (one, bond))
    visible: set[UUID] = set()
    for ids in _batches([*reached]):
        rows = Person.objects.visible_to(actor, "see").filter(pk__in=ids, restricted_at__isnull=True)
        visible |= set(rows.values_list("pk", flat=True))
    found.update({one: way for one, way in reached.items() if one in visible})
    return [one for one in reached if one in visible]


def _bonds(actor: Actor, ids: list[UUID]) -> Iterator[tuple[UUID, UUID, Bond]]:
    """Ties of these people to others with a file: who of them, whom, and how the other knows them."""
    rows = Tie.objects.visible_to(actor, "see").filter(other__isnull=False, ended_at__isnull=True)
    wanted, columns = set(ids), ("person", "other", "kind", "strength")
    near = rows.touching(ids).order_by("-strength")
    for person, other, kind, strength in near.values_list(*columns)[:MOST]:
        if person in wanted:
            yield person, other, Bond(kind, strength, is_turned=True)
        if other in wanted:
            yield other, person, Bond(kind, strength, is_turned=False)


def _quiet_pairs(actor: Actor, campaign: Campaign) -> dict[UUID, list[tuple[UUID, Bond]]]:
    """Confidential ties of the campaign, from both ends; for its team alone, and in memory only."""
    pairs: dict[UUID, list[tuple[UUID, Bond]]] = {}
    for row, one, other in quiet_ends(actor, campaign):
        pairs.setdefault(one, []).append((other, Bond(row.kind, row.strength, is_turned=True, is_quiet=True)))
        pairs.setdefault(other, []).append((one, Bond(row.kind, row.strength, is_turned=False, is_quiet=True)))
    return pairs


def _chain(actor: Actor, campaign: Campaign, found: Found, source: UUID) -> list[Link]:
    """From the source to the goal, each with their tie to the next."""
    keys, bonds = [source], []
    while (way := found[keys[-1]]) is not None:
        keys.append(way[0])
        bonds.append(way[1])
    seen = people.people_by_id(actor, keys)
    at = standings_of(campaign.pk, keys)
    return [
        Link(seen[key], row_of(seen[key], at.get(key)), bond)
        for key, bond in zip(keys, [*bonds, None], strict=True)
        if key in seen
    ]
