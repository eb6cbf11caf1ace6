"""Who knows whom, as a picture of two steps: bounded, so that a hub of 2,000 ties draws as fast as one of ten."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count

from centro.core.policy import Actor
from centro.organizing.choices import Strength
from centro.organizing.models import Campaign, Standing, Tie
from centro.organizing.network import ring
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.organizing.queries.person import Line, ties
from centro.people import queries as people
from centro.people.models import Person

FIRST, SECOND, EACH = 24, 48, 6  # at most: on the first ring, on the second, behind one person
READ = 300  # ties read for the second ring, the strongest first
LISTED, ALL = 50, 500  # of their own ties under the picture: at first, and for whoever asks for all
_DRAWN = ("person", "other", "campaign", "kind", "strength", "will_introduce", "introduced_at", "known_as")


@dataclass
class Node:
    """Somebody in the picture. `person` is None for those who have no file yet; `more` counts those left out."""

    key: str
    spot: ring.Spot
    words: str
    step: int
    person: Person | None = None
    standing: Row | None = None
    tie_words: Any = ""
    closeness: Any = ""
    is_quiet: bool = False
    more: int = 0

    @property
    def mark(self) -> str:
        return self.standing.mark if self.standing else "none"

    @property
    def radius(self) -> int:
        """Of the circle."""
        return (34, 24, 18)[self.step]

    @property
    def name_x(self) -> int:
        return self.spot.x + {"left": -1, "right": 1}.get(self.spot.side, 0) * (self.radius + 6)

    @property
    def name_y(self) -> int:
        return self.spot.y + (5 if self.spot.side != "below" else self.radius + 15)

    @property
    def is_met(self) -> bool:
        return self.standing is not None and self.standing.contact_at is not None


@dataclass(frozen=True)
class Edge:
    """A line between two in the picture; thicker where they trust each other."""

    start: Node
    end: Node
    strength: str
    is_promised: bool = False
    is_quiet: bool = False


@dataclass
class Picture:
    """A ring picture: its people with the middle first, its lines, and how many stand in no ring."""

    nodes: list[Node]
    edges: list[Edge]
    more: int
    lines: list[Line]
    width: int = ring.SIZE + 2 * ring.BESIDE
    height: int = ring.SIZE
    view: str = f"{-ring.BESIDE} 0 {ring.SIZE + 2 * ring.BESIDE} {ring.SIZE}"
    gaps: list[Any] = field(default_factory=list)

    @property
    def middle(self) -> Node:
        return self.nodes[0]


def picture(actor: Actor, person: Person, campaign: Campaign, most: int = LISTED) -> Picture:
    """Two steps around a person, of ties the actor may see. A dozen queries, whatever the number of ties."""
    lines = ties(actor, person, campaign, most)
    shown = lines[:FIRST]
    first = {line.other.pk: line for line in shown if line.other is not None}
    found = _ties_of(actor, {*first}) if first else []
    behind, seen = _behind(actor, found, first, person)
    at = standings_of(campaign.pk, [person.pk, *seen])
    counts = _counts(actor, {*first, person.pk})
    nodes = _nodes(person, shown, behind, seen, at, counts)
    edges = _edges(nodes, shown, found, person)
    total = max(counts.get(person.pk, 0) + sum(line.is_quiet for line in lines), len(lines))
    return Picture([*nodes.values()], edges, max(0, total - len(shown)), lines, gaps=_gaps(shown))


def _ties_of(actor: Actor, ids: set[UUID]) -> list[Tie]:
    rows = Tie.objects.visible_to(actor, "see").touching(ids).filter(ended_at__isnull=True)
    return list(rows.only(*_DRAWN).order_by("-strength", "-at", "pk")[:READ])


Key = UUID | Tie  # somebody with a file, or a tie to somebody without


def _behind(
    actor: Actor, found: Iterable[Tie], first: Iterable[UUID], middle: Person
) -> tuple[dict[UUID, list[Key]], dict[UUID, Person]]:
    """Who stands behind each of the first ring, and those of them who have a file.

    Each once, the strongest ties first, no more than there is room for.
    """
    near = _candidates(found, {*first, middle.pk}, middle.pk)
    seen = people.people_by_id(actor, {key for _inner, key in near if isinstance(key, UUID)})
    open_ones = {key for key, one in seen.items() if one.restricted_at is None}
    behind: dict[UUID, list[Key]] = defaultdict(list)
    room = SECOND
    for inner, key in near:
        if room and len(behind[inner]) < EACH and (isinstance(key, Tie) or key in open_ones):
            behind[inner].append(key)
            open_ones -= {key}
            room -= 1
    return behind, seen


def _candidates(found: Iterable[Tie], inside: set[UUID], middle: UUID) -> list[tuple[UUID, Key]]:
    """Who may stand behind whom: more than there is room for, because the actor may not see all of them."""
    asked: dict[UUID, int] = defaultdict(int)
    near: list[tuple[UUID, Key]] = []
    for tie in found:
        inner, outer = (tie.person_id, tie.other_id) if tie.person_id in inside else (tie.other_id, tie.person_id)
        if inner is None or inner == middle or outer in inside or asked[inner] >= 2 * EACH:
            continue
        asked[inner] += 1
        near.append((inner, outer or tie))
    return near[: 3 * SECOND]


def _counts(actor: Actor, ids: set[UUID]) -> dict[UUID, int]:
    """How many ties each of these people has, from either side, to people not met yet too."""
    found: dict[UUID, int] = defaultdict(int)
    for column in ("person", "other"):
        rows = Tie.objects.visible_to(actor, "see").filter(**{f"{column}__in": ids}, ended_at__isnull=True)
        for row in rows.order_by().values(column).annotate(n=Count("pk")):
            found[row[column]] += row["n"]
    return found


def _key(of: Person | Tie | UUID) -> str:
    return (of if isinstance(of, UUID) else of.pk).hex


def _nodes(
    person: Person,
    shown: list[Line],
    behind: dict[UUID, list[Key]],
    seen: dict[UUID, Person],
    at: dict[UUID, Standing],
    counts: dict[UUID, int],
) -> dict[str, Node]:
    """Everybody in the picture, by key; the middle first, then ring after ring."""
    first = [_key(line.other or line.tie) for line in shown]
    outside = {key.hex: [_key(one) for one in keys] for key, keys in behind.items()}
    places = ring.spots(first, outside)
    nodes = {
        _key(person): Node(
            _key(person),
            ring.Spot(ring.MIDDLE, ring.MIDDLE),
            person.short_name,
            0,
            person,
            row_of(person, at.get(person.pk)),
        )
    }
    for line, key in zip(shown, first, strict=True):
        if line.other is None:
            nodes[key] = _unnamed(line.tie, key, places[key], 1, line.words)
            continue
        left_out = counts.get(line.other.pk, 0) - len(behind.get(line.other.pk, ())) - 1
        nodes[key] = Node(
            key, places[key], line.other.short_name, 1, line.other, line.standing, line.words,
            line.tie.get_strength_display(), line.is_quiet, max(0, left_out),
        )  # fmt: skip
    for keys in behind.values():
        for one in keys:
            key = _key(one)
            if isinstance(one, Tie):
                nodes[key] = _unnamed(one, key, places[key], 2, one.get_kind_display())
            else:
                who = seen[one]
                nodes[key] = Node(key, places[key], who.short_name, 2, who, row_of(who, at.get(one)))
    return nodes


def _unnamed(tie: Tie, key: str, spot: ring.Spot, step: int, words: Any) -> Node:
    return Node(key, spot, str(tie.known_as), step, tie_words=words, closeness=tie.get_strength_display())


def _edges(nodes: dict[str, Node], shown: list[Line], found: Iterable[Tie], person: Person) -> list[Edge]:
    """Lines from the middle to the first ring, and between everybody else who is drawn: one line a pair."""
    middle, drawn = nodes[_key(person)], set()
    edges = []
    for line in shown:
        end = nodes[_key(line.other or line.tie)]
        drawn.add(frozenset((middle.key, end.key)))
        edges.append(Edge(middle, end, line.tie.strength, line.is_open_promise, line.is_quiet))
    for tie in found:
        start, end_key = nodes.get(tie.person_id.hex), tie.other_id.hex if tie.other_id else tie.pk.hex
        other = nodes.get(end_key)
        if start is None or other is None or frozenset((start.key, other.key)) in drawn:
            continue
        drawn.add(frozenset((start.key, other.key)))
        edges.append(Edge(start, other, tie.strength, tie.will_introduce and tie.introduced_at is None))
    return edges


def _gaps(shown: list[Line]) -> list[Line]:
    """Close to somebody we know, and nobody has talked with them: where to go next."""
    return [line for line in shown if line.tie.strength == Strength.STRONG and not line.is_met][:5]
