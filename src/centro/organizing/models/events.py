"""Events that people are asked to, what each of them said, and who came.

In code an event is a *gathering*, because `Event` is a line of the log. Its kinds, times and totals are clear; its
titles and its place are sealed under its own key, and what concerns one person under that person's key.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone, translation

from centro.core import clock, inventory
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.organizing.choices import EventKind, StepHow, Turnout
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import Contact, InCampaign
from centro.organizing.models.given_out import GivenOut
from centro.people.models import Person, scopes_of

C1, C2 = FieldClass.C1, FieldClass.C2


def _at_the_door(actor: Actor) -> models.QuerySet[User, object]:
    """The events at which the actor has a place at this moment."""
    return scopes_of(actor, Relation.ASSIGNED)  # type: ignore[return-value]


class Gathering(Vault):
    """A meeting, action or training of a campaign. Its id is the scope of the places of those at its door."""

    policy_record: ClassVar[str] = "event"

    key = VaultKeyField("gathering")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="gatherings")
    kind = models.CharField(max_length=12, choices=EventKind.choices, default=EventKind.MEETING)
    title_en = SealedText(C1, limit=120)
    title_es = SealedText(C1, limit=120)
    title_ko = SealedText(C1, limit=120)
    place = SealedText(C1, limit=200)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    goal = models.PositiveIntegerField(default=0)
    interprets = models.JSONField(default=list)
    has_childcare = models.BooleanField(default=False)
    has_food = models.BooleanField(default=False)
    has_rides = models.BooleanField(default=False)
    takes_names = models.BooleanField(default=True)
    head_count = models.PositiveIntegerField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)  # the last round of calls that was handed out: 7, 2 or 0
    closed_at = models.DateTimeField(null=True)
    yes_came = models.PositiveIntegerField(default=0)
    yes_missed = models.PositiveIntegerField(default=0)
    gone_came = models.PositiveIntegerField(default=0)  # of those, whose rows were destroyed since
    gone_missed = models.PositiveIntegerField(default=0)
    called_off_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="event_ends_later")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """The events of the actor's campaigns; for those at the door, the one they have a place at now."""
        if relation is Relation.ASSIGNED:
            return Q(pk__in=_at_the_door(actor))
        return InCampaign.within(relation, actor)

    def title_in(self, language: str) -> str:
        """The title in this language; where nobody wrote one, in the first of the others."""
        titles = {"en": self.title_en, "es": self.title_es, "ko": self.title_ko}
        return str(titles.get(language) or next((title for title in titles.values() if title), ""))

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return self.title_in((translation.get_language() or "en")[:2])

    @property
    def days_left(self) -> int:
        """Days of the calendar until it begins; negative when it was."""
        return (timezone.localtime(self.starts_at).date() - clock.today()).days

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()


class Commitment(InCampaign):
    """What one person said about coming to one event, and whether they came. `Step` says how it became so."""

    policy_record: ClassVar[str] = "event"

    person = models.ForeignKey(Person, models.CASCADE, related_name="commitments")
    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="commitments")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=10, choices=Turnout.choices, default=Turnout.ASKED)
    said_yes = models.BooleanField(default=False)
    brings = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    called_at = models.DateTimeField(null=True)
    texted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    call_name = SealedText(C2, limit=80)
    needs_ride = models.BooleanField(default=False)
    ride_from = SealedText(C2, limit=160)
    children = models.PositiveSmallIntegerField(default=0)
    interpret = models.CharField(max_length=3, blank=True)
    food_note = SealedText(C2, limit=120)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        constraints = [models.UniqueConstraint(fields=["person", "gathering"], name="commitment_once")]
        indexes = [models.Index(fields=["gathering", "state", "asked_by"], name="commitment_by_state")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Of the actor's campaigns; for those at the door, of the event they have a place at now."""
        if relation is Relation.ASSIGNED:
            return Q(gathering__in=_at_the_door(actor))
        return InCampaign.within(relation, actor)


class Step(models.Model):
    """One thing that was said or seen about a commitment. Rows are added, never changed; without a state, a try."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=Turnout.choices, blank=True)
    how = models.CharField(max_length=8, choices=StepHow.choices)
    brings = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("at", "id")


class WalkIn(InVault):
    """Somebody who came and whom nobody expected: as they said their name, until somebody finds out who they are.

    Its id is the one the form made, so that the form may be sent twice.
    """

    policy_record: ClassVar[str] = "event"
    vault_of = "gathering"

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="walk_ins")
    name = SealedText(C2, limit=120)
    phone = SealedText(C2, limit=20)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("at", "id")


class HostLink(GivenOut, InVault):
    """An address by which a host without an account sees who is expected, and says who came.

    It works as long as whoever made it is on the campaign.
    """

    policy_record: ClassVar[str] = "event"
    vault_of = "gathering"

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="host_links")
    given_to = SealedText(C1, limit=80)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-made_at",)


inventory.register(
    {
        "organizing.gathering.kind": "code",
        "organizing.gathering.interprets": "language codes",
        "organizing.commitment.code": "check-in code, drawn at random",
        "organizing.commitment.state": "code",
        "organizing.commitment.interpret": "language code",
        "organizing.step.state": "code",
        "organizing.step.how": "code",
    }
)
