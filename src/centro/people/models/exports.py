"""A list that leaves the program: asked for with a reason, approved by a second officer if long, taken once."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField


class Export(Vault):
    """One list, from the wish to the one download. The file lies sealed and is destroyed after 24 hours."""

    policy_record: ClassVar[str] = "export"

    class Shape(models.TextChoices):
        """Which columns the list has."""

        CONTACTS = "contacts", _("For calling: names, one phone, language")
        OSDI = "osdi", _("For another program: columns named by OSDI")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second officer")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        TAKEN = "taken", _("Taken")
        GONE = "gone", _("Destroyed")

    key = VaultKeyField("export")
    reason = SealedText(FieldClass.C2, limit=300)
    content = SealedText(FieldClass.C2, limit=20_000_000)
    shape = models.CharField(max_length=8, choices=Shape.choices, default=Shape.CONTACTS)
    language = models.CharField(max_length=3, blank=True)
    zip = models.CharField(max_length=5, blank=True)
    rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ready_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="export_needs_two_people"
            )
        ]
