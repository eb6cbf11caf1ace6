"""Who leads a campaign; the debrief of a day, the sheet of a week, and field work as it goes on now.

The sheet is for coaching. Each organizer reads their own; whoever leads the campaign reads the team's, in the order
of names. Nothing here ranks anybody, and no number is set against another's.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.utils import timezone

from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.models import Task, User
from centro.core.policy import Actor, Refused
from centro.organizing.choices import Kind, Outcome
from centro.organizing.models import Assessment, Assignment, Campaign, Contact, DayNote, Report, Tie, Walk
from centro.organizing.models.contacts import NOTED, corrected
from centro.organizing.queries.campaigns import campaigns, get_campaign, team
from centro.organizing.queries.lists import count_tried
from centro.people import queries as people
from centro.people.models import Involvement, Person
from centro.people.queries import names_of_staff

SHOWN, LISTS, NAMED = 200, 30, 3


def leads(actor: Actor, campaign: Campaign) -> bool:
    """Whether this actor leads the campaign: whoever started it, or its manager."""
    return campaign.added_by_id == actor.user_id or policy.relation_to(campaign) == Relation.PROGRAM


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The first moment of one day and the last of another, at the center."""
    return timezone.make_aware(datetime.combine(first, time.min)), timezone.make_aware(datetime.combine(last, time.max))


# --- the day -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """Somebody whose assessment is another than before."""

    person: Person
    before: int
    value: int


@dataclass
class Debrief:
    """One's own day: every try with its person, what came of them, and what one wants the leader to know."""

    day: date
    contacts: list[tuple[Contact, Person]]
    outcomes: list[tuple[str, int]]
    named: list[Any] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    steps: list[Task] = field(default_factory=list)
    notes: list[DayNote] = field(default_factory=list)


def debrief(actor: Actor, day: date) -> Debrief:
    """The day of this actor, in all their campaigns."""
    within = bounds(day, day)
    rows = Contact.objects.visible_to(actor, "see").valid().filter(by_id=actor.me, at__range=within)
    contacts = list(rows.select_related("campaign").order_by("at", "pk")[:SHOWN])
    ids = {row.person_id for row in contacts}
    ties = Tie.objects.visible_to(actor, "see").filter(by_id=actor.me, at__range=within, ended_at__isnull=True)
    named = list(ties.order_by("at")[:SHOWN])
    moves = list(_moves(actor, within, by=actor.me)[:SHOWN])
    seen = people.people_by_id(actor, ids | {tie.person_id for tie in named} | {row.person_id for row in moves})
    counts = Counter(row.outcome for row in contacts)
    return Debrief(
        day=day,
        contacts=[(row, seen[row.person_id]) for row in contacts if row.person_id in seen],
        outcomes=[(str(one.label), counts[one]) for one in Outcome if counts[one]],
        named=[(tie, seen[tie.person_id]) for tie in named if tie.person_id in seen],
        moved=[Moved(seen[row.person_id], row.before, row.value) for row in moves if row.person_id in seen],
        steps=_steps(actor, within),
        notes=list(DayNote.objects.visible_to(actor, "see").filter(by_id=actor.me, day=day)),
    )


def _moves(actor: Actor, within: tuple[datetime, datetime], **narrow: Any) -> Any:
    """Assessments that differ from the valid one before them; `before` is what that one said."""
    valid = Assessment.objects.filter(~corrected("contact"))
    earlier = valid.filter(person=OuterRef("person"), campaign=OuterRef("campaign"), at__lt=OuterRef("at"))
    rows = Assessment.objects.visible_to(actor, "see").filter(~corrected("contact"), at__range=within, **narrow)
    rows = rows.annotate(before=Subquery(earlier.order_by("-at").values("value")[:1]))
    return rows.filter(before__isnull=False).exclude(before=F("value")).order_by("at")


def _steps(actor: Actor, within: tuple[datetime, datetime]) -> list[Task]:
    made = Task.objects.visible_to(actor).filter(set_by_id=actor.me, made_at__range=within, about_kind="person")
    return list(made.order_by("due_on")[:SHOWN])


