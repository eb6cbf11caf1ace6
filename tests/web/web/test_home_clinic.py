"""Today, for those who work in the clinic: deadlines of their own cases, and tasks that lead to what they are about."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from centro.clinic.actions import cases
from centro.clinic.models import Case, Matter
from centro.core import actions, clock
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import actions as people

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
As = Callable[[Role], Actor]
Cast = dict[Role, User]


@pytest.fixture
def case(actor: As) -> Case:
    """A counsellor's case whose worker was told ten days ago that benefits were denied."""
    by = actor(Role.COUNSELLOR)
    person = people.add_person(by=by, details={"given": "Chung-ho", "family": "Seo", "language": "ko"})
    row = cases.open_case(by=by, person=person, details={"employer_name": "Hanmat House", "topics": ["pay"]})
    mailed = clock.today() - timedelta(days=10)
    cases.note_happening(by=by, case=row, kind="ui_notice_mailed", on=mailed, facts={"benefit": "unemployment"})
    return row


def page(client: Client) -> str:
    return client.get("/").content.decode()


def test_deadlines_stand_on_today_of_whoever_answers_for_the_case(sign_in: SignIn, case: Case) -> None:
    shown = page(sign_in(Role.COUNSELLOR))
    assert "Deadlines in the next 30 days" in shown
    assert case.number in shown
    assert f"/clinic/cases/{case.pk}/clocks/" in shown


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ORGANIZER, Role.MANAGER, Role.ATTORNEY, Role.DIRECTOR])
def test_nobody_else_sees_them(sign_in: SignIn, case: Case, role: Role) -> None:
    shown = page(sign_in(role))
    assert case.number not in shown
    assert "Deadlines in the next 30 days" not in shown


def test_a_task_about_a_case_leads_to_it(sign_in: SignIn, case: Case, actor: As, cast: Cast) -> None:
    for role in (Role.COUNSELLOR, Role.FRONT_DESK):
        actions.add_task(
            by=actor(Role.COUNSELLOR), owner=cast[role], what="call the bank", due_on=clock.today(), about=case
        )
    address = f"/clinic/cases/{case.pk}/"
    shown = page(sign_in(Role.COUNSELLOR))
    assert re.search(f'href="{address}">[^<]*{case.number}', shown)
    assert "call the bank" in page(sign_in(Role.FRONT_DESK))
    assert address not in page(sign_in(Role.FRONT_DESK))


def test_a_task_about_a_matter_leads_to_it(sign_in: SignIn, case: Case, actor: As, cast: Cast) -> None:
    matter = Matter(pk=uuid4(), case=case)
    actions.add_task(
        by=actor(Role.COUNSELLOR), owner=cast[Role.COUNSELLOR], what="file", due_on=clock.today(), about=matter
    )
    assert f'href="/clinic/matters/{matter.pk}/">To the matter' in page(sign_in(Role.COUNSELLOR))
