"""The ladder as a board, one person on it, and a leader's own people as she and the team see them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count

from centro.core import clock, policy
from centro.core.classes import Relation, Role
from centro.core.links import mark_of
from centro.core.policy import Actor, Refused
from centro.organizing.choices import Turnout
from centro.organizing.ladder.choices import DEFAULT, Told
from centro.organizing.ladder.evidence import Line, counted, lines, suggested
from centro.organizing.models import (
    Act,
    Campaign,
    Climb,
    CoachingNote,
    Commitment,
    Following,
    LadderStep,
    LeaderLink,
    Post,
    Tie,
)
from centro.organizing.queries.links import may_give
from centro.organizing.structure.choices import Deed
from centro.people.models import Person
from centro.people.queries import let_see_staff

SHOWN = 30  # people of one step on the board
ASKED_ABOUT = 200  # people without a step whose evidence is looked at
STUCK = timedelta(days=90)


def steps_of(actor: Actor, campaign: Campaign) -> list[LadderStep]:
    """The campaign's steps, the lowest first; before it has its own, the usual ones, not saved."""
    rows = list(LadderStep.objects.visible_to(actor, "see").standing().filter(campaign=campaign))
    return rows or [
        LadderStep(campaign=campaign, place=place, rung=rung, rules=dict(rules))
        for place, (rung, rules) in enumerate(DEFAULT.items(), 1)
    ]


def get_step(actor: Actor, campaign: Campaign, name: str) -> LadderStep:
    """The step of this name; before the campaign has its own, one of the usual, not saved."""
    step = next((row for row in steps_of(actor, campaign) if row.name == name), None)
    if step is None:
        raise Refused("contact.add")
    return step


@dataclass(frozen=True)
class Standee:
    """One person on the board."""

    person: Person
    climb: Climb | None
    suggestion: LadderStep | None
    evidence: list[Line] = field(default_factory=list)

    @property
    def is_stuck(self) -> bool:
        """More than 90 days on one step."""
        return self.climb is not None and clock.today() - self.climb.decided_on > STUCK

    @property
    def days(self) -> int:
        return (clock.today() - self.climb.decided_on).days if self.climb else 0


@dataclass(frozen=True)
class Column:
    """One step of the board: those who stand on it for longest first, and how many there are."""

    step: LadderStep
    standees: list[Standee]
    total: int


@dataclass(frozen=True)
class Board:
    """The ladder of a campaign, and those without a step for whom one is suggested."""

    columns: list[Column]
    suggested: list[Standee]
    stuck: int  # of all, not of those shown alone


def board(actor: Actor, campaign: Campaign) -> Board:
    """Some twenty queries, whatever the number of people."""
    steps = steps_of(actor, campaign)
    live = Climb.objects.visible_to(actor, "see").filter(campaign=campaign, until__isnull=True)
    totals = dict(live.order_by().values_list("step").annotate(people=Count("pk", distinct=True)))
    climbs = [row for step in steps if step.pk in totals for row in _on_step(live, step)]
    new = _without_step(campaign)
    seen = people_in_lists(actor, [*(row.person_id for row in climbs), *new])
    counts = counted(campaign.pk, list(seen))
    columns = []
    for step in steps:
        here = [row for row in climbs if row.step_id == step.pk and row.person_id in seen]
        found = [standee(seen[row.person_id], row, steps, counts[row.person_id]) for row in here]
        columns.append(Column(step, found, totals.get(step.pk, 0)))
    open_ones = [standee(seen[pk], None, steps, counts[pk]) for pk in new if pk in seen]
    stuck = live.filter(decided_on__lt=clock.today() - STUCK).order_by().values("pk").distinct().count()
    return Board(columns, [one for one in open_ones if one.suggestion], stuck)


def _on_step(live: Any, step: LadderStep) -> list[Climb]:
    rows: list[Climb] = list(live.filter(step=step).order_by("decided_on", "pk")[:SHOWN])
    for row in rows:
        row.step = step
    return rows


def _without_step(campaign: Campaign) -> list[UUID]:
    """Those on no step who came to an event or acted in a test, the last first."""
    on = Climb.objects.filter(campaign=campaign, until__isnull=True).values("person")
    came = Commitment.objects.filter(campaign=campaign, state=Turnout.ATTENDED).exclude(person__in=on)
    did = Act.objects.filter(campaign=campaign, deed=Deed.DID).exclude(person__in=on)
    ids = [
        *came.order_by("-changed_at").values_list("person", flat=True)[:ASKED_ABOUT],
        *did.order_by("-at").values_list("person", flat=True)[:ASKED_ABOUT],
    ]
    return list(dict.fromkeys(ids))[:ASKED_ABOUT]


