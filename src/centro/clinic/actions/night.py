"""A clinic night: opened, its shifts and rooms, the hand-over, closed; and who works in the clinic at all."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from centro.clinic import CLINIC
from centro.clinic.models import Appointment, HandOver, Night, Room, Shift
from centro.clinic.models.night import HERE, VisitState, bounds_of
from centro.core import actions as core
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import Place, User
from centro.core.policy import Actor


class NotYet(Exception):
    """Why this cannot be done now, in words for whoever tried."""


@transaction.atomic
def open_night(*, by: Actor, on: date) -> Night:
    """A clinic on a day; there is one a day, and opening it twice gives the same."""
    night, is_new = Night.objects.get_or_create(on=on, defaults={"opened_by_id": by.user_id})
    if is_new:
        record_event("night.opened", by=by, about=night)
    return night


@transaction.atomic
def close_night(*, by: Actor, night: Night) -> int:
    """Everybody went home: shifts end, who was booked and did not come is marked. Returns how many did not come.

    `NotYet` while somebody still waits or is with somebody.
    """
    today = Appointment.objects.filter(starts_at__range=bounds_of(night.on))
    if here := today.filter(state__in=HERE).count():
        raise NotYet(_("Not everybody is gone yet: %(n)d are here. Move their cards to “Done” first.") % {"n": here})
    core.end_places(by=by, scope=night.pk)
    missing = today.filter(state=VisitState.BOOKED, starts_at__lt=clock.now())
    count = missing.update(state=VisitState.NO_SHOW)
    Night.objects.filter(pk=night.pk, closed_at__isnull=True).update(closed_at=clock.now())
    record_event("night.closed", by=by, about=night)
    return count


@transaction.atomic
def give_shift(*, by: Actor, night: Night, user: User, station: str, from_at: datetime, to_at: datetime) -> Shift:
    """Somebody helps from an hour to an hour. In that time, and no longer, they see the list of the night."""
    place = core.give_place(
        by=by, user=user, scope_kind="night", scope=night.pk, relation=Relation.ASSIGNED, since=from_at, until=to_at
    )
    shift = Shift.objects.create(night=night, user=user, station=station, place=place, from_at=from_at, to_at=to_at)
    record_event("night.shift_given", by=by, about=shift, codes=[station] if station else [])
    return shift


@transaction.atomic
def end_shift(*, by: Actor, shift: Shift) -> None:
    """They go home, or do not come: the list closes for them at once."""
    core.end_place(by=by, place=shift.place)
    record_event("night.shift_ended", by=by, about=shift)
    shift.delete()


@transaction.atomic
def add_room(*, by: Actor, name: str) -> Room:
    """A room where people are helped; a room closed before is open again."""
    room, _is_new = Room.objects.update_or_create(name=name, defaults={"is_open": True})
    record_event("room.opened", by=by, about=room)
    return room


@transaction.atomic
def close_room(*, by: Actor, room: Room) -> None:
    """Nobody is sent there any more."""
    Room.objects.filter(pk=room.pk).update(is_open=False)
    record_event("room.closed", by=by, about=room)


@transaction.atomic
def hand_over(*, by: Actor, night: Night, words: str) -> HandOver:
    """A note for whoever comes next: about the house, not about people."""
    row = HandOver(night=night, words=words, by_id=by.user_id)
    row.save()
    record_event("night.handed_over", by=by, about=night)
    return row


@transaction.atomic
def join_clinic(*, by: Actor, user: User) -> Place:
    """Somebody works in the clinic from now on. Nobody says so of themselves."""
    if user.pk == by.user_id:
        raise policy.Refused("clinic.team")
    places = Place.objects.filter(user=user, scope=CLINIC, relation=Relation.PROGRAM, to_at__isnull=True)
    return places.first() or core.give_place(
        by=by, user=user, scope_kind="program", scope=CLINIC, relation=Relation.PROGRAM
    )


@transaction.atomic
def leave_clinic(*, by: Actor, place: Place) -> None:
    """They no longer work in the clinic; the next request is refused."""
    core.end_place(by=by, place=place)
