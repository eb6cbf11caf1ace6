"""The end of a day in the field: what its people want whoever leads the campaign to know, and lock-downs."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import OfCampaign
from centro.people.models import scopes_of


class DayNote(OfCampaign):
    """A note of the debrief, for whoever leads the campaign: its author and they read it, nobody else on the team."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="day_notes")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    day = models.DateField(default=clock.today)
    words = SealedText(FieldClass.C3, limit=2000)
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["campaign", "-day"], name="day_note_of_campaign")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """One's own; and as the one who started the campaign, or as its manager, everybody's."""
        on = Q(campaign__in=scopes_of(actor, relation))
        if relation is Relation.TEAM:
            return on & (Q(by_id=actor.user_id) | Q(campaign__added_by_id=actor.user_id))
        return on if relation is Relation.PROGRAM else Q(pk__in=[])


class LockDown(models.Model):
    """Everything that had left the house was revoked at once. `counts` says how many of each kind, by its code."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at",)
