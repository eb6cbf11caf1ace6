"""What the worker said, one thing a row, and whether they confirmed it in their own language."""

from django.db import models

from centro.clinic.models.cases import Case, OfCase
from centro.core import clock, inventory
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.vault.fields import SealedText

C3 = FieldClass.C3


class Fact(OfCase):
    """One thing that a paper may say. `what` is a name of the vocabulary (papers/fields.yaml).

    `value` is what an English paper prints; `told` is the same in the worker's language where it is words (a name,
    a day or an amount is the same in both). A fact that was changed has to be confirmed again.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="facts")
    what = models.CharField(max_length=40)
    value = SealedText(C3, limit=4000)
    told = SealedText(C3, limit=4000)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_in = models.CharField(max_length=3, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "what"], name="fact_once_a_case")]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


inventory.register(
    {
        "clinic.fact.what": "code: which fact, never what it says",
        "clinic.fact.confirmed_in": "language code",
    }
)
