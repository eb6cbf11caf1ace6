"""Reads of the ground."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from centro.core import clock, policy
from centro.core.classes import Role
from centro.core.models import (
    Access,
    Center,
    Event,
    Invitation,
    InvitationReason,
    LogEntry,
    RoleGrant,
    Task,
    User,
)
from centro.core.policy import Actor, Refused

TASKS_SHOWN = timedelta(days=14)
USERS_SHOWN = 50
USER_MARK = re.compile(r"[01]~[\w.@+-]{1,150}")  # the last account of a page: whether it is open, its user name
LOG_PAGE = 50


def get_center() -> Center:
    """The one center of this installation; its defaults before `create-center` was run."""
    return Center.objects.first() or Center()


def tasks(actor: Actor) -> QuerySet[Task]:
    """Open tasks of this actor, the oldest due first."""
    return Task.objects.visible_to(actor).open().filter(owner_id=actor.user_id)


def tasks_given(actor: Actor) -> QuerySet[Task]:
    """Open tasks that this actor gave to somebody else."""
    return Task.objects.visible_to(actor).open().filter(set_by_id=actor.user_id).exclude(owner_id=actor.user_id)


def tasks_done(actor: Actor) -> QuerySet[Task]:
    """Tasks of this actor that were ticked off in the last two weeks, the newest first."""
    since = clock.now() - TASKS_SHOWN
    return Task.objects.visible_to(actor).filter(owner_id=actor.user_id, done_at__gte=since).order_by("-done_at")


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
    users = {user.pk: user for user in staff(actor).order_by("username")}
    pairs = set(RoleGrant.objects.live().filter(user__in=users).values_list("role", "user_id"))
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


# --- staff and officers ------------------------------------------------------------------------------------
OFFICERS = frozenset(role for role in Role if policy.may(Actor(role=role), "user.approve_role"))


def all_officers() -> QuerySet[User]:
    """Active users who may approve, and have the second factor to do it with. Unscoped: two-person rules count them."""
    live = RoleGrant.objects.live().filter(role__in=OFFICERS)
    enrolled = Q(authenticator__type__in=("webauthn", "totp"))
    if settings.DEMO:
        enrolled |= Q(is_demo=True)
    return User.objects.filter(enrolled, is_active=True, pk__in=live.values("user")).distinct()


def all_demo_accounts() -> list[tuple[User, Role]]:
    """The one-click accounts of the sign-in page with their role, in the order of the roles; none outside the demo."""
    if not settings.DEMO:
        return []
    grants = RoleGrant.objects.filter(user__is_demo=True, to_at__isnull=True).select_related("user")
    of_user = {grant.user: Role(grant.role) for grant in grants.order_by("-from_at")}
    order = list(Role)
    return sorted(of_user.items(), key=lambda pair: (order.index(pair[1]), pair[0].username))


def users(actor: Actor, *, after: str = "") -> tuple[list[User], str]:
    """Fifty accounts for the officers, open ones first, then by user name; and the mark that leads to the next."""
    rows = User.objects.visible_to(actor, "see").prefetch_related("role_grants").order_by("-is_active", "username")
    if after:
        if not USER_MARK.fullmatch(after):
            raise Refused("after")
        open_ones, _, name = after.partition("~")
        below = Q(is_active=open_ones == "1", username__gt=name)
        rows = rows.filter(below | Q(is_active=False) if open_ones == "1" else below)
    found = list(rows[: USERS_SHOWN + 1])
    last = found[USERS_SHOWN - 1] if len(found) > USERS_SHOWN else None
    return found[:USERS_SHOWN], f"{int(last.is_active)}~{last.username}" if last else ""


def get_user(actor: Actor, user: UUID) -> User:
    row: User = User.objects.get_for(actor, "see", pk=user)
    return row


def last_editor_of_task(actor: Actor, task: Task) -> str:
    """Whoever changed this task last, by name."""
    rows = Event.objects.filter(kind__in=("task.edited", "task.handed_over"), about=task.pk).order_by("-seq")
    by = rows.values_list("by", flat=True).first()
    user = staff(actor).filter(pk=by).first() if by else None
    return (user.name or user.username) if user else ""


def last_editor(actor: Actor, user: User) -> str:
    """The account of whoever edited this account last."""
    get_user(actor, user.pk)
    by = Event.objects.filter(kind="user.edited", about=user.pk).order_by("-seq").values_list("by", flat=True).first()
    return User.objects.filter(pk=by).values_list("username", flat=True).first() or ""


def last_editor_of_center(actor: Actor) -> str:
    """The account of whoever changed the center's page last, for those who may."""
    if not policy.may(actor, "setting.edit"):
        raise Refused("setting.edit")
    by = Event.objects.filter(kind="center.edited").order_by("-seq").values_list("by", flat=True).first()
    return User.objects.filter(pk=by).values_list("username", flat=True).first() or ""


