"""Events, and the people asked to one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q

from centro.core import clock, policy
from centro.core.classes import Relation, Role
from centro.core.models import Place, User
from centro.core.policy import Actor, Refused
from centro.core.queries import staff_by_role
from centro.organizing.choices import Turnout
from centro.organizing.events.rounds import WITH_NAMES
from centro.organizing.models import Campaign, Commitment, Contact, Gathering, HostLink, Step, WalkIn
from centro.people import queries as people
from centro.people.models import Involvement, Person
from centro.people.queries.persons import let_see_jobs, with_list_columns

PAGE = 50
SOON = timedelta(hours=72)
LATE_REPORTS = timedelta(days=33)  # a phone’s token lives thirty days, and its copy three
STILL_ON = Q(called_off_at__isnull=True)
EXPECTED = (Turnout.ASKED, Turnout.MAYBE, Turnout.YES, Turnout.CONFIRMED)  # who may still come


def events(actor: Actor, *, past: bool = False) -> list[Gathering]:
    """The events of the actor's campaigns, or at whose door they help now: to come, or those that were."""
    rows = _mine(actor)
    if past:
        return _known(list(rows.filter(ends_at__lte=clock.now()).order_by("-starts_at")[:PAGE]))
    return _known(list(rows.filter(ends_at__gt=clock.now())[:PAGE]))


def _mine(actor: Actor) -> Any:
    rows = Gathering.objects.select_related("campaign").visible_to(actor, "check_in")
    on_it = Q(commitments__person__merged_into__isnull=True)
    yes = on_it & Q(commitments__state__in=(Turnout.YES, Turnout.CONFIRMED, Turnout.ATTENDED))
    return rows.annotate(people=Count("commitments", filter=on_it), coming=Count("commitments", filter=yes))


def _known(rows: list[Gathering]) -> list[Gathering]:
    """The campaign of an event opens as the event does."""
    for row in rows:
        policy.opens_all(row.campaign, Relation(policy.relation_to(row)))
    return rows


def get_event(actor: Actor, gathering: UUID, verb: str = "see") -> Gathering:
    row: Gathering = Gathering.objects.select_related("campaign").get_for(actor, verb, pk=gathering)
    return _known([row])[0]


def events_to_ask(campaign: Campaign) -> list[Gathering]:
    """Events of a campaign that people can still be asked to. The caller has fetched the campaign for the actor."""
    rows = list(Gathering.objects.filter(STILL_ON, campaign=campaign, ends_at__gt=clock.now())[:20])
    for row in rows:
        policy.opens_all(row, Relation(policy.relation_to(campaign)))
    return rows


def events_to_correct(contact: Contact) -> list[Gathering]:
    """Events a corrected contact may name: those to come, and the one it named. The caller fetched its campaign."""
    found = events_to_ask(contact.campaign)
    known, named = [row.pk for row in found], event_in(contact)
    for row in Gathering.objects.filter(pk__in=[named] if named else []).exclude(pk__in=known):
        policy.opens_all(row, Relation(policy.relation_to(contact.campaign)))
        found.append(row)
    return found


def event_in(contact: Contact) -> UUID | None:
    """The event they were asked to in this contact."""
    return Step.objects.filter(contact=contact).values_list("commitment__gathering", flat=True).first()


def events_asked_lately(campaign: UUID) -> list[Gathering]:
    """Events a phone may have asked people to, also when its report took weeks to arrive. Nothing of them is opened."""
    since = clock.now() - LATE_REPORTS
    return list(Gathering.objects.filter(campaign=campaign, ends_at__gt=since)[:100])


@dataclass(frozen=True)
class Soon:
    """An event of the next three days, with how many of those the actor asked still have to be reached."""

    event: Gathering
    mine: int
    coming: int
    is_door: bool


def events_soon(actor: Actor) -> list[Soon]:
    """What begins in 72 hours or is on now, with the actor's own people in it."""
    if not policy.may(actor, "event.check_in"):
        return []
    rows = _mine(actor).filter(STILL_ON, ends_at__gt=clock.now(), starts_at__lt=clock.now() + SOON)
    own = Q(commitments__asked_by=actor.me, commitments__person__merged_into__isnull=True)
    waiting = own & Q(commitments__state__in=EXPECTED)
    counted: list[Any] = list(rows.annotate(mine=Count("commitments", filter=waiting))[:10])
    _known(counted)
    return [Soon(row, row.mine, row.coming, not policy.can(actor, "event.see", row)) for row in counted]


@dataclass(frozen=True)
class Asked:
    """One person on the list of an event, with their file as far as the actor may open it."""

    row: Commitment
    person: Person | None
    asked_by: str

    @property
    def name(self) -> str:
        return self.person.name if self.person else str(self.row.call_name)


