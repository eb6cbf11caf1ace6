"""The worker: carries out queued jobs one after the other, and in between whatever period is due."""

import fcntl
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, OperationalError, close_old_connections, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from centro.core import clock
from centro.core.jobs import JobFailed, Period
from centro.core.models import PeriodRun
from centro.core.vault import keyring

log = logging.getLogger("centro.worker")
PAUSE_SECONDS = 1.0
AT_ONCE = 20  # jobs between two looks at the periods
MOST_STARTS = 3  # a job that the worker died in so many times is given up


class AlreadyRunning(Exception):
    """Another worker of this center is at work."""


def run_worker(stop: threading.Event | None = None, *, once: bool = False) -> None:
    """Work until `stop` is set (the job in hand is ended first), or with `once` until nothing is left to do."""
    stop = stop or threading.Event()
    with _alone():
        take_up_interrupted()
        while not stop.is_set():
            run_due_periods()
            did_some = carry_out_some(stop)
            if once and not did_some:
                return
            if not did_some:
                stop.wait(PAUSE_SECONDS)


def work_until_asked_to_stop() -> None:
    """The worker as a process: SIGTERM or Ctrl-C ends it after the job in hand."""
    stop = threading.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: stop.set())
    run_worker(stop)


@contextmanager
def _alone() -> Iterator[None]:
    path = settings.DATA / "worker.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning from error
        yield


def take_up_interrupted() -> None:
    """Jobs that a worker died in start again; after three starts they count as failed."""
    for row in DBTaskResult.objects.running():
        if len(row.worker_ids) >= MOST_STARTS:
            row.set_failed(JobFailed("the worker stopped in it three times"))
        else:
            DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY)


def carry_out_some(stop: threading.Event) -> bool:
    """Carry out up to twenty waiting jobs; False when none was waiting."""
    close_old_connections()
    try:
        if not DBTaskResult.objects.ready().exists():
            return False
    except OperationalError:  # the database is locked or away: try again after the pause
        return False
    worker = _Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=AT_ONCE,
        worker_id="worker",
        excluded_queue_names=[],
    )
    worker.stop = stop
    worker.run()
    return True


class _Worker(Worker):
    """The worker of django-tasks, asked to stop by an event instead of signals."""

    stop: threading.Event

    def run_task(self, row: DBTaskResult[..., Any]) -> None:
        super().run_task(row)
        self.running = not self.stop.is_set()


# --- periods ----------------------------------------------------------------------------------------------------------


def all_periods() -> list[Period]:
    """What each module's `jobs.py` declares in `PERIODS`, the lower modules first."""
    ours = [config.name for config in apps.get_app_configs() if config.name.startswith("centro.")]
    modules = [import_module(f"{name}.jobs") for name in ours if find_spec(f"{name}.jobs")]
    return [period for module in modules for period in getattr(module, "PERIODS", ())]


def run_due_periods() -> list[str]:
    """Run every period whose time has come; one that fails is logged and comes again. Returns the names."""
    done = []
    for period in all_periods():
        try:
            if _claim(period):
                done.append(period.name)
                with keyring.held_for_request():
                    period.run()
        except Exception:
            log.exception("period", extra={"route": period.name})
    return done


def _claim(period: Period) -> bool:
    """Whether it is this worker's turn to run a period now; settled by one conditional write."""
    now = clock.now()
    if PeriodRun.objects.filter(name=period.name, at__lte=now - period.every).update(at=now):
        return True
    if PeriodRun.objects.filter(name=period.name).exists():
        return False
    try:
        with transaction.atomic():
            PeriodRun.objects.create(name=period.name, at=now)
    except IntegrityError:
        return False
    return True
