"""Papers for the hand: what several modules hold about a person, for the person alone, destroyed after a day."""

from datetime import timedelta

from django.db import transaction

from centro.core import clock
from centro.core.documents.kinds import kinds_for_hand
from centro.core.models import Document
from centro.core.purge import bury

KEPT = timedelta(hours=24)


@transaction.atomic
def forget_handed_over() -> int:
    """Destroy such papers a day after they were printed, keys first. Safe to run twice; returns how many."""
    old = Document.objects.filter(kind__in=kinds_for_hand(), at__lt=clock.now() - KEPT)
    keys = list(old.values_list("key", flat=True)[:200])
    bury(keys)
    return len(keys)
