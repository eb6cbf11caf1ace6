"""Writes of the ground: users, places, tasks."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from centro.core import clock, policy
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import Place, Task, User
from centro.core.policy import Actor


@transaction.atomic
def set_language(*, by: Actor, language: str) -> None:
    """A user wants every page in this language."""
    User.objects.filter(pk=by.user_id).update(language=language)
    record_event("user.language_set", by=by)


@transaction.atomic
def give_place(*, by: Actor, user: User, scope_kind: str, scope: UUID, relation: Relation, until: Any = None) -> Place:
    """Put a user on a team, turf, program or shift; it acts at once."""
    place = Place.objects.create(user=user, scope_kind=scope_kind, scope=scope, relation=relation, to_at=until)
    record_event("place.given", by=by, about=place, codes=[scope_kind, relation])
    return place


@transaction.atomic
def end_place(*, by: Actor, place: Place) -> None:
    """Take a user off; the next request is refused."""
    Place.objects.filter(pk=place.pk, to_at__isnull=True).update(to_at=clock.now())
    record_event("place.ended", by=by, about=place)


@transaction.atomic
def add_task(*, by: Actor, owner: User, what: str, due_on: date, about: Any = None) -> Task:
    """Somebody has to do something by a day."""
    task = Task.objects.create(
        owner=owner,
        set_by_id=by.user_id,
        what=what,
        due_on=due_on,
        about_kind=about._meta.model_name if about is not None else "",
        about=about.pk if about is not None else None,
    )
    record_event("task.added", by=by, about=task)
    policy.opens_all(task, Relation.OWN)
    return task


@transaction.atomic
def do_task(*, by: Actor, task: Task) -> bool:
    """Tick a task off. False when somebody else already did."""
    is_done = Task.objects.filter(pk=task.pk, done_at__isnull=True).update(done_at=clock.now()) == 1
    if is_done:
        record_event("task.done", by=by, about=task)
    return is_done


@transaction.atomic
def undo_task(*, by: Actor, task: Task) -> bool:
    """Put a ticked task back on the list."""
    is_back = Task.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None) == 1
    if is_back:
        record_event("task.undone", by=by, about=task)
    return is_back
