"""Members: the pledge they gave, the dues they pay, the committees they sit on, the assembly they come to.

Names stay with the person. The ledger of dues holds no word about anybody, so that its sums outlive a purge.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import EVERY_ROW, Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.organizing.members.choices import LeftWhy, MemberState, Method, Paying, SaidHow, SeatRole, Waiver
from centro.people.models import Involvement, Person, scopes_of

C1, C2 = FieldClass.C1, FieldClass.C2


def _of_mine(relation: Relation, actor: Actor, to_person: str) -> Q:
    """Members in the actor's care or part of their campaign."""
    if relation is Relation.OWN:
        return Q(**{f"{to_person}__in_care_of_id": actor.user_id})
    if relation in {Relation.TEAM, Relation.PROGRAM}:
        scopes = scopes_of(actor, relation)
        part_of = Involvement.objects.filter(person=OuterRef(f"{to_person}_id"), scope__in=scopes, until__isnull=True)
        return Q(Exists(part_of))
    return Q(pk__in=[])


class Membership(InVault):
    """Somebody's membership: since when, by which words, and until when dues are paid.

    `card_mark` is the SHA-256 of the code on the card, which is drawn at random and says nothing.
    """

    policy_record: ClassVar[str] = "member"
    vault_of = "person"

    person = models.OneToOneField(Person, models.CASCADE, related_name="membership")
    state = models.CharField(max_length=8, choices=MemberState.choices, default=MemberState.PENDING)
    asked_on = models.DateField(default=clock.today)
    active_on = models.DateField(null=True)
    lapsed_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_why = models.CharField(max_length=8, choices=LeftWhy.choices, blank=True)
    pledge_version = models.CharField(max_length=12)
    pledge_language = models.CharField(max_length=3)
    pledge_digest = models.CharField(max_length=64)
    said_how = models.CharField(max_length=10, choices=SaidHow.choices)
    said_on = models.DateField()
    witness = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    dues_cents = models.PositiveIntegerField()
    paying = models.CharField(max_length=8, choices=Paying.choices, default=Paying.YEAR)
    paid_until = models.DateField(null=True, db_index=True)
    interest = SealedText(C2, limit=120)
    may_be_named = models.BooleanField(default=False)
    card_code = SealedText(C2, limit=20)
    card_mark = models.BinaryField(max_length=32, null=True, unique=True)
    asked_to_renew_for = models.DateField(null=True)
    texted_to_renew_for = models.DateField(null=True)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_on", "id")
        indexes = [models.Index(fields=["state", "paid_until"], name="membership_by_state")]

    def opened_as(self) -> models.Model:
        return self

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _of_mine(relation, actor, "person")


class DuesEntry(models.Model):
    """One line of the ledger of dues: paid, waived, or taken back by a line that names it. Lines are never changed."""

    policy_record: ClassVar[str] = "member"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="dues")
    number = models.PositiveIntegerField(unique=True)
    cents = models.IntegerField()
    method = models.CharField(max_length=8, choices=Method.choices)
    why = models.CharField(max_length=10, choices=Waiver.choices, blank=True)
    covers_from = models.DateField()
    covers_until = models.DateField()
    paid_on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        indexes = [models.Index(fields=["paid_on"], name="dues_by_day")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _of_mine(relation, actor, "membership__person")


class Committee(Vault):
    """Members who meet about one thing."""

    policy_record: ClassVar[str] = "member"

    key = VaultKeyField("committee")
    name = SealedText(C1, limit=80)
    purpose = SealedText(C1, limit=300)
    began_on = models.DateField(default=clock.today)
    ended_on = models.DateField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("began_on", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """The whole center knows its committees; who sits on them is another matter."""
        return EVERY_ROW


class Seat(models.Model):
    """A member on a committee, from a day to a day."""

    policy_record: ClassVar[str] = "member"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=8, choices=SeatRole.choices, default=SeatRole.MEMBER)
    from_on = models.DateField(default=clock.today)
    to_on = models.DateField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("from_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["committee", "person"], condition=Q(to_on__isnull=True), name="seat_once")
        ]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return _of_mine(relation, actor, "person")


class Assembly(Vault):
    """The general assembly: enough members must be there, and a paper ballot is counted twice."""

    policy_record: ClassVar[str] = "member"

    key = VaultKeyField("assembly")
    name = SealedText(C1, limit=80)
    held_on = models.DateField()
    members = models.PositiveIntegerField()
    percent = models.PositiveSmallIntegerField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return EVERY_ROW


class Presence(models.Model):
    """A member came to the assembly."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, models.CASCADE, related_name="presences")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assembly", "person"], name="presence_once")]


class Ballot(InVault):
    """A question put to the assembly, voted on paper. No table says who voted, and what."""

    policy_record: ClassVar[str] = "member"
    vault_of = "assembly"

    assembly = models.ForeignKey(Assembly, models.CASCADE, related_name="ballots")
    question = SealedText(C1, limit=200)
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return EVERY_ROW


class Tally(models.Model):
    """What one of two people counted. The result stands when both counted the same."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="tallies")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()

    class Meta:
        ordering = ("at",)
        constraints = [models.UniqueConstraint(fields=["ballot", "by"], name="tally_once")]
