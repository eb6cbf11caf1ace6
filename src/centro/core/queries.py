"""Reads of the ground."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Access, Center, RoleGrant, Task, User
from centro.core.policy import Actor

TASKS_SHOWN = timedelta(days=14)


def get_center() -> Center:
    """The one center of this installation; its defaults before `create-center` was run."""
    return Center.objects.first() or Center()


def tasks(actor: Actor) -> QuerySet[Task]:
    """Open tasks of this actor, the oldest due first."""
    return Task.objects.visible_to(actor).open().filter(owner_id=actor.user_id)


def tasks_given(actor: Actor) -> QuerySet[Task]:
    """Open tasks that this actor gave to somebody else."""
    return (
        Task.objects.visible_to(actor).open().filter(set_by_id=actor.user_id).exclude(owner_id=actor.user_id)
    )


def tasks_done(actor: Actor) -> QuerySet[Task]:
    """Tasks of this actor that were ticked off in the last two weeks, the newest first."""
    since = clock.now() - TASKS_SHOWN
    return (
        Task.objects.visible_to(actor).filter(owner_id=actor.user_id, done_at__gte=since).order_by("-done_at")
    )


def get_task(actor: Actor, task: UUID) -> Task:
    """A task this actor may tick off: their own, or one they gave."""
    row: Task = Task.objects.get_for(actor, "do", pk=task)
    return row


def recently_opened(actor: Actor, route: str, *, pages: int = 20) -> list[UUID]:
    """Ids of records on the pages of this route that this actor opened last, newest first, each once."""
    rows = Access.objects.filter(by=actor.user_id, kind__in=("open", "reveal"), route=route).order_by("-at")
    seen: dict[UUID, None] = {}
    for records in rows.values_list("records", flat=True)[:pages]:
        seen.update(dict.fromkeys(UUID(record) for record in records))
    return list(seen)


def staff_by_role(actor: Actor) -> dict[Role, list[User]]:
    """Active users by the roles they hold now, for those who may see their names."""
    now, users = clock.now(), {user.pk: user for user in staff(actor).order_by("username")}
    held = RoleGrant.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=now), from_at__lte=now, user__in=users
    )
    pairs = set(held.values_list("role", "user_id"))
    found = {role: [user for pk, user in users.items() if (role, pk) in pairs] for role in Role}
    return {role: holders for role, holders in found.items() if holders}


def staff(actor: Actor) -> QuerySet[User]:
    """Active users whose names this actor may see."""
    return User.objects.visible_to(actor, "name").filter(is_active=True)


def count_reveals_this_shift(actor: Actor) -> int:
    """How many masked fields this user has opened in the last twelve hours."""
    return Access.objects.filter(by=actor.user_id, kind="reveal", at__gte=clock.shift_began()).count()


REVEAL_BUDGET = {Role.FRONT_DESK: 60, Role.VOLUNTEER: 60, Role.INTERPRETER: 60, Role.DIRECTOR: 60}


def reveals_left(actor: Actor) -> int:
    """How many more this shift; 0 means stop and ask a manager."""
    budget = REVEAL_BUDGET.get(actor.role, 60) if actor.role else 0
    return max(0, budget - count_reveals_this_shift(actor))
