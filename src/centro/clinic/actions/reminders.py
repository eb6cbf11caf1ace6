"""Tasks that the program gives by itself: in the language of whoever gets them, with a case number and no name."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext

from centro.clinic.deadlines import described, is_for_worker
from centro.clinic.models import Case, Clock, Hearing, Reminder, Shift
from centro.clinic.models.agenda import Reason
from centro.clinic.models.night import Station
from centro.core import actions as core
from centro.core.clock import now, today
from centro.core.models import Place, User
from centro.core.policy import Actor

NEAR = timedelta(days=30)
PREPARE_BEFORE = {"ui_hearing_on": (7,)}
PREPARE = (14, 3)
LONGEST = 300


@transaction.atomic
def remind(
    *, by: Actor, case: Case, owner: User, reason: Reason, sentence: str, due_on: date, clock: Clock | None = None
) -> Reminder | None:
    """Give a task about a case, unless one for the same reason, deadline and day is still open."""
    if Reminder.objects.filter(case=case, reason=reason, clock=clock, on=due_on, task__done_at=None).exists():
        return None
    task = core.add_task(by=by, owner=owner, what=f"{case.number}: {sentence}"[:LONGEST], due_on=due_on, about=case)
    return Reminder.objects.create(case=case, reason=reason, clock=clock, on=due_on, task=task)


@transaction.atomic
def call_duty(*, by: Actor, case: Case, started: Sequence[Clock]) -> None:
    """New deadlines of the worker that are near, or may have passed, are a task of the duty counsellor today."""
    near = [row for row in started if row.on is not None and row.on <= today() + NEAR and is_for_worker(row.rule)]
    on_duty = _on_duty(case)
    if not near or on_duty is None:
        return
    with translation.override(on_duty.language):
        sentence = gettext("New deadline, not confirmed: %(day)s, %(what)s") % _said(near)
    clock = min(near, key=lambda row: row.on or date.max)
    remind(by=by, case=case, owner=on_duty, reason=Reason.URGENT, sentence=sentence, due_on=today(), clock=clock)


def _on_duty(case: Case) -> User | None:
    """Who is on duty at this moment, or counsels on a shift; otherwise whoever owns the case."""
    at = now()
    places = Place.objects.filter(scope_kind="duty", from_at__lte=at, to_at__gt=at, user__is_active=True)
    shifts = Shift.objects.filter(station=Station.COUNSELLOR, from_at__lte=at, to_at__gt=at, user__is_active=True)
    for rows in (places, shifts):
        if row := rows.select_related("user").order_by("from_at").first():
            return row.user
    return case.owner


@transaction.atomic
def tell_of_deadlines(*, by: Actor, case: Case, owner: User, reason: Reason, due: Sequence[Clock]) -> Reminder | None:
    """One task today for deadlines of a case that fall on one day: near, missed, or of somebody else and past."""
    with translation.override(owner.language):
        sentence = _SENTENCES[reason]() % _said(due)
    return remind(by=by, case=case, owner=owner, reason=reason, sentence=sentence, due_on=today(), clock=due[0])


_SENTENCES = {
    Reason.DEADLINE: lambda: gettext("Deadline on %(day)s: %(what)s"),
    Reason.MISSED: lambda: gettext("Missed on %(day)s: %(what)s. Speak with an attorney today"),
    Reason.PASSED: lambda: gettext("The day has passed (%(day)s): %(what)s"),
}


def _said(clocks: Sequence[Clock]) -> dict[str, str]:
    """The first day of some deadlines and what they are, in the language at hand."""
    first = min(clock.on for clock in clocks if clock.on is not None)
    language = translation.get_language() or "en"
    what = dict.fromkeys(described(clock.rule, language)["what"] for clock in clocks)
    return {"day": formats.date_format(first, "DATE_FORMAT"), "what": "; ".join(what)}


@transaction.atomic
def prepare_hearing(*, by: Actor, hearing: Hearing, asked: str) -> None:
    """Tasks to prepare a date that an agency has set: 14 and 3 days before (7 for unemployment), or at once."""
    owner = hearing.matter.owner or hearing.case.owner
    if owner is None:
        return
    day = timezone.localtime(hearing.at).date()
    with translation.override(owner.language):
        when = formats.date_format(day, "DATE_FORMAT")
        sentence = gettext("Prepare the date of %(day)s; check interpreter and transport") % {"day": when}
    for due_on in sorted({max(today(), day - timedelta(days=n)) for n in PREPARE_BEFORE.get(asked, PREPARE)}):
        remind(by=by, case=hearing.case, owner=owner, reason=Reason.HEARING, sentence=sentence, due_on=due_on)
