"""An intake: what somebody told at the door, before there is a case; and the check for a conflict of interest.

It lies under a key of its own and dies with it: 48 hours after the last touch, unless the worker let us keep a file.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import CaseState
from centro.clinic.models.cases import Case, places_of
from centro.core import clock, inventory
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.people.models import Person

C2, C3 = FieldClass.C2, FieldClass.C3
KEPT_WITHOUT_CONSENT = timedelta(hours=48)
KEPT_WITH_CONSENT = timedelta(days=90)
KEPT_FROM_WEB = timedelta(days=14)


class Source(models.TextChoices):
    """How somebody came."""

    WALK_IN = "walk_in", _("Walked in")
    PHONE = "phone", _("Called")
    WEB = "web", _("From the web")
    REFERRAL = "referral", _("Sent by somebody")
    PAPER = "paper", _("On paper")


class Intake(Vault):
    """One person at the door. `desk` is what the front desk may read, `story` what only the interview opens."""

    policy_record: ClassVar[str] = "intake"

    key = VaultKeyField("intake")
    state = models.CharField(max_length=14, choices=CaseState.choices, default=CaseState.NEW)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.WALK_IN)
    language = models.CharField(max_length=3, default="en")
    needs_interpreter = models.BooleanField(default=False)
    asked_in = models.CharField(max_length=3, default="en")
    topics = models.JSONField(default=list)
    county = models.CharField(max_length=40, blank=True)
    desk = SealedText(C2, limit=60_000)
    story = SealedText(C3, limit=120_000)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="intakes")
    case = models.OneToOneField(Case, models.CASCADE, null=True, related_name="intake")
    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="intakes")
    started_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    receipt_mark = models.BinaryField(max_length=16, null=True, db_index=True, editable=False)
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    is_held_back = models.BooleanField(default=False)
    first_due_on = models.DateField(null=True)
    paged_at = models.DateTimeField(null=True)
    letter_offered_at = models.DateTimeField(null=True)
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "id")
        indexes = [models.Index(fields=["state", "-changed_at"], name="intake_by_state")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Mine, until it became a case; then of those on the team of the case; or given to me for my shift."""
        if relation is Relation.OWN:
            return Q(owner_id=actor.user_id, case__isnull=True)
        if relation is Relation.TEAM:
            return Q(case__in=places_of(actor, relation).filter(scope_kind="case").values("scope"))
        if relation is Relation.ASSIGNED:
            return Q(pk__in=places_of(actor, relation).filter(scope_kind="intake").values("scope"))
        return Q(pk__in=[])

    def kept_until(self) -> datetime | None:
        """When it is destroyed if nobody touches it again: from now. Never earlier than what was promised before."""
        if self.case_id:
            return None
        kept = KEPT_WITH_CONSENT if self.person_id else KEPT_WITHOUT_CONSENT
        until = clock.now() + kept
        return max(until, self.expires_at) if self.expires_at and not self.person_id else until


class ConflictCheck(InVault):
    """Names were compared with everybody we help and everybody we act against. `hits` are record ids, never names."""

    policy_record: ClassVar[str] = "intake"
    vault_of = "intake"

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="checks")
    worker_hits = models.JSONField(default=list)
    other_hits = models.JSONField(default=list)
    matched = SealedText(C2, limit=2000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    is_cleared = models.BooleanField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = SealedText(C3, limit=1000)

    class Meta:
        ordering = ("-at", "id")

    @property
    def found_something(self) -> bool:
        return bool(self.worker_hits or self.other_hits)


inventory.register(
    {
        "clinic.intake.state": "code",
        "clinic.intake.source": "code",
        "clinic.intake.language": "language code",
        "clinic.intake.asked_in": "language code",
        "clinic.intake.topics": "codes",
        "clinic.intake.county": "county",
        "clinic.conflictcheck.worker_hits": "record ids",
        "clinic.conflictcheck.other_hits": "record ids",
    }
)
