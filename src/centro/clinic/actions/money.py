"""The money of a case: lines of the ledger, steps after a decision, payment plans, what the employer owns."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic import after_decision, installments, ledger
from centro.clinic.actions import cases
from centro.clinic.installments import Every
from centro.clinic.models import AssetFact, Case, CollectionStep, Installment, LedgerEntry, Matter, PaymentPlan, Timer
from centro.clinic.models.money import EntryKind, StepKind, TimerState
from centro.clinic.queries import money as reads
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.models import User
from centro.core.money import dollars
from centro.core.policy import Actor

NOTICE_WITHIN = timedelta(days=3)  # a missed installment: written notice within three days (clinic practice)
AT_ONCE = 200


@transaction.atomic
def enter(
    *,
    by: Actor,
    case: Case,
    kind: str,
    cents: int,
    on: date,
    matter: Matter | None = None,
    note: str = "",
    installment: Installment | None = None,
) -> LedgerEntry:
    """A line of the ledger. A later claim or decision of the same matter stands for the one before it."""
    row = LedgerEntry(
        case=case, matter=matter, installment=installment, kind=kind, cents=cents, on=on, note=note, by_id=by.user_id
    )
    row.save()
    _recount(case)
    record_event("ledger.entered", by=by, about=row, person=case.person_id, codes=[kind])
    return row


@transaction.atomic
def take_back(*, by: Actor, entry: LedgerEntry) -> bool:
    """This line was wrong: it stays to be read and counts no more. False when it was taken back before."""
    now = LedgerEntry.objects.filter(pk=entry.pk, taken_back_at__isnull=True)
    if not now.update(taken_back_at=clock.now(), change=0):
        return False
    if entry.installment_id:
        Installment.objects.filter(pk=entry.installment_id).update(received=F("received") - entry.cents)
    _recount(entry.case)
    record_event("ledger.taken_back", by=by, about=entry, person=entry.case.person_id, codes=[entry.kind])
    return True


def _recount(case: Case) -> None:
    """Give every line of a case the change it makes, oldest first."""
    Case.objects.select_for_update().get(pk=case.pk)
    rows = list(LedgerEntry.objects.filter(case=case, taken_back_at__isnull=True).order_by("on", "at", "id"))
    found = ledger.changes(ledger.Entry(row.kind, row.cents, row.matter_id) for row in rows)
    for row, change in zip(rows, found, strict=True):
        if row.change != change:
            LedgerEntry.objects.filter(pk=row.pk).update(change=change)


@transaction.atomic
def take_step(
    *,
    by: Actor,
    case: Case,
    kind: str,
    on: date,
    cents: int | None = None,
    matter: Matter | None = None,
    reference: str = "",
    note: str = "",
) -> CollectionStep:
    """Something came after the decision. Its amount stands in the ledger, and its timers begin to run."""
    step = CollectionStep(
        case=case, matter=matter, kind=kind, on=on, cents=cents, reference=reference, note=note, by_id=by.user_id
    )
    step.save()
    record_event("case.collection_step", by=by, about=step, person=case.person_id, codes=[kind])
    if cents is not None and kind in {StepKind.AWARD, StepKind.JUDGMENT}:
        enter(by=by, case=case, kind=EntryKind.AWARDED, cents=cents, on=on, matter=matter)
    if event := after_decision.EVENT_OF.get(kind):
        cases.note_happening(by=by, case=case, kind=event, on=on)
    if kind == StepKind.PAID:
        _drop_timers(case)
    _start_timers(by, step)
    return step


def _start_timers(by: Actor, step: CollectionStep) -> None:
    for due in after_decision.due_after(step.kind, step.on):
        timer = Timer.objects.create(
            case=step.case, step=step, rule=due.rule.id, on=due.on, raise_on=min(due.raise_on, due.on)
        )
        if timer.raise_on <= clock.today():
            _raise(by, timer)


def _drop_timers(case: Case) -> None:
    """Paid in full: what only serves to get the money is over."""
    over = [rule.id for rule in after_decision.rules() if rule.until_paid]
    case.timers.filter(state=TimerState.RUNNING, rule__in=over).update(state=TimerState.DROPPED)


def _raise(by: Actor, timer: Timer) -> None:
    """A timer becomes a task of whoever it concerns, in their language."""
    rule = after_decision.rule_of(timer.rule)
    if rule.until_paid and reads.is_settled(timer.case):
        Timer.objects.filter(pk=timer.pk).update(state=TimerState.DROPPED)
        return
    owner = _whose(by, timer.step, rule.who)
    if owner is None:
        return
    what = f"{timer.case.number}: {rule.says(owner.language)}"
    task = core.add_task(by=by, owner=owner, what=what, due_on=timer.on, about=timer.case)
    Timer.objects.filter(pk=timer.pk).update(state=TimerState.RAISED, task=task)


def _whose(by: Actor, step: CollectionStep, who: str) -> User | None:
    """The attorney of the matter where the rule asks for one; else the owner of the case; else whoever acts."""
    if who == "attorney" and step.matter is not None and step.matter.attorney is not None:
        return step.matter.attorney
    return step.case.owner or User.objects.filter(pk=by.user_id).first()


@transaction.atomic
def raise_due_timers(*, by: Actor) -> int:
    """Timers whose day has come become tasks, two hundred at a time. Safe to run again. Returns how many."""
    running = Timer.objects.filter(state=TimerState.RUNNING, raise_on__lte=clock.today())
    due = list(running.select_related("case__owner", "step__case__owner", "step__matter__attorney")[:AT_ONCE])
    for timer in due:
        _raise(by, timer)
    return len(due)


@transaction.atomic
def make_plan(
    *,
    by: Actor,
    case: Case,
    cents: int,
    count: int,
    first_on: date,
    every: str,
    matter: Matter | None = None,
    note: str = "",
    is_agreement: bool = True,
) -> PaymentPlan:
    """A sum is paid in parts from now on. A plan of the same matter that still ran ends with it."""
    PaymentPlan.objects.filter(case=case, matter=matter, ended_at__isnull=True).update(ended_at=clock.now())
    plan = PaymentPlan(case=case, matter=matter, cents=cents, every=every, note=note, by_id=by.user_id)
    plan.save()
    parts = installments.plan(cents, first_on, count, Every(every))
    Installment.objects.bulk_create(
        Installment(plan=plan, number=part.number, due_on=part.due_on, cents=part.cents) for part in parts
    )
    record_event("payment_plan.made", by=by, about=plan, person=case.person_id, codes=[every])
    if is_agreement:
        enter(by=by, case=case, kind=EntryKind.AGREED, cents=cents, on=clock.today(), matter=matter)
    return plan


@transaction.atomic
def end_plan(*, by: Actor, plan: PaymentPlan) -> bool:
    """The plan is off: no part of it is waited for any more. False when it was over."""
    is_done = PaymentPlan.objects.filter(pk=plan.pk, ended_at__isnull=True).update(ended_at=clock.now()) == 1
    if is_done:
        record_event("payment_plan.ended", by=by, about=plan, person=plan.case.person_id)
    return is_done


@transaction.atomic
def receive(*, by: Actor, installment: Installment, cents: int, on: date, note: str = "") -> LedgerEntry:
    """An installment came in, or a part of it, or more."""
    plan = installment.plan
    Installment.objects.filter(pk=installment.pk).update(received=F("received") + cents)
    details: Mapping[str, Any] = {"kind": EntryKind.RECEIVED, "cents": cents, "on": on, "note": note}
    return enter(by=by, case=plan.case, matter=plan.matter, installment=installment, **details)


@transaction.atomic
def alarm_missed(*, by: Actor) -> int:
    """A part that was due and did not come: whoever has the case writes the notice within three days.

    Two hundred at a time, each once. Returns how many.
    """
    waiting = Installment.objects.filter(
        alarmed_at__isnull=True, due_on__lt=clock.today(), received__lt=F("cents"), plan__ended_at__isnull=True
    )
    late = list(waiting.select_related("plan__case__owner")[:AT_ONCE])
    for installment in late:
        _alarm(by, installment)
    return len(late)


def _alarm(by: Actor, installment: Installment) -> None:
    case = installment.plan.case
    Installment.objects.filter(pk=installment.pk).update(alarmed_at=clock.now())
    record_event("installment.missed", by=by, about=installment, person=case.person_id)
    if case.owner is None:
        return
    with translation.override(case.owner.language):
        what = _("%(case)s: the payment of %(amount)s due on %(day)s did not come. Write the notice of default.") % {
            "case": case.number,
            "amount": dollars(installment.cents - installment.received),
            "day": formats.date_format(installment.due_on, "SHORT_DATE_FORMAT"),
        }
    core.add_task(by=by, owner=case.owner, what=what, due_on=installment.due_on + NOTICE_WITHIN, about=case)


@transaction.atomic
def add_asset(*, by: Actor, case: Case, kind: str, words: str, seen_on: date | None = None) -> AssetFact:
    """Something that may help to collect, noted while the worker still remembers it."""
    row = AssetFact(case=case, kind=kind, words=words, seen_on=seen_on, by_id=by.user_id)
    row.save()
    record_event("case.asset_noted", by=by, about=row, person=case.person_id, codes=[kind])
    return row


@transaction.atomic
def remove_asset(*, by: Actor, asset: AssetFact) -> None:
    """It was wrong, or is no longer so."""
    record_event("case.asset_removed", by=by, about=asset, person=asset.case.person_id, codes=[asset.kind])
    asset.delete()
