"""Structure tests: something small that everybody is asked to do, and who was asked by whom and did it."""

from django.db import models
from django.db.models import F, Q

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.choices import Source
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import InCampaign, OfCampaign
from centro.organizing.structure.choices import Deed, What
from centro.people.models import Person, Workplace

C3 = FieldClass.C3


class StructureTest(OfCampaign):
    """A petition, a sticker, a photo: asked of everybody in some workplaces, or (without any) in the whole campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="structure_tests")
    what = models.CharField(max_length=10, choices=What.choices)
    title = SealedText(C3, limit=120)
    held_on = models.DateField(default=clock.today)
    goal = models.PositiveSmallIntegerField(default=70)
    workplaces = models.ManyToManyField(Workplace, related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-added_at", "id")
        constraints = [models.CheckConstraint(condition=Q(goal__gte=1, goal__lte=100), name="goal_in_percent")]


class Act(InCampaign):
    """One person in one structure test: their number on the sheet, who asked them, and what they did."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="acts")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="acts")
    test = models.ForeignKey(StructureTest, models.CASCADE, related_name="acts")
    number = models.PositiveSmallIntegerField(null=True)
    deed = models.CharField(max_length=8, choices=Deed.choices, blank=True)
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.PAGE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["test", "person"], name="act_once"),
            models.UniqueConstraint(fields=["test", "number"], name="act_number_once"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("person")), name="act_of_another"
            ),
        ]
