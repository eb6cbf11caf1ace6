"""Who comes when, who waits how long, which rooms and shifts there are; and who waits for our answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic import CLINIC
from centro.clinic.models import Appointment, Case, LogLine, Night, Room, Shift
from centro.clinic.models.cases import places_of
from centro.clinic.models.night import HERE, Station, VisitState, bounds_of
from centro.clinic.queries.cases import let_see_heads
from centro.clinic.queries.helping import phones_of_shift
from centro.clinic.queries.matters import without_hidden
from centro.core import clock, policy
from centro.core import queries as core
from centro.core.classes import Relation, Role
from centro.core.models import Place, User
from centro.core.policy import Actor, Refused
from centro.people.choices import LANGUAGES
from centro.people.models import Person

SHOWN = 200
SLOT = timedelta(minutes=30)
OVER = (VisitState.DONE, VisitState.NO_SHOW, VisitState.CANCELLED)


@dataclass(frozen=True)
class Card:
    """One person of the day, as the queue shows them: call name, language, since when."""

    row: Appointment
    language: str
    with_name: str
    interpreter_name: str
    phones: Sequence[Any] = ()

    @property
    def waits(self) -> int:
        """Minutes since they came and until somebody took them."""
        if self.row.arrived_at is None:
            return 0
        until = self.row.seated_at or self.row.done_at or clock.now()
        return max(0, int((until - self.row.arrived_at).total_seconds() // 60))

    @property
    def lacks_interpreter(self) -> bool:
        return self.row.needs_interpreter and self.row.interpreter_id is None


@dataclass(frozen=True)
class Column:
    """A column of the board: where its cards are, and what it is called."""

    key: str
    label: str | Promise
    cards: list[Card] = field(default_factory=list)


def appointments(actor: Actor) -> Any:
    """Everything this actor may see of appointments, with what stands beside each."""
    return Appointment.objects.visible_to(actor, "see").select_related("with_user", "interpreter", "room")


def get_appointment(actor: Actor, appointment: UUID, verb: str = "move") -> Appointment:
    row: Appointment = Appointment.objects.select_related("case", "person", "room").get_for(actor, verb, pk=appointment)
    return row


def day_of(actor: Actor, day: date) -> list[Card]:
    """Everybody of a day, by their hour."""
    found = appointments(actor).filter(starts_at__range=bounds_of(day)).order_by("starts_at", "id")
    if policy.may(actor, "appointment.reveal"):
        found = found.select_related("person", "with_user", "interpreter", "room").prefetch_related("person__phones")
    rows = list(found[:SHOWN])
    phones = phones_of_shift(actor, rows)
    return [replace(card, phones=phones.get(card.row.pk, ())) for card in cards(rows)]


def cards(rows: Iterable[Appointment]) -> list[Card]:
    return [
        Card(
            row,
            LANGUAGES.get(row.language, row.language),
            _name_of(row.with_user),
            _name_of(row.interpreter),
        )
        for row in rows
    ]


def _name_of(user: User | None) -> str:
    """The name of a colleague, whom everybody on staff may name."""
    return str(policy.opens_all(user).name or user.username) if user is not None else ""


def board(day: list[Card]) -> list[Column]:
    """The cards of a day in the columns of the board; those who are gone or never came stand last."""
    columns = [
        Column("booked", _("Expected")),
        Column("arrived", _("Waiting")),
        *(Column(station.value, station.label) for station in Station),
        Column("done", _("Done")),
    ]
    by_key = {column.key: column for column in columns}
    for card in day:
        place = card.row.station or card.row.state
        if place in by_key:
            by_key[place].cards.append(card)
    by_key["arrived"].cards.sort(key=lambda card: card.row.arrived_at or card.row.starts_at)
    return columns


def waiting_by_language(day: list[Card]) -> list[tuple[str, int, int]]:
    """Language, how many wait in it, how many of them lack an interpreter; the most first."""
    waiting = [card for card in day if card.row.state == VisitState.ARRIVED]
    counted = Counter(card.language for card in waiting)
    lacking = Counter(card.language for card in waiting if card.lacks_interpreter)
    return [(language, count, lacking[language]) for language, count in counted.most_common()]


def mine_today(actor: Actor) -> list[Card]:
    """What stands on Today: all for the front desk and the shift, one's own for those who help."""
    if not policy.may(actor, "appointment.see"):
        return []
    rows = appointments(actor).filter(starts_at__range=bounds_of(clock.today())).exclude(state__in=OVER)
    if actor.role in {Role.COUNSELLOR, Role.ATTORNEY}:
        rows = rows.filter(with_user=actor.me)
    if actor.role is Role.INTERPRETER:
        speaks = User.objects.filter(pk=actor.me).values_list("speaks", flat=True).first() or []
        rows = rows.filter(Q(interpreter=actor.me) | Q(interpreter=None, needs_interpreter=True, language__in=speaks))
    return cards(rows.order_by("starts_at", "id")[:20])


def appointments_of(actor: Actor, person: Person) -> list[Card]:
    """The appointments of one person, the newest first."""
    return cards(appointments(actor).filter(person=person).order_by("-starts_at")[:50])


def is_taken(*, starts_at: datetime, room: Room | None, with_user: User | None, but: UUID | None = None) -> list[str]:
    """Which of `room` and `with_user` has somebody else within half an hour of this time."""
    near = Appointment.objects.filter(
        starts_at__gt=starts_at - SLOT, starts_at__lt=starts_at + SLOT, state=VisitState.BOOKED
    ).exclude(pk=but)
    found = []
    if room is not None and near.filter(room=room).exists():
        found.append("room")
    if with_user is not None and near.filter(with_user=with_user).exists():
        found.append("with_user")
    return found


