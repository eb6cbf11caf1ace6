"""What a person agreed to."""

from django.db import models
from django.db.models import Q

from centro.core import clock
from centro.core.classes import FieldClass
from centro.core.models import User
from centro.core.vault.fields import SealedText
from centro.people.choices import How, Purpose
from centro.people.models.person import OfPerson, Person

C2 = FieldClass.C2


class Consent(OfPerson):
    """One purpose, in the words that were read out, until it is withdrawn. There is no override."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    text = SealedText(C2, limit=4000)
    text_version = models.CharField(max_length=12)
    language = models.CharField(max_length=3)
    how = models.CharField(max_length=8, choices=How.choices)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)
    expires_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-taken_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_live_per_purpose",
            )
        ]
