"""The wall chart of a workplace: its departments, who works in which on which shift, and how many there ought to be."""

from django.db import models

from centro.core.classes import FieldClass
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.choices import Shift
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import InCampaign, OfCampaign
from centro.people.models import Person, Workplace

C3 = FieldClass.C3


class Department(OfCampaign):
    """A part of a workplace, as the campaign sees it: the kitchen, the register, the third floor."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="departments")
    workplace = models.ForeignKey(Workplace, models.CASCADE, related_name="departments")
    title = SealedText(C3, limit=60)
    place = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("place", "id")


class Headcount(models.Model):
    """How many people work in a department on a shift, as far as anybody can tell."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="headcounts")
    shift = models.CharField(max_length=8, choices=Shift.choices)
    expected = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "shift"], name="headcount_once")]


class Post(InCampaign):
    """Where on the chart a person stands, and whether others follow them."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="posts")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="posts")
    department = models.ForeignKey(Department, models.CASCADE, related_name="posts")
    shift = models.CharField(max_length=8, choices=Shift.choices)
    is_leader = models.BooleanField(default=False)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "department"], name="post_once_a_department")]
