"""Answering what waits, and changes of the team of a case."""

from django.db import transaction
from django.utils.translation import gettext as _

from centro.clinic.actions.cases import join_team
from centro.clinic.models import Case, LogLine
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.models import Place, User
from centro.core.policy import Actor


class StillOwner(Exception):
    """Whoever answers for a case or an open matter of it cannot leave its team. The text is for the user."""


@transaction.atomic
def answer_line(*, by: Actor, line: LogLine) -> bool:
    """The worker has our answer. False when somebody answered before."""
    waiting = LogLine.objects.filter(pk=line.pk, is_answer_owed=True, answered_at=None)
    is_done = waiting.update(answered_at=clock.now()) == 1
    if is_done:
        record_event("case.answered", by=by, about=line, person=line.case.person_id)
    return is_done


@transaction.atomic
def leave_team(*, by: Actor, case: Case, place: Place) -> None:
    """Somebody works on this case no more. Whoever answers for it, or for a matter, hands that over first."""
    owns_matter = case.matters.filter(owner=place.user_id, closed_at=None).exists()
    if owns_matter or case.owner_id == place.user_id:
        raise StillOwner(_("They answer for this case or one of its matters. Hand that over first."))
    core.end_place(by=by, place=place)


@transaction.atomic
def hand_over_case(*, by: Actor, case: Case, to: User) -> None:
    """Somebody else answers for the whole case from now on, and is on its team."""
    join_team(by=by, case=case, user=to)
    Case.objects.filter(pk=case.pk).update(owner=to, changed_at=clock.now())
    case.owner = to
    record_event("case.handed_over", by=by, about=case, person=case.person_id)
