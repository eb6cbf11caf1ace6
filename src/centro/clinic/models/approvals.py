"""The attorneys who approve what applies the law to somebody's facts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField

C2 = FieldClass.C2


class ApprovingAttorney(Vault):
    """An attorney of the center (staff, volunteer or of a partner organization) who approves papers.

    `protocol_on` is the day of the written protocol under which counsellors prepare papers for this attorney.
    """

    policy_record: ClassVar[str] = "approver"

    key = VaultKeyField("approver")
    user = models.OneToOneField(User, models.PROTECT, related_name="approver")
    name = SealedText(C2, limit=120)
    bar_number = SealedText(C2, limit=20)
    organization = SealedText(C2, limit=200)
    protocol_on = models.DateField()
    ended_on = models.DateField(null=True)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Known to the whole clinic, or to nobody."""
        return Q(pk__in=[])
