"""Hours as they were told, version by version; the claims computed from them; and what the attorney settled."""

from django.db import models
from django.db.models import Q

from centro.clinic.models.cases import Case, OfCase
from centro.core import clock, inventory
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3
LONGEST_DOCUMENT = 2_000_000


class HoursVersion(OfCase):
    """The whole calendar of a case after one change. The newest is what holds; undoing adds one more.

    `back_to`: the version that undo brings back; `forward_to`: the one that was undone, for redo.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="hours")
    number = models.PositiveIntegerField()
    document = SealedText(C3, limit=LONGEST_DOCUMENT)
    what = models.CharField(max_length=16)
    back_to = models.PositiveIntegerField(null=True)
    forward_to = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="hours_one_by_one")]


class ClaimVersion(OfCase):
    """A claim with the case file it was computed from. The working one follows the calendar; a kept one never changes.

    Cents are clear, so that lists can be sorted; `at_risk_cents` expire in the month `at_risk_month` and the next.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="claims")
    number = models.PositiveIntegerField()
    hours_number = models.PositiveIntegerField()
    case_file = SealedText(C3, limit=LONGEST_DOCUMENT)
    result = SealedText(C3, limit=LONGEST_DOCUMENT)
    law_version = models.CharField(max_length=40)
    computed_on = models.DateField()
    total_cents = models.BigIntegerField()
    barred_cents = models.BigIntegerField(default=0)
    expiring = models.JSONField(default=dict)
    at_risk_cents = models.BigIntegerField(default=0)
    at_risk_month = models.DateField()
    kept_at = models.DateTimeField(null=True)
    kept_for = models.CharField(max_length=16, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="claims_one_by_one"),
            models.UniqueConstraint(fields=["case"], condition=Q(kept_at__isnull=True), name="one_working_claim"),
        ]
        indexes = [models.Index(fields=["case", "-number"], name="claim_latest")]


class SettledLaw(OfCase):
    """A question of unsettled law that an attorney settled for one case, and why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="settled_law")
    switch = models.CharField(max_length=60)
    setting = models.BooleanField()
    reason = SealedText(C3, limit=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "switch"], condition=Q(ended_at__isnull=True), name="one_setting_of_a_switch"
            )
        ]


inventory.register(
    {
        "clinic.hoursversion.what": "code of the change",
        "clinic.claimversion.law_version": "version of the law tables",
        "clinic.claimversion.expiring": "cents by month",
        "clinic.claimversion.kept_for": "code",
        "clinic.settledlaw.switch": "code",
    }
)
