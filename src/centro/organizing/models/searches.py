"""Searches of a campaign's people, kept under a name."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import OfCampaign
from centro.organizing.searches_choices import Shared


class Search(OfCampaign):
    """Filters that combine, under a name: whoever it is shared with finds those people in it whom they may see."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="searches")
    name = SealedText(FieldClass.C3, limit=80)
    codes = models.JSONField(default=dict)
    shared = models.CharField(max_length=12, choices=Shared.choices, default=Shared.MINE)
    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()
    READ_BY: ClassVar[dict[str, str]] = {"organizer": Shared.ORGANIZERS, "manager": Shared.MANAGERS}

    class Meta:
        ordering = ("at", "id")

    @classmethod
    def shared_with(cls, user: object, role: object) -> Q:
        """Those of one's own, those for the whole team, and those for one's role."""
        return Q(owner_id=user) | Q(shared=Shared.TEAM) | Q(shared=cls.READ_BY.get(str(role), Shared.TEAM))
