"""Pairs that may be one person, pairs that are not, and files that were merged."""

from uuid import uuid4

from django.db import models

from centro.core import clock
from centro.core.models import User
from centro.people.models.person import Person


class NotSame(models.Model):
    """Two people who look alike and are not: somebody looked and said so."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="not_same_once")]


class SameAs(models.Model):
    """A pair that may be one person, waiting in the queue of those who see both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="same_as_once")]


class Merge(models.Model):
    """Two files were one person: what moved from `gone` to `kept`, so that it can be undone for thirty days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Person, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    filled = models.JSONField(default=list)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)
