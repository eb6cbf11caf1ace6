"""Somebody asked to be handed on inside the house: from organizing to the clinic, or from the clinic to organizing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText
from centro.people.models.consents import Consent
from centro.people.models.person import Person


class Referral(InVault):
    """What crosses the wall, and all that crosses it: a name to call them by, a safe time, a coded topic.

    It dies with the person's key. `intake` and `campaign` are ids of the side that took it over: neither side can read
    the other's rows through them. Without a consent in force the sending side sees no word of what became of it.
    """

    policy_record: ClassVar[str] = "referral"
    vault_of = "person"

    class To(models.TextChoices):
        CLINIC = "clinic", _("The clinic")
        ORGANIZING = "organizing", _("An organizer")

    class Topic(models.TextChoices):
        """What it is about, in the words of the first question of an intake."""

        NONE = "", "—"
        PAY = "pay", _("Pay")
        FIRED = "fired", _("Lost the job")
        TREATED_DIFFERENTLY = "treated_differently", _("Treated differently or harassed")
        PUNISHED = "punished", _("Punished for speaking up")
        BENEFITS = "benefits", _("Benefits denied")
        INJURED = "injured", _("Hurt at work")
        OTHER = "other", _("Something else")

    person = models.ForeignKey(Person, models.CASCADE, related_name="referrals")
    to = models.CharField(max_length=10, choices=To.choices)
    topic = models.CharField(max_length=20, choices=Topic.choices, blank=True)
    call_name = SealedText(FieldClass.C2, limit=80)
    safe_time = SealedText(FieldClass.C2, limit=300)
    consent = models.ForeignKey(Consent, models.SET_NULL, null=True, related_name="+")
    tells_day = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    intake = models.UUIDField(null=True)
    campaign = models.UUIDField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["to", "-at"], name="referral_waiting", condition=Q(closed_at__isnull=True))]

    def opened_as(self) -> models.Model:
        return self
