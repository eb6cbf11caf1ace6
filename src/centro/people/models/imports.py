"""A table that was brought in: its rows, what became of each, and the batch that can be undone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.policy import VisibleQuerySet
from centro.core.vault.fields import InVault, SealedText, Vault, VaultKeyField

C2 = FieldClass.C2


class ImportBatch(Vault):
    """One file of people, from upload to undo. Its rows are sealed and destroyed after 24 hours."""

    policy_record: ClassVar[str] = "import"

    class State(models.TextChoices):
        MAPPING = "mapping", _("Choose columns")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        ADDING = "adding", _("Being added")
        DONE = "done", _("Added")
        UNDONE = "undone", _("Undone")

    key = VaultKeyField("import")
    name = SealedText(C2, limit=200)
    header = SealedText(C2, limit=4000)
    columns = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    adds_alike = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)


class ImportRow(InVault):
    """One line of the file, and what the check found."""

    policy_record: ClassVar[str] = "import"
    vault_of = "batch"

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READY = "ready", _("Ready")
        ALIKE = "alike", _("Maybe already here")
        WRONG = "wrong", _("To correct")
        ADDED = "added", _("Added")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = SealedText(C2, limit=20_000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    person = models.UUIDField(null=True)
    alike = models.UUIDField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "state", "number"], name="import_row_state")]
