"""Reads of the ground."""

from django.db.models import QuerySet

from centro.core import clock
from centro.core.classes import Role
from centro.core.models import Access, Center, Task, User
from centro.core.policy import Actor


def get_center() -> Center:
    """The one center of this installation; its defaults before `create-center` was run."""
    return Center.objects.first() or Center()


def tasks(actor: Actor) -> QuerySet[Task]:
    """Open tasks of this actor, the oldest due first."""
    return Task.objects.visible_to(actor).open().filter(owner_id=actor.user_id)


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
