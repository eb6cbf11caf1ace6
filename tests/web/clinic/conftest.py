"""Cases for the tests of the clinic: a cook who was not paid, and whoever works on the case."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from centro.clinic.actions import approvals, cases, facts
from centro.clinic.choices import AttorneyStatus, Route
from centro.clinic.models import Case, Matter
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import User
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import How, Purpose
from centro.people.models import Person

OpenCase = Callable[..., Case]
OpenMatter = Callable[..., Matter]
Tell = Callable[..., None]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
# What papers need most: in English, and in the worker's language where it is words.
SAID = {
    "worker_name": ("Chung-ho Seo", ""),
    "employer_name": ("Hanmat House", ""),
    "job_title": ("cook", "조리사"),
    "first_day": ("2022-03-07", ""),
    "send_to": ("PO Box 12, Los Angeles", ""),
}


@pytest.fixture
def cook(actor: Callable[[Role], Actor]) -> Person:
    """A worker whom the counsellor knows."""
    details = {"given": "Chung-ho", "family": "Seo", "native": "서충호", "language": "ko"}
    return people.add_person(by=actor(Role.COUNSELLOR), details=details)


@pytest.fixture
def open_case(actor: Callable[[Role], Actor], cook: Person) -> OpenCase:
    """A case of the cook, opened by the counsellor (or `role`): `open_case(employer_name="…")`."""

    def open_one(*, role: Role = Role.COUNSELLOR, person: Person | None = None, **details: Any) -> Case:
        known = {"employer_name": "Hanmat House", "topics": ["pay"], "language": "ko", **details}
        return cases.open_case(by=actor(role), person=person or cook, details=known)

    return open_one


@pytest.fixture
def open_matter(actor: Callable[[Role], Actor], open_case: OpenCase) -> OpenMatter:
    """A matter of a case (a new one if none is given): `open_matter(Route.WAGE_CLAIM)`."""

    def open_one(route: Route = Route.WAGE_CLAIM, *, case: Case | None = None, state: str = "") -> Matter:
        return cases.open_matter(by=actor(Role.COUNSELLOR), case=case or open_case(), route=route, state=state)

    return open_one


@pytest.fixture
def attorney_joins(actor: Callable[[Role], Actor], cast: dict[Role, User]) -> Callable[[Case], Actor]:
    """Put the attorney on the team of a case; gives them as an actor."""

    def join(case: Case) -> Actor:
        cases.join_team(by=actor(Role.COUNSELLOR), case=case, user=cast[Role.ATTORNEY])
        return actor(Role.ATTORNEY)

    return join


@pytest.fixture
def tell(actor: Callable[[Role], Actor], seen_by: SeenBy) -> Tell:
    """Write down facts and let the worker confirm them: `tell(case, job_title=("cook", "조리사"))`."""

    def write(case: Case, *, confirmed: bool = True, **said: tuple[str, str]) -> None:
        by = actor(Role.COUNSELLOR)
        with seen_by(Role.COUNSELLOR):
            for code, (value, told) in said.items():
                fact = facts.tell_fact(by=by, case=case, code=code, value=value, told=told)
                if confirmed:
                    facts.confirm_fact(by=by, fact=fact, language="ko", version=fact.version)

    return write


def agree(by: Actor, person: Person, purpose: Purpose) -> None:
    """The worker said yes to one purpose."""
    words = {"text": "As on the sheet", "text_version": "2026-11-23", "language": "ko", "how": How.SPOKEN}
    people.give_consent(by=by, person=person, purpose=purpose, **words)


@pytest.fixture
def supervised(
    open_matter: OpenMatter, actor: Callable[[Role], Actor], cast: dict[Role, User], seen_by: SeenBy
) -> Matter:
    """A wage claim that an approving attorney stands behind."""
    matter = open_matter(Route.WAGE_CLAIM)
    agree(actor(Role.COUNSELLOR), matter.case.person, Purpose.ATTORNEY)
    with seen_by(Role.MANAGER):
        approvals.name_approver(
            by=actor(Role.MANAGER),
            user=cast[Role.ATTORNEY],
            name="Ada Park",
            bar_number="123456",
            organization="",
            protocol_on=clock.today(),
        )
        cases.set_attorney(
            by=actor(Role.MANAGER), matter=matter, status=AttorneyStatus.SUPERVISED, attorney=cast[Role.ATTORNEY]
        )
    return matter
