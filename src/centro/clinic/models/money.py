"""The money of a case: its ledger, the steps after a decision, payment plans, and what the employer owns."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.clinic.choices import Route
from centro.clinic.installments import Every
from centro.clinic.models.cases import Case, Matter, OfCase
from centro.core import clock, inventory
from centro.core.classes import FieldClass
from centro.core.models import Task, User
from centro.core.vault.fields import InVault, SealedText

C3 = FieldClass.C3


class EntryKind(models.TextChoices):
    """What a line of the ledger says; the columns they add up to stand in `clinic/ledger.py`."""

    CLAIMED = "claimed", _("Claimed")
    AWARDED = "awarded", _("Awarded")
    AGREED = "agreed", _("Agreed in a settlement")
    RECEIVED = "received", _("Received by the worker")
    SATISFIED = "satisfied", _("Given up: the rest will not be asked for")


class StepKind(models.TextChoices):
    """What happens after a decision, in the order in which it usually comes."""

    AWARD = "award", _("Decision of the Labor Commissioner served")
    APPEALED = "appealed", _("The employer appealed")
    BOND = "bond", _("Bond for the appeal filed")
    JUDGMENT = "judgment", _("Judgment entered")
    ASSIGNED = "assigned", _("Judgment assigned to the enforcement unit")
    ABSTRACT = "abstract", _("Abstract of judgment recorded (real property)")
    LIEN = "lien", _("Judgment lien on business property filed (JL 1)")
    WRIT = "writ", _("Writ of execution issued")
    LEVY = "levy", _("Levy: bank account, till or property")
    PAID = "paid", _("Paid in full")


class AssetKind(models.TextChoices):
    """What may help to collect, asked at intake and any time after."""

    BANK = "bank", _("Bank on a check")
    PLATE = "plate", _("Vehicle and plate")
    SHOP = "shop", _("Another shop of the same owner")
    PROPERTY = "property", _("House, building or land")
    LICENCE = "licence", _("License or permit")
    DELIVERY = "delivery", _("Delivery app that pays the shop")
    CUSTOMER = "customer", _("Customer or contractor that pays the employer")
    OTHER = "other", pgettext_lazy("asset", "Something else")


class TimerState(models.TextChoices):
    RUNNING = "running", _("Running")
    RAISED = "raised", _("On somebody’s list")
    DROPPED = "dropped", _("No longer needed")


class PaymentPlan(OfCase):
    """What was agreed to be paid in parts."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="payment_plans")
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, related_name="payment_plans")
    cents = models.BigIntegerField()
    every = models.CharField(max_length=10, choices=Every.choices, default=Every.MONTH)
    note = SealedText(C3, limit=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")


class Installment(InVault):
    """One part of a plan. `received` is the sum of the ledger lines that paid it, in cents."""

    policy_record: ClassVar[str] = "case"
    vault_of = "plan"

    plan = models.ForeignKey(PaymentPlan, models.CASCADE, related_name="installments")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    cents = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="installment_once")]
        indexes = [models.Index(fields=["due_on"], name="installment_unheard", condition=Q(alarmed_at__isnull=True))]


class LedgerEntry(OfCase):
    """One line of the ledger. `change` is what it adds to its column; a line taken back changes nothing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ledger")
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, related_name="ledger")
    installment = models.ForeignKey(Installment, models.SET_NULL, null=True, related_name="payments")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    cents = models.BigIntegerField()
    change = models.BigIntegerField(default=0)
    on = models.DateField()
    note = SealedText(C3, limit=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-on", "-at", "id")
        constraints = [models.CheckConstraint(condition=Q(cents__gte=0), name="ledger_no_minus")]
        # The year's report sums from the index alone.
        indexes = [models.Index(fields=["on", "kind", "change", "case"], name="ledger_by_day")]


class PastYear(models.Model):
    """What the ledger held of people whose files were destroyed: sums of a year and route, of nobody by name or id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    route = models.CharField(max_length=16, choices=Route.choices, blank=True)
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    change = models.BigIntegerField(default=0)
    workers_paid = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "route", "kind"], name="past_year_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.route} {self.kind}"


class CollectionStep(OfCase):
    """A step after the decision, on a day: award, appeal, judgment, lien, levy, paid."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="collection_steps")
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, related_name="collection_steps")
    kind = models.CharField(max_length=10, choices=StepKind.choices)
    on = models.DateField()
    cents = models.BigIntegerField(null=True)
    reference = SealedText(C3, limit=120)
    note = SealedText(C3, limit=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "at", "id")
        indexes = [models.Index(fields=["kind", "case"], name="collection_step_kind")]


class Timer(OfCase):
    """A rule of `after_decision/timers.yaml` that runs from a step, and becomes a task on `raise_on`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="timers")
    step = models.ForeignKey(CollectionStep, models.CASCADE, related_name="timers")
    rule = models.CharField(max_length=40)
    on = models.DateField()
    raise_on = models.DateField()
    state = models.CharField(max_length=8, choices=TimerState.choices, default=TimerState.RUNNING)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=["step", "rule"], name="timer_once_a_step")]
        indexes = [models.Index(fields=["raise_on"], name="timer_running", condition=Q(state="running"))]


class AssetFact(OfCase):
    """Something that may help to collect: whose bank is on the check, a plate, a sister shop."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="assets")
    kind = models.CharField(max_length=10, choices=AssetKind.choices)
    words = SealedText(C3, limit=300)
    seen_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("kind", "at", "id")


inventory.register(
    {
        "clinic.paymentplan.every": "code",
        "clinic.ledgerentry.kind": "code",
        "clinic.pastyear.route": "code",
        "clinic.pastyear.kind": "code",
        "clinic.collectionstep.kind": "code",
        "clinic.timer.rule": "code",
        "clinic.timer.state": "code",
        "clinic.assetfact.kind": "code",
    }
)
