"""Tables of the ground: users and their roles, places, the two logs, tasks, and small machinery."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass, Relation, Role
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField


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

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(proposed_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
                name="role_grant_needs_two_people",
            ),
            models.UniqueConstraint(fields=["user", "role"], condition=Q(to_at__isnull=True), name="role_grant_once_open"),
        ]


class Place(models.Model):
    """Who is on what: a case team, a campaign, a turf, a program, a shift. Ends on a date, and acts at once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="places")
    scope_kind = models.CharField(max_length=20)
    scope = models.UUIDField()
    relation = models.CharField(max_length=12, choices=Relation.choices)
    from_at = models.DateTimeField(default=clock.now)
    to_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "relation", "scope"], name="place_by_user"), models.Index(fields=["scope"], name="place_by_scope")]


class LogEntry(models.Model):
    """One link of an append-only chain. `mac` covers the link before it and every column of this one."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    by = models.UUIDField(null=True)
    role = models.CharField(max_length=20, blank=True)
    mac = models.BinaryField(max_length=32)

    class Meta:
        abstract = True


class Event(LogEntry):
    """What was done: kind, who, about what, when. Never a value, never free text; `codes` holds field names only."""

    about_kind = models.CharField(max_length=40)
    about = models.UUIDField(null=True)
    person = models.UUIDField(null=True, db_index=True)
    codes = models.JSONField(default=list)


class Access(LogEntry):
    """What was opened, searched, revealed, printed, exported or refused: one row a request."""

    route = models.CharField(max_length=80)
    records = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["by", "kind", "at"], name="access_budget")]


class Once(models.Model):
    """An unsafe form that was already carried out: its second arrival gets the first one's answer."""

    key = models.UUIDField(primary_key=True)
    user = models.UUIDField()
    at = models.DateTimeField(default=clock.now, db_index=True)
    location = models.CharField(max_length=400, blank=True)


class Center(Vault):
    """The center this installation belongs to: its name, colours and rules. One row."""

    policy_record: ClassVar[str] = "setting"

    key = VaultKeyField("center")
    name = models.CharField(max_length=120, default="Centro")
    accent = models.CharField(max_length=7, default="#c2410c")
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)


class TaskQuerySet(VisibleQuerySet):
    def open(self) -> "TaskQuerySet":
        return self.filter(done_at__isnull=True)


class Task(Vault):
    """Something somebody has to do by a day, about something: the only kind of reminder there is."""

    policy_record: ClassVar[str] = "task"

    key = VaultKeyField("task")
    owner = models.ForeignKey(User, models.PROTECT, related_name="tasks")
    set_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    what = SealedText(FieldClass.C2, limit=300)
    due_on = models.DateField(db_index=True)
    about_kind = models.CharField(max_length=40, blank=True)
    about = models.UUIDField(null=True, db_index=True)
    made_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "made_at")
        indexes = [models.Index(fields=["owner", "done_at", "due_on"], name="task_open_by_owner")]

    @staticmethod
    def within(relation: Relation, actor: Actor) -> Q:
        return Q(owner_id=actor.user_id) | Q(set_by_id=actor.user_id) if relation is Relation.OWN else Q(pk__in=[])


class Draft(InVault):
    """What someone was typing when their sign-in ended, kept ten minutes for the same user."""

    policy_record: ClassVar[str] = "user"
    vault_of = "user"

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    route = models.CharField(max_length=200)
    body = SealedText(FieldClass.C2, limit=200_000)
    at = models.DateTimeField(default=clock.now)


class SearchTerm(InVault):
    """Words typed to find someone, kept out of addresses and logs: own user, thirty minutes."""

    policy_record: ClassVar[str] = "user"
    vault_of = "user"

    user = models.ForeignKey(User, models.CASCADE, related_name="search_terms")
    words = SealedText(FieldClass.C1, limit=120)
    at = models.DateTimeField(default=clock.now)
