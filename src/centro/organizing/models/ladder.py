"""The leadership ladder: its steps, who stands on which and why, coaching notes, and a leader's own people."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText
from centro.organizing.ladder.choices import Evidence, Rung, Told
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import InCampaign, OfCampaign
from centro.organizing.models.given_out import GivenOut
from centro.people.models import Person

C2, C3 = FieldClass.C2, FieldClass.C3


OFF = 1000  # steps with a place from here on were taken off: decisions of before still name them


class LadderStepQuerySet(VisibleQuerySet):
    """The steps of ladders."""

    def standing(self) -> "LadderStepQuerySet":
        """Those on which somebody may stand: not taken off."""
        return self.filter(place__lt=OFF)


class LadderStep(OfCampaign):
    """One step of a campaign's ladder: which of the usual ones, its own words if it has any, what speaks for it.

    `rules` says what is counted and how much of it, all of which must hold: `{"came": 2, "brought": 3}`. A step that
    was taken off stays in the table, at a place from `OFF` on.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="ladder")
    place = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=12, choices=Rung.choices, blank=True)
    words = SealedText(C3, limit=60)
    rules = models.JSONField(default=dict)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = LadderStepQuerySet.as_manager()

    class Meta:
        ordering = ("place", "id")
        constraints = [models.UniqueConstraint(fields=["campaign", "place"], name="ladder_place_once")]

    @property
    def name(self) -> str:
        """What an address calls the step, wherever it stands: the usual one, or its id. Known before it is saved."""
        return str(self.rung or self.pk)

    @property
    def label(self) -> str:
        """The step in the campaign's words, else in the usual ones."""
        return str(self.words or self.get_rung_display())


class Climb(InCampaign):
    """Somebody decided that a person stands on a step, on a day, for a reason. Only `until` is ever written again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="climbs")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="climbs")
    step = models.ForeignKey(LadderStep, models.PROTECT, related_name="climbs")
    decided_on = models.DateField(default=clock.today)
    mentor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    evidence = SealedText(C3, limit=400)
    was_suggested = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"], condition=Q(until__isnull=True), name="climb_one_now"
            ),
        ]
        indexes = [models.Index(fields=["step", "until", "person"], name="climb_on_step")]


class CoachingNote(InCampaign):
    """What a mentor noted about a leader's work: read by the campaign's team, and only added to.

    `shows` says what was seen that no list counts: an agenda item that they ran.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="coaching")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="coaching")
    words = SealedText(C3, limit=2000)
    shows = models.CharField(max_length=12, choices=Evidence.choices, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")


class Following(InCampaign):
    """One of a leader's own people: who leads whom, and how far she has got. Of the person she sees a call-name.

    It opens as a line on a list that was handed out does.
    """

    policy_record: ClassVar[str] = "assignment"

    person = models.ForeignKey(Person, models.CASCADE, related_name="led_by")
    leader = models.ForeignKey(Person, models.CASCADE, related_name="leads")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="followings")
    call_name = SealedText(C2, limit=80)
    told = models.PositiveSmallIntegerField(choices=Told.choices, default=Told.NOT_YET)
    told_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(fields=["campaign", "leader", "person"], name="following_once"),
            models.CheckConstraint(condition=~Q(leader=F("person")), name="following_of_another"),
        ]


class LeaderLink(GivenOut):
    """A link with which a leader opens the list of her people: no account, no install. It is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leader = models.ForeignKey(Person, models.CASCADE, related_name="leader_links")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="leader_links")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "id")
