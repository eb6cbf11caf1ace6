"""Guides for texts and calls, in the languages somebody wrote them in; whose turn it is with a person on a list."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import InCampaign
from centro.organizing.models.lists import Assignment, Stop

C1 = FieldClass.C1


class Guide(InVault):
    """What to write or say in a campaign, with places for {name}, {event} and {sender}."""

    policy_record: ClassVar[str] = "campaign"
    vault_of = "campaign"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="guides")
    name = SealedText(C1, limit=60)
    for_calls = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return InCampaign.within(relation, actor)


class GuideText(InVault):
    """A guide in one language. A language that is missing cannot be sent."""

    policy_record: ClassVar[str] = "campaign"
    vault_of = "guide"

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=3)
    words = SealedText(C1, limit=2000)
    event = SealedText(C1, limit=120)

    class Meta:
        ordering = ("language",)
        constraints = [models.UniqueConstraint(fields=["guide", "language"], name="guide_text_once")]


class ListGuide(models.Model):
    """The guide that a list is worked with."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="guided")
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="lists")


class Turn(models.Model):
    """Somebody has this person of the list in hand: nobody else is given them meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    stop = models.OneToOneField(Stop, models.CASCADE, related_name="turn")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    until = models.DateTimeField()
    is_skipped = models.BooleanField(default=False)
