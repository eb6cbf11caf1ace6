"""What a lock-down ends of organizing: the copies of lists that phones carry."""

from django.db import transaction

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import Pack


@transaction.atomic
def revoke_every_pack(*, by: Actor) -> int:
    """Every copy on a phone destroys itself at its next contact; reports on their way still arrive. How many."""
    count = Pack.objects.live().update(revoked_at=clock.now())
    if count:
        record_event("assignment.every_pack_revoked", by=by, codes=[f"packs:{count}"])
    return count
