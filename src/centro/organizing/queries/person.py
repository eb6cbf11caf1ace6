"""One person in a campaign: tries, assessments, ties, the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from centro.core import clock
from centro.core.models import Task
from centro.core.policy import Actor, Refused
from centro.organizing.choices import OTHER_SIDE, TieKind
from centro.organizing.models import Assessment, Campaign, Contact, Standing, Tie
from centro.organizing.models.contacts import corrected
from centro.organizing.queries.campaigns import campaigns
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.organizing.queries.quiet_ties import quiet_ties_of
from centro.people import queries as people
from centro.people.models import Involvement, Person, Workplace

SHOWN = 100


def campaign_for(actor: Actor, person: Person, wanted: str = "") -> Campaign:
    """The campaign on which the actor works with this person: the one named, else the first that knows them."""
    mine = campaigns(actor)
    if wanted:
        found = next((row for row in mine if str(row.pk) == wanted), None)
        if found is None:
            raise Refused("campaign.see")
        return found
    scopes = Involvement.objects.filter(person=person, until__isnull=True).values_list("scope", flat=True)
    part_of = set(scopes)
    found = next((row for row in mine if row.pk in part_of), mine[0] if mine else None)
    if found is None:
        raise Refused("campaign.see")
    return found


def contacts(actor: Actor, person: Person) -> list[Contact]:
    """What was tried and said, newest first, in the campaigns the actor is on."""
    named = Prefetch("named", Tie.objects.visible_to(actor, "see").filter(ended_at__isnull=True))
    rows = Contact.objects.visible_to(actor, "see").filter(person=person)
    rows = rows.annotate(is_corrected=corrected("pk")).latest_first()
    found = list(rows.select_related("by", "campaign").prefetch_related(named, "together_with")[:SHOWN])
    _let_see(actor, found, person)
    return found


def assessments(actor: Actor, person: Person, campaign: Campaign) -> list[tuple[Assessment, str]]:
    """Where they stood, newest first, each in the words of the scale of its day."""
    rows = Assessment.objects.visible_to(actor, "see").filter(person=person, campaign=campaign)
    rows = rows.filter(~corrected("contact"))
    found = list(rows.select_related("scale", "by")[:SHOWN])
    for row in found:
        row.scale.campaign = campaign
    people.let_see_staff(actor, [row.by for row in found])
    return [(row, row.say(str(row.scale.words).split("\n"))) for row in found]


def _let_see(actor: Actor, rows: Iterable[Contact], person: Person) -> None:
    """Names of colleagues and campaigns beside a contact open as the actor may see them."""
    mine = {row.pk: row for row in campaigns(actor)}
    for row in rows:
        row.person = person
        if row.campaign_id in mine:
            row.campaign = mine[row.campaign_id]
        people.let_see_staff(actor, [row.by, *row.together_with.all()])


def standing_of(person: Person, campaign: Campaign) -> Row:
    """Where they stand now. The caller has fetched both for the actor."""
    return row_of(person, Standing.objects.filter(person=person, campaign=campaign).first())


@dataclass(frozen=True)
class Line:
    """Somebody a person knows, as the ranked list shows them: a person we know, or how they were described."""

    tie: Any
    other: Person | None
    words: Any
    standing: Row | None
    is_quiet: bool = False

    @property
    def is_met(self) -> bool:
        """Somebody of the campaign has tried to talk with them."""
        return self.standing is not None and self.standing.contact_at is not None

    @property
    def assessed_days(self) -> int | None:
        """How old the assessment is, in days."""
        at = self.standing.assessed_at if self.standing else None
        return (clock.now() - at).days if at else None

    @property
    def is_open_promise(self) -> bool:
        """They said they would introduce us, and nobody noted yet whether it happened."""
        return not self.is_quiet and self.tie.will_introduce and self.tie.introduced_at is None

    @property
    def promised_days(self) -> int:
        return int((clock.now() - self.tie.at).days)

    @property
    def has_talked_since(self) -> bool:
        """We talked with the other after the promise: the introduction may well have happened."""
        at = self.standing.contact_at if self.standing else None
        return at is not None and at > self.tie.at


def ties(actor: Actor, person: Person, campaign: Campaign, most: int = SHOWN) -> list[Line]:
    """Whom they know: the closest first, of them those whom nobody has talked with yet. `most` bounds the open ties."""
    rows = Tie.objects.visible_to(actor, "see").touching([person.pk]).filter(ended_at__isnull=True)
    found = list(rows[:most])
    _let_see_where_they_work(actor, found)
    quiet = quiet_ties_of(actor, person.pk, campaign)
    ids = {row.other_id if row.person_id == person.pk else row.person_id for row in found} | {one for _, one in quiet}
    seen = people.people_by_id(actor, ids)
    at = standings_of(campaign.pk, seen)
    seen = {pk: one for pk, one in seen.items() if one.restricted_at is None}
    lines = [_line(row, person, seen, at) for row in found]
    lines += [
        Line(row, seen[other], TieKind(row.kind).label, row_of(seen[other], at.get(other)), is_quiet=True)
        for row, other in quiet
        if other in seen
    ]
    return sorted((line for line in lines if line is not None), key=lambda line: (-int(line.tie.strength), line.is_met))


def _let_see_where_they_work(actor: Actor, rows: list[Tie]) -> None:
    """The workplaces of those who were only described, where they named one that we know."""
    ids = {row.workplace_id for row in rows if row.workplace_id}
    known = Workplace.objects.visible_to(actor, "see").in_bulk(ids) if ids else {}
    for row in rows:
        row.workplace = known.get(row.workplace_id)


def _line(tie: Tie, person: Person, seen: dict[UUID, Person], at: dict[UUID, Standing]) -> Line | None:
    is_mine = tie.person_id == person.pk
    words = TieKind(tie.kind).label if is_mine else OTHER_SIDE.get(tie.kind, TieKind(tie.kind).label)
    other_id = tie.other_id if is_mine else tie.person_id
    if other_id is None:
        return Line(tie, None, words, None)
    if other_id not in seen:
        return None
    return Line(tie, seen[other_id], words, row_of(seen[other_id], at.get(other_id)))


def get_tie(actor: Actor, tie: UUID) -> Tie:
    row: Tie = Tie.objects.select_related("person").get_for(actor, "see", pk=tie)
    return row


def steps_due(actor: Actor, person: Person) -> list[Task]:
    """Open steps about this person that the actor may read."""
    return list(Task.objects.visible_to(actor).open().filter(about=person.pk)[:20])


def last_seen(person: Person, campaign: Campaign) -> Row:
    """Day and outcome of the last try: all that whoever goes there may know of it. The caller fetched both."""
    return standing_of(person, campaign).last_try


def find_others(actor: Actor, person: Person, words: str) -> list[Person]:
    """People the actor may see whom these words fit, without the person itself."""
    found = people.find_people(actor, words, limit=people.TYPED_AHEAD).rows if words else []
    return [row for row in found if row.pk != person.pk]
