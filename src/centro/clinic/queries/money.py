"""The money of a case, of a worker over their cases, and of the clinic by year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Sum

from centro.clinic import after_decision, ledger
from centro.clinic.installments import Standing, standing
from centro.clinic.ledger import Sums
from centro.clinic.models import AssetFact, Case, Installment, LedgerEntry, Matter, PastYear, PaymentPlan, Timer
from centro.clinic.models.money import EntryKind, TimerState
from centro.clinic.queries.cases import get_case
from centro.clinic.queries.matters import shown_matters, without_hidden
from centro.core import clock, policy
from centro.core.policy import Actor, Refused
from centro.people import queries as people

R = TypeVar("R", LedgerEntry, AssetFact, PaymentPlan)


@dataclass(frozen=True)
class Line:
    """A line of the ledger as the page shows it."""

    entry: LedgerEntry
    who: str

    @property
    def is_taken_back(self) -> bool:
        return self.entry.taken_back_at is not None

    @property
    def stands_for_another(self) -> bool:
        """Whether it replaced an earlier amount, so that it counts another sum than it names."""
        return not self.is_taken_back and self.entry.change != self.entry.cents


@dataclass(frozen=True)
class Part:
    """An installment and how it stands today."""

    row: Installment
    standing: Standing

    @property
    def is_open(self) -> bool:
        return self.standing is not Standing.PAID

    @property
    def lacks(self) -> int:
        return max(0, self.row.cents - self.row.received)


@dataclass(frozen=True)
class Plan:
    row: PaymentPlan
    parts: list[Part]

    @property
    def received(self) -> int:
        return sum(part.row.received for part in self.parts)

    @property
    def late(self) -> int:
        return sum(part.standing is Standing.LATE for part in self.parts)


@dataclass(frozen=True)
class Running:
    """A timer with what it asks for and where its rule comes from."""

    timer: Timer
    words: str
    law: after_decision.Due


@dataclass(frozen=True)
class CaseMoney:
    """Everything the money page of a case shows."""

    sums: Sums
    worker: Sums | None
    lines: list[Line]
    steps: list[Any]
    timers: list[Running]
    plans: list[Plan]
    assets: list[AssetFact]
    matters: list[Matter] = field(default_factory=list)


def sums_of(cases: Iterable[UUID] | Any, *, seen_by: Actor | None = None) -> Sums:
    """What these cases come to; without the matters that `seen_by` may not open."""
    rows = LedgerEntry.objects.filter(case__in=cases, taken_back_at__isnull=True)
    rows = without_hidden(seen_by, rows) if seen_by else rows
    return ledger.sums(rows.order_by().values_list("kind").annotate(sum=Sum("change")))


def money_of(actor: Actor, case: Case, language: str) -> CaseMoney:
    """The money of a case that a query fetched for the actor; the number of queries does not grow with it."""
    others = Case.objects.visible_to(actor, "see").filter(person=case.person_id).exclude(pk=case.pk)
    all_cases = [case.pk, *others.values_list("pk", flat=True)]
    theirs = sums_of(all_cases, seen_by=actor) if len(all_cases) > 1 else None
    entries = _with_case(case, without_hidden(actor, case.ledger.all()))
    names = people.names_of_staff(actor, (entry.by_id for entry in entries))
    return CaseMoney(
        sums=ledger.sums((e.kind, e.change) for e in entries if e.taken_back_at is None),
        worker=theirs,
        lines=[Line(entry, names.get(entry.by_id, "") if entry.by_id else "") for entry in entries],
        steps=_with_case(case, without_hidden(actor, case.collection_steps.all())),
        timers=_running(actor, case, language),
        plans=_plans(actor, case),
        assets=_with_case(case, case.assets.all()),
        matters=shown_matters(actor, case),
    )


def _with_case(case: Case, rows: Any) -> list[Any]:
    """Rows that open as their case does."""
    found = list(rows)
    for row in found:
        row.case = case
    return found


def _running(actor: Actor, case: Case, language: str) -> list[Running]:
    """What still has to be done; a timer whose task was ticked off is over."""
    steps = without_hidden(actor, case.collection_steps.all())
    timers = case.timers.filter(step__in=steps.order_by().values("pk")).exclude(state=TimerState.DROPPED)
    timers = timers.exclude(task__done_at__isnull=False).select_related("step")
    return [
        Running(timer, due.rule.says(language), due)
        for timer in timers
        for due in after_decision.due_after(timer.step.kind, timer.step.on)
        if due.rule.id == timer.rule
    ]


def _plans(actor: Actor, case: Case) -> list[Plan]:
    rows = _with_case(case, without_hidden(actor, case.payment_plans.prefetch_related("installments")))
    return [Plan(row, [_part(part) for part in row.installments.all()]) for row in rows]


def _part(row: Installment) -> Part:
    now = standing(due_on=row.due_on, cents=row.cents, received=row.received, today=clock.today())
    return Part(row, now)


def get_entry(actor: Actor, entry: UUID) -> LedgerEntry:
    """A line of the ledger, for those who may correct its case."""
    return _of_case(actor, LedgerEntry, entry)


def get_asset(actor: Actor, asset: UUID) -> AssetFact:
    return _of_case(actor, AssetFact, asset)


def get_plan(actor: Actor, plan: UUID) -> PaymentPlan:
    return _of_case(actor, PaymentPlan, plan)


def _of_case(actor: Actor, model: type[R], pk: UUID) -> R:
    rows = model._default_manager.filter(pk=pk)
    row: Any = (without_hidden(actor, rows) if hasattr(model, "matter") else rows).first()
    if row is None:
        raise Refused("case.edit")
    row.case = get_case(actor, row.case_id, "edit")
    found: R = row
    return found


def get_installment(actor: Actor, installment: UUID) -> Installment:
    """An installment of a plan, for those who may correct its case."""
    row = Installment.objects.select_related("plan__matter").filter(pk=installment).first()
    if row is None:
        raise Refused("case.edit")
    row.plan.case = get_plan(actor, row.plan_id).case
    return row


def is_settled(case: Case) -> bool:
    """Whether something was awarded and nothing of it is open any more."""
    sums = sums_of([case.pk])
    return sums.awarded > 0 and sums.owed == 0


@dataclass(frozen=True)
class Year:
    """One year for the board and the funders: cents, and how many workers got money. No names."""

    year: int
    sums: Sums
    workers_paid: int


def by_year(actor: Actor) -> list[Year]:
    """Claimed, awarded and collected by year, the newest first; each change counts in the year of its day."""
    if not policy.may(actor, "clinic.totals"):
        raise Refused("clinic.totals")
    rows = LedgerEntry.objects.filter(taken_back_at__isnull=True).order_by()
    pairs: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for year, kind, change in PastYear.objects.values_list("year", "kind", "change"):
        pairs[year].append((kind, change))
    # By day, straight from the index: taking the year of every line is slow in SQLite.
    for on, kind, change in rows.values_list("on", "kind").annotate(sum=Sum("change")):
        pairs[on.year].append((kind, change))
    return [Year(year, ledger.sums(pairs[year]), _workers_paid(rows, year)) for year in sorted(pairs, reverse=True)]


def _workers_paid(rows: Any, year: int) -> int:
    """How many different workers received something in a year."""
    received = rows.filter(kind=EntryKind.RECEIVED, cents__gt=0, on__gte=date(year, 1, 1), on__lte=date(year, 12, 31))
    gone = PastYear.objects.filter(year=year).aggregate(workers=Sum("workers_paid"))["workers"] or 0
    return int(received.aggregate(workers=Count("case__person", distinct=True))["workers"]) + int(gone)


def all_sums(*, since: date, until: date) -> Sums:
    """What changed in the ledger of the whole clinic between two days. Unscoped: totals only, for reports.

    Of people whose files were destroyed, the years that lie in it from their first day.
    """
    rows = LedgerEntry.objects.filter(taken_back_at__isnull=True, on__gte=since, on__lte=until).order_by()
    first = since.year if since == since.replace(month=1, day=1) else since.year + 1
    gone = PastYear.objects.filter(year__gte=first, year__lte=until.year).values_list("kind", "change")
    return ledger.sums([*rows.values_list("kind").annotate(sum=Sum("change")), *gone])