def asked_people(
    actor: Actor, gathering: Gathering, *, state: str = "", page: int = 1, needs: str = ""
) -> tuple[list[Asked], bool]:
    """Fifty people of an event, those asked first at the top; and whether there are more."""
    rows = rows_of(actor, gathering)
    if state in Turnout.values:
        rows = rows.filter(state=state)
    if needs in NEEDED:
        rows = rows.filter(NEEDED[needs])
    start = (page - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    return with_people(actor, gathering, found[:PAGE]), len(found) > PAGE


NEEDED = {
    "rides": Q(needs_ride=True),
    "childcare": Q(children__gt=0),
    "interpretation": ~Q(interpret=""),
    "food": Q(food_note__isnull=False),
}


def rows_of(actor: Actor, gathering: Gathering, verb: str = "see") -> Any:
    """Commitments of an event that the actor may see, of people who may stand on a list."""
    return Commitment.objects.visible_to(actor, verb).filter(WITH_NAMES, gathering=gathering)


def with_people(actor: Actor, gathering: Gathering, rows: Iterable[Commitment]) -> list[Asked]:
    """Each with its person, where the actor may open them, and who asked: a few queries however many there are."""
    found = list(rows)
    persons = with_list_columns(
        Person.objects.visible_to(actor, "see").filter(pk__in=[row.person_id for row in found])
    ).in_bulk()
    let_see_jobs(actor, list(persons.values()))
    names = people.names_of_staff(actor, [row.asked_by_id for row in found])
    for row in found:
        row.gathering = gathering
        if row.person_id in persons:
            row.person = persons[row.person_id]
    return [Asked(row, persons.get(row.person_id), names.get(row.asked_by_id, "")) for row in found]


def commitment_with(actor: Actor, gathering: Gathering, person: Person) -> Commitment | None:
    """What this person said about this event, if they were asked."""
    row: Commitment | None = rows_of(actor, gathering).filter(person=person).first()
    if row is not None:
        row.gathering, row.person = gathering, person
    return row


def get_commitment(actor: Actor, commitment: UUID, verb: str = "see") -> Commitment:
    """One commitment with its event; absent, hidden and not theirs are one answer."""
    row: Commitment = Commitment.objects.filter(WITH_NAMES).get_for(actor, verb, pk=commitment)
    row.gathering = get_event(actor, row.gathering_id, verb)
    return row


def steps(actor: Actor, commitment: Commitment) -> list[Step]:
    """How it became so, the newest first, with the names of who noted it."""
    rows = list(Step.objects.filter(commitment=commitment).select_related("by").order_by("-at", "-id"))
    people.let_see_staff(actor, [row.by for row in rows])
    return rows


def commitments_of(actor: Actor, person: Person) -> list[Commitment]:
    """What this person said about the events of the actor's campaigns, the latest event first."""
    rows = Commitment.objects.visible_to(actor, "see").filter(person=person).select_related("gathering")
    found = list(rows.order_by("-gathering__starts_at")[:20])
    for row in found:
        row.person = person
        policy.opens_all(row.gathering, Relation(policy.relation_to(row)))
    return found


# --- the door: who helps, links for hosts, walk-ins ---


def helpers(actor: Actor, gathering: Gathering) -> tuple[list[User], list[User]]:
    """Who helps at the door, and who else could."""
    now = clock.now()
    placed = Place.objects.filter(scope=gathering.pk, to_at__gt=now).values_list("user", flat=True)
    here = set(placed)
    by_role = staff_by_role(actor)
    could = {
        user.pk: user for role in (Role.VOLUNTEER, Role.FRONT_DESK, Role.INTERPRETER) for user in by_role.get(role, [])
    }
    return [user for pk, user in could.items() if pk in here], [user for pk, user in could.items() if pk not in here]


def host_links(gathering: Gathering) -> list[HostLink]:
    """Links for hosts, the newest first. The caller has fetched the event for the actor."""
    rows = list(gathering.host_links.all())
    for row in rows:
        row.gathering = gathering
    return rows


def count_live_host_links() -> int:
    """How many hosts' addresses work at this moment, in the whole center: a number for a lock-down."""
    return HostLink.objects.live().count()


def walk_ins(gathering: Gathering) -> list[WalkIn]:
    """Whom nobody knows yet. The caller has fetched the event for the actor."""
    rows = list(gathering.walk_ins.all()[:200])
    for row in rows:
        row.gathering = gathering
    return rows


def get_walk_in(gathering: Gathering, walk_in: UUID) -> WalkIn:
    row = next((one for one in walk_ins(gathering) if one.pk == walk_in), None)
    if row is None:
        raise Refused("walk_in")
    return row


def likely_walk_in(actor: Actor, walk_in: WalkIn, number: str) -> list[Person]:
    """People the actor may see who may be this walk-in: the same phone, or names that sound alike."""
    given, _, family = str(walk_in.name).partition(" ")
    return people.likely_same(actor, given=given, family=family, native=str(walk_in.name), phone=number)


def people_to_ask(
    actor: Actor, gathering: Gathering, *, language: str = "", is_mine: bool = False, page: int = 1
) -> tuple[list[Person], bool]:
    """Fifty of the campaign’s people who were not asked yet, those talked with last first; are there more?"""
    part_of = Involvement.objects.filter(person=OuterRef("pk"), scope=gathering.campaign_id, until__isnull=True)
    asked = Commitment.objects.filter(person=OuterRef("pk"), gathering=gathering)
    rows: Any = Person.objects.visible_to(actor, "see").filter(Exists(part_of), ~Exists(asked))
    rows = rows.filter(restricted_at__isnull=True, **({"language": language} if language else {}))
    rows = rows.filter(in_care_of=actor.me) if is_mine else rows
    here = FilteredRelation("standings", condition=Q(standings__campaign=gathering.campaign_id))
    last = F("here__talked_at").desc(nulls_last=True)
    start = (page - 1) * PAGE
    found = list(
        with_list_columns(rows.annotate(here=here, talked_at=F("here__talked_at")).order_by(last, "pk"))[
            start : start + PAGE + 1
        ]
    )
    let_see_jobs(actor, found)
    return found[:PAGE], len(found) > PAGE
