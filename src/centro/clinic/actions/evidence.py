"""Evidence brought in, described, confirmed by the worker, or set aside. Nothing of it is ever deleted here."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from centro.clinic.models import Case, Exhibit, ExhibitFile, Matter
from centro.core import clock
from centro.core.audit import record_event
from centro.core.documents.actions import copy_upload, keep_upload
from centro.core.documents.uploads import Examined
from centro.core.models import Upload
from centro.core.policy import Actor
from centro.people.versions import take_version

DESCRIBED = ("kind", "what", "told", "from_whom", "dated_on")


@transaction.atomic
def add_exhibits(
    *,
    by: Actor,
    case: Case,
    files: Sequence[Examined],
    details: Mapping[str, Any],
    matters: Sequence[Matter] = (),
    is_apart: bool = False,
    keeps_original: bool = True,
) -> list[Exhibit]:
    """Keep files as evidence under the next free letter: all as one exhibit, or each as its own (`is_apart`).

    They are for these matters of the case, or for all of it.
    """
    heaps = [[file] for file in files] if is_apart else [list(files)]
    rows = [_add(by, case, heap, details, keeps_original) for heap in heaps]
    for row in rows:
        row.matters.set(matters)
    return rows


@transaction.atomic
def carry_over(*, by: Actor, case: Case, files: Sequence[Upload], details: Mapping[str, Any]) -> Exhibit:
    """Files that were brought in before there was a case are evidence of it now, as one exhibit."""
    copies = [copy_upload(by=by, upload=file, about=case, person=case.person_id) for file in files]
    return _exhibit(by, case, copies, details)


def _add(by: Actor, case: Case, files: Sequence[Examined], details: Mapping[str, Any], keeps_original: bool) -> Exhibit:
    uploads = [
        keep_upload(by=by, about=case, file=file, person=case.person_id, keeps_original=keeps_original)
        for file in files
    ]
    return _exhibit(by, case, uploads, details)


def _exhibit(by: Actor, case: Case, uploads: Sequence[Upload], details: Mapping[str, Any]) -> Exhibit:
    """One exhibit of these files, in this order, under the next free letter."""
    last = case.exhibits.aggregate(last=Max("position"))["last"] or 0
    row = Exhibit(case=case, position=last + 1, brought_by_id=by.user_id, **{name: details[name] for name in DESCRIBED})
    row.save()
    for at, upload in enumerate(uploads, start=1):
        ExhibitFile.objects.create(case=case, exhibit=row, upload=upload, position=at)
    record_event("exhibit.added", by=by, about=row, person=case.person_id, codes=[row.kind])
    return row


@transaction.atomic
def edit_exhibit(
    *,
    by: Actor,
    exhibit: Exhibit,
    version: int,
    details: Mapping[str, Any],
    matters: Mapping[Matter, bool] | None = None,
) -> list[str]:
    """Correct what is known of an exhibit; the worker has to confirm it again. `Conflict` when somebody was first.

    `matters`: for which it is and for which it is not. Of one that is not named here nothing changes, and the worker
    need not be asked about that.
    """
    changed = take_version(exhibit, version, {name: details[name] for name in DESCRIBED})
    if changed:
        exhibit.confirmed_at, exhibit.confirmed_by = None, None
        exhibit.save(update_fields=[*changed, "confirmed_at", "confirmed_by"])
    if _tie(exhibit, matters or {}):
        changed.append("matters")
    if changed:
        record_event("exhibit.edited", by=by, about=exhibit, person=exhibit.case.person_id, codes=changed)
    return changed


def _tie(exhibit: Exhibit, matters: Mapping[Matter, bool]) -> bool:
    """Whether it is for other matters now than before."""
    before = set(exhibit.matters.all())
    exhibit.matters.add(*(matter for matter, is_for in matters.items() if is_for))
    exhibit.matters.remove(*(matter for matter, is_for in matters.items() if not is_for))
    return before != set(exhibit.matters.all())


@transaction.atomic
def confirm_exhibit(*, by: Actor, exhibit: Exhibit) -> bool:
    """The worker says what it is, and that it is theirs to show. False when it was confirmed before."""
    waiting = Exhibit.objects.filter(pk=exhibit.pk, confirmed_at__isnull=True, set_aside_at__isnull=True)
    if not waiting.update(confirmed_at=clock.now(), confirmed_by=by.user_id):
        return False
    record_event("exhibit.confirmed", by=by, about=exhibit, person=exhibit.case.person_id)
    return True


@transaction.atomic
def set_aside_exhibit(*, by: Actor, exhibit: Exhibit) -> bool:
    """It no longer counts as evidence; its letter is not given again, its files stay sealed."""
    if not Exhibit.objects.filter(pk=exhibit.pk, set_aside_at__isnull=True).update(set_aside_at=clock.now()):
        return False
    record_event("exhibit.set_aside", by=by, about=exhibit, person=exhibit.case.person_id)
    return True
