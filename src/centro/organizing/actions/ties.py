"""What becomes of a tie: somebody gets a name, an introduction happens or not, a confidential tie is taken back."""

from django.db import transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import QuietTie, Tie
from centro.people.models import Person


class SamePerson(Exception):
    """Nobody knows themselves: the two ends of a tie are two people."""


@transaction.atomic
def name_tie(*, by: Actor, tie: Tie, other: Person) -> bool:
    """Whoever was only described is this person. False when somebody named them first; `SamePerson` for the tie's own.

    Where the same two were tied already in the campaign, the description was of somebody known: it ends.
    """
    if other.pk == tie.person_id:
        raise SamePerson
    unnamed = Tie.objects.filter(pk=tie.pk, other__isnull=True, ended_at__isnull=True)
    twins = Tie.objects.filter(campaign=tie.campaign_id, person=tie.person_id, other=other, kind=tie.kind)
    if twins.filter(ended_at__isnull=True).exists():
        is_named = unnamed.update(ended_at=clock.now()) == 1
    else:
        is_named = unnamed.update(other=other, known_as=None) == 1
    if is_named:
        record_event("contact.tie_named", by=by, about=tie, person=tie.person_id)
    return is_named


@transaction.atomic
def note_introduction(*, by: Actor, tie: Tie, happened: bool) -> bool:
    """The promised introduction happened, or it will not. False when that was noted before."""
    open_promise = Tie.objects.filter(pk=tie.pk, will_introduce=True, introduced_at__isnull=True, ended_at__isnull=True)
    changes = {"introduced_at": clock.now()} if happened else {"will_introduce": False}
    is_noted = open_promise.update(**changes) == 1
    if is_noted:
        code = "happened" if happened else "not"
        record_event("contact.introduction_noted", by=by, about=tie, person=tie.person_id, codes=[code])
    return is_noted


@transaction.atomic
def end_quiet_tie(*, by: Actor, tie: QuietTie) -> None:
    """A confidential tie was a mistake, or is over: it is destroyed, and the event names neither of its ends."""
    record_event("contact.quiet_tie_ended", by=by, about=tie)
    tie.delete()
