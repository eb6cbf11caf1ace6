"""The log of tries to talk with somebody, and the log of assessments. Both only grow."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import Task, User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText
from centro.organizing.choices import Answer, Ask, Basis, Kind, NoStep, Outcome, Source, Where
from centro.organizing.models.campaigns import Campaign, Scale
from centro.people.models import Person, scopes_of

C3 = FieldClass.C3


class InCampaign(InVault):
    """A row about a person in a campaign: dies with the person's key, and is opened by the campaign's team alone."""

    policy_record: ClassVar[str] = "contact"
    vault_of = "person"

    class Meta:
        abstract = True

    def opened_as(self) -> models.Model:
        return self

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Rows of the campaigns on which the actor has a place."""
        if relation in {Relation.TEAM, Relation.PROGRAM}:
            return Q(campaign__in=scopes_of(actor, relation))
        return Q(pk__in=[])


class OfCampaign(InCampaign):
    """A row about a campaign as a whole: dies with the campaign's key, and is opened by the same team."""

    vault_of = "campaign"

    class Meta:
        abstract = True


def corrected(contact: str) -> Exists:
    """Whether the contact in this column was noted anew. No join: SQLite would read the whole log for each row."""
    return Exists(Contact.objects.filter(corrects=OuterRef(contact)))


class ContactQuerySet(VisibleQuerySet):
    """Contacts; one that its author noted anew the same day stays in the log, and counts no more."""

    def valid(self) -> "ContactQuerySet":
        return self.filter(~corrected("pk"))

    def latest_first(self) -> "ContactQuerySet":
        """Of two tries of one moment, the one that reached us later comes first."""
        return self.order_by("-at", "-received_at", "pk")


# What is noted of a try, each in a column of its own.
NOTED = (
    "outcome kind where language had_interpreter present issues own_issue story ask ask_words answer brings no_step"
).split()


class Contact(InCampaign):
    """One try to talk with one person. Its id is made where it was noted, so that it may be sent twice.

    `device_at` is the time the device showed; `at` is the same, but never later than the moment it reached us.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.VISIT)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    together_with = models.ManyToManyField(User, related_name="+")
    where = models.CharField(max_length=8, choices=Where.choices, blank=True)
    language = models.CharField(max_length=3, blank=True)
    had_interpreter = models.BooleanField(default=False)
    present = SealedText(C3, limit=120)
    issues = models.JSONField(default=list)
    own_issue = SealedText(C3, limit=120)
    story = SealedText(C3, limit=4000)
    ask = models.CharField(max_length=12, choices=Ask.choices, blank=True)
    ask_words = SealedText(C3, limit=160)
    answer = models.CharField(max_length=6, choices=Answer.choices, blank=True)
    brings = models.PositiveSmallIntegerField(default=0)
    step = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")
    no_step = models.CharField(max_length=12, choices=NoStep.choices, blank=True)
    source = models.CharField(max_length=6, choices=Source.choices, default=Source.PAGE)
    corrects = models.OneToOneField("self", models.CASCADE, null=True, related_name="corrected_by")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        indexes = [
            models.Index(fields=["person", "campaign", "-at"], name="contact_of_person"),
            models.Index(fields=["campaign", "-at"], name="contact_of_campaign"),
            models.Index(fields=["by", "-at", "campaign", "kind", "person"], name="contact_by"),
            models.Index(fields=["campaign", "kind", "-at", "by", "person"], name="contact_of_kind"),
        ]


class Assessment(InCampaign):
    """Where somebody stands on the campaign's scale, said by whom, when, and from what."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="assessments")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assessments")
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=12, choices=Basis.choices)
    why = SealedText(C3, limit=400)
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="assessments")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["person", "campaign", "-at"], name="assessment_of_person")]

    def say(self, words: list[str]) -> str:
        """The number with its words on the scale it was made on."""
        inside = 0 < self.value <= len(words)
        return f"{self.value} · {words[self.value - 1]}" if inside else str(self.value)
