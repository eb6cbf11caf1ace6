"""Background work: codes only in the queue, run as whoever asked, no value of a failure kept, nothing kept for long."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import OperationalError, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from centro.core import access, clock, jobs, worker
from centro.core.classes import Role
from centro.core.jobs import NotACode, Period, job
from centro.core.models import Access, Draft, Event, Once, PeriodRun, RoleGrant, SearchTerm, User
from centro.core.policy import Actor, system
from centro.core.vault import keyring
from centro.people.models import Person

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Role], Actor]
CANARY = "CANARY-in-a-job"
seen: list[Any] = []


class Shape(Enum):
    ROUND = "round"
    FLAT = "flat"


@job
def look(by: Actor, *, person: UUID, shape: Shape, count: int) -> None:
    seen.append((by, Person.objects.get_for(by, "see", pk=person).given, shape, count))


@job
def fail(by: Actor) -> None:
    raise ValueError(f"the value was {CANARY}")


@job
def add_user(by: Actor) -> None:
    User.objects.create(username=f"made-by-a-job-{uuid4()}")


@job
def stop_here(by: Actor) -> None:
    seen.append("ran")
    stop_event.set()


stop_event = threading.Event()


@pytest.fixture(autouse=True)
def real_queue(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for place in (worker, db_worker):  # the transaction around a test lives on this connection
        monkeypatch.setattr(place, "close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.DATA = tmp_path
    seen.clear()
    stop_event.clear()
    yield
    seen.clear()
    for log in ("Event", "Access"):  # the keyring is not rolled back with the database
        keyring.set_anchor(log, 0, b"")


@pytest.fixture
def person(cast: dict[Role, User]) -> Person:
    return Person.objects.create(given="María", in_care_of=cast[Role.ORGANIZER])


def work() -> None:
    worker.carry_out_some(threading.Event())


def test_a_job_runs_as_whoever_asked(actor: ActorOf, person: Person) -> None:
    look.enqueue(by=actor(Role.ORGANIZER), person=person.pk, shape=Shape.FLAT, count=3)
    assert seen == []
    work()
    assert seen == [(actor(Role.ORGANIZER), "María", Shape.FLAT, 3)]
    row = DBTaskResult.objects.get()
    assert (row.status, row.return_value, row.traceback) == (TaskResultStatus.SUCCESSFUL, None, "")


def test_what_it_opened_is_one_access_row_of_that_actor(actor: ActorOf, person: Person) -> None:
    by = actor(Role.ORGANIZER)
    look.enqueue(by=by, person=person.pk, shape=Shape.ROUND, count=1)
    work()
    row = Access.objects.get(kind="job")
    assert (row.by, row.role, row.records) == (by.user_id, "organizer", [str(person.pk)])
    assert row.route.endswith("test_jobs.look")


def test_a_job_sees_no_more_than_its_actor(actor: ActorOf, person: Person) -> None:
    look.enqueue(by=actor(Role.COUNSELLOR), person=person.pk, shape=Shape.FLAT, count=3)
    work()
    assert seen == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert "Refused at centro.core.policy:" in DBTaskResult.objects.get().traceback


@pytest.mark.parametrize("change", ["disabled", "role ended", "gone"])
def test_a_job_of_somebody_who_lost_the_right_does_not_run(
    actor: ActorOf, person: Person, cast: dict[Role, User], change: str
) -> None:
    look.enqueue(by=actor(Role.ORGANIZER), person=person.pk, shape=Shape.FLAT, count=3)
    user = cast[Role.ORGANIZER]
    if change == "disabled":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif change == "role ended":
        RoleGrant.objects.filter(user=user).update(to_at=clock.now())
    else:
        Person.objects.update(in_care_of=None)
        user.delete()
    work()
    assert seen == []
    assert "NoLongerAllowed" in DBTaskResult.objects.get().traceback


@pytest.mark.parametrize(
    "codes",
    [
        {"person": "María", "shape": Shape.FLAT, "count": 1},
        {"person": uuid4(), "shape": "flat", "count": 1},
        {"person": uuid4(), "shape": Shape.FLAT, "count": 1.5},
        {"person": uuid4(), "shape": Shape.FLAT, "count": True},
        {"person": uuid4(), "shape": Shape.FLAT},
        {"person": uuid4(), "shape": Shape.FLAT, "count": 1, "note": "x"},
    ],
)
def test_the_queue_takes_codes_only(codes: dict[str, Any]) -> None:
    with pytest.raises(NotACode):
        look.enqueue(by=system("test"), **codes)
    assert not DBTaskResult.objects.exists()


def test_a_job_that_would_take_words_cannot_be_written() -> None:
    def words(by: Actor, *, note: str) -> None: ...
    def result(by: Actor) -> int: ...
    def nobody(person: UUID) -> None: ...
    def bare(by: Actor, thing) -> None: ...  # type: ignore[no-untyped-def]

    for wrong in (words, result, nobody, bare):
        with pytest.raises(NotACode):
            job(wrong)  # type: ignore[arg-type]


def test_of_a_failure_only_class_and_place_are_kept(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue(by=system("test"))
    work()
    row = DBTaskResult.objects.get()
    kept = json.dumps([row.traceback, row.exception_class_path, row.return_value, row.args_kwargs])
    assert row.status == TaskResultStatus.FAILED
    assert "JobFailed: ValueError at " in row.traceback
    assert CANARY not in kept


def test_a_job_asked_for_in_a_transaction_that_fails_was_not_asked_for() -> None:
    with transaction.atomic():
        add_user.enqueue(by=system("test"))
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


def test_asked_to_stop_it_ends_the_job_in_hand_and_leaves_the_rest() -> None:
    stop_here.enqueue(by=system("test"))
    stop_here.enqueue(by=system("test"))
    worker.run_worker(stop_event)
    assert seen == ["ran"]
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


def test_once_works_until_nothing_is_left() -> None:
    for _ in range(45):
        add_user.enqueue(by=system("test"))
    worker.run_worker(once=True)
    assert User.objects.filter(username__startswith="made-by-a-job").count() == 45
    assert DBTaskResult.objects.successful().count() == 45


def test_two_workers_of_one_center_do_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def another() -> list[str]:
        with pytest.raises(worker.AlreadyRunning):
            worker.run_worker(once=True)
        return []

    monkeypatch.setattr(worker, "run_due_periods", another)
    worker.run_worker(once=True)


def test_jobs_that_a_worker_died_in_start_again_but_not_for_ever() -> None:
    for starts in (1, 3):
        add_user.enqueue(by=system("test"))
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
            status=TaskResultStatus.RUNNING, worker_ids=["worker"] * starts
        )
    worker.take_up_interrupted()
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_a_locked_database_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("django_tasks_db.models.DBTaskResultQuerySet.ready", locked)
    assert worker.carry_out_some(threading.Event()) is False


# --- what comes again by itself ---------------------------------------------------------------------------------------


def test_every_module_may_declare_periods_and_names_are_its_own() -> None:
    names = [period.name for period in worker.all_periods()]
    assert "core.anchors" in names
    assert len(set(names)) == len(names)


def test_a_period_runs_when_its_time_has_come(monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller) -> None:
    ran: list[int] = []
    period = Period("test.count", timedelta(minutes=5), lambda: ran.append(1))
    monkeypatch.setattr(worker, "all_periods", lambda: [period])
    assert worker.run_due_periods() == ["test.count"]
    assert worker.run_due_periods() == []
    clock.shift(timedelta(minutes=4))
    assert worker.run_due_periods() == []
    clock.shift(timedelta(minutes=1))
    assert worker.run_due_periods() == ["test.count"]
    assert len(ran) == 2


def test_a_period_that_fails_stops_no_other_and_comes_again(
    monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    ran: list[int] = []

    def wrong() -> None:
        raise ValueError(CANARY)

    periods = [
        Period("test.wrong", timedelta(minutes=1), wrong),
        Period("test.right", timedelta(minutes=1), lambda: ran.append(1)),
    ]
    monkeypatch.setattr(worker, "all_periods", lambda: periods)
    worker.run_due_periods()
    clock.shift(timedelta(minutes=1))
    assert worker.run_due_periods() == ["test.wrong", "test.right"]
    assert len(ran) == 2


def test_anchors_follow_the_logs(actor: ActorOf) -> None:
    from centro.core.audit import record_event

    with transaction.atomic():
        record_event("x.y", by=actor(Role.ORGANIZER))
    jobs.drop_anchors()
    last = Event.objects.order_by("-seq").first()
    assert last is not None
    assert keyring.anchor("Event") == (last.seq, bytes(last.mac))


def test_words_and_marks_are_forgotten_in_their_time(cast: dict[Role, User], clock: time_machine.Traveller) -> None:
    user = cast[Role.FRONT_DESK]
    SearchTerm(user=user, words="garcia").save()
    Draft(user=user, route="people:add", body="x").save()
    Once.objects.create(key=uuid4(), user=user.pk)
    jobs.forget_words()
    jobs.forget_marks()
    assert (SearchTerm.objects.count(), Draft.objects.count(), Once.objects.count()) == (1, 1, 1)
    clock.shift(timedelta(minutes=31))
    jobs.forget_words()
    jobs.forget_marks()
    assert (SearchTerm.objects.count(), Draft.objects.count(), Once.objects.count()) == (0, 0, 1)
    clock.shift(timedelta(days=7))
    jobs.forget_marks()
    assert Once.objects.count() == 0


def test_addresses_of_sign_ins_are_kept_90_days(cast: dict[Role, User], clock: time_machine.Traveller) -> None:
    UserSession.objects.create(user=cast[Role.ADMIN], ip="203.0.113.7", session_key="x", user_agent="browser")
    clock.shift(timedelta(days=89))
    jobs.forget_marks()
    assert UserSession.objects.count() == 1
    clock.shift(timedelta(days=2))
    jobs.forget_marks()
    assert not UserSession.objects.exists()


def test_finished_jobs_are_kept_seven_days(clock: time_machine.Traveller) -> None:
    add_user.enqueue(by=system("test"))
    work()
    add_user.enqueue(by=system("test"))
    clock.shift(timedelta(days=6))
    jobs.forget_marks()
    assert DBTaskResult.objects.count() == 2
    clock.shift(timedelta(days=2))
    jobs.forget_marks()
    assert [row.status for row in DBTaskResult.objects.all()] == [TaskResultStatus.READY]


def test_one_turn_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    period = Period("test.turn", timedelta(minutes=1), lambda: None)
    assert worker._claim(period)
    assert not worker._claim(period)
    assert PeriodRun.objects.filter(name="test.turn").count() == 1
    assert access.current() is None
