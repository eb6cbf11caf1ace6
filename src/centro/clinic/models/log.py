"""The service log, and the attorney file under its own key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.clinic.choices import LogKind
from centro.clinic.models.cases import Case, Matter, OfCase
from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField

C3, C4 = FieldClass.C3, FieldClass.C4


class LogLine(OfCase):
    """One thing done for the worker, or one message of theirs that waits for our answer."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="log")
    matter = models.ForeignKey(Matter, models.SET_NULL, null=True, related_name="log")
    kind = models.CharField(max_length=12, choices=LogKind.choices)
    at = models.DateTimeField(default=clock.now)
    minutes = models.PositiveSmallIntegerField(null=True)
    words = SealedText(C3, limit=4000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    is_answer_owed = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "id")
        indexes = [
            models.Index(fields=["at"], name="answer_owed", condition=Q(is_answer_owed=True, answered_at__isnull=True))
        ]


class AttorneyFile(Vault):
    """What only the attorneys on the team of a case may read. It is in no search, export or report."""

    policy_record: ClassVar[str] = "attorney_file"

    key = VaultKeyField("attorney-file")
    case = models.OneToOneField(Case, models.CASCADE, related_name="attorney_file")
    opened_at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """As the case is mine or my team's."""
        return Q(case__in=Case.objects.filter(Case.within(relation, actor)))


class AttorneyNote(InVault):
    """One note of the attorney file."""

    policy_record: ClassVar[str] = "attorney_file"
    vault_of = "file"

    file = models.ForeignKey(AttorneyFile, models.CASCADE, related_name="notes")
    words = SealedText(C4, limit=20_000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "id")
