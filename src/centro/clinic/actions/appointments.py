"""Appointments and the queue: book, come in, move from station to station, done; and the reminder before it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from centro.clinic.actions import cases
from centro.clinic.choices import LogKind
from centro.clinic.models import Appointment
from centro.clinic.models.night import HERE, Station, VisitState
from centro.clinic.queries.walls import all_held_people
from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.people import queries as people
from centro.people.choices import Channel
from centro.people.messages import send_message

NAMES_KEPT = timedelta(hours=48)
WRITTEN_IN = ("en", "es", "ko")
AT_ONCE = 200


class Moved(Exception):
    """Somebody else moved this card first; nothing was overwritten."""


@transaction.atomic
def book(*, by: Actor, details: Mapping[str, Any]) -> Appointment:
    """Somebody will come at a time. How they are called is copied, because the queue shows nothing else of them."""
    row = Appointment(booked_by_id=by.user_id, **details)
    row.save()
    _let_see(by, row)
    record_event("appointment.booked", by=by, about=row, person=row.person_id, codes=[row.kind])
    return row


@transaction.atomic
def walk_in(*, by: Actor, details: Mapping[str, Any]) -> Appointment:
    """Somebody came by themselves and waits."""
    now = clock.now()
    row = Appointment(
        booked_by_id=by.user_id,
        is_walk_in=True,
        state=VisitState.ARRIVED,
        starts_at=now,
        arrived_at=now,
        **details,
    )
    row.save()
    _let_see(by, row)
    record_event("appointment.walked_in", by=by, about=row, person=row.person_id, codes=[row.kind])
    return row


def _let_see(by: Actor, row: Appointment) -> None:
    held = policy.relations(by, "appointment.see")
    policy.opens_all(row, held[0] if held else Relation.NONE)


@transaction.atomic
def change(*, by: Actor, appointment: Appointment, version: int, details: Mapping[str, Any]) -> list[str]:
    """Another time, room or person. Returns the names of what changed; `Moved` when somebody else saved first."""
    changed = [name for name, value in details.items() if getattr(appointment, name) != value]
    if not changed:
        return []
    _claim(appointment, version)
    for name in changed:
        setattr(appointment, name, details[name])
    if "starts_at" in changed:
        appointment.reminded_at = None
    appointment.save(update_fields=[*changed, "reminded_at", "key"])
    record_event("appointment.changed", by=by, about=appointment, person=appointment.person_id, codes=changed)
    return changed


def _claim(appointment: Appointment, version: int) -> None:
    """Take the next version of a row, if it is still at this one."""
    if not Appointment.objects.filter(pk=appointment.pk, version=version).update(version=version + 1):
        raise Moved
    appointment.version = version + 1


@transaction.atomic
def move(*, by: Actor, appointment: Appointment, to: str, version: int) -> None:
    """A card of the board goes to a column: a station, or one of the states. `Moved` when somebody was faster."""
    was, now = appointment.station or appointment.state, clock.now()
    _claim(appointment, version)
    appointment.station = to if to in Station.values else ""
    appointment.state = VisitState.WITH_COUNSELLOR if appointment.station else VisitState(to)
    if appointment.state in HERE and appointment.arrived_at is None:
        appointment.arrived_at = now
    if appointment.state == VisitState.WITH_COUNSELLOR and appointment.seated_at is None:
        appointment.seated_at = now
    if appointment.station in {Station.COUNSELLOR, Station.ATTORNEY} and appointment.with_user_id is None:
        appointment.with_user_id = by.user_id
    appointment.done_at = now if appointment.state == VisitState.DONE else None
    appointment.save(update_fields=["station", "state", "arrived_at", "seated_at", "with_user", "done_at"])
    record_event("appointment.moved", by=by, about=appointment, person=appointment.person_id, codes=[f"{was} {to}"])
    _log(by, appointment)


_LOGGED = {
    VisitState.DONE: gettext_noop("Came to the appointment."),
    VisitState.NO_SHOW: gettext_noop("Did not come to the appointment."),
}


def _log(by: Actor, appointment: Appointment) -> None:
    """What became of it stands in the service log of its case."""
    if appointment.case is not None and appointment.state in _LOGGED:
        words = _(_LOGGED[VisitState(appointment.state)])
        cases.log_line(by=by, case=appointment.case, kind=LogKind.APPOINTMENT, words=words)


@transaction.atomic
def remind(*, by: Actor, appointment: Appointment) -> None:
    """A text before the day, in the worker's language and without a word of what it is about.

    `people.messages.MayNot` says why it may not leave: no consent, no phone, too late in the evening.
    """
    if appointment.person_id is None:
        raise policy.Refused("appointment.remind")
    person = people.get_person(by, appointment.person_id, "message")
    language = person.language if person.language in WRITTEN_IN else "en"
    with translation.override(language):
        words = _reminder_words(appointment.starts_at)
    send_message(by=by, person=person, channel=Channel.TEXT, words=words)
    Appointment.objects.filter(pk=appointment.pk).update(reminded_at=clock.now())
    record_event("appointment.reminded", by=by, about=appointment, person=person.pk)


def _reminder_words(starts_at: datetime) -> str:
    """Neutral: whoever holds the phone learns of a day and an hour, and no more."""
    at = timezone.localtime(starts_at)
    return _("Hello! See you on %(day)s at %(time)s. If you cannot come, please answer this message. Thank you.") % {
        "day": formats.date_format(at, "l, F j" if translation.get_language() == "en" else "DATE_FORMAT"),
        "time": formats.time_format(at, "H:i"),
    }


@transaction.atomic
def forget_names(*, by: Actor) -> int:
    """Two days after a visit the name in the queue dies with its key; hours and languages stay to be counted."""
    over = Appointment.objects.filter(starts_at__lt=clock.now() - NAMES_KEPT, key__isnull=False)
    over = over.filter(Q(person=None) | ~Q(person__in=all_held_people().values("pk")))
    keys = dict(over.values_list("pk", "key")[:AT_ONCE])
    if keys:
        Appointment.objects.filter(pk__in=keys).update(call_name=None, key=None)
        bury(keys.values())
        record_event("appointment.names_forgotten", by=by, codes=[str(len(keys))])
    return len(keys)
