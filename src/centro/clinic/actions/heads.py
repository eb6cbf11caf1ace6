"""The head of a case, corrected after it was opened: who the employer is, where it was, what the worker wants."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from centro.clinic.models import Case
from centro.clinic.queries import conflicts, team_of
from centro.core import actions as core
from centro.core import clock
from centro.core import queries as staff
from centro.core.audit import record_event
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.people.versions import save_version

OTHER_SIDE = frozenset({"employer_name", "workplace"})  # what a conflict of interest can hang on


@transaction.atomic
def correct_head(*, by: Actor, case: Case, version: int, details: Mapping[str, Any]) -> bool:
    """Correct what stands at the head of a case. `Conflict` when somebody else saved first; nothing is overwritten.

    Where the employer is another now, the names of both sides are compared again. True when somebody may be ours on
    the other side: an attorney has it as a task, and nobody learns here who it is.
    """
    changed = save_version(case, version, details)
    if not changed:
        return False
    record_event("case.changed", by=by, about=case, person=case.person_id, codes=sorted(changed))
    return bool(OTHER_SIDE & set(changed)) and _compare_again(by, case)


def _compare_again(by: Actor, case: Case) -> bool:
    found = conflicts.compare_case(case)
    is_found = bool(found.worker or found.other)
    codes = ["found" if is_found else "none"]
    record_event("case.conflict_checked", by=by, about=case, person=case.person_id, codes=codes)
    if is_found:
        _ask_attorneys(by, case)
    return is_found


def _ask_attorneys(by: Actor, case: Case) -> None:
    """The attorneys of the team; where there is none, all attorneys of the center."""
    attorneys = staff.staff_by_role(by).get(Role.ATTORNEY, [])
    team = {place.user_id for place in team_of(case)}
    for one in [user for user in attorneys if user.pk in team] or attorneys:
        core.add_task(by=by, owner=one, what=_what(case, one), due_on=clock.today(), about=case)


def _what(case: Case, attorney: User) -> str:
    with translation.override(attorney.language):
        words = gettext("The employer was corrected, and there may be a conflict. Decide whether we may go on.")
    return f"{case.number}: {words}"
