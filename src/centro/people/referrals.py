"""Handing somebody on inside the house, by their consent: sent, taken up, closed; and what a taken-back yes ends.

The rows say only that. What became of somebody on the other side is asked there, in one word, by `web/flows.py`,
while the consent is in force.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.policy import Actor, Refused
from centro.people.choices import Purpose
from centro.people.models import Consent, Person, Referral

SHOWN = 100
To = Referral.To


class AlreadySent(Exception):
    """They were handed on before, and it is not closed."""


_PURPOSES = {To.CLINIC: Purpose.CLINIC, To.ORGANIZING: Purpose.ORGANIZER}


def _agreed(to: Referral.To) -> Exists:
    """Only rows of people who agree today to being handed on to this side."""
    live = Consent.objects.filter(person=OuterRef("person"), purpose=_PURPOSES[to], withdrawn_at__isnull=True)
    return Exists(live.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=clock.today())))


def last_sent(person: Person, to: Referral.To) -> Referral | None:
    """The last time somebody was handed on to this side, while they agree to it; nothing once they took it back.

    The caller fetched the person for the actor.
    """
    return _newest(Referral.objects.filter(_agreed(to), person=person, to=to))


def last_sent_by(actor: Actor, person: Person, to: Referral.To) -> Referral | None:
    """The last time this actor handed somebody on: the words of the consent let only who asked know what became of it.

    The caller fetched the person for the actor.
    """
    return _newest(Referral.objects.filter(_agreed(to), person=person, to=to, by=actor.me))


def _newest(rows: QuerySet[Referral]) -> Referral | None:
    return rows.order_by(F("closed_at").asc(nulls_first=True), "-at").first()


def waiting(actor: Actor) -> list[Referral]:
    """Those who asked for a visit and whom nobody took up yet, the longest waiting first."""
    if not policy.may(actor, "referral.take"):
        return []
    rows = Referral.objects.visible_to(actor, "take").filter(to=To.ORGANIZING, taken_at__isnull=True, closed_at=None)
    here = rows.filter(_agreed(To.ORGANIZING), person__restricted_at__isnull=True, person__merged_into__isnull=True)
    return list(here.select_related("person").order_by("at")[:SHOWN])


def get_waiting(actor: Actor, referral: UUID) -> Referral:
    found = next((row for row in waiting(actor) if row.pk == referral), None)
    if found is None:
        raise Refused("referral.take")
    return found


@transaction.atomic
def send(
    *,
    by: Actor,
    person: Person,
    to: Referral.To,
    consent: Consent,
    topic: str = "",
    safe_time: str = "",
    tells_day: bool = False,
) -> Referral:
    """Hand somebody on who agreed to it just now. What was sent before is over.

    To the clinic it is only what the same user sent: a colleague goes on seeing the word of theirs.
    """
    earlier = Referral.objects.filter(person=person, to=to, closed_at__isnull=True)
    for row in earlier.filter(by=by.me) if to == To.CLINIC else earlier:
        close(by=by, referral=row)
    row = Referral(
        person=person,
        to=to,
        consent=consent,
        topic=topic,
        call_name=person.short_name,
        safe_time=safe_time,
        tells_day=tells_day,
        by_id=by.me,
    )
    row.save()
    record_event("referral.sent", by=by, about=row, person=person.pk, codes=[to])
    return row


@transaction.atomic
def take(*, by: Actor, referral: Referral, campaign: UUID) -> bool:
    """Somebody of a campaign visits them from now on. False when a colleague was faster."""
    free = Referral.objects.filter(pk=referral.pk, taken_at__isnull=True, closed_at__isnull=True)
    is_taken = free.update(taken_at=clock.now(), taken_by_id=by.me, campaign=campaign) == 1
    if is_taken:
        record_event("referral.taken", by=by, about=referral, person=referral.person_id)
    return is_taken


@transaction.atomic
def close(*, by: Actor, referral: Referral) -> bool:
    """It is settled: they may be handed on anew. False when it was closed before."""
    is_closed = Referral.objects.filter(pk=referral.pk, closed_at__isnull=True).update(closed_at=clock.now()) == 1
    if is_closed:
        record_event("referral.closed", by=by, about=referral, person=referral.person_id)
    return is_closed


# --- a consent is taken back -----------------------------------------------------------------------------------------

_ON_WITHDRAWAL: list[Callable[[Actor, Consent], None]] = []


def on_withdrawal(act: Callable[[Actor, Consent], None]) -> None:
    """A module above says what ends when a consent is taken back; called once at start."""
    _ON_WITHDRAWAL.append(act)


def withdrawn(by: Actor, consent: Consent) -> None:
    """A consent was taken back just now, in this transaction: do everything that follows from it."""
    for act in _ON_WITHDRAWAL:
        act(by, consent)
