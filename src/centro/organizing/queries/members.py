"""Members and their dues, as far as the actor may see them; sums for those who answer for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from centro.core import clock, policy
from centro.core.policy import Actor, Refused
from centro.core.vault import keyring
from centro.organizing.members.ballots import agreed
from centro.organizing.members.cards import mark_of_card, plain_code
from centro.organizing.members.choices import MemberState, Method
from centro.organizing.models import Assembly, Ballot, Committee, DuesEntry, Membership, Presence, Seat, Tally
from centro.people.models import Person
from centro.people.queries import let_see_staff, people_by_id

PAGE = 50
DUE_SOON = timedelta(days=30)


@dataclass(frozen=True)
class MemberRow:
    membership: Membership
    person: Person


def members(actor: Actor, *, state: str = "", due: bool = False, page: int = 1) -> tuple[list[MemberRow], bool]:
    """Fifty members, whose dues end first, first; and whether there are more."""
    rows = _seen(actor)
    if state:
        rows = rows.filter(state=state)
    if due:
        rows = rows.filter(state=MemberState.ACTIVE, paid_until__lte=clock.today() + DUE_SOON)
    start = (page - 1) * PAGE
    found = list(rows.order_by(F("paid_until").asc(nulls_first=True), "pk")[start : start + PAGE + 1])
    return with_people(actor, found[:PAGE]), len(found) > PAGE


def _seen(actor: Actor) -> Any:
    """Members whose file was not merged into another."""
    return Membership.objects.visible_to(actor, "see").filter(person__merged_into__isnull=True)


def with_people(actor: Actor, rows: Iterable[Any]) -> list[Any]:
    """Memberships or seats with their people, where the actor may see both."""
    found = list(rows)
    people = people_by_id(actor, [row.person_id for row in found])
    shown = []
    for row in found:
        if row.person_id in people:
            row.person = people[row.person_id]
            shown.append(MemberRow(row, row.person) if isinstance(row, Membership) else row)
    return shown


def count_states(actor: Actor) -> dict[str, int]:
    """How many of those the actor may see are in each state."""
    rows = _seen(actor).order_by().values("state").annotate(n=Count("pk"))
    return {row["state"]: row["n"] for row in rows}


def membership_of(actor: Actor, person: Person) -> Membership | None:
    """The membership of somebody the actor may see; None: they never joined."""
    row: Membership | None = Membership.objects.visible_to(actor, "see").filter(person=person).first()
    if row is not None:
        row.person = person
    return row


def get_membership(actor: Actor, membership: UUID, verb: str = "see") -> Membership:
    row: Membership = Membership.objects.get_for(actor, verb, pk=membership)
    row.person = Person.objects.visible_to(actor, "see").filter(pk=row.person_id).first() or _nobody()
    return row


def _nobody() -> Person:
    raise Refused("person")


def dues_of(actor: Actor, membership: Membership) -> list[DuesEntry]:
    """The lines of one member, newest first. The caller fetched the membership for the actor."""
    rows = DuesEntry.objects.filter(membership=membership).select_related("reversed_by", "by")
    found = list(rows)
    for row in found:
        row.membership = membership
    let_see_staff(actor, [row.by for row in found])
    return found


def get_entry(actor: Actor, entry: UUID, verb: str) -> DuesEntry:
    row: DuesEntry = DuesEntry.objects.get_for(actor, verb, pk=entry)
    if row.membership_id is None:
        raise Refused("member")
    row.membership = get_membership(actor, row.membership_id, verb)
    return row


@dataclass(frozen=True)
class Sums:
    """What a year of dues came to: by month and by way of paying, in cents."""

    months: list[tuple[date, int]]
    methods: list[tuple[str, int]]
    cents: int
    waived: int


def sums(actor: Actor, year: int) -> Sums:
    """Sums over the whole ledger, without names; for those who answer for the money."""
    if not policy.may(actor, "member.totals"):
        raise Refused("member.totals")
    lines = DuesEntry.objects.filter(paid_on__year=year).order_by()
    months = lines.annotate(month=TruncMonth("paid_on")).values("month").annotate(cents=Sum("cents")).order_by("month")
    methods = lines.values("method").annotate(cents=Sum("cents"))
    by_method = {row["method"]: row["cents"] for row in methods}
    standing = Q(method=Method.WAIVED, reverses__isnull=True, reversed_by__isnull=True)
    return Sums(
        months=[(row["month"], row["cents"]) for row in months],
        methods=[(str(way.label), by_method[way]) for way in Method if way in by_method and way != Method.WAIVED],
        cents=sum(by_method.values()),
        waived=lines.filter(standing).count(),
    )


# --- committees and the assembly ----------------------------------------------------------------------------------


def committees(actor: Actor, *, with_ended: bool = False) -> list[Committee]:
    rows = Committee.objects.visible_to(actor, "see")
    return list(rows if with_ended else rows.filter(ended_on__isnull=True))


def get_committee(actor: Actor, committee: UUID, verb: str = "see") -> Committee:
    row: Committee = Committee.objects.get_for(actor, verb, pk=committee)
    return row


def seats(actor: Actor, committee: Committee) -> list[Seat]:
    """Who sits or sat there, those of today first, as far as the actor may see them."""
    rows = Seat.objects.visible_to(actor, "see").filter(committee=committee)
    return with_people(actor, rows.order_by(F("to_on").desc(nulls_first=True), "from_on"))


def seats_of(actor: Actor, person: Person) -> list[Seat]:
    rows = list(Seat.objects.filter(person=person).select_related("committee"))
    for row in rows:
        policy.opens_all(row.committee, policy.relations(actor, "member.see")[0])
    return rows


def get_seat(actor: Actor, row: UUID) -> Seat:
    found: Seat = Seat.objects.get_for(actor, "seat", pk=row)
    return found


def assemblies(actor: Actor) -> list[Assembly]:
    return list(Assembly.objects.visible_to(actor, "tally")[:PAGE])


def get_assembly(actor: Actor, assembly: UUID) -> Assembly:
    row: Assembly = Assembly.objects.get_for(actor, "tally", pk=assembly)
    return row


@dataclass(frozen=True)
class Quorum:
    """How many came, and how many must."""

    present: int
    needed: int

    @property
    def is_there(self) -> bool:
        return self.present >= self.needed


def quorum(assembly: Assembly) -> Quorum:
    """Rounded up: 20 percent of 41 members are nine. One member at least."""
    needed = max(1, -(-assembly.members * assembly.percent // 100))
    return Quorum(Presence.objects.filter(assembly=assembly).count(), needed)


def member_by_code(actor: Actor, typed: str) -> Membership | None:
    """The active member with this card or number; None: nobody the actor may see."""
    active = _seen(actor).filter(state=MemberState.ACTIVE)
    number = typed.strip()
    by_number = Q(person__member_number_mark=keyring.blind("member_number", number)) if number else Q(pk__in=[])
    by_card = Q(card_mark=mark_of_card(typed)) if len(plain_code(typed)) >= 8 else Q(pk__in=[])
    found: Membership | None = active.filter(by_number | by_card).first()
    return found


@dataclass(frozen=True)
class BallotRow:
    """A question with what each counted, and the result once two agree."""

    ballot: Ballot
    tallies: list[Tally]
    result: Tally | None

    @property
    def differ(self) -> bool:
        return len(self.tallies) > 1 and self.result is None


def ballots(actor: Actor, assembly: Assembly) -> list[BallotRow]:
    found = []
    for row in Ballot.objects.filter(assembly=assembly).prefetch_related("tallies__by"):
        row.assembly = assembly
        tallies = list(row.tallies.all())
        let_see_staff(actor, [one.by for one in tallies])
        found.append(BallotRow(row, tallies, agreed(tallies)))
    return found


def get_ballot(actor: Actor, ballot: UUID) -> Ballot:
    row: Ballot = Ballot.objects.get_for(actor, "tally", pk=ballot)
    row.assembly = get_assembly(actor, row.assembly_id)
    return row
