"""A case, its matters, and how they moved from state to state."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.clinic import CLINIC
from centro.clinic.choices import AdviceTopic, AttorneyStatus, CaseState, Route
from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import Place, Task, User
from centro.core.policy import EVERY_ROW, Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField

C2, C3 = FieldClass.C2, FieldClass.C3


def places_of(actor: Actor, relation: Relation) -> models.QuerySet[Place]:
    """The places that this actor has by this relation at this moment."""
    return Place.objects.live().filter(user_id=actor.me, relation=relation)


class Case(Vault):
    """What happened between one worker and one employer, and what we do about it."""

    policy_record: ClassVar[str] = "case"

    key = VaultKeyField("case")
    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="cases")
    workplace = models.ForeignKey("people.Workplace", models.SET_NULL, null=True, related_name="cases")
    employer_name = SealedText(C2, limit=200)
    state = models.CharField(max_length=14, choices=CaseState.choices, default=CaseState.NEW)
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=3, default="en")
    needs_interpreter = models.BooleanField(default=False)
    zip = models.CharField(max_length=5, blank=True)
    county = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=6, blank=True)
    story = SealedText(C3, limit=20_000)
    goal = SealedText(C3, limit=2000)
    contact_employer_ok = models.BooleanField(default=False)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="cases")
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-changed_at", "id"], name="case_recent"),
            models.Index(fields=["owner", "-changed_at", "id"], name="case_recent_of"),
            models.Index(fields=["state", "-changed_at", "id"], name="case_recent_in"),
        ]

    def __str__(self) -> str:
        return self.number

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Mine, of a team I am on now, or of the clinic I have a place on now."""
        if relation is Relation.OWN:
            return Q(owner_id=actor.user_id)
        if relation in {Relation.TEAM, Relation.ASSIGNED}:
            return Q(pk__in=places_of(actor, relation).filter(scope_kind="case").values("scope"))
        if relation is Relation.PROGRAM and places_of(actor, relation).filter(scope=CLINIC).exists():
            return EVERY_ROW
        return Q(pk__in=[])

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None


class OfCase(InVault):
    """A row that belongs to a case: sealed under its key, opened as it is."""

    policy_record: ClassVar[str] = "case"
    vault_of = "case"

    class Meta:
        abstract = True


class Matter(OfCase):
    """One legal route of a case. It has one next action, or waits for something until a day."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="matters")
    route = models.CharField(max_length=16, choices=Route.choices)
    topic = models.CharField(max_length=24, choices=AdviceTopic.choices, blank=True)
    state = models.CharField(max_length=24)
    state_since = models.DateTimeField(default=clock.now)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="matters")
    attorney_status = models.CharField(max_length=12, choices=AttorneyStatus.choices, default=AttorneyStatus.NONE)
    attorney = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_restricted = models.BooleanField(default=False)
    next_task = models.OneToOneField(Task, models.SET_NULL, null=True, related_name="matter")
    waiting_for = SealedText(C3, limit=300)
    waiting_until = models.DateField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("opened_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(next_task__isnull=True) | Q(waiting_until__isnull=True), name="matter_acts_or_waits"
            ),
            models.CheckConstraint(
                condition=Q(attorney_status="none") | Q(attorney__isnull=False), name="matter_names_its_attorney"
            ),
        ]
        indexes = [
            models.Index(fields=["closed_at", "route", "state"], name="matter_by_state"),
            models.Index(fields=["owner"], name="matter_restricted", condition=Q(is_restricted=True)),
        ]


class Move(OfCase):
    """A step of a matter (or of the case itself) from one state to another: who, when, and why."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="moves")
    event = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    note = SealedText(C3, limit=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # Where `by` only noted what the attorney of the matter did: which attorney, and on which day.
    attorney = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ("-at", "id")