def open_grants(actor: Actor, user: User) -> QuerySet[RoleGrant]:
    """The roles a user holds or is proposed for."""
    return (
        RoleGrant.objects.filter(user=get_user(actor, user.pk), to_at=None)
        .select_related("proposed_by")
        .order_by("role")
    )


def get_role_grant(actor: Actor, grant: UUID) -> RoleGrant:
    row: RoleGrant | None = RoleGrant.objects.filter(pk=grant, to_at=None).select_related("user").first()
    if row is None:
        raise Refused("role")
    get_user(actor, row.user_id)
    return row


def waiting_grants(actor: Actor) -> QuerySet[RoleGrant]:
    """Roles that wait for a second yes."""
    waiting = RoleGrant.objects.filter(user__in=User.objects.visible_to(actor, "see"), to_at=None, from_at=None)
    named = Prefetch("user", User.objects.visible_to(actor, "see"))
    return waiting.select_related("proposed_by").prefetch_related(named).order_by("proposed_at")


def open_recovery(actor: Actor, user: User) -> Invitation | None:
    """The recovery of this account that was asked for and has no link yet."""
    recoveries = Invitation.objects.filter(user=get_user(actor, user.pk), reason=InvitationReason.RECOVER)
    return recoveries.filter(ends_at=None).select_related("user", "made_by", "approved_by").first()


def get_recovery(actor: Actor, invitation: UUID) -> Invitation:
    row = Invitation.objects.filter(pk=invitation, reason=InvitationReason.RECOVER).select_related("user").first()
    if row is None:
        raise Refused("recovery")
    get_user(actor, row.user_id)
    return row


def find_invitation(mark: bytes) -> Invitation | None:
    """The invitation behind a link that still works; whoever holds the link may see it."""
    live = Invitation.objects.filter(mark=mark, used_at=None, ends_at__gt=clock.now(), user__is_active=True)
    return live.select_related("user").first()


# --- the two logs ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class LogPage:
    """Entries of a log with whose account it was, newest first, and where the next page begins (0: nowhere)."""

    entries: list[tuple[Any, str]]
    older: int


def log_page(
    actor: Actor,
    log: type[LogEntry],
    *,
    kind: str = "",
    user: UUID | None = None,
    day: date | None = None,
    before: int = 0,
) -> LogPage:
    """Fifty entries of a log. They name users by account and persons by number, never by name."""
    if not policy.may(actor, "log.read"):
        raise Refused("log.read")
    rows = log._default_manager.order_by("-seq")
    if kind:
        rows = rows.filter(kind=kind)
    if user:
        rows = rows.filter(by=user)
    if day:
        start = timezone.make_aware(datetime.combine(day, time.min))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    if before:
        rows = rows.filter(seq__lt=before)
    found = list(rows[: LOG_PAGE + 1])
    shown = found[:LOG_PAGE]
    names = dict(User.objects.filter(pk__in={row.by for row in shown}).values_list("pk", "username"))
    entries = [(row, names.get(row.by, "")) for row in shown]
    return LogPage(entries, shown[-1].seq if len(found) > LOG_PAGE else 0)


def log_kinds(actor: Actor, log: type[LogEntry]) -> list[str]:
    """The kinds of entry that occur in a log."""
    if not policy.may(actor, "log.read"):
        raise Refused("log.read")
    return list(log._default_manager.order_by("kind").values_list("kind", flat=True).distinct())
