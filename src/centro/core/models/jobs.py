"""When each recurring piece of work last ran."""

from django.db import models


class PeriodRun(models.Model):
    """One line for each period that a module declares: its name, and when it last began."""

    name = models.CharField(primary_key=True, max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
