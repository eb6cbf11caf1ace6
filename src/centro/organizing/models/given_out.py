"""What left the house under a secret: a copy on a phone, a link that opens without an account."""

from typing import Any, Self

from django.db import models

from centro.core import clock


class GivenOutQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """What works at this moment."""
        return self.filter(revoked_at__isnull=True, ends_at__gt=clock.now())


class GivenOut(models.Model):
    """It works until it ends or somebody revokes it. `mark` is the SHA-256 of its secret, which is kept nowhere."""

    mark = models.BinaryField(max_length=32, unique=True)
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = GivenOutQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.ends_at > clock.now()
