"""What organizing forgets by itself: 180 days after a campaign ended, where people stood and whom they knew.

Contacts stay (they say that somebody was there); their stories go with the person's file. Counts need no names: the
scale and the number of tries remain.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from centro.core import access, clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.core.purge import bury
from centro.organizing.events.state import keep_counts
from centro.organizing.models import (
    Act,
    Assessment,
    Campaign,
    Climb,
    CoachingNote,
    Commitment,
    DayNote,
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
from centro.organizing.receiving import whom_it_is_about
from centro.people import merge
from centro.people.models import Merge, Person
from centro.people.purge import must_keep

KEPT_AFTER_END = timedelta(days=180)
NOTES_KEPT = timedelta(days=90)
WAITING_KEPT = timedelta(days=90)  # a report from a phone at which nobody has looked
# In this order: what points to another comes first. Whether somebody acted tells where they stand, as a value does.
FORGOTTEN: tuple[type[Any], ...] = (
    Assessment,
    Tie,
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
    DayNote,
    Department,
)
AT_ONCE = 200  # rows a transaction: the write lock is never held long


def forget_ended_campaigns(*, by: Actor) -> int:
    """Destroy assessments and ties of campaigns that ended 180 days ago. Safe to run again. Returns how many rows."""
    over = Campaign.objects.filter(ends_on__lt=clock.today() - KEPT_AFTER_END)
    return sum(_forget(by, campaign) for campaign in over)


def _forget(by: Actor, campaign: Campaign) -> int:
    """What may go of one campaign. Whoever a part of the work must keep for now keeps their rows until it is over.

    While there is such a person, what their rows stand on (departments, tests, steps of the ladder) stays too.
    """
    kept: dict[UUID, bool] = {}
    gone = sum(_forget_rows(model, campaign, kept) for model in FORGOTTEN if _columns(model))
    gone += _forget_quiet_ties(by, campaign, kept)
    held = [person for person, is_kept in kept.items() if is_kept]
    if not held:
        gone += sum(_forget_rows(model, campaign, kept) for model in FORGOTTEN if not _columns(model))
    if gone:
        with transaction.atomic():
            standings = Standing.objects.filter(campaign=campaign).exclude(person__in=held)
            standings.update(value=None, basis="", assessed_at=None)
            record_event("campaign.forgotten", by=by, about=campaign)
    return gone


def _columns(model: type[Any]) -> list[str]:
    """The columns of a table that name a person."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is Person]


def _held_among(people: Sequence[UUID | None], kept: dict[UUID, bool]) -> set[UUID]:
    """Those of these people whose file a litigation hold or an open case needs; each is asked about once."""
    for person in people:
        if person is not None and person not in kept:
            kept[person] = must_keep(person)
    return {person for person in people if person is not None and kept[person]}


def _forget_rows(model: type[Any], campaign: Campaign, kept: dict[UUID, bool]) -> int:
    """Delete a table's rows of a campaign a few at a time, but for those about people who must stay."""
    columns, gone, after = _columns(model), 0, UUID(int=0)
    while rows := list(_next_rows(model, campaign, after).values_list("pk", *columns)[:AT_ONCE]):
        free = [pk for pk, *people in rows if not _held_among(people, kept)]
        with transaction.atomic():
            going = model.objects.filter(pk__in=free)
            if model is Commitment:
                keep_counts(going)
            going.delete()
        gone, after = gone + len(free), rows[-1][0]
    return gone


def _next_rows(model: type[Any], campaign: Campaign, after: UUID) -> Any:
    return model.objects.filter(campaign=campaign, pk__gt=after).order_by("pk")


def _forget_quiet_ties(by: Actor, campaign: Campaign, kept: dict[UUID, bool]) -> int:
    """Confidential ties name nobody in clear: their ends are opened here, to leave those of people who must stay."""
    with access.viewing(by), transaction.atomic():
        rows = QuietTie.objects.filter(campaign=campaign).select_related("campaign")
        ends = {row.pk: [UUID(end) for end in str(row.ends).split()] for row in rows}
        free = [pk for pk, both in ends.items() if not _held_among(both, kept)]
        QuietTie.objects.filter(pk__in=free).delete()
    return len(free)


def forget_day_notes(*, by: Actor) -> int:
    """What was noted at the end of a day for whoever leads is gone after ninety days. Returns how many."""
    old = DayNote.objects.filter(day__lt=clock.today() - NOTES_KEPT)
    with transaction.atomic():
        gone = old.delete()[0]
        if gone:
            record_event("contact.day_notes_forgotten", by=by, codes=[f"notes:{gone}"])
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


def forget_waiting_reports(*, by: Actor) -> int:
    """What a phone sent and nobody looked at in ninety days goes, key and all, but for reports about who must stay."""
    old = Report.objects.filter(settled_at__isnull=True, received_at__lt=clock.now() - WAITING_KEPT)
    with access.viewing(by), transaction.atomic():
        free = [report for report in old.select_related("pack") if not _is_about_kept(report)]
        Report.objects.filter(pk__in=[report.pk for report in free]).delete()
        bury(report.vault_id() for report in free)
        if free:
            record_event("contact.reports_forgotten", by=by, codes=[f"reports:{len(free)}"])
    return len(free)


def _is_about_kept(report: Report) -> bool:
    person = whom_it_is_about(report)
    return person is not None and must_keep(person.pk)
