"""Campaigns, their scales, and where each person stands in them."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.organizing.choices import Basis, Outcome
from centro.people.models import Person, scopes_of

C1 = FieldClass.C1


class Campaign(Vault):
    """An effort with a goal. Its id is the scope of its team's places and of its people's involvements."""

    policy_record: ClassVar[str] = "campaign"

    key = VaultKeyField("campaign")
    name = SealedText(C1, limit=120)
    goal = SealedText(C1, limit=300)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """The campaigns on which the actor has a place."""
        if relation in {Relation.TEAM, Relation.PROGRAM}:
            return Q(pk__in=scopes_of(actor, relation))
        return Q(pk__in=[])


class Scale(InVault):
    """What the numbers of an assessment mean in a campaign: a line each, 1 first. A new wording is a new scale."""

    policy_record: ClassVar[str] = "campaign"
    vault_of = "campaign"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="scales")
    number = models.PositiveIntegerField()
    steps = models.PositiveSmallIntegerField(default=5)
    words = SealedText(C1, limit=600)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="scale_number_once")]


class Standing(models.Model):
    """Where a person stands in a campaign, as their contacts and assessments say: made anew from those rows.

    `issues` has a bit for each issue they ever raised, in the order of `choices.Issue`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="standings")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="standings")
    tries = models.PositiveIntegerField(default=0)
    contact_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    talked_at = models.DateTimeField(null=True)
    value = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=12, choices=Basis.choices, blank=True)
    assessed_at = models.DateTimeField(null=True)
    issues = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "campaign"], name="standing_once")]
        # Searches walk these in their order and read what they ask about from the index alone.
        indexes = [
            models.Index(
                fields=["campaign", "contact_at", "id", "person", "value", "assessed_at", "basis", "issues"],
                name="standing_by_contact",
            ),
            models.Index(fields=["campaign", "value", "contact_at", "id", "person"], name="standing_by_value"),
        ]
