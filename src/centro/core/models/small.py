"""Small machinery: forms done once, the center itself, drafts and search terms."""

from typing import ClassVar

from django.db import models

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models.users import User
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField


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
