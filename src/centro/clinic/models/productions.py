"""What is handed over when a demand has to be answered: chosen by one attorney, released by a second person."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centro.clinic.models.cases import Case, OfCase
from centro.clinic.models.walls import LegalDemand
from centro.core import clock, inventory
from centro.core.models import Document, User


class ProducedKind(models.TextChoices):
    """Kinds of record that can be handed over. The attorney file is none of them."""

    PAPERS = "papers", _("Papers we issued")
    FILES = "files", _("Files the worker brought")
    LOG = "log", _("Service log")
    LEDGER = "ledger", _("Ledger")


class ProductionState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    RELEASED = "released", pgettext_lazy("production", "Released")
    WITHDRAWN = "withdrawn", pgettext_lazy("production", "Withdrawn")


class Production(OfCase):
    """One answer to one demand: which kinds, of which days. Frozen as a paper when it is released."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="productions")
    demand = models.ForeignKey(LegalDemand, models.CASCADE, related_name="productions")
    kinds = models.JSONField(default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    state = models.CharField(max_length=10, choices=ProductionState.choices, default=ProductionState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-proposed_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("proposed_by")),
                name="production_needs_two_people",
            )
        ]


inventory.register({"clinic.production.kinds": "codes", "clinic.production.state": "code"})
