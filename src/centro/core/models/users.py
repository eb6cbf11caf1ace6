"""Who works here: users, the roles they hold, and what they are on."""

from typing import Any, ClassVar, Self
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass, Relation, Role
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser, Vault):
    """A member of staff, a volunteer or a board member. Signs in by a user name that need not be theirs."""

    policy_record: ClassVar[str] = "user"

    key = VaultKeyField("user")
    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = SealedText(FieldClass.C1, limit=120)
    email = SealedText(FieldClass.C1, limit=254)
    language = models.CharField(max_length=2, default="en")
    speaks = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager.from_queryset(VisibleQuerySet)()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.username

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return Q(pk=actor.user_id) if relation is Relation.OWN else Q(pk__in=[])


class HeldQuerySet(models.QuerySet[Any]):
    """Roles and places: held from a moment on, until another or without an end."""

    def not_over(self) -> Self:
        """Those that hold now or will, as far as is known."""
        return self.filter(Q(to_at__isnull=True) | Q(to_at__gt=clock.now()))

    def live(self) -> Self:
        """Those that hold at this moment."""
        return self.not_over().filter(from_at__lte=clock.now())


class RoleGrant(models.Model):
    """A role a user holds: proposed by one officer, in force once another approved it, until it ends."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(null=True)
    to_at = models.DateTimeField(null=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="role_grant_needs_two_people",
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(to_at__isnull=True), name="role_grant_once_open"
            ),
        ]


class Place(models.Model):
    """Who is on what: a case team, campaign, turf, program or shift. Ends on a date, and acts at once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="places")
    scope_kind = models.CharField(max_length=20)
    scope = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_at = models.DateTimeField(default=clock.now)
    to_at = models.DateTimeField(null=True)

    objects = HeldQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "relation", "scope"], name="place_by_user"),
            models.Index(fields=["scope"], name="place_by_scope"),
        ]
