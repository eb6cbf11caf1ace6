"""Who is out with a list now."""

from uuid import UUID

from centro.core import policy
from centro.core.models import User
from centro.core.policy import Actor, Refused
from centro.organizing.models import Assignment, Walk
from centro.organizing.queries.lists import get_assignment, goes
from centro.people.queries import let_see_staff


def walks_out(actor: Actor, assignment: Assignment) -> list[Walk]:
    """Who is out with this list: everybody for those who hand it out, oneself for those who go."""
    rows = Walk.objects.filter(assignment=assignment, back_at=None).select_related("user", "together_with")
    if not policy.can(actor, "assignment.edit", assignment):
        rows = rows.filter(user_id=actor.me)
    found = list(rows)
    let_see_staff(actor, [user for walk in found for user in (walk.user, walk.together_with)])
    return found


def companions(actor: Actor, assignment: Assignment) -> list[User]:
    """With whom one may go: those of the same list."""
    return [user for user in goes(actor, assignment) if user.pk != actor.user_id]


def get_walk(actor: Actor, walk: UUID) -> Walk:
    """One's own walk, or one of a list that one hands out. `Refused` for any other."""
    row = Walk.objects.select_related("assignment").filter(pk=walk, back_at=None).first()
    if row is None:
        raise Refused("assignment.carry")
    assignment = get_assignment(actor, row.assignment_id)
    if row.user_id != actor.user_id and not policy.can(actor, "assignment.edit", assignment):
        raise Refused("assignment.carry")
    return row
