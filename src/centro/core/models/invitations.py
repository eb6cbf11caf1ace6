"""Invitations: the only way in, and the only way back in."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.models.users import User


class InvitationReason(models.TextChoices):
    JOIN = "join", _("joins the center")
    RECOVER = "recover", _("lost every way to sign in")


class Invitation(models.Model):
    """A link that works once, for 24 hours. To let someone back in takes two officers.

    `mark` is the SHA-256 of the link's 256 random bits; the link itself is shown once and kept nowhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    reason = models.CharField(max_length=10, choices=InvitationReason.choices)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opens_at = models.DateTimeField(null=True)
    mark = models.BinaryField(max_length=32, null=True, unique=True)
    ends_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(made_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="recovery_needs_two_people",
            ),
        ]
