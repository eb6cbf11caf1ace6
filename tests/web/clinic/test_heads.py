"""The head of a case, corrected after it was opened: by its team, version by version, with the names compared again."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.urls import reverse

from centro.clinic.models import Case
from centro.core.classes import Role
from centro.core.models import Event, Task
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.models import Person, Workplace
from tests.web.clinic.conftest import OpenCase
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
ACTOR = Callable[[Role], Actor]
SeenBy = Callable[[Role], AbstractContextManager[Any]]
TYPED = {
    "employer_name": "Hanmat House",
    "topics": ["pay"],
    "language": "ko",
    "county": "los-angeles",
    "zip": "90005",
    "industry": "7225",
    "story": "No rest all week",
    "goal": "The overtime",
}


def correct(client: Any, case: Case, version: int = 1, **typed: Any) -> Any:
    return client.post(reverse("clinic:correct_head", args=[case.pk]), {**TYPED, "version": version, **typed})


def test_the_team_corrects_the_head(sign_in: SignIn, open_case: OpenCase, seen_by: SeenBy) -> None:
    case = open_case()
    answer = correct(sign_in(Role.COUNSELLOR), case, contact_employer_ok="on", workplace_name="Hanmat House")
    assert answer.url == reverse("clinic:case", args=[case.pk])
    row = Case.objects.get()
    assert (row.zip, row.county, row.industry, row.contact_employer_ok) == ("90005", "los-angeles", "7225", True)
    assert row.workplace == Workplace.objects.get()
    assert row.version == 2
    event = Event.objects.get(kind="case.changed", about=case.pk)
    assert {"zip", "workplace", "contact_employer_ok"} <= set(event.codes)
    assert "employer_name" not in event.codes


def test_nothing_changed_writes_nothing(sign_in: SignIn, open_case: OpenCase) -> None:
    case = open_case()
    correct(sign_in(Role.COUNSELLOR), case)
    correct(sign_in(Role.COUNSELLOR), case, version=2)
    assert Event.objects.filter(kind="case.changed").count() == 1


def test_who_saves_second_sees_both(sign_in: SignIn, open_case: OpenCase) -> None:
    case = open_case()
    client = sign_in(Role.COUNSELLOR)
    correct(client, case, topics=["pay", "fired"])
    answer = correct(client, case, employer_name="Hanmat Express LLC")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hanmat Express LLC" in page
    assert "Pay, Lost the job" in page
    assert 'name="version" value="2"' in page
    assert correct(client, case, version=2, employer_name="Hanmat Express LLC").status_code == 302


def test_bad_input_stays_on_the_form(sign_in: SignIn, open_case: OpenCase) -> None:
    case = open_case()
    for typed in ({"employer_name": "---"}, {"zip": "900"}, {"topics": []}, {"story": "His number is 123-45-6789"}):
        answer = correct(sign_in(Role.COUNSELLOR), case, **{"goal": "Keep this", **typed})
        assert answer.status_code == 422, typed
        assert "Keep this" in answer.content.decode()
    assert Case.objects.get().version == 1


@pytest.mark.parametrize("role", [Role.ATTORNEY, Role.FRONT_DESK, Role.ORGANIZER, Role.VOLUNTEER])
def test_others_find_no_such_page(sign_in: SignIn, open_case: OpenCase, role: Role) -> None:
    case = open_case()
    assert sign_in(role).get(reverse("clinic:correct_head", args=[case.pk])).status_code == 404
    assert correct(sign_in(role), case).status_code == 404


@pytest.fixture
def client_who_owns_a_shop(open_case: OpenCase, actor: ACTOR, seen_by: SeenBy) -> Person:
    """Somebody we help, who also owns the shop “Golden Spoon”."""
    by = actor(Role.COUNSELLOR)
    owner = people.add_person(by=by, details={"given": "Dolores", "family": "Iglesias", "language": "es"})
    with seen_by(Role.COUNSELLOR):
        people.add_workplace(by=by, details={"name": "Golden Spoon", "owner": "Dolores Iglesias"})
    open_case(person=owner, employer_name="Somebody else", language="es")
    return owner


def test_another_employer_is_compared_again(
    sign_in: SignIn, open_case: OpenCase, client_who_owns_a_shop: Person, cast: Any
) -> None:
    case = open_case()
    answer = sign_in(Role.COUNSELLOR).post(
        reverse("clinic:correct_head", args=[case.pk]),
        {**TYPED, "version": 1, "employer_name": "Golden Spoon"},
        follow=True,
    )
    page = answer.content.decode()
    assert "There may be a conflict" in page
    assert "Iglesias" not in page
    assert Event.objects.get(kind="case.conflict_checked", about=case.pk).codes == ["found"]
    task = Task.objects.get(owner=cast[Role.ATTORNEY])
    assert task.about == case.pk


def test_the_same_employer_is_not_compared(
    sign_in: SignIn, open_case: OpenCase, client_who_owns_a_shop: Person
) -> None:
    correct(sign_in(Role.COUNSELLOR), open_case(employer_name="Hanmat House"), goal="More")
    assert not Event.objects.filter(kind="case.conflict_checked").exists()


def test_no_conflict_is_said_to_nobody(sign_in: SignIn, open_case: OpenCase) -> None:
    case = open_case(employer_name="Hanmat")
    correct(sign_in(Role.COUNSELLOR), case)
    assert Event.objects.get(kind="case.conflict_checked").codes == ["none"]
    assert not Task.objects.exists()


def test_an_attorney_of_the_team_sees_what_was_found(
    sign_in: SignIn,
    open_case: OpenCase,
    client_who_owns_a_shop: Person,
    attorney_joins: Callable[[Case], Actor],
) -> None:
    case = open_case(employer_name="Golden Spoon")
    address = reverse("clinic:compare_names", args=[case.pk])
    assert sign_in(Role.ATTORNEY).get(address).status_code == 404
    attorney_joins(case)
    page = sign_in(Role.ATTORNEY).get(address).content.decode()
    assert "Golden Spoon" in page
    assert "1 more belongs to another team" in page
    assert sign_in(Role.COUNSELLOR).get(address).status_code == 404
