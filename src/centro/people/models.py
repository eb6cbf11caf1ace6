"""Tables of people, homes, work, consents and messages. Identity and free text are sealed; codes are clear."""

from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock, inventory
from centro.core.classes import Dots, FieldClass, Relation
from centro.core.models import Place, User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import BlindIndex, InVault, SealedText, Vault, VaultKeyField
from centro.people.choices import (
    LANGUAGE_CHOICES,
    AgeBand,
    Channel,
    How,
    MetThrough,
    PhoneKind,
    Purpose,
    Tenure,
    WorkAs,
)

C1, C2 = FieldClass.C1, FieldClass.C2


class Household(models.Model):
    """People who live as one home. Has no name of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)


class PersonQuerySet(VisibleQuerySet):
    """People; a file that was merged into another is no person of its own any more."""

    def visible_to(self, actor: Actor, verb: str = "see") -> Self:
        return super().visible_to(actor, verb).filter(merged_into__isnull=True)


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
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-changed_at", "id"], name="person_recent")]

    def __str__(self) -> str:
        return str(self.id)

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """What each tie means: in my care, or part of something I have a place on now."""
        if relation is Relation.OWN:
            return Q(in_care_of_id=actor.user_id)
        if relation in {Relation.TEAM, Relation.ASSIGNED, Relation.PROGRAM}:
            return Q(
                Exists(
                    Involvement.objects.filter(
                        person=OuterRef("pk"), scope__in=scopes_of(actor, relation), until__isnull=True
                    )
                )
            )
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
    now = clock.now()
    return Place.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=now), user_id=actor.me, relation=relation, from_at__lte=now
    ).values_list("scope", flat=True)


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

    class Meta:
        ordering = ("at", "id")


class Email(OfPerson):
    person = models.ForeignKey(Person, models.CASCADE, related_name="emails")
    address = SealedText(C2, mask="email", limit=254)
    address_mark = BlindIndex(of="address")
    shared_with = SealedText(C2, limit=80)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at", "id")


class Residency(OfPerson):
    """Where a person lives or lived, from when to when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="residencies")
    street = SealedText(C2, limit=160)
    unit = SealedText(C2, limit=20)
    city = SealedText(C2, limit=60)
    zip = models.CharField(max_length=5, blank=True)
    tenure = models.CharField(max_length=10, choices=Tenure.choices, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ("-from_on", "id")


class Employer(Vault):
    """Who owns and pays: a person or company behind one workplace or several."""

    policy_record: ClassVar[str] = "workplace"

    key = VaultKeyField("employer")
    name = SealedText(C2, limit=120)
    aliases = SealedText(C2, limit=300)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()


class Workplace(Vault):
    """A shop, site or home where people work: the name on its sign, and the name on its checks."""

    policy_record: ClassVar[str] = "workplace"

    key = VaultKeyField("workplace")
    employer = models.ForeignKey(Employer, models.SET_NULL, null=True, related_name="workplaces")
    name = SealedText(C2, limit=120)
    name_on_checks = SealedText(C2, limit=120)
    aliases = SealedText(C2, limit=300)
    street = SealedText(C2, limit=160)
    city = SealedText(C2, limit=60)
    zip = models.CharField(max_length=5, blank=True)
    industry = models.CharField(max_length=6, blank=True)
    jurisdiction = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-changed_at", "id"], name="workplace_recent")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return Q(pk__in=[])


class Employment(OfPerson):
    """A person works or worked somewhere, from when to when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="employments")
    workplace = models.ForeignKey(Workplace, models.PROTECT, related_name="employments")
    job = SealedText(C2, limit=80)
    works_as = models.CharField(max_length=12, choices=WorkAs.choices, default=WorkAs.EMPLOYEE)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ("to_on", "-from_on", "id")


class Consent(OfPerson):
    """One purpose, in the words that were read out, until it is withdrawn. There is no override."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    text = SealedText(C2, limit=4000)
    text_version = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-taken_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_live_per_purpose",
            )
        ]


class NotSame(models.Model):
    """Two people who look alike and are not: somebody looked and said so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="not_same_once")]


class SameAs(models.Model):
    """A pair that may be one person, waiting in the queue of those who see both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="same_as_once")]


class Merge(models.Model):
    """Two files were one person: what moved from `gone` to `kept`, so that it can be undone for thirty days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)


class Message(OfPerson):
    """A message to a person, as it was sent: channel, words, and what became of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="messages")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    to = SealedText(C2, mask="phone", limit=254)
    words = SealedText(C2, limit=1600)
    language = models.CharField(max_length=3)
    sent_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, default="outbox")

    class Meta:
        ordering = ("-at", "id")


class Purge(models.Model):
    """A person's data is to be destroyed: proposed by one, approved by another, done after the notice ran out.

    Outlives the person: it keeps ids, dates and codes, which is what the certificate prints.
    """

    class Basis(models.TextChoices):
        ASKED = "asked", _("The person asked for it")
        RETENTION = "retention", _("Kept long enough")
        MISTAKE = "mistake", _("Recorded by mistake")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person_id = models.UUIDField(db_index=True)
    vault = models.UUIDField(null=True)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    no_dispute_expected = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person_id"],
                condition=Q(done_at__isnull=True, cancelled_at__isnull=True),
                name="purge_once_open",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="purge_needs_two_people",
            ),
        ]


inventory.register(
    {
        "people.person.age_band": "age band code",
        "people.person.language": "language code",
        "people.person.languages": "language codes",
        "people.person.zip": "ZIP code",
        "people.person.met_through": "code",
        "people.involvement.scope_kind": "kind of scope",
        "people.phone.kind": "code",
        "people.residency.zip": "ZIP code",
        "people.residency.tenure": "code",
        "people.workplace.zip": "ZIP code",
        "people.workplace.industry": "NAICS code",
        "people.workplace.jurisdiction": "wage jurisdiction code",
        "people.employment.works_as": "code",
        "people.consent.purpose": "code",
        "people.consent.text_version": "version of the text",
        "people.consent.language": "language code",
        "people.consent.how": "code",
        "people.sameas.why": "code",
        "people.merge.moved": "record ids by table",
        "people.merge.filled": "field names",
        "people.message.channel": "code",
        "people.message.language": "language code",
        "people.message.state": "code",
        "people.purge.basis": "code",
    }
)
