"""What the holder of a receipt may know: where the intake stands, and never what was told."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.choices import OVER, CaseState
from centro.clinic.intake.receipts import mark_of
from centro.clinic.models import Intake

RECEIVED = _("We have it. Somebody looks at it within two working days.")
AT_WORK = _("Somebody is looking at it. We will reach you in the way you chose.")
HELPED = _("Somebody here knows you now. Please ask them, or come by.")
ENDED = _("It is no longer with us. Please come by or call if you need help.")


def status_of(receipt: str) -> str | Promise | None:
    """One sentence about where it stands; None when there is no such receipt. Takes the same time either way."""
    row = Intake.objects.filter(receipt_mark=mark_of(receipt)).only("state", "owner_id", "case_id").first()
    if row is None:
        return None
    if row.case_id is not None:
        return HELPED
    if row.state in OVER:
        return ENDED
    return RECEIVED if row.state == CaseState.NEW and row.owner_id is None else AT_WORK
