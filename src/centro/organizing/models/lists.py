"""Lists handed out for a shift, the copies that phones carry of them, and what comes back."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation, Role
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.organizing.choices import Held, Kind
from centro.organizing.models.campaigns import Campaign
from centro.organizing.models.contacts import InCampaign
from centro.organizing.models.given_out import GivenOut
from centro.people.models import Person, scopes_of

C1, C2, C3 = FieldClass.C1, FieldClass.C2, FieldClass.C3


def _lists_of(relation: Relation, actor: Actor, to_list: str) -> Q:
    """Lists of the actor's campaigns; for those assigned, the lists whose shift is running."""
    now = clock.now()
    if relation in {Relation.TEAM, Relation.PROGRAM}:
        return Q(**{f"{to_list}campaign__in": scopes_of(actor, relation)})
    if relation is Relation.ASSIGNED:
        names = {"pk__in" if not to_list else f"{to_list.removesuffix('__')}__in": scopes_of(actor, relation)}
        return Q(**names, **{f"{to_list}from_at__lte": now, f"{to_list}to_at__gt": now})
    return Q(pk__in=[])


class Assignment(Vault):
    """People handed out to visit or call during one shift. Its id is the scope of the places of those who go."""

    policy_record: ClassVar[str] = "assignment"

    key = VaultKeyField("assignment")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="assignments")
    name = SealedText(C1, limit=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.VISIT)
    code = models.CharField(max_length=4, unique=True)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    printed_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-from_at", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _lists_of(relation, actor, "")


class Stop(InVault):
    """One person on a list, as whoever goes may know them: call-name, address, one line released to say first."""

    policy_record: ClassVar[str] = "assignment"
    vault_of = "person"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="stops")
    person = models.ForeignKey(Person, models.CASCADE, related_name="stops")
    number = models.PositiveSmallIntegerField()
    call_name = SealedText(C2, limit=80)
    street = SealedText(C2, limit=200)
    unit = SealedText(C2, limit=20)
    zip = SealedText(C2, limit=5)
    say_first = SealedText(C2, limit=140)
    released_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["assignment", "person"], name="stop_once"),
            models.UniqueConstraint(fields=["assignment", "number"], name="stop_number_once"),
        ]

    def opened_as(self) -> models.Model:
        return self

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _lists_of(relation, actor, "assignment__")


class Pack(GivenOut):
    """The copy of a list that one phone carries, for 72 hours or until somebody revokes it.

    Its secret is the phone's token, which can send reports for 30 days and read nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="packs")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    sends_until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at",)

    @property
    def carrier(self) -> Actor:
        """Whoever took it along, working as they did when they took it."""
        return Actor(user_id=self.user_id, role=Role(self.role) if self.role else None)


class Walk(models.Model):
    """Somebody is out with a list, alone or with another: since when, when they want to be back, when they were.

    Its id is made where it was said, so that a phone may say it twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="walks")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    together_with = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(default=clock.now)
    back_by = models.DateTimeField()
    back_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("back_by",)
        indexes = [models.Index(fields=["back_by"], name="walk_out", condition=Q(back_at__isnull=True))]

    @property
    def is_overdue(self) -> bool:
        return self.back_at is None and self.back_by < clock.now()


class Report(Vault):
    """What a phone sent about one stop: taken into the log at once, or held until a person has looked at it.

    Its id is the one the phone made. `words` are the report as it was written, and go once it is settled.
    """

    policy_record: ClassVar[str] = "contact"

    key = VaultKeyField("report")
    pack = models.ForeignKey(Pack, models.CASCADE, related_name="reports")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    words = SealedText(C3, limit=64_000)
    received_at = models.DateTimeField(default=clock.now)
    held = models.CharField(max_length=12, choices=Held.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("received_at",)

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return InCampaign.within(relation, actor)
