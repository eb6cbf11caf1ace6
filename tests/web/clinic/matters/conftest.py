"""A case in which every guard is met, and matters of it in any state."""

from collections.abc import Callable
from typing import Any

import pytest

from centro.clinic import routes
from centro.clinic.actions import cases
from centro.clinic.choices import AttorneyStatus, CaseState
from centro.clinic.models import ApprovingAttorney, Case, Letter, Matter
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import How, Purpose
from centro.people.models import Person, Phone
from tests.web.clinic.conftest import OpenCase

ACTOR = Callable[[Role], Actor]
Stand = Callable[[str, str], Matter | None]


@pytest.fixture
def ready(actor: ACTOR, cast: dict[Role, User], open_case: OpenCase, cook: Person) -> Case:
    """A case in which every guard is met: cleared, consented, reachable, the employer may be contacted."""
    consent: dict[str, Any] = {"text": "We keep your file.", "text_version": "1", "language": "ko", "how": How.SPOKEN}
    people.give_consent(by=actor(Role.COUNSELLOR), person=cook, purpose=Purpose.KEEP_FILE, expires_on=None, **consent)
    Phone.objects.create(person=cook, number="+12135550123", text_ok=True)
    case = open_case(contact_employer_ok=True, state=CaseState.CLEARED)
    cases.join_team(by=actor(Role.COUNSELLOR), case=case, user=cast[Role.ATTORNEY])
    return case


@pytest.fixture
def stand(ready: Case, actor: ACTOR, cast: dict[Role, User]) -> Stand:
    """Put the case (route “intake”) or a matter of a route into a state, with an attorney who approved the letters."""

    def put(code: str, state: str) -> Matter | None:
        if code == routes.INTAKE:
            Case.objects.filter(pk=ready.pk).update(state=state, closed_at=None)
            ready.state, ready.closed_at = state, None
            cases.record_move(by=actor(Role.COUNSELLOR), case=ready, matter=None, event="clear", to_state="cleared")
            Case.objects.filter(pk=ready.pk).update(state=state)
            ready.state = state
            return None
        matter = Matter.objects.create(case=ready, route=code, state=state, owner=cast[Role.COUNSELLOR])
        supervised = AttorneyStatus.SUPERVISED
        cases.set_attorney(by=actor(Role.ATTORNEY), matter=matter, status=supervised, attorney=cast[Role.ATTORNEY])
        _approve_letters(matter, cast[Role.ATTORNEY])
        return matter

    return put


def _approve_letters(matter: Matter, attorney: User) -> None:
    approver, _ = ApprovingAttorney.objects.get_or_create(
        user=attorney, defaults={"name": "Ana Ruiz", "bar_number": "1", "protocol_on": clock.today()}
    )
    approved = {"state": "approved", "language": "ko", "text_version": "1"}
    kinds = [words["letter"] for words in routes.papers().values() if "letter" in words]
    Letter.objects.bulk_create(
        Letter(case=matter.case, matter=matter, kind=kind, decided_by=approver, decided_at=clock.now(), **approved)
        for kind in kinds
    )
