"""Members: the pledge, dues with receipts, the card, leaving; and the reminders that come by themselves."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from centro.core import clock, content, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.core.vault import keyring
from centro.organizing.codes import new_code
from centro.organizing.members.cards import mark_of_card
from centro.organizing.members.choices import LeftWhy, MemberState, Method, SaidHow, Waiver
from centro.organizing.members.dates import months_later
from centro.organizing.members.state import GRACE, MOVED_BY_DUES, restate
from centro.organizing.models import DuesEntry, Membership, Seat
from centro.people.models import Person
from centro.people.versions import save_version

TRIES = 5


class AlreadyMember(Exception):
    """They have joined, or are about to."""


class CannotReverse(Exception):
    """The line was taken back before, or takes another back itself."""


@dataclass(frozen=True)
class Pledge:
    """How somebody gave the pledge: in which language, signed or said, on which day."""

    language: str
    how: SaidHow
    on: date


@transaction.atomic
def join(*, by: Actor, person: Person, pledge: Pledge, details: Mapping[str, Any]) -> Membership:
    """Somebody gives the pledge and is about to be a member; the first dues, paid or waived, make them one.

    The text of the pledge is remembered by its version and its hash. Who had left joins anew in the same row.
    """
    text = content.text("pledges", "membership", pledge.language)
    row = Membership.objects.filter(person=person).first() or Membership(person=person)
    if not row._state.adding and row.state != MemberState.LEFT:
        raise AlreadyMember
    row.person = person
    row.state, row.asked_on, row.left_on, row.left_why = MemberState.PENDING, clock.today(), None, ""
    row.pledge_version, row.pledge_language = text.version, pledge.language
    row.pledge_digest = sha256(text.body_markdown.encode()).hexdigest()
    row.said_how, row.said_on = pledge.how, pledge.on
    row.witness_id = by.user_id if pledge.how == SaidHow.WITNESSED else None
    for name, value in details.items():
        setattr(row, name, value)
    row.save()
    _let_see(by, row)
    _give_number(person)
    record_event("member.asked", by=by, about=row, person=person.pk, codes=[pledge.language, pledge.how])
    return row


def _let_see(by: Actor, row: Membership) -> None:
    held = policy.relations(by, "member.see")
    policy.opens_all(row, held[0] if held else Relation.NONE)


def _give_number(person: Person) -> None:
    """A number drawn at random, so that it says nothing about when or after whom; kept if they have one."""
    if person.member_number_mark:
        return
    for _ in range(TRIES):
        number = f"{secrets.randbelow(900_000) + 100_000}"
        if not Person.objects.filter(member_number_mark=keyring.blind("member_number", number)).exists():
            person.member_number = number
            person.save(update_fields=["member_number", "member_number_mark"])
            return


@transaction.atomic
def edit_membership(*, by: Actor, membership: Membership, version: int, details: Mapping[str, Any]) -> list[str]:
    """Other dues, another way of paying, what they are interested in. `Conflict` when somebody saved first."""
    changed = save_version(membership, version, details)
    if changed:
        record_event("member.edited", by=by, about=membership, person=membership.person_id, codes=changed)
    return changed


# --- dues ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def pay(*, by: Actor, membership: Membership, cents: int, method: Method, months: int, paid_on: date) -> DuesEntry:
    """They paid: a line of the ledger with the next number, and so many more months."""
    entry = _add_line(by, membership, cents, method, months, paid_on)
    record_event("member.paid", by=by, about=entry, person=membership.person_id, codes=[method])
    _restate(by, membership)
    return entry


@transaction.atomic
def waive(*, by: Actor, membership: Membership, why: Waiver, months: int, paid_on: date) -> DuesEntry:
    """They need not pay for so many months, and why as a code."""
    entry = _add_line(by, membership, 0, Method.WAIVED, months, paid_on, why)
    record_event("member.waived", by=by, about=entry, person=membership.person_id, codes=[why])
    _restate(by, membership)
    return entry


def _add_line(
    by: Actor, membership: Membership, cents: int, method: Method, months: int, paid_on: date, why: str = ""
) -> DuesEntry:
    begins = _covered_next(_alone(membership), paid_on)
    return _numbered(
        membership=membership,
        cents=cents,
        method=method,
        why=why,
        covers_from=begins,
        covers_until=months_later(begins, months) - timedelta(days=1),
        paid_on=paid_on,
        by_id=by.me,
    )


def _alone(membership: Membership) -> Membership:
    """The membership as it stands now, held until this transaction ends: two desks that take dues follow each other."""
    now = Membership.objects.select_for_update().only(*MOVED_BY_DUES).get(pk=membership.pk)
    for name in MOVED_BY_DUES:
        setattr(membership, name, getattr(now, name))
    return membership


def _covered_next(membership: Membership, paid_on: date) -> date:
    """The day after what is paid; after a long gap it begins anew on the day of the payment."""
    until = membership.paid_until
    return until + timedelta(days=1) if until and until >= paid_on - GRACE else paid_on


def _numbered(**values: Any) -> DuesEntry:
    """A line with the next number of the ledger; two desks at one moment get two numbers."""
    for _ in range(TRIES):
        newest = DuesEntry.objects.aggregate(number=Max("number"))["number"] or 0
        try:
            with transaction.atomic():
                return DuesEntry.objects.create(number=newest + 1, **values)
        except IntegrityError:
            if not DuesEntry.objects.filter(number=newest + 1).exists():
                raise
    raise RuntimeError("no free number in the ledger of dues")


@transaction.atomic
def reverse_payment(*, by: Actor, entry: DuesEntry) -> DuesEntry:
    """A line was wrong: another takes it back, and both stay. `CannotReverse` when that was done before."""
    membership = entry.membership
    if entry.reverses_id or membership is None or DuesEntry.objects.filter(reverses=entry).exists():
        raise CannotReverse
    row = _numbered(
        membership=_alone(membership),
        cents=-entry.cents,
        method=entry.method,
        covers_from=entry.covers_from,
        covers_until=entry.covers_until,
        paid_on=clock.today(),
        by_id=by.me,
        reverses=entry,
    )
    record_event("member.payment_reversed", by=by, about=row, person=membership.person_id)
    _restate(by, membership)
    return row


def _restate(by: Actor, membership: Membership) -> None:
    if restate(membership):
        record_event("member.joined", by=by, about=membership, person=membership.person_id)


# --- leaving, the card --------------------------------------------------------------------------------------------


@transaction.atomic
def leave(*, by: Actor, membership: Membership, why: LeftWhy) -> bool:
    """They are no member any more; seats end, the card opens nothing. False when they had left."""
    present = Membership.objects.filter(pk=membership.pk).exclude(state=MemberState.LEFT)
    is_new = present.update(state=MemberState.LEFT, left_on=clock.today(), left_why=why, card_mark=None) == 1
    if is_new:
        Seat.objects.filter(person=membership.person_id, to_on__isnull=True).update(to_on=clock.today())
        record_event("member.left", by=by, about=membership, person=membership.person_id, codes=[why])
    return is_new


@transaction.atomic
def make_card(*, by: Actor, membership: Membership) -> str:
    """A new code for the card, drawn at random; a card printed before opens nothing any more."""
    code = new_code(12)
    membership.card_code = code
    membership.card_mark = mark_of_card(code)
    membership.save(update_fields=["card_code", "card_mark"])
    record_event("member.carded", by=by, about=membership, person=membership.person_id)
    return code
