"""A clinic night: appointments and the queue, rooms, shifts, the hand-over. No word of anybody's story."""

from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.clinic import CLINIC
from centro.clinic.models.cases import Case, places_of
from centro.core import clock, inventory
from centro.core.classes import FieldClass, Relation
from centro.core.models import Place, User
from centro.core.policy import EVERY_ROW, Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField
from centro.people.models import Person

C2 = FieldClass.C2


class VisitKind(models.TextChoices):
    """What somebody comes for, in words that say nothing about their story."""

    INTAKE = "intake", _("First visit")
    FOLLOW_UP = "follow_up", _("Follow-up")
    PAPERS = "papers", _("Papers to sign or bring")
    ATTORNEY = "attorney", _("Talk with an attorney")
    PICK_UP = "pick_up", _("Pick something up")


class VisitState(models.TextChoices):
    BOOKED = "booked", _("Booked")
    ARRIVED = "arrived", _("Waiting")
    WITH_COUNSELLOR = "with", _("With somebody")
    DONE = "done", pgettext_lazy("visit", "Done")
    NO_SHOW = "no_show", _("Did not come")
    CANCELLED = "cancelled", _("Cancelled")


class Station(models.TextChoices):
    """Where in the house somebody is helped."""

    INTAKE = "intake", _("Intake")
    COUNSELLOR = "counsellor", _("Counsellor")
    ATTORNEY = "attorney", _("Attorney")
    PAPERS = "papers", _("Papers and copies")


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first and the last moment of a day at the center."""
    return timezone.make_aware(datetime.combine(day, time.min)), timezone.make_aware(datetime.combine(day, time.max))


HERE = (VisitState.ARRIVED, VisitState.WITH_COUNSELLOR)


class Night(Vault):
    """One clinic, on one day: the scope of its shifts. It ends when somebody closes it."""

    policy_record: ClassVar[str] = "night"

    key = VaultKeyField("night")
    on = models.DateField(unique=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-on",)

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """On its shift now; or working in the clinic."""
        if relation is Relation.ASSIGNED:
            return Q(pk__in=places_of(actor, relation).filter(scope_kind="night").values("scope"))
        if relation is Relation.PROGRAM and places_of(actor, relation).filter(scope=CLINIC).exists():
            return EVERY_ROW
        return Q(pk__in=[])


class HandOver(InVault):
    """A note from one shift to the next, about the house and not about people."""

    policy_record: ClassVar[str] = "night"
    vault_of = "night"

    night = models.ForeignKey(Night, models.CASCADE, related_name="hand_overs")
    words = SealedText(C2, limit=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-at", "id")


class Room(models.Model):
    """A room where people are helped, by the name on its door."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=40, unique=True)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Somebody helps on a clinic night, from an hour to an hour. Its place ends with it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    night = models.ForeignKey(Night, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(User, models.PROTECT, related_name="shifts")
    station = models.CharField(max_length=12, choices=Station.choices, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        ordering = ("from_at", "id")


class Appointment(Vault):
    """Somebody comes, booked or by themselves: how they are called, which language, when, where, with whom.

    The name lies under a key of its own, which dies two days after the visit.
    """

    policy_record: ClassVar[str] = "appointment"

    key = VaultKeyField("appointment")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="appointments")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="appointments")
    call_name = SealedText(C2, limit=60)
    kind = models.CharField(max_length=10, choices=VisitKind.choices, default=VisitKind.INTAKE)
    language = models.CharField(max_length=3, default="en")
    needs_interpreter = models.BooleanField(default=False)
    interpreter = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    with_user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="appointments")
    room = models.ForeignKey(Room, models.SET_NULL, null=True, related_name="appointments")
    starts_at = models.DateTimeField()
    is_walk_in = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=VisitState.choices, default=VisitState.BOOKED)
    station = models.CharField(max_length=12, choices=Station.choices, blank=True)
    arrived_at = models.DateTimeField(null=True)
    seated_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        indexes = [
            models.Index(fields=["starts_at", "state"], name="appointment_by_day"),
            models.Index(fields=["with_user", "starts_at"], name="appointment_with"),
        ]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        """Of the night whose shift I am on now; or of the clinic I work in."""
        if relation is Relation.ASSIGNED:
            days = Night.objects.filter(Night.within(relation, actor)).values_list("on", flat=True)
            return reduce(or_, (Q(starts_at__range=bounds_of(day)) for day in days), Q(pk__in=[]))
        if relation is Relation.PROGRAM and places_of(actor, relation).filter(scope=CLINIC).exists():
            return EVERY_ROW
        return Q(pk__in=[])

    @property
    def is_here(self) -> bool:
        return self.state in HERE


inventory.register(
    {
        "clinic.room.name": "name on the door of a room",
        "clinic.shift.station": "code",
        "clinic.appointment.kind": "code",
        "clinic.appointment.language": "language code",
        "clinic.appointment.state": "code",
        "clinic.appointment.station": "code",
    }
)