def get_contact_to_correct(actor: Actor, contact: UUID) -> Contact:
    """One's own contact that was noted today and not corrected yet; any other does not exist here."""
    row: Contact = Contact.objects.valid().select_related("step").get_for(actor, "see", pk=contact, by_id=actor.me)
    if timezone.localtime(row.received_at).date() != clock.today():
        raise Refused("contact.add")
    row.person = people.get_person(actor, row.person_id)
    row.campaign = get_campaign(actor, row.campaign_id)
    return row


def as_noted(actor: Actor, contact: Contact) -> dict[str, Any]:
    """What the form starts with when a contact is corrected: everything as it was noted, as far as it may be read."""
    noted: dict[str, Any] = {name: getattr(contact, name) for name in NOTED}
    noted["along"] = list(contact.together_with.values_list("pk", flat=True))
    noted["when"] = timezone.localtime(contact.at)
    if step := Task.objects.visible_to(actor).filter(pk=contact.step_id).first():
        noted |= {"step": step.what, "step_on": step.due_on}
    if assessed := Assessment.objects.filter(contact=contact).first():
        noted |= {"value": str(assessed.value), "basis": assessed.basis}
    ties = Tie.objects.visible_to(actor, "see").filter(contact=contact, other__isnull=True, ended_at__isnull=True)
    named = list(ties.select_related("workplace").order_by("at", "pk")[:NAMED])
    people.let_see_workplaces(actor, [tie.workplace for tie in named if tie.workplace])
    for at, tie in enumerate(named):
        noted |= {f"known_as{at}": tie.known_as, f"tie{at}": tie.kind, f"introduces{at}": tie.will_introduce}
        noted[f"works{at}"] = tie.workplace.name if tie.workplace else ""
    return noted


# --- the week ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Week:
    """What one organizer did in a week, as numbers and names for a talk between two."""

    user: User
    tried: int
    talks: int
    one_on_ones: int
    ties: int
    introduced: int
    overdue: int
    moved: list[Moved]


def weeks(actor: Actor, campaign: Campaign, monday: date) -> list[Week]:
    """The sheets this actor may read: of the whole team for whoever leads it, else one's own. In the order of names."""
    members = team(actor, campaign)
    if not leads(actor, campaign):
        members = [user for user in members if user.pk == actor.user_id]
    within, ids = bounds(monday, monday + timedelta(days=6)), [user.pk for user in members]
    tries = _tries(campaign, within, ids)
    ties = _count_ties(campaign, ids, at__range=within)
    introduced = _count_ties(campaign, ids, introduced_at__range=within)
    overdue, moved = _overdue(campaign, ids), _moved_by(actor, campaign, within, ids)
    sheets = [
        Week(
            user=user,
            tried=sum(tries[user.pk].values()),
            talks=sum(n for (_, outcome), n in tries[user.pk].items() if outcome == Outcome.TALKED),
            one_on_ones=tries[user.pk][Kind.ONE_ON_ONE, Outcome.TALKED],
            ties=ties[user.pk],
            introduced=introduced[user.pk],
            overdue=overdue[user.pk],
            moved=moved.get(user.pk, []),
        )
        for user in members
    ]
    return sorted(sheets, key=lambda sheet: str(sheet.user.name or sheet.user.username))


def _tries(
    campaign: Campaign, within: tuple[datetime, datetime], ids: list[UUID]
) -> dict[UUID, Counter[tuple[str, str]]]:
    """Of each of these users: how many tries of each kind and outcome."""
    found: dict[UUID, Counter[tuple[str, str]]] = {user: Counter() for user in ids}
    rows = Contact.objects.valid().filter(campaign=campaign, at__range=within, by__in=ids)
    for row in rows.order_by().values("by", "kind", "outcome").annotate(n=Count("pk")):
        found[row["by"]][row["kind"], row["outcome"]] += row["n"]
    return found


