"""What happened on a day, and the deadlines that run from it."""

from django.db import models

from centro.clinic.choices import ClockState, Confidence
from centro.clinic.models.cases import Case, Matter, OfCase
from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3


class Happening(OfCase):
    """A dated fact of a case that starts deadlines: its kind is one of `wagelaw.clocks.event_kinds()`."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="happenings")
    kind = models.CharField(max_length=40)
    on = models.DateField()
    confidence = models.CharField(max_length=6, choices=Confidence.choices, default=Confidence.SURE)
    facts = models.JSONField(default=dict)
    note = SealedText(C3, limit=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("on", "id")


class Clock(OfCase):
    """A deadline. `first_on` is the day first computed: it stays to be seen when an attorney sets another."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, related_name="clocks")
    happening = models.ForeignKey(Happening, models.CASCADE, null=True, related_name="clocks")
    rule = models.CharField(max_length=60)
    on = models.DateField(null=True)
    first_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    state = models.CharField(max_length=14, choices=ClockState.choices, default=ClockState.PROVISIONAL)
    reason = SealedText(C3, limit=500)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)
    reminded = models.JSONField(default=list)

    class Meta:
        ordering = ("on", "id")
        constraints = [models.UniqueConstraint(fields=["case", "happening", "rule"], name="clock_once_a_happening")]
        indexes = [models.Index(fields=["state", "on", "case"], name="clock_due")]
