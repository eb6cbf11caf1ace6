"""Evidence: what proves something, under a letter that never changes, with the files it consists of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from centro.clinic.models.cases import Case, Matter, OfCase
from centro.core import clock, inventory
from centro.core.classes import FieldClass
from centro.core.models import Upload, User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3


class ExhibitKind(models.TextChoices):
    """What somebody brought."""

    STUB = "stub", _("Pay stub")
    CHECK = "check", _("Check or bank slip")
    SCHEDULE = "schedule", _("Schedule or time sheet")
    MESSAGE = "message", _("Messages")
    PHOTO = "photo", _("Photo of the workplace")
    NOTICE = "notice", _("Letter or notice")
    NOTES = "notes", _("Own notes")
    RECORDING = "recording", _("Recording")
    OTHER = "other", _("Something else")


class Exhibit(OfCase):
    """One piece of evidence: what it is, of when, from whom, and that the worker confirmed it.

    Its letter stays its own: an exhibit that was set aside leaves a gap. It is for the `matters` that are named, or for
    the whole case where none is.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="exhibits")
    matters = models.ManyToManyField(Matter, related_name="exhibits")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=ExhibitKind.choices)
    what = SealedText(C3, limit=300)
    told = SealedText(C3, limit=300)
    from_whom = SealedText(C3, limit=200)
    dated_on = models.DateField(null=True)
    brought_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    set_aside_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="exhibit_letter_once")]

    @property
    def letter(self) -> str:
        """A, B, … Z, AA, AB, …"""
        name, at = "", self.position
        while at:
            at, rest = divmod(at - 1, 26)
            name = chr(ord("A") + rest) + name
        return name


class ExhibitFile(OfCase):
    """One file of an exhibit, in its order."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="exhibit_files")
    exhibit = models.ForeignKey(Exhibit, models.CASCADE, related_name="files")
    upload = models.OneToOneField(Upload, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("position",)


inventory.register({"clinic.exhibit.kind": "code"})
