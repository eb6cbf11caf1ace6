"""Tasks and reminders."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass, Relation
from centro.core.models.users import User
from centro.core.policy import Actor, VisibleQuerySet
from centro.core.vault.fields import SealedText, Vault, VaultKeyField


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
