"""Letters and packets of a case: drafted, approved where an attorney has to, issued, and frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centro.clinic.models.approvals import ApprovingAttorney
from centro.clinic.models.cases import Case, Matter, OfCase
from centro.core import clock, inventory
from centro.core.classes import FieldClass
from centro.core.models import Document, User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3


class LetterState(models.TextChoices):
    """From the first draft to the frozen paper."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for the attorney")
    RETURNED = "returned", _("Returned by the attorney")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")


OPEN_STATES = (LetterState.DRAFT, LetterState.RETURNED)


class Letter(OfCase):
    """A letter (or a whole packet) in English, and its mirror in the worker's language.

    `body` and `mirror` are Markdown with merge fields still in them: wording is edited here, facts only among the
    facts. `filled` holds the values of the fields (JSON by language) from the moment somebody was asked to approve.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="letters")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="letters")
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=LetterState.choices, default=LetterState.DRAFT)
    language = models.CharField(max_length=3)
    text_version = models.CharField(max_length=12)
    body = SealedText(C3, limit=40_000)
    mirror = SealedText(C3, limit=40_000)
    filled = SealedText(C3, limit=400_000)
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(ApprovingAttorney, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = SealedText(C3, limit=1000)
    document = models.OneToOneField(Document, models.SET_NULL, null=True, related_name="+")
    mirror_document = models.OneToOneField(Document, models.SET_NULL, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-written_at", "id")
        indexes = [models.Index(fields=["asked_at"], name="letter_waiting", condition=Q(state="waiting"))]


inventory.register(
    {
        "clinic.letter.kind": "code",
        "clinic.letter.state": "code",
        "clinic.letter.language": "language code",
        "clinic.letter.text_version": "version of the text",
    }
)
