"""The tasks that come before deadlines and after days that passed, in long silences, and when a worker moves."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from centro.clinic import jobs
from centro.clinic.actions import cases, rounds
from centro.clinic.actions import clocks as actions
from centro.clinic.choices import LogKind, Route
from centro.clinic.models import Case, Clock, LogLine, Matter, Night, Reminder, Shift
from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Place, Task, User
from centro.core.policy import Actor, system
from centro.people import actions as people
from centro.people.models import Person, Residency
from tests.web.clinic.conftest import OpenCase, OpenMatter
from tests.web.clinic.deadlines.conftest import ACTOR, Notice

pytestmark = pytest.mark.django_db
SeenBy = Callable[[Role], AbstractContextManager[Any]]


def _tasks(reason: str) -> list[Task]:
    return list(Task.objects.filter(reminder__reason=reason).order_by("made_at"))


def test_a_near_deadline_is_a_task_of_the_duty_counsellor_at_once(
    notice: Notice, cast: dict[Role, User], actor: ACTOR
) -> None:
    row = notice(10)
    (task,) = _tasks("urgent")
    assert (task.owner, task.due_on) == (cast[Role.COUNSELLOR], clock.today())
    assert Reminder.objects.get(task=task).clock == row


def test_whoever_counsels_on_the_shift_gets_it(notice: Notice, cast: dict[Role, User], actor: ACTOR) -> None:
    night = Night.objects.create(on=clock.today())
    on_duty = cast[Role.ATTORNEY]
    at = clock.now()
    place = Place.objects.create(user=on_duty, scope_kind="night", scope=night.pk, relation="assigned")
    hours = {"from_at": at - timedelta(hours=1), "to_at": at + timedelta(hours=1)}
    Shift.objects.create(night=night, user=on_duty, station="counsellor", place=place, **hours)
    notice(10)
    assert [task.owner for task in _tasks("urgent")] == [on_duty]


def test_whoever_is_on_duty_comes_before_all(notice: Notice, cast: dict[Role, User]) -> None:
    until = clock.now() + timedelta(hours=2)
    duty = {"scope_kind": "duty", "relation": "assigned", "to_at": until}
    Place.objects.create(user=cast[Role.ATTORNEY], scope=cast[Role.ATTORNEY].pk, **duty)
    notice(10)
    assert [task.owner for task in _tasks("urgent")] == [cast[Role.ATTORNEY]]


def test_a_far_deadline_calls_nobody(open_case: OpenCase, actor: ACTOR) -> None:
    cases.note_happening(by=actor(Role.COUNSELLOR), case=open_case(), kind="leave_denied", on=clock.today())
    assert _tasks("urgent") == []


def test_a_deadline_that_may_have_passed_is_heard_too(notice: Notice) -> None:
    notice(45)
    assert len(_tasks("urgent")) == 1


def test_reminders_come_at_30_14_7_3_and_1_days_to_the_owner(
    notice: Notice, clock_moves: Callable[[int], None]
) -> None:
    notice(0)  # 30 days left
    heard = []
    for day in range(31):
        Task.objects.filter(reminder__reason="deadline").update(done_at=clock.now())
        before = len(_tasks("deadline"))
        rounds.remind_of_deadlines(by=system("test"))
        rounds.remind_of_deadlines(by=system("test"))
        heard += [30 - day] * (len(_tasks("deadline")) - before)
        clock_moves(1)
    assert heard == [30, 14, 7, 3, 1]


def test_a_reminder_says_number_day_and_what_in_the_language_of_its_owner_and_no_name(
    notice: Notice, cast: dict[Role, User], actor: ACTOR, seen_by: SeenBy
) -> None:
    User.objects.filter(pk=cast[Role.COUNSELLOR].pk).update(language="es")
    row = notice(1)
    rounds.remind_of_deadlines(by=system("test"))
    with seen_by(Role.COUNSELLOR):
        task = Task.objects.visible_to(actor(Role.COUNSELLOR)).get(reminder__reason="deadline")
        assert task.what.startswith(f"{row.case.number}: Plazo el ")
        assert "Apelar el aviso de beneficios" in task.what
        assert "Seo" not in task.what


def test_deadlines_of_one_day_are_one_task(open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    on = clock.today() - timedelta(days=350)
    facts = {"act": "fired", "because": ["wage_complaint", "injury_claim"]}
    cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="adverse_act", on=on, facts=facts)
    rounds.remind_of_deadlines(by=system("test"))
    near = Clock.objects.filter(on=on.replace(year=on.year + 1)).count()
    assert near > 2
    assert len(_tasks("deadline")) == 1


def test_what_is_met_or_closed_reminds_nobody(notice: Notice, actor: ACTOR) -> None:
    met = notice(1)
    actions.meet_clock(by=actor(Role.COUNSELLOR), clock=met, on=clock.today())
    closed = notice(1)
    Case.objects.filter(pk=closed.case_id).update(closed_at=clock.now())
    assert rounds.remind_of_deadlines(by=system("test")) == 0


def test_a_matter_that_is_over_reminds_nobody(notice: Notice, actor: ACTOR) -> None:
    row = notice(1)
    matter = cases.open_matter(by=actor(Role.COUNSELLOR), case=row.case, route=Route.UNEMPLOYMENT)
    Matter.objects.filter(pk=matter.pk).update(closed_at=clock.now())
    assert rounds.remind_of_deadlines(by=system("test")) == 0


def test_a_sure_deadline_that_passed_is_missed_and_heard_once(
    notice: Notice, actor: ACTOR, clock_moves: Callable[[int], None]
) -> None:
    row = notice(0)
    actions.confirm_clock(by=actor(Role.COUNSELLOR), clock=row)
    clock_moves(31)
    rounds.note_passed_days(by=system("test"))
    rounds.note_passed_days(by=system("test"))
    row.refresh_from_db()
    assert row.state == "missed"
    assert len(_tasks("missed")) == 1


def test_an_unsure_one_is_not_called_missed_but_its_owner_hears(
    notice: Notice, clock_moves: Callable[[int], None]
) -> None:
    row = notice(0)
    clock_moves(31)
    rounds.note_passed_days(by=system("test"))
    row.refresh_from_db()
    assert row.state == "provisional"
    assert (len(_tasks("passed")), len(_tasks("missed"))) == (1, 0)


def test_what_the_employer_owed_before_they_came_is_no_task(open_case: OpenCase, actor: ACTOR) -> None:
    case = open_case()
    ago = clock.today() - timedelta(days=400)
    cases.note_happening(by=actor(Role.COUNSELLOR), case=case, kind="last_day", on=ago)
    assert rounds.note_passed_days(by=system("test")) == 0


def test_what_the_employer_owes_and_lets_pass_is_one(
    open_case: OpenCase, actor: ACTOR, clock_moves: Callable[[int], None]
) -> None:
    cases.note_happening(by=actor(Role.COUNSELLOR), case=open_case(), kind="last_day", on=clock.today())
    clock_moves(40)
    assert rounds.note_passed_days(by=system("test")) > 0


# --- long waits and new homes -----------------------------------------------------------------------------------------


def _waits_since(matter: Matter, days: int) -> None:
    Matter.objects.filter(pk=matter.pk).update(state_since=clock.now() - timedelta(days=days))


def test_sixty_days_without_a_word_in_a_long_wait_are_a_task_once(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    _waits_since(matter, 59)
    assert rounds.keep_alive(by=system("test")) == 0
    _waits_since(matter, 61)
    assert rounds.keep_alive(by=system("test")) == 1
    assert rounds.keep_alive(by=system("test")) == 0
    Task.objects.filter(reminder__reason="contact").update(done_at=clock.now())
    line = cases.log_line(by=actor(Role.COUNSELLOR), case=matter.case, kind=LogKind.CALL, words="She is well")
    assert rounds.keep_alive(by=system("test")) == 0
    LogLine.objects.filter(pk=line.pk).update(at=clock.now() - timedelta(days=61))
    assert rounds.keep_alive(by=system("test")) == 1


def test_a_note_is_no_word_with_the_worker(open_matter: OpenMatter, actor: ACTOR) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    _waits_since(matter, 61)
    cases.log_line(by=actor(Role.COUNSELLOR), case=matter.case, kind=LogKind.NOTE, words="Read the file")
    assert rounds.keep_alive(by=system("test")) == 1


def test_where_we_act_ourselves_nobody_is_told_to_call(open_matter: OpenMatter) -> None:
    _waits_since(open_matter(Route.WAGE_CLAIM, state="evidence"), 90)
    assert rounds.keep_alive(by=system("test")) == 0


def _move_house(by: Actor, person: Person) -> None:
    people.add_part(by=by, person=person, part=Residency, details={"street": "12 Normandie Ave", "city": "Los Angeles"})


def test_a_new_home_raises_the_letter_to_each_agency_that_waits(
    open_matter: OpenMatter, actor: ACTOR, cook: Person
) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    open_matter(Route.RECORDS, case=matter.case, state="sent")
    _move_house(actor(Role.COUNSELLOR), cook)
    assert rounds.hear_of_moves(by=system("test")) == 1
    assert rounds.hear_of_moves(by=system("test")) == 0
    row = Clock.objects.get(rule="address_notice")
    assert (row.matter, row.on) == (matter, clock.today() + timedelta(days=10))
    assert len(_tasks("address")) == 1


def test_two_agencies_of_a_case_are_one_task_and_once_it_is_done_it_stays_done(
    open_matter: OpenMatter, actor: ACTOR, cook: Person
) -> None:
    matter = open_matter(Route.WAGE_CLAIM, state="filed")
    open_matter(Route.UNEMPLOYMENT, case=matter.case, state="appealed")
    _move_house(actor(Role.COUNSELLOR), cook)
    assert rounds.hear_of_moves(by=system("test")) == 1
    Task.objects.update(done_at=clock.now())
    assert rounds.hear_of_moves(by=system("test")) == 0


def test_before_anything_is_filed_nobody_must_be_told(open_matter: OpenMatter, actor: ACTOR, cook: Person) -> None:
    open_matter(Route.WAGE_CLAIM, state="evidence")
    _move_house(actor(Role.COUNSELLOR), cook)
    assert rounds.hear_of_moves(by=system("test")) == 0


def test_the_hourly_rounds_do_all_of_it(notice: Notice, open_matter: OpenMatter) -> None:
    notice(1)
    _waits_since(open_matter(Route.WAGE_CLAIM, state="filed"), 61)
    assert jobs.look_after_deadlines() == 1
    assert jobs.keep_in_touch() == 1
