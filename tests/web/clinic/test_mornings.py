"""The morning of a hearing: a task for the team, a text for the worker who agreed, each once and at a safe hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from time_machine import Traveller

from centro.clinic import jobs
from centro.clinic.actions import agenda, cases, matters
from centro.clinic.choices import Route
from centro.clinic.models import Case, Hearing, Matter
from centro.core import clock as center_clock
from centro.core.classes import Role
from centro.core.models import Event, Task, User
from centro.core.policy import Actor
from centro.people.choices import Purpose
from centro.people.models import Message, Person, Phone
from tests.web.clinic.conftest import OpenMatter, SeenBy, agree

pytestmark = pytest.mark.django_db
Acting = Callable[[Role], Actor]


@pytest.fixture
def hearing(
    open_matter: OpenMatter, actor: Acting, clock: Traveller, attorney_joins: Callable[[Case], Actor]
) -> Hearing:
    """A conference today at two; the attorney is on the team; it is nine in the morning."""
    morning = timezone.localtime(center_clock.now()).replace(hour=9, minute=0, second=0)
    clock.move_to(morning)
    matter = open_matter(Route.WAGE_CLAIM, state="conference_set")
    attorney_joins(matter.case)
    at = morning.replace(hour=14)
    row = agenda.add_hearing(
        by=actor(Role.COUNSELLOR), matter=matter, at=at, happening=None, asked="conference_on", place="Room 5"
    )
    Task.objects.all().delete()
    return row


def texted(actor: Acting, cook: Person) -> None:
    agree(actor(Role.COUNSELLOR), cook, Purpose.TEXT)
    Phone.objects.create(person=cook, number="+12135550123", text_ok=True)


def test_owner_and_team_have_it_as_a_task_once(hearing: Hearing, cast: dict[Role, User]) -> None:
    assert jobs.tell_of_today() == 1
    assert jobs.tell_of_today() == 0
    tasks = Task.objects.filter(due_on=center_clock.today())
    assert {task.owner_id for task in tasks} == {cast[Role.COUNSELLOR].pk, cast[Role.ATTORNEY].pk}
    assert Event.objects.filter(kind="hearing.team_told", about=hearing.pk).count() == 1


def test_the_task_says_the_hour_and_no_name(hearing: Hearing, seen_by: SeenBy, cast: dict[Role, User]) -> None:
    jobs.tell_of_today()
    with seen_by(Role.COUNSELLOR):
        actor = Actor(user_id=cast[Role.COUNSELLOR].pk, role=Role.COUNSELLOR)
        words = str(Task.objects.visible_to(actor, "see").get().what)
    assert words == f"{hearing.case.number}: Today at 14:00: Conference"


def test_a_worker_who_agreed_has_a_text_that_says_only_the_hour(hearing: Hearing, actor: Acting, cook: Person) -> None:
    texted(actor, cook)
    assert jobs.tell_of_today() == 2
    assert jobs.tell_of_today() == 0
    message = Message.objects.get()
    assert message.person == cook
    assert message.language == "ko"
    assert Event.objects.filter(kind="hearing.worker_told", person=cook.pk).exists()


def test_without_a_yes_no_text_leaves(hearing: Hearing, cook: Person) -> None:
    Phone.objects.create(person=cook, number="+12135550123", text_ok=True)
    jobs.tell_of_today()
    assert not Message.objects.exists()


def test_too_early_the_text_waits_for_its_hour(hearing: Hearing, actor: Acting, cook: Person, clock: Traveller) -> None:
    texted(actor, cook)
    clock.shift(-timedelta(hours=2))
    assert jobs.tell_of_today() == 1
    assert not Message.objects.exists()
    clock.shift(timedelta(hours=2))
    assert jobs.tell_of_today() == 1
    assert Message.objects.count() == 1


@pytest.mark.parametrize("hours", [-4, 6, 24])
def test_at_night_and_afterwards_nobody_is_told(hearing: Hearing, clock: Traveller, hours: int) -> None:
    clock.shift(timedelta(hours=hours))
    assert jobs.tell_of_today() == 0
    assert not Task.objects.filter(about_kind="case").exists()


def test_a_cancelled_date_is_told_to_nobody(hearing: Hearing, actor: Acting) -> None:
    agenda.cancel_hearing(by=actor(Role.COUNSELLOR), hearing=hearing)
    assert jobs.tell_of_today() == 0


def test_of_a_restricted_matter_only_those_named_hear(hearing: Hearing, actor: Acting, cast: dict[Role, User]) -> None:
    matter: Matter = hearing.matter
    matters.restrict(by=actor(Role.COUNSELLOR), matter=matter, is_restricted=True)
    cases.join_team(by=actor(Role.COUNSELLOR), case=matter.case, user=cast[Role.MANAGER])
    jobs.tell_of_today()
    assert set(Task.objects.values_list("owner", flat=True)) == {cast[Role.COUNSELLOR].pk}
