"""The diary: dates that agencies set, and the calendar feeds through which staff see them on their phones."""

from datetime import datetime

from django.db import transaction

from centro.clinic.actions import reminders
from centro.clinic.choices import Route
from centro.clinic.models import Feed, Happening, Hearing, Matter
from centro.clinic.models.agenda import HearingKind
from centro.core.audit import record_event
from centro.core.clock import now
from centro.core.links import mark_of, new_link
from centro.core.policy import Actor


@transaction.atomic
def add_hearing(
    *,
    by: Actor,
    matter: Matter,
    at: datetime,
    happening: Happening | None,
    asked: str,
    place: str = "",
    needs_interpreter: bool = False,
) -> Hearing:
    """An agency has set a date: it stands in the diary, and preparing it is on somebody's list."""
    is_conference = matter.route == Route.WAGE_CLAIM and matter.state == "conference_set"
    row = Hearing(
        case=matter.case,
        matter=matter,
        happening=happening,
        kind=HearingKind.CONFERENCE if is_conference else HearingKind.HEARING,
        at=at,
        place=place,
        needs_interpreter=needs_interpreter,
        noted_by_id=by.user_id,
    )
    row.save()
    record_event("hearing.set", by=by, about=row, person=matter.case.person_id, codes=[row.kind])
    reminders.prepare_hearing(by=by, hearing=row, asked=asked)
    return row


@transaction.atomic
def cancel_hearing(*, by: Actor, hearing: Hearing) -> bool:
    """The date was taken back, or moved to another. False when it was cancelled before."""
    is_done = Hearing.objects.filter(pk=hearing.pk, cancelled_at=None).update(cancelled_at=now()) == 1
    if is_done:
        record_event("hearing.cancelled", by=by, about=hearing, person=hearing.case.person_id)
    return is_done


@transaction.atomic
def make_feed(*, by: Actor) -> str:
    """A new address for the user's calendar; the one before ends. The secret is shown once and kept nowhere."""
    Feed.objects.filter(user_id=by.me, ended_at=None).update(ended_at=now())
    secret = new_link()
    feed = Feed.objects.create(user_id=by.me, mark=mark_of(secret))
    record_event("feed.made", by=by, about=feed)
    return secret


@transaction.atomic
def end_every_feed(*, by: Actor) -> int:
    """Nobody's calendar address gives anything any more, until they make a new one. How many ended."""
    count = Feed.objects.filter(ended_at=None).update(ended_at=now())
    if count:
        record_event("feed.all_ended", by=by, codes=[f"feeds:{count}"])
    return count


@transaction.atomic
def end_feed(*, by: Actor) -> bool:
    """The address gives nothing any more. False when there was none."""
    is_done = Feed.objects.filter(user_id=by.me, ended_at=None).update(ended_at=now()) > 0
    if is_done:
        record_event("feed.ended", by=by)
    return is_done
