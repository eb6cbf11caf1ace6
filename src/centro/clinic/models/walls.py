"""What keeps a case whole when others reach for it: litigation holds, and demands that come from outside."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.clinic import CLINIC
from centro.clinic.models.cases import Case, Matter, OfCase, places_of
from centro.core import clock, inventory
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import EVERY_ROW, Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.people.models import Person

C3 = FieldClass.C3


class Held(models.Model):
    """Nothing is destroyed until somebody lifts it: it beats every timer."""

    reason = SealedText(C3, limit=500)
    placed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    placed_at = models.DateTimeField(default=clock.now)
    reviewed_on = models.DateField(null=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("-placed_at", "id")


class Hold(Held, OfCase):
    """A hold on a case, or for the dispute of one matter of it. A case has one key, so either keeps all of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="holds")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="holds")

    class Meta(Held.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(lifted_at__isnull=True, matter__isnull=True), name="hold_once_a_case"
            ),
            models.UniqueConstraint(fields=["matter"], condition=Q(lifted_at__isnull=True), name="hold_once_a_matter"),
        ]


class PersonHold(Held, InVault):
    """A hold on everything of a person: their file, their intakes, every case they have or will have.

    When two files are merged, each may bring its own.
    """

    policy_record: ClassVar[str] = "person"
    vault_of = "person"

    person = models.ForeignKey(Person, models.CASCADE, related_name="holds")


class DemandKind(models.TextChoices):
    """What somebody came with."""

    SUBPOENA = "subpoena", _("Subpoena")
    COURT_ORDER = "court_order", _("Court order or judicial warrant")
    AGENCY = "agency", _("Letter or administrative warrant of an agency")
    POLICE = "police", _("Question of the police or of federal agents")
    LAWYER = "lawyer", _("Letter of the other side’s lawyer")
    OTHER = "other", pgettext_lazy("demand", "Something else")


class DemandState(models.TextChoices):
    OPEN = "open", pgettext_lazy("demand", "Open")
    ANSWERED = "answered", pgettext_lazy("demand", "Answered by counsel")
    WITHDRAWN = "withdrawn", pgettext_lazy("demand", "Withdrawn or quashed")


class LegalDemand(Vault):
    """A demand for what we hold: what arrived, on whom, until when, for what, and which counsel answers."""

    policy_record: ClassVar[str] = "legal_demand"

    key = VaultKeyField("legal-demand")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, related_name="demands")
    kind = models.CharField(max_length=12, choices=DemandKind.choices)
    what = SealedText(C3, limit=2000)
    served_on = SealedText(C3, limit=120)
    scope = SealedText(C3, limit=2000)
    counsel = SealedText(C3, limit=200)
    arrived_on = models.DateField()
    deadline = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=DemandState.choices, default=DemandState.OPEN)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("state", "deadline", "-at")

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Of the clinic one works in."""
        works_here = relation is Relation.PROGRAM and places_of(actor, relation).filter(scope=CLINIC).exists()
        return EVERY_ROW if works_here else Q(pk__in=[])


inventory.register({"clinic.legaldemand.kind": "code", "clinic.legaldemand.state": "code"})