# --- the night --------------------------------------------------------------------------------------------------------


def night_on(actor: Actor, day: date) -> Night | None:
    """The clinic of this day, if somebody opened one and this actor may see it."""
    found: Night | None = Night.objects.visible_to(actor, "see").filter(on=day).first()
    return found


def get_night(actor: Actor, night: UUID, verb: str = "see") -> Night:
    row: Night = Night.objects.get_for(actor, verb, pk=night)
    return row


def get_shift(actor: Actor, shift: UUID) -> Shift:
    row = Shift.objects.filter(pk=shift).first()
    if row is None:
        raise Refused("night.run")
    row.night = get_night(actor, row.night_id, "run")
    return row


def rooms() -> list[Room]:
    """The rooms that are open."""
    return list(Room.objects.filter(is_open=True))


def get_room(room: UUID) -> Room:
    found = Room.objects.filter(pk=room, is_open=True).first()
    if found is None:
        raise Refused("night.run")
    return found


def shifts_of(night: Night) -> list[Shift]:
    """Who helps on a night, with their names."""
    rows = list(night.shifts.select_related("user"))
    for row in rows:
        policy.opens_all(row.user)
    return rows


def hand_overs_of(night: Night) -> list[Any]:
    """The notes of a night that a query fetched for the actor, the newest first."""
    rows = list(night.hand_overs.select_related("by"))
    for row in rows:
        row.night = night
        if row.by is not None:
            policy.opens_all(row.by)
    return rows


def helpers_of(actor: Actor) -> tuple[list[User], list[User]]:
    """Those somebody may have an appointment with, and the interpreters."""
    held = core.staff_by_role(actor)
    seers = {user.pk: user for role in (Role.COUNSELLOR, Role.ATTORNEY) for user in held.get(role, [])}
    return list(seers.values()), held.get(Role.INTERPRETER, [])


@dataclass(frozen=True)
class Summary:
    """A night in numbers: no names."""

    came: int
    walked_in: int
    done: int
    did_not_come: int
    still_here: int
    longest_wait: int
    usual_wait: int
    languages: list[tuple[str, int]]
    interpreted: int
    lacked_interpreter: int


def summary_of(day: list[Card]) -> Summary:
    """The numbers of a day's cards. The usual wait is the middle one."""
    came = [card for card in day if card.row.arrived_at is not None]
    waits = sorted(card.waits for card in came)
    return Summary(
        came=len(came),
        walked_in=sum(card.row.is_walk_in for card in came),
        done=sum(card.row.state == VisitState.DONE for card in day),
        did_not_come=sum(card.row.state == VisitState.NO_SHOW for card in day),
        still_here=sum(card.row.state in HERE for card in day),
        longest_wait=waits[-1] if waits else 0,
        usual_wait=waits[len(waits) // 2] if waits else 0,
        languages=Counter(card.language for card in came).most_common(),
        interpreted=sum(card.row.interpreter_id is not None for card in came),
        lacked_interpreter=sum(card.lacks_interpreter for card in came),
    )


# --- who waits for our answer -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owed:
    """Somebody wrote or called and has no answer yet: which case, since when."""

    line: LogLine
    case: Case

    @property
    def since(self) -> date:
        """The day at the center on which they wrote or called."""
        return timezone.localtime(self.line.at).date()

    @property
    def days(self) -> int:
        return (clock.today() - self.since).days

    @property
    def is_late(self) -> bool:
        """Later than the two working days we promise."""
        return working_days(self.since, clock.today()) > 2


def working_days(since: date, until: date) -> int:
    """Days from Monday to Friday after `since`, up to `until`."""
    return sum((since + timedelta(days=n)).weekday() < 5 for n in range(1, (until - since).days + 1))


def answers_owed(actor: Actor) -> list[Owed]:
    """Who waits for our answer in the cases this actor may see, the longest first."""
    if not policy.may(actor, "case.log"):
        return []
    lines = LogLine.objects.filter(
        is_answer_owed=True, answered_at__isnull=True, case__in=Case.objects.visible_to(actor, "see").values("pk")
    )
    rows = list(without_hidden(actor, lines).order_by("at")[:50])
    found = Case.objects.visible_to(actor, "see").filter(pk__in={row.case_id for row in rows})
    cases = {case.pk: case for case in found.select_related("person", "workplace", "owner")}
    let_see_heads(actor, cases.values())
    for row in rows:
        row.case = cases[row.case_id]
    return [Owed(row, row.case) for row in rows]


# --- who works in the clinic ------------------------------------------------------------------------------------------


def works_here(actor: Actor, verb: str) -> bool:
    """Whether the actor may do this anywhere, or in the clinic and has a place there."""
    held = policy.relations(actor, verb)
    if Relation.CENTER in held:
        return True
    return Relation.PROGRAM in held and places_of(actor, Relation.PROGRAM).filter(scope=CLINIC).exists()


def in_clinic(actor: Actor, verb: str) -> None:
    """Refuse whoever may do this only in the clinic and does not work there."""
    if not works_here(actor, verb):
        raise Refused(verb)


def clinic_team(actor: Actor) -> list[Place]:
    """Who works in the clinic now, by the name of their account."""
    in_clinic(actor, "clinic.team")
    rows = Place.objects.live().filter(scope=CLINIC, relation=Relation.PROGRAM).select_related("user")
    places = list(rows.order_by("user__username"))
    for place in places:
        policy.opens_all(place.user)
    return places


def get_team_place(actor: Actor, place: UUID) -> Place:
    found = next((row for row in clinic_team(actor) if row.pk == place), None)
    if found is None or found.user_id == actor.user_id:
        raise Refused("clinic.team")
    return found
