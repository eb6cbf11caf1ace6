"""The two append-only logs."""

from django.db import models


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
    """What was done: kind, who, about what, when. Never a value or free text; `codes` holds field names."""

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
