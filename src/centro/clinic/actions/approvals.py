"""Who approves papers: named by a manager, and ended."""

from datetime import date

from django.db import transaction

from centro.clinic.models import ApprovingAttorney
from centro.core import clock
from centro.core.audit import record_event
from centro.core.models import User
from centro.core.policy import Actor


@transaction.atomic
def name_approver(
    *, by: Actor, user: User, name: str, bar_number: str, organization: str, protocol_on: date
) -> ApprovingAttorney:
    """An attorney approves papers from the day of the protocol on."""
    row = ApprovingAttorney(
        user=user,
        name=name,
        bar_number=bar_number,
        organization=organization,
        protocol_on=protocol_on,
        added_by_id=by.user_id,
    )
    row.save()
    record_event("approver.named", by=by, about=row)
    return row


@transaction.atomic
def end_approver(*, by: Actor, approver: ApprovingAttorney) -> bool:
    """From today on this attorney approves nothing. False when it ended before."""
    if not ApprovingAttorney.objects.filter(pk=approver.pk, ended_on__isnull=True).update(ended_on=clock.today()):
        return False
    record_event("approver.ended", by=by, about=approver)
    return True
