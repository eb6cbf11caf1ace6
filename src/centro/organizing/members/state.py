"""Where a member stands: made anew from the lines of the ledger, after each of them and after a merge."""

from datetime import date, timedelta

from django.db.models import Max

from centro.core import clock
from centro.organizing.members.choices import MemberState
from centro.organizing.models import DuesEntry, Membership
from centro.people.models import Merge, Person

GRACE = timedelta(days=60)  # dues ran out so long ago before a membership lapses
MOVED_BY_DUES = ("state", "paid_until", "active_on", "lapsed_on")
LINES, LEFT = "organizing.DuesEntry", "organizing.Membership.left"  # in `Merge.moved`: what an undo gives back


def restate(membership: Membership) -> bool:
    """State and last paid day, as the lines say that stand; whoever left has left. True when they are active anew."""
    standing = DuesEntry.objects.filter(membership=membership, reverses__isnull=True, reversed_by__isnull=True)
    was, membership.paid_until = membership.state, standing.aggregate(day=Max("covers_until"))["day"]
    if was != MemberState.LEFT:
        _stand(membership)
    membership.save(update_fields=MOVED_BY_DUES)
    return membership.state == MemberState.ACTIVE and was != MemberState.ACTIVE


def _stand(membership: Membership) -> None:
    until, today = membership.paid_until, clock.today()
    if until is None:
        membership.state = MemberState.PENDING
    elif until >= today - GRACE:
        membership.state, membership.lapsed_on = MemberState.ACTIVE, None
        membership.active_on = membership.active_on or today
    else:
        membership.state, membership.lapsed_on = MemberState.LAPSED, membership.lapsed_on or today


def refresh(person: Person) -> None:
    """After a merge of two members the kept file has the dues of both; after it was undone, each their own again."""
    if person.merged_into_id:
        merge = Merge.objects.filter(gone=person, undone_at__isnull=True).latest("at")
        _join(merge, _of(person), _of(merge.kept))
        return
    for merge in Merge.objects.filter(gone=person, undone_at__isnull=False, moved__has_key=LINES):
        _part(merge, _of(person), _of(merge.kept))


def _of(person: Person) -> Membership | None:
    return Membership.objects.filter(person=person).first()


def _join(merge: Merge, gone: Membership | None, kept: Membership | None) -> None:
    """The lines go over to the kept membership, which begins again if only that one had ended."""
    if gone is None or kept is None:
        return
    lines = DuesEntry.objects.filter(membership=gone)
    merge.moved = {**merge.moved, LINES: [str(pk) for pk in lines.values_list("pk", flat=True)]}
    lines.update(membership=kept)
    if kept.state == MemberState.LEFT and gone.state != MemberState.LEFT:
        merge.moved[LEFT] = [str(kept.left_on or clock.today()), kept.left_why]
        kept.state, kept.left_on, kept.left_why = MemberState.PENDING, None, ""
        kept.save(update_fields=["state", "left_on", "left_why"])
    merge.save(update_fields=["moved"])
    restate(kept)


def _part(merge: Merge, gone: Membership | None, kept: Membership | None) -> None:
    if gone is None or kept is None:
        return
    DuesEntry.objects.filter(membership=kept, pk__in=merge.moved[LINES]).update(membership=gone)
    if left := merge.moved.get(LEFT):
        kept.state, kept.left_on, kept.left_why = MemberState.LEFT, date.fromisoformat(left[0]), left[1]
        kept.save(update_fields=["state", "left_on", "left_why"])
    merge.moved = {name: moved for name, moved in merge.moved.items() if name not in {LINES, LEFT}}
    merge.save(update_fields=["moved"])
    restate(gone)
    restate(kept)
