"""A case: opened for somebody, shown to its team, absent for everybody else."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centro.clinic import queries
from centro.clinic.actions import cases, papers
from centro.clinic.choices import AttorneyStatus, LogKind, Route
from centro.clinic.models import AttorneyNote, Case, Matter
from centro.core import clock
from centro.core.classes import DOTS, Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor, Refused
from centro.people import actions as people
from centro.people import merge, purge
from centro.people.models import Person
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.conftest import SignIn

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]
ACTOR = Callable[[Role], Actor]
TYPED = {
    "employer_name": "Hanmat House",
    "topics": ["pay", "fired"],
    "language": "ko",
    "routes": ["wage_claim", "unemployment"],
    "goal": "His wages, and the overtime",
}


def opened_by(client: Client, person: Person, **typed: Any) -> Any:
    return client.post(reverse("clinic:open_case", args=[person.pk]), {**TYPED, **typed})


def test_a_counsellor_opens_a_case_with_its_matters(sign_in: SignIn, cook: Person) -> None:
    answer = opened_by(sign_in(Role.COUNSELLOR), cook)
    case = Case.objects.get()
    assert answer.url == reverse("clinic:case", args=[case.pk])
    assert case.number == f"{clock.today():%y}-00001"
    assert {(m.route, m.state) for m in case.matters.all()} == {
        ("wage_claim", "screened"),
        ("unemployment", "separated"),
    }
    assert Event.objects.filter(kind="case.opened", about=case.pk, person=cook.pk).exists()


def test_the_case_page_shows_whose_it_is_and_what_comes_next(
    sign_in: SignIn, open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]
) -> None:
    matter = open_matter()
    day = clock.today()
    counsellor = cast[Role.COUNSELLOR]
    cases.set_next_action(
        by=actor(Role.COUNSELLOR), matter=matter, what="Ask for the paystubs", owner=counsellor, due_on=day
    )
    page = sign_in(Role.COUNSELLOR).get(reverse("clinic:case", args=[matter.case_id])).content.decode()
    assert "서충호" in page
    assert "Ask for the paystubs" in page


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.FRONT_DESK, Role.DIRECTOR, Role.STEWARD, Role.VOLUNTEER])
def test_for_everybody_else_there_is_no_case(sign_in: SignIn, open_case: OpenCase, role: Role) -> None:
    case = open_case()
    client = sign_in(role)
    assert client.get(reverse("clinic:case", args=[case.pk])).status_code == 404
    assert client.get(reverse("clinic:cases_of", args=[case.person_id])).status_code == 404


def test_a_counsellor_of_another_team_does_not_find_it(open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    with pytest.raises(Refused):
        queries.get_case(actor(Role.ATTORNEY), case.pk)


def test_bad_input_stays_on_the_form(sign_in: SignIn, cook: Person) -> None:
    answer = opened_by(sign_in(Role.COUNSELLOR), cook, employer_name="...", topics=[], goal="Keep this")
    assert answer.status_code == 422
    assert "Keep this" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_number_that_must_not_be_kept_comes_back(sign_in: SignIn, cook: Person) -> None:
    answer = opened_by(sign_in(Role.COUNSELLOR), cook, goal="His number is 123-45-6789")
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_matter_acts_or_waits_never_both(open_matter: OpenMatter, actor: ACTOR, cast: dict[Role, User]) -> None:
    matter, by, owner = open_matter(), actor(Role.COUNSELLOR), cast[Role.COUNSELLOR]
    cases.set_next_action(by=by, matter=matter, what="Call", owner=owner, due_on=clock.today())
    first = matter.next_task
    cases.wait_for(by=by, matter=matter, what="the hearing", until=clock.today())
    row = Matter.objects.get(pk=matter.pk)
    assert row.next_task_id is None
    assert first is not None
    assert Task.objects.get(pk=first.pk).done_at is not None


def test_the_same_route_is_not_opened_twice(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter()
    again = cases.open_matter(by=actor(Role.COUNSELLOR), case=matter.case, route=Route.WAGE_CLAIM)
    assert again.pk == matter.pk


def test_who_moves_second_moves_nothing(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter, by = open_matter(), actor(Role.COUNSELLOR)
    stale = Matter.objects.get(pk=matter.pk)
    assert cases.record_move(by=by, case=matter.case, matter=matter, event="screen", to_state="evidence")
    assert not cases.record_move(by=by, case=matter.case, matter=stale, event="screen", to_state="withdrawn")
    assert Matter.objects.get(pk=matter.pk).state == "evidence"


def test_no_attorney_status_without_an_attorney(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter()
    cases.set_attorney(by=actor(Role.COUNSELLOR), matter=matter, status=AttorneyStatus.REPRESENTED, attorney=None)
    assert Matter.objects.get(pk=matter.pk).attorney_status == AttorneyStatus.NONE


def test_the_attorney_file_opens_for_attorneys_of_the_team_alone(
    open_case: OpenCase, attorney_joins: Callable[[Case], Actor], seen_by: SeenBy
) -> None:
    case = open_case()
    attorney = attorney_joins(case)
    cases.add_attorney_note(by=attorney, case=case, words="Weak on the dates")
    file = case.attorney_file
    for role, words in ((Role.ATTORNEY, "Weak on the dates"), (Role.COUNSELLOR, DOTS), (Role.MANAGER, DOTS)):
        with seen_by(role):
            note = AttorneyNote.objects.select_related("file").get()
            found = type(file).objects.visible_to(Actor(user_id=attorney.user_id, role=role)).first()
            if found is not None:
                note.file = found
            assert note.words == words, role


def test_a_happening_starts_its_clocks(open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    row = cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="oda_served", on=clock.today())
    rules = {c.rule: c for c in row.clocks.all()}
    assert rules
    assert all(c.first_on == c.on for c in rules.values())
    assert Event.objects.filter(kind="clock.started").count() == len(rules)


def test_somebody_whose_matter_is_open_is_not_destroyed(open_matter: OpenMatter, actor: ACTOR, cook: Person) -> None:
    open_matter()
    with pytest.raises(purge.MustStay):
        purge.propose_purge(by=actor(Role.STEWARD), person=cook, basis="asked", no_dispute_expected=True)


def test_cases_follow_a_merge(open_case: OpenCase, actor: ACTOR, cook: Person, seen_by: SeenBy) -> None:
    case = open_case()
    other = people.add_person(by=actor(Role.STEWARD), details={"given": "Chungho", "language": "ko"})
    merge.merge_people(by=actor(Role.STEWARD), kept=other, gone=cook)
    assert Case.objects.get(pk=case.pk).person_id == other.pk
    with seen_by(Role.COUNSELLOR):
        assert queries.get_case(actor(Role.COUNSELLOR), case.pk).employer_name == "Hanmat House"


def test_the_case_page_asks_the_database_as_often_for_many_matters(
    sign_in: SignIn, open_case: OpenCase, actor: ACTOR, django_assert_max_num_queries: Any
) -> None:
    case = open_case()
    for route in (Route.WAGE_CLAIM, Route.RETALIATION, Route.UNEMPLOYMENT, Route.SAFETY, Route.RECORDS):
        cases.open_matter(by=actor(Role.COUNSELLOR), case=case, route=route)
    client = sign_in(Role.COUNSELLOR)
    client.get(reverse("clinic:case", args=[case.pk]))
    with django_assert_max_num_queries(30):
        client.get(reverse("clinic:case", args=[case.pk]))


def test_a_restricted_matter_shows_its_papers_to_those_named_on_it_alone(
    sign_in: SignIn, open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor], actor: ACTOR
) -> None:
    matter = open_matter(Route.DISCRIMINATION)
    attorney_joins(matter.case)
    letter = papers.draft_letter(by=actor(Role.COUNSELLOR), case=matter.case, kind="crd_intake", matter=matter)
    Matter.objects.filter(pk=matter.pk).update(is_restricted=True)
    own, other = sign_in(Role.COUNSELLOR), sign_in(Role.ATTORNEY)
    page, listed = reverse("clinic:letter", args=[letter.pk]), reverse("clinic:papers", args=[matter.case_id])
    assert own.get(page).status_code == 200
    assert other.get(page).status_code == 404
    assert page in own.get(listed).content.decode()
    assert page not in other.get(listed).content.decode()


def test_nobody_else_reaches_a_restricted_matter_by_opening_it_again(
    open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor]
) -> None:
    matter = open_matter(Route.DISCRIMINATION)
    attorney = attorney_joins(matter.case)
    Matter.objects.filter(pk=matter.pk).update(is_restricted=True)
    second = cases.open_matter(by=attorney, case=matter.case, route=Route.DISCRIMINATION)
    assert second.pk != matter.pk


def test_a_message_about_a_restricted_matter_is_on_nobody_elses_board(
    sign_in: SignIn, open_matter: OpenMatter, attorney_joins: Callable[[Case], Actor], actor: ACTOR
) -> None:
    matter = open_matter(Route.DISCRIMINATION)
    attorney_joins(matter.case)
    by = actor(Role.COUNSELLOR)
    cases.log_line(
        by=by, case=matter.case, kind=LogKind.TEXT, words="He did it again", matter=matter, is_answer_owed=True
    )
    Matter.objects.filter(pk=matter.pk).update(is_restricted=True)
    address = reverse("clinic:home") + "?show=all"
    assert "He did it again" in sign_in(Role.COUNSELLOR).get(address).content.decode()
    for name in ("home", "answers"):
        page = sign_in(Role.ATTORNEY).get(reverse(f"clinic:{name}") + "?show=all").content.decode()
        assert "He did it again" not in page
        assert matter.case.number not in page
