"""What stays of the money of somebody whose file is destroyed: sums by year and route, so that totals stay true."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.db.models import F

from centro.clinic.models import LedgerEntry, PastYear
from centro.clinic.models.money import EntryKind
from centro.core.audit import record_event
from centro.core.policy import Actor

Group = tuple[int, str, str]  # year, route, kind


@transaction.atomic
def keep_sums(*, by: Actor, person: UUID) -> int:
    """Add the ledger of a person to the sums of past years. Call it in the transaction that deletes their cases.

    What stays names no person, case or day. Returns how many sums changed.
    """
    rows = LedgerEntry.objects.filter(case__person=person, taken_back_at__isnull=True).order_by()
    changes: dict[Group, int] = defaultdict(int)
    paid: dict[int, Group] = {}
    for on, route, kind, change, cents in rows.values_list("on", "matter__route", "kind", "change", "cents"):
        group = (on.year, route or "", kind)
        changes[group] += change
        if kind == EntryKind.RECEIVED and cents > 0:
            paid.setdefault(on.year, group)
    for group, change in changes.items():
        _add(group, change, is_worker=paid.get(group[0]) == group)
    if changes:
        record_event("ledger.sums_kept", by=by, codes=sorted({str(year) for year, _route, _kind in changes}))
    return len(changes)


def _add(group: Group, change: int, *, is_worker: bool) -> None:
    year, route, kind = group
    row, _is_new = PastYear.objects.get_or_create(year=year, route=route, kind=kind)
    more = {"change": F("change") + change, "workers_paid": F("workers_paid") + int(is_worker)}
    PastYear.objects.filter(pk=row.pk).update(**more)
