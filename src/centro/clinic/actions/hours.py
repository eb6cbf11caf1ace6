"""Telling hours and pay, undoing, keeping a claim, and settling unsettled law."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction

from centro.clinic import claiming
from centro.clinic.calendar.model import Calendar
from centro.clinic.models import Case, ClaimVersion, HoursVersion, SettledLaw
from centro.clinic.queries import hours as queries
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people.versions import Conflict

Change = Callable[[Calendar], Calendar]


@transaction.atomic
def change_hours(*, by: Actor, case: Case, version: int, what: str, change: Change) -> HoursVersion:
    """Tell something new of the hours or the pay; the claim follows in the same step.

    `version` is the one the page showed. `Conflict` when a colleague has changed the calendar since; both stay.
    """
    head = _head(case, version)
    before = queries.calendar_of(head) if head else Calendar()
    after = change(before)
    if head is not None and after == before:
        return head
    row = _add(by, case, head, after, what, back_to=version, forward_to=None)
    record_event("hours.changed", by=by, about=row, person=case.person_id, codes=[what])
    return row


@transaction.atomic
def undo_hours(*, by: Actor, case: Case, version: int) -> HoursVersion | None:
    """Take the last change back. It stays among the versions, and redo brings it again. None: nothing to undo."""
    head = _head(case, version)
    if head is None or head.back_to is None:
        return None
    earlier = queries.version_of_hours(case, head.back_to)
    calendar = queries.calendar_of(earlier) if earlier else Calendar()
    back_to = earlier.back_to if earlier else None
    row = _add(by, case, head, calendar, "undo", back_to=back_to, forward_to=head.number)
    record_event("hours.undone", by=by, about=row, person=case.person_id)
    return row


@transaction.atomic
def redo_hours(*, by: Actor, case: Case, version: int) -> HoursVersion | None:
    """Bring back what was undone last. None: nothing to bring back."""
    head = _head(case, version)
    later = queries.version_of_hours(case, head.forward_to) if head and head.forward_to else None
    if head is None or later is None:
        return None
    row = _add(by, case, head, queries.calendar_of(later), "redo", back_to=head.number, forward_to=later.forward_to)
    record_event("hours.redone", by=by, about=row, person=case.person_id)
    return row


def _head(case: Case, version: int) -> HoursVersion | None:
    """The newest version, if it is the one the page showed."""
    head = queries.newest_hours(case)
    if (head.number if head else 0) != version:
        raise Conflict(head)
    return head


def _add(
    by: Actor,
    case: Case,
    head: HoursVersion | None,
    calendar: Calendar,
    what: str,
    *,
    back_to: int | None,
    forward_to: int | None,
) -> HoursVersion:
    document = calendar.as_document()
    document.pop("switches", None)  # they are the attorney's, and no undo touches them
    row = HoursVersion(
        case=case,
        number=head.number + 1 if head else 1,
        document=claiming.written(document),
        what=what,
        back_to=back_to,
        forward_to=forward_to,
        by_id=by.user_id,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Conflict(queries.newest_hours(case)) from error
    _follow(by, case)
    return row


def _follow(by: Actor, case: Case) -> ClaimVersion | None:
    """The working claim of a case, computed anew. Where the facts cannot be computed, the last one stays as it was."""
    hours, today = queries.hours_of(case), clock.today()
    outcome = claiming.compute(hours.calendar, today)
    if outcome.claim is None or outcome.case_file is None:
        return None
    result = claiming.short_of(outcome.claim)
    latest = case.claims.order_by("-number").first()
    is_working = latest is not None and latest.kept_at is None
    row = latest if latest is not None and is_working else ClaimVersion(case=case, number=1)
    if latest is not None and not is_working:
        row.number = latest.number + 1
    row.case = case
    details: dict[str, Any] = {
        "hours_number": hours.version,
        "case_file": claiming.written(outcome.case_file),
        "result": claiming.written(result),
        "law_version": outcome.claim.law_version,
        "computed_on": today,
        "total_cents": outcome.total,
        "barred_cents": sum(barred for _, _, barred in result["items"]),
        "expiring": result["expiring"],
        "at_risk_cents": claiming.at_risk(result["expiring"], today),
        "at_risk_month": claiming.month_of(today),
        "by_id": by.user_id,
        "at": clock.now(),
    }
    for name, value in details.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def keep_claim(*, by: Actor, case: Case, why: str = "kept") -> ClaimVersion | None:
    """Compute the claim as of today and keep it: a paper rests on it, or somebody wants to compare later.

    None where the facts cannot be computed. Kept twice on the same facts and day, it is one.
    """
    latest = case.claims.order_by("-number").first()
    hours = queries.hours_of(case)
    if latest is not None and latest.kept_at and latest.hours_number == hours.version:
        same = claiming.compute(hours.calendar, clock.today())
        latest.case = case
        if same.case_file is not None and queries.case_file_of(latest) == same.case_file:
            return latest
    row = _follow(by, case)
    if row is None:
        return None
    row.kept_at, row.kept_for = clock.now(), why
    row.save(update_fields=["kept_at", "kept_for"])
    record_event("claim.kept", by=by, about=row, person=case.person_id, codes=[why])
    return row


@transaction.atomic
def settle_law(*, by: Actor, case: Case, switch: str, setting: bool | None, reason: str) -> SettledLaw | None:
    """An attorney settles a question of unsettled law for this case, with the reason. None: back to the default."""
    case.settled_law.filter(switch=switch, ended_at__isnull=True).update(ended_at=clock.now())
    row = None
    if setting is not None:
        row = SettledLaw(case=case, switch=switch, setting=setting, reason=reason, by_id=by.me)
        row.save()
    record_event("law.settled", by=by, about=row or case, person=case.person_id, codes=[switch])
    _follow(by, case)
    return row


@transaction.atomic
def count_melting_money(*, by: Actor) -> int:
    """A new month has begun: what expires in it and the next is counted again for every claim."""
    today, count = clock.today(), 0
    for row in queries.all_claims_of_another_month().only("expiring")[:2000]:
        cents = claiming.at_risk(row.expiring, today)
        count += ClaimVersion.objects.filter(pk=row.pk).update(
            at_risk_cents=cents, at_risk_month=claiming.month_of(today)
        )
    return count
