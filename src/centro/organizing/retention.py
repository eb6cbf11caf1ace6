"""What organizing forgets by itself: 180 days after a campaign ended, where people stood and whom they knew.

Contacts stay (they say that somebody was there); their stories go with the person's file. Counts need no names: the
scale and the number of tries remain.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from centro.core import access, clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.models import (
    Act,
    Assessment,
    Campaign,
    Climb,
    CoachingNote,
    Commitment,
    Department,
    Following,
    LadderStep,
    LeaderLink,
    Post,
    QuietTie,
    Report,
    Search,
    Standing,
    StructureTest,
    Tie,
)
from centro.people import merge
from centro.people.models import Merge, Person

KEPT_AFTER_END = timedelta(days=180)
# In this order: what points to another comes first. Whether somebody acted tells where they stand, as a value does.
FORGOTTEN: tuple[type[Any], ...] = (
    Assessment,
    Tie,
    QuietTie,
    Act,
    StructureTest,
    Climb,
    LadderStep,
    CoachingNote,
    Following,
    LeaderLink,
    Search,
    Post,
    Commitment,
    Department,
)
AT_ONCE = 200  # rows a transaction: the write lock is never held long


def forget_ended_campaigns(*, by: Actor) -> int:
    """Destroy assessments and ties of campaigns that ended 180 days ago. Safe to run again. Returns how many rows."""
    over = Campaign.objects.filter(ends_on__lt=clock.today() - KEPT_AFTER_END)
    return sum(_forget(by, campaign) for campaign in over)


def _forget(by: Actor, campaign: Campaign) -> int:
    gone = 0
    for model in FORGOTTEN:
        while ids := list(model.objects.filter(campaign=campaign).values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                model.objects.filter(pk__in=ids).delete()
            gone += len(ids)
    if gone:
        with transaction.atomic():
            Standing.objects.filter(campaign=campaign).update(value=None, basis="", assessed_at=None)
            record_event("campaign.forgotten", by=by, about=campaign)
    return gone


def drop_broken_ties(*, by: Actor) -> int:
    """A confidential tie one end of which is no person any more goes too: no key column could do it.

    An end whose file was merged away becomes the file that was kept, on the last day on which the merge can be undone.
    """
    nearly_done = clock.now() - merge.UNDO_FOR + timedelta(days=1)
    merged = Merge.objects.filter(undone_at__isnull=True, at__lte=nearly_done)
    kept = dict(merged.values_list("gone_id", "kept_id"))
    broken = []
    with access.viewing(by), transaction.atomic():
        for tie in QuietTie.objects.select_related("campaign"):
            ends = [UUID(end) for end in str(tie.ends).split()]
            now = [kept.get(end, end) for end in ends]
            if Person.objects.filter(pk__in=now).count() < len(now):
                broken.append(tie.pk)
            elif now != ends:
                tie.ends = " ".join(str(end) for end in now)
                tie.save(update_fields=["ends"])
        QuietTie.objects.filter(pk__in=broken).delete()
    return len(broken)


def forget_settled_reports(*, by: Actor) -> int:
    """What a phone sent and somebody looked at leaves no trace after 30 days, when its token is dead too."""
    over = Report.objects.filter(settled_at__lt=clock.now() - timedelta(days=30))
    with transaction.atomic():
        return over.delete()[0]
