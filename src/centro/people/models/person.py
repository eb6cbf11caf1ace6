"""A person, how to reach them, where they live, and what they are part of."""

from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q

from centro.core import clock, policy
from centro.core.classes import Dots, FieldClass, Relation
from centro.core.models import Place, User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import BlindIndex, InVault, SealedText, Vault, VaultKeyField
from centro.people.choices import (
    LANGUAGE_CHOICES,
    AgeBand,
    MetThrough,
    PhoneKind,
)

C1, C2 = FieldClass.C1, FieldClass.C2
_LISTED = Q(merged_into__isnull=True, restricted_at__isnull=True)  # those who stand in lists


class Household(models.Model):
    """People who live as one home. Has no name of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)


class PersonQuerySet(VisibleQuerySet):
    """People; a file that was merged into another is no person of its own any more."""

    def visible_to(self, actor: Actor, verb: str = "see") -> Self:
        return super().visible_to(actor, verb).filter(merged_into__isnull=True)

    def reach_of(self, actor: Actor, verb: str) -> set[UUID]:
        """Ids of everybody `visible_to` would give somebody who does not see the whole center.

        Asked from the side of their ties, which are few among very many: a fifth of the time for twenty thousand.
        """
        ties = Q(pk__in=[])
        for relation in policy.relations(actor, f"person.{verb}"):
            if relation is Relation.OWN:
                ties |= Person.within(relation, actor)
            else:
                ties |= Q(pk__in=_part_of_theirs(actor, relation).values("person"))
        return set(self.filter(ties, merged_into__isnull=True).values_list("pk", flat=True))


class Person(Vault):
    """Someone the center knows. Which parts of the work know them is not written here."""

    policy_record: ClassVar[str] = "person"

    key = VaultKeyField("person-identity")
    given = SealedText(C2, limit=80)
    family = SealedText(C2, limit=80)
    family2 = SealedText(C2, limit=80)
    native = SealedText(C2, limit=80)
    romanized = SealedText(C2, limit=120)
    call_me = SealedText(C2, limit=60)
    aliases = SealedText(C2, limit=800)  # other names, by semicolons; a merge keeps here what was not chosen
    birth_year = SealedText(C2, limit=4)
    age_band = models.CharField(max_length=10, choices=AgeBand.choices, blank=True)
    language = models.CharField(max_length=3, choices=LANGUAGE_CHOICES, default="en")
    languages = models.JSONField(default=list)
    zip = models.CharField(max_length=5, blank=True, db_index=True)
    met_through = models.CharField(max_length=12, choices=MetThrough.choices, blank=True)
    household = models.ForeignKey(Household, models.SET_NULL, null=True, related_name="people")
    member_number = SealedText(C2, limit=20)
    member_number_mark = BlindIndex(of="member_number")
    safe_contact = SealedText(C2, limit=300)
    in_care_of = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    restricted_at = models.DateTimeField(null=True)
    import_batch = models.ForeignKey("ImportBatch", models.SET_NULL, null=True, related_name="people")
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged", db_index=False)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        # Lists walk an index that is already in their order. A plain index on `merged_into`, almost always empty,
        # would lure SQLite into sorting everybody first: 190 ms instead of 1 for 100,000 people.
        indexes = [
            models.Index(fields=["-changed_at", "id"], name="person_recent", condition=_LISTED),
            models.Index(fields=["language", "-changed_at", "id"], name="person_recent_in", condition=_LISTED),
            models.Index(fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """What each tie means: in my care, or part of something I have a place on now."""
        if relation is Relation.OWN:
            return Q(in_care_of_id=actor.user_id)
        if relation in {Relation.TEAM, Relation.ASSIGNED, Relation.PROGRAM}:
            return Q(Exists(_part_of_theirs(actor, relation).filter(person=OuterRef("pk"))))
        return Q(pk__in=[])

    @property
    def name(self) -> str:
        """The whole name as it is said: given and family names, or the native script where that is all there is."""
        if isinstance(self.given, Dots) or isinstance(self.native, Dots):
            return str(self.call_me)
        latin = " ".join(part for part in (self.given, self.family, self.family2) if part)
        return str(latin or self.native or self.call_me)

    @property
    def short_name(self) -> str:
        return str(self.call_me or self.name)

    @property
    def native_beside(self) -> str:
        """The name in its own script, where it stands beside a Latin one."""
        return str(self.native) if self.native and self.native != self.name else ""


def scopes_of(actor: Actor, relation: Relation) -> models.QuerySet[Place, UUID]:
    """What the actor has a place on at this moment."""
    return Place.objects.live().filter(user_id=actor.me, relation=relation).values_list("scope", flat=True)


def _part_of_theirs(actor: Actor, relation: Relation) -> models.QuerySet["Involvement"]:
    return Involvement.objects.filter(scope__in=scopes_of(actor, relation), until__isnull=True)


class Involvement(models.Model):
    """A person is part of a campaign, case, program or shift list: only there to decide who may see them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="involvements")
    scope_kind = models.CharField(max_length=20)
    scope = models.UUIDField()
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "scope"], name="involvement_of"),
            models.Index(fields=["scope"], name="involvement_in"),
        ]


class OfPerson(InVault):
    """A row that belongs to a person: sealed under their key, opened as they are."""

    policy_record: ClassVar[str] = "person"
    vault_of = "person"

    class Meta:
        abstract = True


class Phone(OfPerson):
    """A number, and how it is safe to use it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = SealedText(C2, mask="phone", limit=20)
    number_mark = BlindIndex(of="number")
    kind = models.CharField(max_length=10, choices=PhoneKind.choices, default=PhoneKind.MOBILE)
    text_ok = models.BooleanField(default=False)
    voicemail_ok = models.BooleanField(default=False)
    from_hour = models.TimeField(null=True)
    to_hour = models.TimeField(null=True)
    shared_with = SealedText(C2, limit=80)
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("at", "id")


class Email(OfPerson):
    person = models.ForeignKey(Person, models.CASCADE, related_name="emails")
    address = SealedText(C2, mask="email", limit=254)
    address_mark = BlindIndex(of="address")
    shared_with = SealedText(C2, limit=80)
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("at", "id")
