"""Writes of the conflict check: names compared, and what an attorney decided where something was found."""

from django.db import transaction

from centro.clinic.actions import intake as intakes
from centro.clinic.choices import CaseState
from centro.clinic.models import ConflictCheck, Intake
from centro.clinic.queries import conflicts as reads
from centro.clinic.queries import intake as intake_reads
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor


@transaction.atomic
def check_conflict(*, by: Actor, intake: Intake) -> ConflictCheck:
    """Compare the names. Nothing found: cleared. Something found: an attorney decides, and nobody sees what it was."""
    found = reads.compare(intake, intake_reads.answers_of(intake))
    check = ConflictCheck(
        intake=intake,
        worker_hits=list(found.worker),
        other_hits=list(found.other),
        matched="\n".join(found.matched),
        by_id=by.user_id,
        is_cleared=None if found.worker or found.other else True,
    )
    check.save()
    if intake.state == CaseState.NEW:
        intakes.move(by=by, intake=intake, event="triage")
    intakes.move(by=by, intake=intake, event="find_conflict" if check.found_something else "clear")
    _go_on_with_consent(by, intake)
    record_event("intake.conflict_checked", by=by, about=intake, codes=["found" if check.found_something else "none"])
    return check


def _go_on_with_consent(by: Actor, intake: Intake) -> None:
    """Somebody whose file is kept already goes on to the interview."""
    if intake.state == CaseState.CLEARED and intake.person_id is not None:
        intakes.move(by=by, intake=intake, event="start_interview")


@transaction.atomic
def decide_conflict(*, by: Actor, intake: Intake, check: ConflictCheck, may_go_on: bool, reason: str) -> bool:
    """An attorney says whether we may help. If not, the worker is referred with the letter of their deadlines."""
    open_check = ConflictCheck.objects.filter(pk=check.pk, is_cleared=None)
    if not open_check.update(is_cleared=may_go_on, decided_by_id=by.me, decided_at=clock.now()):
        return False
    check.reason = reason
    check.save(update_fields=["reason"])
    intakes.move(by=by, intake=intake, event="clear_conflict" if may_go_on else "refer_conflict")
    _go_on_with_consent(by, intake)
    record_event("intake.conflict_decided", by=by, about=intake, codes=["cleared" if may_go_on else "referred"])
    return True
