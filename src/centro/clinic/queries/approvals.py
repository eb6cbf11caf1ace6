"""Who approves papers, and which wait for them."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from centro.clinic.models import ApprovingAttorney, Case, Letter, LetterState, Matter
from centro.clinic.queries.matters import without_hidden
from centro.core import clock, policy
from centro.core.classes import Role
from centro.core.models import RoleGrant, User
from centro.core.policy import Actor, Refused


def _in_force(today: date) -> Q:
    return Q(protocol_on__lte=today) & (Q(ended_on__isnull=True) | Q(ended_on__gt=today))


def approvers(actor: Actor) -> QuerySet[ApprovingAttorney]:
    """Who approves papers in this center, present and past."""
    rows = ApprovingAttorney.objects.visible_to(actor, "see").select_related("user")
    return rows.order_by("ended_on", "protocol_on")


def get_approver(actor: Actor, approver: UUID) -> ApprovingAttorney:
    row: ApprovingAttorney = ApprovingAttorney.objects.get_for(actor, "name", pk=approver)
    return row


def my_approval(actor: Actor) -> ApprovingAttorney | None:
    """The profile by which this actor approves papers now; None: they do not."""
    rows = ApprovingAttorney.objects.visible_to(actor, "see").filter(_in_force(clock.today()))
    return rows.filter(user_id=actor.user_id).first()


def attorney_of(matter: Matter | None) -> ApprovingAttorney | None:
    """The approving attorney behind a matter, while their protocol is in force."""
    if matter is None or matter.attorney_id is None:
        return None
    rows = ApprovingAttorney.objects.filter(_in_force(clock.today()), user_id=matter.attorney_id)
    row = rows.first()
    return policy.opens_all(row) if row else None


def may_be_named(actor: Actor) -> list[User]:
    """Attorneys among the staff who do not approve papers yet."""
    live = RoleGrant.objects.live().filter(role=Role.ATTORNEY)
    rows = User.objects.visible_to(actor, "name").filter(is_active=True, pk__in=live.values("user"))
    return list(rows.filter(approver__isnull=True).order_by("username"))


def waiting(actor: Actor) -> list[UUID]:
    """Papers that wait for this attorney, the longest waiting first. `Refused` for who approves nothing.

    Only which they are: however many wait, one is opened at a time.
    """
    if my_approval(actor) is None:
        raise Refused("case.approve")
    cases = Case.objects.visible_to(actor, "approve").filter(letters__state=LetterState.WAITING)
    rows = Letter.objects.filter(state=LetterState.WAITING, case__in=cases.values("pk"))
    return list(without_hidden(actor, rows).order_by("asked_at", "id").values_list("pk", flat=True))


def beside(ids: list[UUID], *, after: str = "", before: str = "", at: str = "") -> UUID | None:
    """The paper to be read now: the one after or before the one that was passed over, the one named, else the first."""
    places = {str(pk): place for place, pk in enumerate(ids)}
    if at in places:
        return ids[places[at]]
    if after in places:
        return ids[(places[after] + 1) % len(ids)]
    if before in places:
        return ids[places[before] - 1]
    return ids[0] if ids else None
