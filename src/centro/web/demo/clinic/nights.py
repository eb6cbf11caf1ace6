"""The invented clinic day: rooms, a shift, a queue in four languages; and the money of earlier cases in the ledger."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from centro.clinic.actions import night as nights
from centro.clinic.actions import walls
from centro.clinic.choices import Route
from centro.clinic.models import Appointment, Case, LedgerEntry, Matter
from centro.clinic.models.money import EntryKind
from centro.clinic.models.night import Station, VisitKind, VisitState, bounds_of
from centro.core import clock, content
from centro.core.vault import keyring
from centro.people.choices import How, Purpose
from centro.people.models import Consent
from centro.web.demo.staff import Staff

_ROOMS = ("Room 1", "Room 2", "Back office")
# Called, language, what for, minutes from now, and where they are: a station, or a state.
_DAY: tuple[tuple[str, str, VisitKind, int, str], ...] = (
    ("Lupita", "es", VisitKind.PAPERS, -190, "done"),
    ("Mr. Oh", "ko", VisitKind.FOLLOW_UP, -160, "done"),
    ("Chelo", "zap", VisitKind.INTAKE, -120, "no_show"),
    ("Don Beto", "es", VisitKind.FOLLOW_UP, -75, Station.ATTORNEY),
    ("순자 씨", "ko", VisitKind.INTAKE, -55, Station.COUNSELLOR),
    ("Yesenia", "es", VisitKind.PAPERS, -40, Station.PAPERS),
    ("Nayeli", "zap", VisitKind.INTAKE, -34, "arrived"),
    ("Marvin", "es", VisitKind.INTAKE, -21, "arrived"),
    ("Mrs. Yang", "ko", VisitKind.ATTORNEY, -9, "arrived"),
    ("Andrés", "quc", VisitKind.INTAKE, 25, "booked"),
    ("Blanca", "es", VisitKind.FOLLOW_UP, 50, "booked"),
    ("영호 씨", "ko", VisitKind.PICK_UP, 80, "booked"),
)
_SEED = 20_261_124
_WORKED_LONG_ENOUGH = timedelta(days=200)


def load(staff: Staff) -> None:
    """Save a clinic night of today with its queue, the ledger of older wage claims, a hold and a legal demand."""
    rng = Random(_SEED)  # noqa: S311  (of its own: other parts of the demo stay as they are)
    _night(staff)
    _queue(staff)
    _ledger(rng)
    _matched(staff)
    _demand(staff)


def _night(staff: Staff) -> None:
    by = staff.actor("manager")
    night = nights.open_night(by=by, on=clock.today())
    for name in _ROOMS:
        nights.add_room(by=by, name=name)
    begins, ends = bounds_of(clock.today())
    for user, station in (("volunteer", ""), ("interpreter", Station.INTAKE)):
        nights.give_shift(by=by, night=night, user=staff.users[user], station=station, from_at=begins, to_at=ends)
    words = "The copier in the back office needs paper. The spare key is with Marisol."
    nights.hand_over(by=staff.actor("front_desk"), night=night, words=words)


def _queue(staff: Staff) -> None:
    rows = [_visit(staff, *line, number=number) for number, line in enumerate(_DAY)]
    for row, key in zip(rows, keyring.new_vaults("appointment", len(rows)), strict=True):
        row.key = key
    Appointment.objects.bulk_create(rows)


def _visit(
    staff: Staff, called: str, language: str, kind: VisitKind, minutes: int, place: str, *, number: int
) -> Appointment:
    at = _today(clock.now() + timedelta(minutes=minutes))
    row = Appointment(
        call_name=called,
        language=language,
        kind=kind,
        starts_at=at,
        needs_interpreter=language in {"zap", "quc"},
        is_walk_in=number % 3 == 0 and minutes < 0,
        booked_by=staff.users["front_desk"],
        state=VisitState.WITH_COUNSELLOR if place in Station.values else VisitState(place),
        station=place if place in Station.values else "",
    )
    if row.state in {VisitState.ARRIVED, VisitState.WITH_COUNSELLOR, VisitState.DONE}:
        row.arrived_at = at
    if row.state in {VisitState.WITH_COUNSELLOR, VisitState.DONE}:
        row.seated_at = _today(at + timedelta(minutes=12 + number))
        row.with_user = staff.users["attorney" if place == Station.ATTORNEY else "counsellor"]
    if row.state == VisitState.DONE:
        row.done_at = _today(at + timedelta(minutes=50))
    if row.state == VisitState.BOOKED and language == "ko":
        row.with_user = staff.users["counsellor"]
    return row


def _today(at: datetime) -> datetime:
    """A moment that stays on this day, also when the demo begins at midnight."""
    first, last = bounds_of(clock.today())
    return min(max(at, first), last)


def _ledger(rng: Random) -> None:
    """What older wage claims asked for, what was decided, and what came in so far."""
    old = Matter.objects.filter(
        route=Route.WAGE_CLAIM, opened_at__lt=clock.now() - _WORKED_LONG_ENOUGH, case__ledger=None
    )
    rows: list[LedgerEntry] = []
    for matter in old.select_related("case").iterator(chunk_size=500):
        rows += _lines(rng, matter)
    LedgerEntry.objects.bulk_create(rows, batch_size=500)


def _lines(rng: Random, matter: Matter) -> Iterator[LedgerEntry]:
    claimed = rng.randrange(2_400_00, 64_000_00, 1_25)
    opened = matter.opened_at.date()
    told: list[tuple[str, int, int]] = [(EntryKind.CLAIMED, claimed, 40)]
    if rng.random() < 0.55:
        awarded = claimed * rng.randrange(45, 96) // 100
        told.append((rng.choice((EntryKind.AWARDED, EntryKind.AGREED)), awarded, 110))
        if rng.random() < 0.6:
            told += [(EntryKind.RECEIVED, awarded // 5, 130 + 20 * part) for part in range(rng.randrange(1, 4))]
    for kind, cents, days in told:
        on = min(opened + timedelta(days=days), clock.today())
        more: dict[str, Any] = {"kind": kind, "cents": cents, "change": cents, "on": on}
        yield LedgerEntry(case=matter.case, matter=matter, by=matter.owner, **more)


def _matched(staff: Staff) -> None:
    """At the shop with the most cases, the workers agreed to be matched with each other."""
    shops: dict[Any, list[Case]] = {}
    for case in Case.objects.filter(workplace__isnull=False).select_related("person")[:2000]:
        shops.setdefault(case.workplace_id, []).append(case)
    most = max(shops.values(), key=lambda cases: len({case.person_id for case in cases}), default=[])
    people = {case.person_id: case.person for case in most}
    known = set(Consent.objects.filter(person__in=people, purpose=Purpose.MATCHING).values_list("person", flat=True))
    Consent.objects.bulk_create(
        Consent(
            person=person,
            purpose=Purpose.MATCHING,
            text_version=content.text("consent", Purpose.MATCHING, "es").version,
            text=content.text("consent", Purpose.MATCHING, "es").body_markdown,
            language="es",
            how=How.SPOKEN,
            taken_by=staff.users["counsellor"],
        )
        for pk, person in people.items()
        if pk not in known
    )


def _demand(staff: Staff) -> None:
    """A lawyer's letter that arrived at the desk, and the case it is about, held."""
    case = Case.objects.filter(closed_at__isnull=True, owner=staff.users["counsellor"]).order_by("number").first()
    details = {
        "kind": "lawyer",
        "what": "The owner's lawyer asks for everything we hold about “your client”.",
        "served_on": "Marisol, at the desk",
        "scope": "All files, notes and messages since 2024",
        "arrived_on": clock.today() - timedelta(days=2),
        "deadline": clock.today() + timedelta(days=12),
    }
    walls.receive_demand(by=staff.actor("front_desk"), details=details, case=case)
