"""Work in the background: `@job` for what somebody asked for, `PERIODS` for what comes again by itself.

The queue lies in clear in the database. So a job takes ids, codes and whole numbers and nothing else, gives nothing
back, and when it fails only the class and the place of the error are kept. It runs as whoever asked for it, with
the role they asked in, and not at all once they no longer hold it.
"""

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Any, get_type_hints
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from centro.core import access, accounts, audit, clock, drafts, purge
from centro.core.backup.making import backup_if_changed
from centro.core.classes import Role
from centro.core.documents import blobs
from centro.core.documents.hand import forget_handed_over
from centro.core.logs import place_of
from centro.core.models import Access, Document, Event, Once, SearchTerm, Upload, User
from centro.core.policy import Actor
from centro.core.vault import keyring

log = logging.getLogger("centro.jobs")
KEPT_FINISHED = timedelta(days=7)
KEPT_ONCE = timedelta(days=7)
KEPT_ADDRESSES = timedelta(days=90)


class NotACode(TypeError):
    """A job was given something other than an id, a code or a whole number."""


class JobFailed(Exception):
    """What the queue keeps of a failure: “ValueError at centro.people.jobs:12”, and no value."""


class NoLongerAllowed(Exception):
    """Whoever asked for the job has left, or no longer holds the role they asked in."""


@dataclass(frozen=True)
class Job:
    """A function that runs in the background: `find_twins.enqueue(by=actor, batch=batch.pk)`."""

    run: Callable[..., None]
    takes: dict[str, type]

    @property
    def name(self) -> str:
        return f"{self.run.__module__}.{self.run.__name__}"

    def enqueue(self, *, by: Actor, **codes: Any) -> None:
        """Put the job in the queue, in the transaction at hand: if that fails, nothing was asked for."""
        if set(codes) != set(self.takes):
            raise NotACode(f"{self.name} takes {', '.join(self.takes) or 'nothing'}")
        for name, value in codes.items():
            if type(value) is not self.takes[name]:
                raise NotACode(f"{self.name}: {name} must be a {self.takes[name].__name__}")
        carry_out.enqueue(self.name, _actor_codes(by), {name: _code(value) for name, value in codes.items()})

    def values(self, codes: dict[str, Any]) -> dict[str, Any]:
        return {name: kind(codes[name]) for name, kind in self.takes.items()}


def job(run: Callable[..., None]) -> Job:
    """Make a background job of `def name(by: Actor, *, person: UUID, kind: SomeEnum, count: int) -> None`."""
    hints = get_type_hints(run)
    names = list(inspect.signature(run).parameters)
    if hints.pop("return", None) is not type(None):
        raise NotACode(f"{run.__name__} must return None: the queue keeps no results")
    if not names or names[0] != "by" or hints.pop("by", None) is not Actor:
        raise NotACode(f"the first parameter of {run.__name__} must be “by: Actor”")
    for name in names[1:]:
        kind = hints.get(name)
        if kind not in {UUID, int} and not (isinstance(kind, type) and issubclass(kind, Enum)):
            raise NotACode(f"{run.__name__}: {name} must be a UUID, an Enum or an int")
    return Job(run, {name: hints[name] for name in names[1:]})


def _code(value: Any) -> str | int:
    if isinstance(value, Enum):
        return str(value.value)
    return value if isinstance(value, int) else str(value)


def _actor_codes(by: Actor) -> dict[str, str]:
    return {"user": str(by.user_id or ""), "role": by.role or "", "system": by.system}


def _actor(codes: dict[str, str]) -> Actor:
    """Who asked, if they may still ask; the program itself always may."""
    if not codes["user"]:
        return Actor(system=codes["system"])
    user = User.objects.filter(pk=codes["user"], is_active=True).first()
    if user is None or Role(codes["role"]) not in accounts.roles_of(user):
        raise NoLongerAllowed
    return Actor(user_id=user.pk, role=Role(codes["role"]))


@task
def carry_out(name: str, by: dict[str, str], codes: dict[str, Any]) -> None:
    """The one task of the queue: run a job as its actor, note what it opened, keep no value of a failure."""
    try:
        _run(name, by, codes)
    except Exception as error:
        log.exception("job", extra={"route": name, "actor": by["user"]})
        failure = JobFailed(f"{type(error).__name__} at {place_of(error.__traceback__)}")
    else:
        return
    raise failure


def _run(name: str, by: dict[str, str], codes: dict[str, Any]) -> None:
    found = import_string(name)
    if not isinstance(found, Job):
        raise NotACode(name)
    actor = _actor(by)
    with keyring.held_for_request(), access.viewing(actor) as seen:
        try:
            found.run(actor, **found.values(codes))
        finally:
            if seen.has_opened:
                audit.record_access("job", by=actor, route=name, records=seen.records, fields=seen.fields)


# --- what comes again by itself ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """Work that the program does by itself, again and again: safe to run twice, and short."""

    name: str
    every: timedelta
    run: Callable[[], object]


def drop_anchors() -> None:
    """Let the keyring remember the last link of both logs."""
    for entries in (Event, Access):
        audit.drop_anchor(entries)


def forget_words() -> None:
    """Drafts and search words whose time is over."""
    drafts.forget_old()
    SearchTerm.objects.filter(at__lt=clock.now() - clock.SEARCH_KEPT).delete()


def forget_marks() -> None:
    """Marks of forms that were done, sessions that ended, addresses staff signed in from, jobs that finished."""
    Once.objects.filter(at__lt=clock.now() - KEPT_ONCE).delete()
    SessionStore.clear_expired()
    UserSession.objects.filter(last_seen_at__lt=clock.now() - KEPT_ADDRESSES).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - KEPT_FINISHED).delete()


def sweep_files() -> int:
    """Files that no row speaks of."""
    known = {pk for model in (Document, Upload) for pk in model.objects.values_list("pk", flat=True)}
    return blobs.sweep(known)


def back_up() -> None:
    """A backup into the folder that this center is set up with, if anything was written since the last one."""
    folder = getattr(settings, "BACKUP_TO", "")
    if folder:
        backup_if_changed(Path(folder))


PERIODS = (
    Period("core.anchors", timedelta(minutes=1), drop_anchors),
    Period("core.words", timedelta(minutes=5), forget_words),
    Period("core.purges", timedelta(minutes=5), purge.finish),
    Period("core.backup", timedelta(minutes=15), back_up),
    Period("core.marks", timedelta(hours=6), forget_marks),
    Period("core.papers", timedelta(minutes=15), forget_handed_over),
    Period("core.files", timedelta(days=1), sweep_files),
    Period("core.epoch", timedelta(days=30), keyring.rotate),
)
