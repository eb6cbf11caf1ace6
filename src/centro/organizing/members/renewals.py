"""Dues that run out: a task for whoever cares for the member, a text where they agreed, and at last “lapsed”."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.core import actions as core
from centro.core import clock, policy
from centro.core.accounts import roles_of
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing.members.choices import MemberState
from centro.organizing.members.state import GRACE
from centro.organizing.models import Membership
from centro.people.choices import WRITTEN_IN, Channel, Inbox
from centro.people.messages import MayNot, send_message
from centro.people.models import Involvement, Person

AHEAD = timedelta(days=30)
AT_ONCE = 200


def lapse(*, by: Actor) -> int:
    """Members whose dues ran out sixty days ago have lapsed. Safe to run again. Returns how many."""
    over = _active().filter(paid_until__lt=clock.today() - GRACE)[:AT_ONCE]
    return sum(_lapse(by, row) for row in over)


def _active() -> QuerySet[Membership]:
    """Members whose file was not merged into another."""
    return Membership.objects.filter(state=MemberState.ACTIVE, person__merged_into__isnull=True)


@transaction.atomic
def _lapse(by: Actor, row: Membership) -> bool:
    active = Membership.objects.filter(pk=row.pk, state=MemberState.ACTIVE, paid_until=row.paid_until)
    is_new = active.update(state=MemberState.LAPSED, lapsed_on=clock.today()) == 1
    if is_new:
        record_event("member.lapsed", by=by, about=row, person=row.person_id)
    return is_new


def remind(*, by: Actor) -> int:
    """Ask once for each term of dues: by a task, and by a text as soon as one may leave. Returns how many left."""
    today = clock.today()
    due = _active().filter(paid_until__range=(today - GRACE, today + AHEAD))
    unasked = due.exclude(asked_to_renew_for=F("paid_until"), asked_to_renew_for__isnull=False)
    for row in unasked.select_related("person__in_care_of", "witness")[:AT_ONCE]:
        _ask_carer(by, row)
    untexted = due.filter(Q(texted_to_renew_for__isnull=True) | ~Q(texted_to_renew_for=F("paid_until")))
    people = untexted.select_related("person__in_care_of").prefetch_related("person__phones", "person__consents")
    return sum(_text(by, row) for row in people[:AT_ONCE])


@transaction.atomic
def _ask_carer(by: Actor, row: Membership) -> None:
    """A task for whoever cares for them, or who took their pledge."""
    owner = row.person.in_care_of or row.witness
    Membership.objects.filter(pk=row.pk).update(asked_to_renew_for=row.paid_until)
    if owner is not None and row.paid_until is not None:
        due_on = max(clock.today(), row.paid_until - timedelta(days=7))
        with translation.override(owner.language):
            what = _("Talk about renewing the membership")
        core.add_task(by=by, owner=owner, what=what, due_on=due_on, about=row.person)


@transaction.atomic
def _text(by: Actor, row: Membership) -> bool:
    """A text in their language; who gave no consent, or reads none of ours, is asked by a person alone."""
    is_sent = False
    if row.person.language in WRITTEN_IN:
        try:
            words, inbox = _words(row, row.person), _read_by(row.person)
            send_message(by=by, person=row.person, channel=Channel.TEXT, words=words, inbox=inbox)
            is_sent = True
        except MayNot as refusal:
            if refusal.for_now:
                return False
    Membership.objects.filter(pk=row.pk).update(texted_to_renew_for=row.paid_until)
    if is_sent:
        record_event("member.reminded", by=by, about=row, person=row.person_id)
    return is_sent


def _read_by(person: Person) -> Inbox:
    """Answers go to organizing where somebody there sees the member, else to the desk: no answer is read by nobody."""
    part_of = Involvement.objects.filter(person=person, scope_kind="campaign", until__isnull=True)
    carer = person.in_care_of
    reads = carer is not None and any(
        policy.may(Actor(user_id=carer.pk, role=role), "message.see") for role in roles_of(carer)
    )
    return Inbox.ORGANIZING if reads or part_of.exists() else Inbox.DESK


def _words(row: Membership, person: Person) -> str:
    with translation.override(person.language):
        day = formats.date_format(row.paid_until or clock.today(), "DATE_FORMAT")
        said = _(
            "Hello! Your membership at the center is paid until %(day)s. You can renew it when you come by. Thank you!"
        )
        return said % {"day": day}