def _count_ties(campaign: Campaign, ids: list[UUID], **when: Any) -> Counter[UUID]:
    rows = Tie.objects.filter(campaign=campaign, by__in=ids, **when).order_by().values("by").annotate(n=Count("pk"))
    return Counter({row["by"]: row["n"] for row in rows})


def _overdue(campaign: Campaign, ids: list[UUID]) -> Counter[UUID]:
    """Open steps about people of the campaign whose day is over."""
    part_of = Involvement.objects.filter(person=OuterRef("about"), scope=campaign.pk, until__isnull=True)
    late = Task.objects.filter(Exists(part_of), owner__in=ids, done_at__isnull=True, due_on__lt=clock.today())
    rows = late.filter(about_kind="person").order_by().values("owner").annotate(n=Count("pk"))
    return Counter({row["owner"]: row["n"] for row in rows})


def _moved_by(
    actor: Actor, campaign: Campaign, within: tuple[datetime, datetime], ids: list[UUID]
) -> dict[UUID, list[Moved]]:
    """Whom each of them moved: the person, from where, to where."""
    rows = list(_moves(actor, within, campaign=campaign, by__in=ids)[:SHOWN])
    seen = people.people_by_id(actor, {row.person_id for row in rows})
    found: dict[UUID, list[Moved]] = {}
    for row in rows:
        if row.person_id in seen:
            found.setdefault(row.by_id, []).append(Moved(seen[row.person_id], row.before, row.value))
    return found


# --- the field, now ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shift:
    """A list of today: who is out with it, how far it is, when it ends, which phones carry it."""

    assignment: Assignment
    out: list[tuple[Walk, str]]
    tried: int
    people: int
    phones: int
    heard_at: datetime | None
    waiting: int


@dataclass(frozen=True)
class FieldDay:
    """The field work that this actor leads, as it stands now, and the notes of the last days."""

    shifts: list[Shift]
    notes: list[tuple[DayNote, str]]


def field_day(actor: Actor) -> FieldDay:
    """Lists of today in the campaigns this actor leads."""
    led = [row for row in campaigns(actor) if leads(actor, row)]
    within = bounds(clock.today(), clock.today())
    rows = Assignment.objects.visible_to(actor, "edit").filter(
        campaign__in=led, from_at__lte=within[1], to_at__gte=within[0]
    )
    lists = list(rows.annotate(people=Count("stops")).prefetch_related("packs").order_by("from_at")[:LISTS])
    walks = list(Walk.objects.filter(assignment__in=lists, back_at__isnull=True))
    held = Report.objects.filter(pack__assignment__in=lists, settled_at__isnull=True).exclude(held="")
    waiting = dict(held.order_by().values_list("pack__assignment").annotate(n=Count("pk")))
    notes = list(
        DayNote.objects.visible_to(actor, "see").filter(campaign__in=led, day__gte=clock.today() - timedelta(days=7))[
            :50
        ]
    )
    by_id = {row.pk: row for row in led}
    for note in notes:
        note.campaign = by_id[note.campaign_id]
    names = names_of_staff(actor, [walk.user_id for walk in walks] + [note.by_id for note in notes])
    tried = count_tried(lists)
    shifts = [_shift(row, walks, names, tried.get(row.pk, 0), waiting.get(row.pk, 0)) for row in lists]
    return FieldDay(shifts, [(note, names.get(note.by_id, "")) for note in notes])


def _shift(row: Assignment, walks: list[Walk], names: dict[UUID, str], tried: int, waiting: int) -> Shift:
    live = [pack for pack in row.packs.all() if pack.is_live]
    heard = [pack.seen_at for pack in live if pack.seen_at]
    return Shift(
        assignment=row,
        out=[(walk, names.get(walk.user_id, "")) for walk in walks if walk.assignment_id == row.pk],
        tried=tried,
        people=row.people,  # type: ignore[attr-defined]  # counted by the query
        phones=len(live),
        heard_at=max(heard, default=None),
        waiting=waiting,
    )
