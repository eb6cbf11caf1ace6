"""Employers, workplaces, and who works where."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField
from centro.people.choices import (
    WorkAs,
)
from centro.people.models.person import OfPerson, Person

C1, C2 = FieldClass.C1, FieldClass.C2


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
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("to_on", "-from_on", "id")
