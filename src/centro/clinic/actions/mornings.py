"""The morning of a hearing or conference: the team has it as a task, the worker a text that says only the hour."""

from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import QuerySet
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.clinic.models import Hearing
from centro.clinic.queries import team_of
from centro.clinic.queries.matters import is_named_on
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.models import User
from centro.core.policy import Actor
from centro.people.choices import Channel
from centro.people.messages import MayNot, send_message

MORNING = 6  # o'clock
WRITTEN_IN = ("en", "es", "ko")
AT_ONCE = 200


def tell_of_today(*, by: Actor) -> int:
    """Tell the teams and the workers of today's dates, each once. Returns how many were told."""
    if timezone.localtime(clock.now()).hour < MORNING:
        return 0
    team = [_tell_team(by=by, hearing=row) for row in _ahead_today().filter(told_team_at=None)[:AT_ONCE]]
    workers = [_tell_worker(by=by, hearing=row) for row in _ahead_today().filter(told_worker_at=None)[:AT_ONCE]]
    return sum(chain(team, workers))


def _ahead_today() -> QuerySet[Hearing]:
    """Dates that are still to come before midnight, of cases that are open."""
    now = timezone.localtime(clock.now())
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Hearing.objects.filter(at__gt=now, at__lt=midnight, cancelled_at=None, case__closed_at=None)
    return rows.select_related("case__owner", "case__person", "matter__owner", "matter__attorney").order_by("at")


@transaction.atomic
def _tell_team(*, by: Actor, hearing: Hearing) -> bool:
    """A task today for whoever answers for it and for the team; of a restricted matter, only for those named on it."""
    if not Hearing.objects.filter(pk=hearing.pk, told_team_at=None).update(told_team_at=clock.now()):
        return False
    for user in _team(hearing):
        with translation.override(user.language):
            what = _("Today at %(time)s: %(kind)s") % {"time": _hour(hearing.at), "kind": hearing.get_kind_display()}
        core.add_task(
            by=by, owner=user, what=f"{hearing.case.number}: {what}", due_on=clock.today(), about=hearing.case
        )
    record_event("hearing.team_told", by=by, about=hearing, person=hearing.case.person_id)
    return True


def _team(hearing: Hearing) -> list[User]:
    case, matter = hearing.case, hearing.matter
    users = {user.pk: user for user in (matter.owner or case.owner, matter.attorney) if user is not None}
    for place in team_of(case):
        if not matter.is_restricted or is_named_on(Actor(user_id=place.user_id), matter):
            users.setdefault(place.user_id, place.user)
    return [user for user in users.values() if user.is_active]


@transaction.atomic
def _tell_worker(*, by: Actor, hearing: Hearing) -> bool:
    """A text, if they agreed to texts and this hour is safe; tried again in an hour where only the hour is wrong."""
    person = hearing.case.person
    with translation.override(person.language if person.language in WRITTEN_IN else "en"):
        words = _("Hello! A reminder: today at %(time)s. If something comes up, please call us. Thank you.")
        words %= {"time": _hour(hearing.at)}
    try:
        send_message(by=by, person=person, channel=Channel.TEXT, words=words)
    except MayNot as no:
        if not no.for_now:
            Hearing.objects.filter(pk=hearing.pk).update(told_worker_at=clock.now())
        return False
    Hearing.objects.filter(pk=hearing.pk).update(told_worker_at=clock.now())
    record_event("hearing.worker_told", by=by, about=hearing, person=person.pk)
    return True


def _hour(at: datetime) -> str:
    return formats.time_format(timezone.localtime(at), "H:i")
