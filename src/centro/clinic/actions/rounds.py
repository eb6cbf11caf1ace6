"""What the program looks after by itself, every hour: deadlines that come near or pass, silences, new addresses."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.translation import gettext

from centro.clinic import routes
from centro.clinic.actions import cases, reminders
from centro.clinic.actions.clocks import miss_clock
from centro.clinic.choices import ClockState, LogKind, Route
from centro.clinic.deadlines import LIVE, STILL_OURS, is_for_worker
from centro.clinic.models import Case, Clock, Matter, Reminder
from centro.clinic.models.agenda import Reason
from centro.core.clock import now, today
from centro.core.models import Event, User
from centro.core.policy import Actor

STAGES = (30, 14, 7, 3, 1)
PASSED = 0
SILENCE = timedelta(days=60)
LOOK_BACK = timedelta(days=3)
SPOKEN = (LogKind.CALL, LogKind.TEXT, LogKind.VISIT, LogKind.APPOINTMENT)
NEW_HOME = ("person.residency_added", "person.residency_edited")

Due = dict[tuple[Case, date, User, Reason], list[Clock]]


@transaction.atomic
def remind_of_deadlines(*, by: Actor) -> int:
    """Tasks at 30, 14, 7, 3 and 1 days before a deadline: one for all deadlines of a case on one day."""
    until = today() + timedelta(days=STAGES[0])
    coming = Clock.objects.filter(STILL_OURS, state__in=LIVE, on__gte=today(), on__lte=until, case__closed_at=None)
    due: Due = defaultdict(list)
    for clock in coming.select_related("case__owner", "matter__owner"):
        owner, stage = _owner(clock), _stage(clock)
        if owner is None or clock.on is None or stage in clock.reminded or not is_for_worker(clock.rule):
            continue
        clock.reminded = [*clock.reminded, stage]
        clock.save(update_fields=["reminded"])
        due[clock.case, clock.on, owner, Reason.DEADLINE].append(clock)
    return _tell(by, due)


def _stage(clock: Clock) -> int:
    """The stage that has been reached: the smallest number of days that is not less than what is left."""
    left = ((clock.on or today()) - today()).days
    return min(stage for stage in STAGES if stage >= left)


def _owner(clock: Clock) -> User | None:
    return (clock.matter.owner if clock.matter else None) or clock.case.owner


@transaction.atomic
def note_passed_days(*, by: Actor) -> int:
    """Days that have passed: a sure deadline of the worker is missed, of any other day the owner hears once."""
    passed = Clock.objects.filter(STILL_OURS, state__in=LIVE, on__lt=today(), case__closed_at=None)
    due: Due = defaultdict(list)
    for clock in passed.select_related("case__owner", "matter__owner", "happening"):
        owner = _owner(clock)
        if owner is None or clock.on is None or PASSED in clock.reminded:
            continue
        is_missed = is_for_worker(clock.rule) and clock.state != ClockState.PROVISIONAL
        if is_missed:
            miss_clock(by=by, clock=clock)
        clock.reminded = [*clock.reminded, PASSED]
        clock.save(update_fields=["reminded"])
        if is_for_worker(clock.rule) or _was_coming(clock):
            due[clock.case, clock.on, owner, Reason.MISSED if is_missed else Reason.PASSED].append(clock)
    return _tell(by, due)


def _was_coming(clock: Clock) -> bool:
    """Whether the day lay ahead when its event was noted: a day of somebody else that was over by then is no news."""
    noted = clock.happening
    return noted is None or clock.on is None or clock.on >= timezone.localtime(noted.at).date()


def _tell(by: Actor, due: Due) -> int:
    given = [
        reminders.tell_of_deadlines(by=by, case=case, owner=owner, reason=reason, due=clocks)
        for (case, _, owner, reason), clocks in due.items()
    ]
    return sum(reminder is not None for reminder in given)


@transaction.atomic
def keep_alive(*, by: Actor) -> int:
    """In long waits, sixty days without a word from us are a task: call the worker. Returns how many."""
    spoken = Max("case__log__at", filter=Q(case__log__kind__in=SPOKEN))
    waiting = Matter.objects.filter(_waits(), closed_at=None, case__closed_at=None)
    silent = waiting.annotate(spoken=Coalesce(spoken, "state_since")).filter(spoken__lt=now() - SILENCE)
    asked = Reminder.objects.filter(reason=Reason.CONTACT, task__done_at=None).values("case")
    rows = silent.exclude(case__in=asked).select_related("case__owner", "owner")
    return sum(_ask_to_call(by, row) for row in {row.case_id: row for row in rows}.values())


def _waits() -> Q:
    """Matters in states in which long waits are normal."""
    states = {code: [s.code for s in routes.table(code).states.values() if s.waits] for code in Route.values}
    return Q.create([Q(route=code, state__in=found) for code, found in states.items()], connector=Q.OR)


def _ask_to_call(by: Actor, matter: Matter) -> bool:
    owner = matter.owner or matter.case.owner
    if owner is None:
        return False
    with translation.override(owner.language):
        sentence = gettext("Call the worker: 60 days without contact")
    given = reminders.remind(
        by=by, case=matter.case, owner=owner, reason=Reason.CONTACT, sentence=sentence, due_on=today()
    )
    return given is not None


@transaction.atomic
def hear_of_moves(*, by: Actor) -> int:
    """A worker has a new home: every agency that waits must hear of it in writing within ten days. Returns how many."""
    moved = Event.objects.filter(kind__in=NEW_HOME, at__gte=now() - LOOK_BACK, person__isnull=False).order_by("seq")
    day_of = {event.person: timezone.localtime(event.at).date() for event in moved}
    matters = Matter.objects.filter(closed_at=None, case__person__in=day_of).select_related("case__owner", "owner")
    waiting: dict[Case, list[Matter]] = defaultdict(list)
    for matter in matters.prefetch_related("case__happenings"):
        if routes.table(matter.route).state(matter.state).reports_address:
            waiting[matter.case].append(matter)
    days = {case: day_of[case.person_id] for case in waiting}
    return sum(_tell_of_home(by, case, waiting[case], on) for case, on in days.items() if not _is_noted(case, on))


def _is_noted(case: Case, moved_on: date) -> bool:
    clocks = Clock.objects.filter(case=case, happening__kind="address_changed", happening__on=moved_on)
    return clocks.exists()


def _tell_of_home(by: Actor, case: Case, matters: list[Matter], moved_on: date) -> bool:
    """The ten days run, and the letters are a task: one for all the agencies of a case."""
    first = matters[0]
    happening = cases.note_happening(by=by, case=case, matter=first, kind="address_changed", on=moved_on)
    owner = first.owner or case.owner
    if owner is None:
        return False
    with translation.override(owner.language):
        sentence = gettext("New address: send the agency the notice letter, within 10 days")
        sentence += f" ({', '.join(str(matter.get_route_display()) for matter in matters)})" if matters[1:] else ""
    due_on = max(today(), moved_on + timedelta(days=5))
    given = reminders.remind(
        by=by,
        case=case,
        owner=owner,
        reason=Reason.ADDRESS,
        sentence=sentence,
        due_on=due_on,
        clock=happening.clocks.first(),
    )
    return given is not None
