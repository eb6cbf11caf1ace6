"""Papers: documents issued, files brought in, and the ledger of what was destroyed."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models.users import User
from centro.core.vault.fields import SealedText, Vault, VaultKeyField


class Paper(Vault):
    """Something with sealed bytes beside the database, about an owner: sealed under the owner's vault key.

    `klass` is the most secret class of field that its bytes show: who opens that on the owner, opens it.
    """

    policy_record: ClassVar[str] = "document"

    key = VaultKeyField("paper")
    about_kind = models.CharField(max_length=40)
    about = models.UUIDField(db_index=True)
    person = models.UUIDField(null=True, db_index=True)
    klass = models.PositiveSmallIntegerField(default=int(FieldClass.C3))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ("-at", "id")

    def opened_as(self) -> models.Model:
        """The owner, once a query fetched it for an actor: the owner's relation decides what opens here."""
        owner: models.Model = self.__dict__.get("_owner", self)
        return owner

    def belongs_to(self, owner: Any) -> None:
        """Remember the owner as the actor may see it."""
        self.__dict__["_owner"] = owner

    @property
    def short_id(self) -> str:
        return self.pk.hex[:8].upper()

    @property
    def field_class(self) -> FieldClass:
        return FieldClass(self.klass)


class Document(Paper):
    """A printed paper, frozen as it was issued: kind, language, version of the text, and the very bytes."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    text_version = models.CharField(max_length=12)
    digest = SealedText(FieldClass.C2, limit=64)


class Numbers(models.TextChoices):
    """Whether a file shows numbers that must not be seen (social security, A-number, bank card)."""

    ASK = "ask", _("Nobody looked for numbers yet")
    SEEN = "seen", _("Shows a number")
    NONE = "none", _("No number")
    COVERED = "covered", _("A number is covered")
    LEFT = "left", _("May be shown as it is")


class Upload(Paper):
    """A file somebody brought in: its name and SHA-256 sealed, an original or not, a preview or not."""

    kind = models.CharField(max_length=5)
    name = SealedText(FieldClass.C2, limit=200)
    digest = SealedText(FieldClass.C2, limit=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(default=1)
    has_original = models.BooleanField(default=True)
    preview_kind = models.CharField(max_length=5, blank=True)
    is_scanned = models.BooleanField(default=False)
    numbers = models.CharField(max_length=7, choices=Numbers.choices, default=Numbers.ASK)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    @property
    def is_asked_about(self) -> bool:
        """Whether somebody has to look at it before it goes anywhere."""
        return self.numbers in (Numbers.ASK, Numbers.SEEN) and bool(self.preview_kind)


class PurgedVault(models.Model):
    """The purge ledger: vaults that must never open again. A restore shreds them anew."""

    vault = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.vault)