def people_in_lists(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of these people whom the actor may see, in one query."""
    rows = Person.objects.visible_to(actor, "see").filter(pk__in=set(ids), restricted_at__isnull=True)
    found: dict[UUID, Person] = rows.in_bulk()
    return found


def standee(person: Person, climb: Climb | None, steps: list[LadderStep], counts: dict[str, int]) -> Standee:
    place = climb.step.place if climb else 0
    return Standee(person, climb, suggested(steps, counts, place), lines(counts))


def standing_on(actor: Actor, campaign: Campaign, person: Person) -> Standee:
    """One person on the ladder, with what speaks for the next step."""
    live = Climb.objects.visible_to(actor, "see").filter(campaign=campaign, person=person, until__isnull=True)
    climb = live.select_related("step", "mentor", "by").first()
    steps = steps_of(actor, campaign)
    if climb is not None:
        climb.step = next(step for step in steps if step.pk == climb.step_id)
    return standee(person, climb, steps, counted(campaign.pk, [person.pk])[person.pk])


def history(actor: Actor, campaign: Campaign, person: Person) -> list[Climb]:
    """Every decision about this person, the last first; on steps that were taken off since, too."""
    steps = LadderStep.objects.visible_to(actor, "see").filter(campaign=campaign).in_bulk()
    rows = Climb.objects.visible_to(actor, "see").filter(campaign=campaign, person=person)
    found: list[Climb] = list(rows.select_related("mentor", "by")[:100])
    for row in found:
        row.step = steps[row.step_id]
        let_see_staff(actor, [row.by, row.mentor])
    return found


def notes(actor: Actor, campaign: Campaign, person: Person) -> list[CoachingNote]:
    """Coaching notes about this person in this campaign, the last first."""
    rows = CoachingNote.objects.visible_to(actor, "see").filter(campaign=campaign, person=person)
    found: list[CoachingNote] = list(rows.select_related("by")[:100])
    let_see_staff(actor, [row.by for row in found])
    return found


# --- a leader's own people ---


def step_now(actor: Actor, campaign: Campaign, person: Person) -> str:
    """The step on which somebody stands, in the campaign's words; nothing where nobody has decided."""
    rows = Climb.objects.visible_to(actor, "see").filter(campaign=campaign, person=person, until__isnull=True)
    climb = rows.select_related("step").first()
    return policy.opens_all(climb.step, Relation(policy.relation_to(climb))).label if climb else ""


@dataclass(frozen=True)
class Led:
    """A leader's people and how far she has got with them."""

    rows: list[Following]

    @property
    def asked(self) -> int:
        return sum(row.told >= Told.ASKED for row in self.rows)

    @property
    def yes(self) -> int:
        return sum(row.told >= Told.YES for row in self.rows)

    @property
    def did(self) -> int:
        return sum(row.told >= Told.DID for row in self.rows)


def led_by(actor: Actor, campaign: Campaign, leader: Person) -> Led:
    """Her people, as the team sees them: those whom the actor may see, each with their page."""
    rows = list(Following.objects.visible_to(actor, "see").filter(campaign=campaign, leader=leader))
    seen = people_in_lists(actor, [row.person_id for row in rows])
    found = [row for row in rows if row.person_id in seen]
    for row in found:
        row.person = seen[row.person_id]
    return Led(found)


def get_following(actor: Actor, following: UUID) -> Following:
    row: Following = Following.objects.get_for(actor, "see", pk=following)
    return row


def could_follow(actor: Actor, campaign: Campaign, leader: Person, led: Led) -> list[Person]:
    """Whom she knows, or works beside, and who is not among her people yet."""
    ties = Tie.objects.visible_to(actor, "see").touching([leader.pk]).filter(ended_at__isnull=True, other__isnull=False)
    found = ties.values_list("campaign", "person", "other")[:50]
    ids = {one for where, *pair in found if where == campaign.pk for one in pair}
    posts = Post.objects.filter(campaign=campaign, department__in=leader.posts.values("department"))
    ids |= set(posts.values_list("person", flat=True)[:50])
    ids -= {leader.pk, *(row.person_id for row in led.rows)}
    return sorted(people_in_lists(actor, ids).values(), key=lambda person: str(person.name).casefold())


def live_link(campaign: Campaign, leader: Person) -> LeaderLink | None:
    """Her link, if one works now. The caller has fetched both for the actor."""
    link: LeaderLink | None = LeaderLink.objects.live().filter(campaign=campaign, leader=leader).first()
    return link


def count_links_out() -> int:
    """How many leaders' links work at this moment."""
    return LeaderLink.objects.live().count()


@dataclass(frozen=True)
class Leader:
    """Whoever holds a live link: sees call-names of her own people, in the name of whoever made the link."""

    link: LeaderLink
    actor: Actor
    language: str


def leader_by(secret: str) -> Leader | None:
    """The leader with this link; none when it is wrong, over or revoked, or its maker may give none now."""
    live = LeaderLink.objects.live().select_related("leader", "by")
    link = live.filter(mark=mark_of(secret)).first()
    if link is None or link.leader.merged_into_id or link.leader.restricted_at:
        return None
    if not may_give(link.by, link.campaign_id, "contact.see"):
        return None
    return Leader(link, Actor(user_id=link.by_id, role=Role.VOLUNTEER), link.leader.language)


def own_people(leader: Leader) -> Led:
    """Her people as she sees them: a call-name each, nothing of where they stand."""
    rows = Following.objects.filter(
        campaign=leader.link.campaign_id,
        leader=leader.link.leader_id,
        person__merged_into__isnull=True,
        person__restricted_at__isnull=True,
    )
    return Led([policy.opens_all(row, Relation.ASSIGNED) for row in rows])
