"""Who knows whom."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.choices import Strength, TieKind
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import Contact, InCampaign, OfCampaign
from centro.people.models import Person, Workplace

C3 = FieldClass.C3


class TieQuerySet(VisibleQuerySet):
    """Ties, of which each has two ends."""

    def touching(self, people: Iterable[UUID]) -> "TieQuerySet":
        """Ties with one of these people at either end.

        One set of ids: asked for one end or the other, SQLite would read every tie of the campaign. For the same
        reason whoever asks compares the campaign afterwards: few ties are left by then.
        """
        ids = list(people)
        one, other = (Tie.objects.filter(**{f"{end}__in": ids}).order_by().values("pk") for end in ("person", "other"))
        return self.filter(pk__in=one.union(other))


class Tie(InCampaign):
    """A person knows another, who may have no name yet: then `known_as` says how they were described."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    other = models.ForeignKey(Person, models.CASCADE, null=True, related_name="ties_to")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="ties")
    known_as = SealedText(C3, limit=120)
    workplace = models.ForeignKey(Workplace, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    strength = models.CharField(max_length=1, choices=Strength.choices, default=Strength.GOOD)
    will_introduce = models.BooleanField(default=False)
    introduced_at = models.DateTimeField(null=True)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="named")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        ordering = ("-strength", "-at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(other__isnull=True) | ~Q(other=F("person")), name="tie_with_another"),
        ]


class QuietTie(OfCampaign):
    """A confidential tie: both its ends are sealed under the campaign's key, so that no table shows who knows whom."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="quiet_ties")
    ends = SealedText(C3, limit=80)
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    strength = models.CharField(max_length=1, choices=Strength.choices, default=Strength.GOOD)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
