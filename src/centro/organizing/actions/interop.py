"""The record of a campaign leaves the program: who took it, what, and how many rows."""

from django.db import transaction

from centro.core.audit import record_access, record_event
from centro.core.policy import Actor
from centro.organizing.models import Campaign


@transaction.atomic
def note_taken_out(*, by: Actor, campaign: Campaign, what: str, rows: int) -> None:
    """Somebody took a file of a campaign out of the program."""
    record_event("campaign.taken_out", by=by, about=campaign, codes=[what, f"rows:{rows}"])
    record_access("export", by=by, route="organizing:take_osdi", records=[campaign.pk], count=rows)
