"""Buildings, and who lives or lived in which unit of them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from centro.core import policy
from centro.core.classes import FieldClass, Relation
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import BlindIndex, SealedText, Vault, VaultKeyField
from centro.people.choices import Tenure
from centro.people.models.person import OfPerson, Person

C2 = FieldClass.C2


class Building(Vault):
    """One address where people live, a house or a hundred units: shared by all who live there, known through them."""

    policy_record: ClassVar[str] = "person"

    key = VaultKeyField("building")
    street = SealedText(C2, limit=160)
    city = SealedText(C2, limit=60)
    zip = models.CharField(max_length=5, blank=True)
    folded_mark = BlindIndex(of="folded")  # of the address as `addresses.fold_address` has it, kept nowhere else
    folded: str

    objects = VisibleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folded_mark"], name="building_once")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """A building is seen by whoever sees somebody who lives or lived in it."""
        theirs = Person.objects.filter(Person.within(relation, actor), merged_into__isnull=True)
        return Q(Exists(Residency.objects.filter(building=OuterRef("pk"), person__in=theirs)))


def _of_building(name: str) -> property:
    """A part of an address: as it was typed just now, or as the building has it and this person may be seen."""

    def read(row: "Residency") -> Any:
        return row.typed[name] if name in row.typed else getattr(row.seen_building(), name, "")

    def write(row: "Residency", value: str) -> None:
        row.typed[name] = value

    return property(read, write)


class HomeManager(models.Manager["Residency"]):
    """An address is never read without its building."""

    def get_queryset(self) -> models.QuerySet["Residency"]:
        return super().get_queryset().select_related("building")


class Residency(OfPerson):
    """A person lives or lived in a unit of a building, from when to when.

    A street, city or ZIP that is set here waits in `typed` until `homes.settle` finds the building of that address.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="residencies")
    building = models.ForeignKey(Building, models.PROTECT, related_name="residencies")
    unit = SealedText(C2, limit=20)
    tenure = models.CharField(max_length=10, choices=Tenure.choices, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    street = _of_building("street")
    city = _of_building("city")
    zip = _of_building("zip")

    objects = HomeManager()

    class Meta:
        ordering = ("-from_on", "id")

    @property
    def typed(self) -> dict[str, str]:
        typed: dict[str, str] = self.__dict__.setdefault("_typed", {})
        return typed

    def seen_building(self) -> Building | None:
        """The building, opened as this person is; none before it is settled."""
        if self.building_id is None:
            return None
        building: Building = policy.opens_all(self.building, Relation(policy.relation_to(self)))
        return building
