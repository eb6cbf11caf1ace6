"""Files that are to be destroyed; outlives the person."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.models import User


class Purge(models.Model):
    """A person's data is to be destroyed: proposed by one, approved by another, done after the notice ran out.

    Outlives the person: it keeps ids, dates and codes, which is what the certificate prints.
    """

    class Basis(models.TextChoices):
        ASKED = "asked", _("The person asked for it")
        RETENTION = "retention", _("Kept long enough")
        MISTAKE = "mistake", _("Recorded by mistake")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    vault = models.UUIDField(null=True)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    no_dispute_expected = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="purge_once_open",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="purge_needs_two_people",
            ),
        ]
