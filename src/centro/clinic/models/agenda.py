"""What stands in the diary: conference and hearing dates, reminders that were given, and each user's calendar feed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centro.clinic.models.cases import Case, Matter, OfCase
from centro.clinic.models.clocks import Clock, Happening
from centro.core import inventory
from centro.core.classes import FieldClass
from centro.core.clock import now
from centro.core.models import Task, User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3


class HearingKind(models.TextChoices):
    """What kind of date an agency or court has set."""

    CONFERENCE = "conference", _("Conference")
    HEARING = "hearing", _("Hearing")
    INTERVIEW = "interview", _("Interview with an agency")
    MEDIATION = "mediation", _("Mediation")
    TRIAL = "trial", _("Trial in court")


class Hearing(OfCase):
    """A date that somebody else has set, and that nobody may miss: when, where, with an interpreter or not."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="hearings")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="hearings")
    happening = models.ForeignKey(Happening, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=HearingKind.choices)
    at = models.DateTimeField()
    place = SealedText(C3, limit=200)
    needs_interpreter = models.BooleanField(default=False)
    noted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(default=now)
    cancelled_at = models.DateTimeField(null=True)
    # The morning of the day: when the team had it as a task, when the worker had a text.
    told_team_at = models.DateTimeField(null=True)
    told_worker_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["at"], name="hearing_ahead", condition=Q(cancelled_at__isnull=True))]


class Reason(models.TextChoices):
    """Why the program itself gave somebody a task."""

    DEADLINE = "deadline", _("A deadline comes near")
    PASSED = "passed", _("A day has passed")
    MISSED = "missed", _("A deadline was missed")
    URGENT = "urgent", _("A new deadline is near and not confirmed")
    CONTACT = "contact", _("Sixty days without contact")
    HEARING = "hearing", _("A date has to be prepared")
    ADDRESS = "address", _("The worker has moved")


class Reminder(OfCase):
    """A task that the program gave about a case, so that it is not given twice while it is open."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    clock = models.ForeignKey(Clock, models.CASCADE, null=True, related_name="reminders")
    on = models.DateField(null=True)
    task = models.OneToOneField(Task, models.CASCADE, related_name="reminder")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["case", "reason"], name="reminder_of_case")]


class Feed(models.Model):
    """The address under which a user's phone reads their dates. `mark` is the SHA-256 of its 256 random bits."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    mark = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at__isnull=True), name="feed_once_a_user")
        ]

    def __str__(self) -> str:
        return str(self.id)


inventory.register({"clinic.hearing.kind": "code", "clinic.reminder.reason": "code"})
