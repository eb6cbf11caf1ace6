"""Tags: short words of the center's own, put on people to find them together again."""

from typing import ClassVar

from django.db import models

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField
from centro.people.models.person import OfPerson, Person


class Tag(Vault):
    """One word or two. Sealed, because people write names into labels."""

    policy_record: ClassVar[str] = "tag"

    key = VaultKeyField("tag")
    name = SealedText(FieldClass.C2, limit=40)
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("at",)


class Tagging(OfPerson):
    """A tag on a person."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="taggings")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("at",)
        constraints = [models.UniqueConstraint(fields=["person", "tag"], name="tag_once_a_person")]
