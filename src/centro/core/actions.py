"""Writes of the ground: users, places, tasks, and the staff's invitations and roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from centro.core import clock, policy
from centro.core.accounts import factors_of
from centro.core.audit import record_event
from centro.core.classes import Relation, Role
from centro.core.invitations import suggest_username
from centro.core.links import mark_of, new_link
from centro.core.models import (
    Center,
    Invitation,
    InvitationReason,
    Place,
    RoleGrant,
    SearchTerm,
    Task,
    User,
)
from centro.core.policy import Actor
from centro.core.queries import OFFICERS, all_officers, get_center


@transaction.atomic
def edit_center(*, by: Actor, version: str, details: Mapping[str, str]) -> bool:
    """Change what stands at the head of every page and paper. False when somebody else saved first."""
    center = get_center()
    if center._state.adding:
        center.save()
    changed = sorted(name for name, value in details.items() if getattr(center, name) != value)
    if not changed:
        return True
    now = Center.objects.filter(pk=center.pk, version=int(version) if version.isdecimal() and len(version) < 9 else 0)
    if not now.update(**details, version=center.version + 1):
        return False
    record_event("center.edited", by=by, about=center, codes=changed)
    return True


@transaction.atomic
def set_language(*, by: Actor, language: str) -> None:
    """A user wants every page in this language."""
    User.objects.filter(pk=by.user_id).update(language=language)
    record_event("user.language_set", by=by)


@transaction.atomic
def give_place(
    *, by: Actor, user: User, scope_kind: str, scope: UUID, relation: Relation, since: Any = None, until: Any = None
) -> Place:
    """Put a user on a team, turf, program or shift; it acts at once, or from `since` on."""
    place = Place.objects.create(
        user=user, scope_kind=scope_kind, scope=scope, relation=relation, from_at=since or clock.now(), to_at=until
    )
    record_event("place.given", by=by, about=place, codes=[scope_kind, relation])
    return place


@transaction.atomic
def end_place(*, by: Actor, place: Place) -> bool:
    """Take a user off, also one whose time was to end later; the next request is refused. False when it was over."""
    now = clock.now()
    is_ended = Place.objects.not_over().filter(pk=place.pk).update(to_at=now) == 1
    if is_ended:
        record_event("place.ended", by=by, about=place)
    return is_ended


@transaction.atomic
def end_places(*, by: Actor, scope: UUID, user: User | None = None) -> int:
    """Take everybody (or one user) off something: a list, a shift, a night. One event each; returns how many."""
    places = Place.objects.not_over().filter(scope=scope)
    places = places.filter(user=user) if user else places
    return sum(end_place(by=by, place=place) for place in places)


@transaction.atomic
def move_place(*, by: Actor, place: Place, since: datetime, until: datetime | None) -> bool:
    """Let a user's time on something begin or end at another moment. False when it was over."""
    is_moved = Place.objects.not_over().filter(pk=place.pk).update(from_at=since, to_at=until) == 1
    if is_moved:
        record_event("place.moved", by=by, about=place)
    return is_moved


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
def edit_task(*, by: Actor, task: Task, version: int, what: str, due_on: date, owner: User) -> bool:
    """Correct a task, move its day, or hand it to a colleague. False when somebody else saved first; nothing is lost.

    Whoever asked for it goes on seeing it; whoever hands on what nobody asked for sees it among what they gave.
    """
    changes = {"what": what, "due_on": due_on, "owner": owner}
    changed = [name for name, value in changes.items() if getattr(task, name) != value]
    if not changed:
        return True
    if Task.objects.filter(pk=task.pk, version=version).update(version=version + 1) != 1:
        return False
    for name in changed:
        setattr(task, name, changes[name])
    task.set_by_id = task.set_by_id or by.user_id
    task.save(update_fields=[*changed, "set_by"])
    record_event("task.handed_over" if "owner" in changed else "task.edited", by=by, about=task, codes=changed)
    return True


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


@transaction.atomic
def keep_search_words(*, by: Actor, words: str) -> SearchTerm:
    """Keep what was typed to find someone, sealed, for half an hour."""
    term = SearchTerm(user=User.objects.get(pk=by.user_id), words=words)
    term.save()
    return term


# --- staff: invitations, roles by two people, and the end of both ----------------------------------------------------
LINK_LIVES = timedelta(hours=24)
ALONE_WAITS = timedelta(hours=24)


class NotAllowed(Exception):
    """What was asked would lock the center out, or is one's own case. Its text is for the user."""


@dataclass(frozen=True)
class Officer:
    """Somebody named at set-up, before there is anybody to approve anything."""

    name: str
    username: str
    language: str
    roles: tuple[Role, ...]


def _make_user(*, name: str, username: str, language: str, email: str) -> User:
    user = User(username=username or suggest_username(), name=name, email=email, language=language)
    user.set_unusable_password()
    user.save()
    return user


def _new_link(invitation: Invitation) -> str:
    """Give an invitation its link: 256 random bits, of which only the SHA-256 is kept."""
    link = new_link()
    invitation.mark, invitation.ends_at = mark_of(link), clock.now() + LINK_LIVES
    invitation.save(update_fields=["mark", "ends_at"])
    return link


@transaction.atomic
def create_center(*, name: str, officers: Sequence[Officer]) -> list[tuple[User, str]]:
    """Set up the center and its first officers; returns each with the link by which they come in.

    Two people are needed from the first day, because roles are granted by two. Run once, on an empty database.
    """
    if User.objects.filter(is_demo=False).exists():
        raise NotAllowed(gettext("This center has been set up already."))
    if len({officer.username for officer in officers}) < 2:
        raise NotAllowed(gettext("A center needs two officers with different user names."))
    Center.objects.create(name=name)
    by, made = policy.system("create-center"), []
    for officer in officers:
        user = _make_user(name=officer.name, username=officer.username, language=officer.language, email="")
        for role in officer.roles:
            RoleGrant.objects.create(user=user, role=role, from_at=clock.now())
        invitation = Invitation.objects.create(user=user, reason=InvitationReason.JOIN)
        made.append((user, _new_link(invitation)))
        record_event("user.invited", by=by, about=user, codes=officer.roles)
    record_event("center.created", by=by)
    return made


@transaction.atomic
def invite(
    *, by: Actor, name: str, username: str, language: str, email: str, roles: Sequence[Role]
) -> tuple[User, str]:
    """Invite somebody: their account, the roles proposed for them, and the link by which they come in."""
    user = _make_user(name=name, username=username, language=language, email=email)
    invitation = Invitation.objects.create(user=user, reason=InvitationReason.JOIN, made_by_id=by.user_id)
    record_event("user.invited", by=by, about=user)
    for role in roles:
        propose_role(by=by, user=user, role=role)
    return user, _new_link(invitation)


@transaction.atomic
def invite_again(*, by: Actor, user: User) -> str:
    """A new link for somebody who has not come in yet; the links before it end."""
    if factors_of(user):
        raise NotAllowed(gettext("This person has already come in. If they lost their way to sign in, recover it."))
    _end_invitations(user)
    invitation = Invitation.objects.create(user=user, reason=InvitationReason.JOIN, made_by_id=by.user_id)
    record_event("user.invited", by=by, about=user)
    return _new_link(invitation)


@transaction.atomic
def propose_recovery(*, by: Actor, user: User) -> Invitation:
    """Let somebody back in who lost every way to sign in. A second officer must have recognised them too."""
    if user.pk == by.user_id:
        raise NotAllowed(gettext("Nobody recovers their own account."))
    _end_invitations(user)
    is_alone = not all_officers().filter(~Q(pk=by.user_id)).exists()
    opens_at = clock.now() + ALONE_WAITS if is_alone else None
    recover = InvitationReason.RECOVER
    invitation = Invitation.objects.create(user=user, reason=recover, made_by_id=by.user_id, opens_at=opens_at)
    record_event("user.recovery_proposed", by=by, about=user)
    _tell_officers(by, invitation, gettext_noop("Recovery of the account {username} was asked for."), user)
    return invitation


@transaction.atomic
def approve_recovery(*, by: Actor, invitation: Invitation) -> bool:
    """The second officer recognised the person, by voice or face. False when it is not theirs to approve."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, approved_by=None, opens_at=None, ends_at=None)
    is_done = open_ones.exclude(made_by_id=by.user_id).update(approved_by=by.user_id, opens_at=clock.now()) == 1
    if is_done:
        record_event("user.recovery_approved", by=by, about=invitation.user)
    return is_done


@transaction.atomic
def make_recovery_link(*, by: Actor, invitation: Invitation) -> str:
    """The link of a recovery that two officers agreed on, or that waited its 24 hours. Works once."""
    ready = Invitation.objects.select_for_update().filter(opens_at__lte=clock.now(), mark=None, ends_at=None)
    row = ready.filter(pk=invitation.pk, reason=InvitationReason.RECOVER).first()
    if row is None:
        raise NotAllowed(gettext("This recovery has to wait, or its link was already made."))
    record_event("user.recovery_link_made", by=by, about=invitation.user)
    return _new_link(row)


@transaction.atomic
def accept_invitation(*, link: str) -> User | None:
    """Come in by a link. It works once; a recovery forgets every way to sign in that was there before."""
    now = clock.now()
    live = Invitation.objects.filter(mark=mark_of(link), ends_at__gt=now, user__is_active=True)
    if live.filter(used_at=None).update(used_at=now) != 1:
        return None
    invitation = Invitation.objects.select_related("user").get(mark=mark_of(link))
    user = invitation.user
    if invitation.reason == InvitationReason.RECOVER:
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        _end_sessions(user)
    record_event("user.came_in", by=Actor(user_id=user.pk), about=user, codes=[invitation.reason])
    return user


@transaction.atomic
def propose_role(*, by: Actor, user: User, role: Role) -> RoleGrant:
    """Propose that somebody works as a role. In force when another officer approves.

    Where there is no other officer yet, it is in force after 24 hours; only the second officer comes at once.
    """
    is_alone = not all_officers().filter(~Q(pk=by.user_id)).exists()
    makes_second = role in OFFICERS and user.pk != by.user_id
    from_at = (clock.now() if makes_second else clock.now() + ALONE_WAITS) if is_alone else None
    values = {"proposed_by_id": by.user_id, "from_at": from_at}
    grant, is_new = RoleGrant.objects.get_or_create(user=user, role=role, to_at=None, defaults=values)
    if is_new:
        record_event("role.proposed", by=by, about=user, codes=[role])
        _tell_officers(by, grant, gettext_noop("A role was proposed for the account {username}."), user)
    return grant


@transaction.atomic
def approve_role(*, by: Actor, grant: RoleGrant) -> bool:
    """The second yes: the role is in force from now. False for one's own proposal, or when it was settled before."""
    waiting = RoleGrant.objects.filter(pk=grant.pk, approved_by=None, from_at=None, to_at=None)
    is_done = waiting.exclude(proposed_by_id=by.user_id).update(approved_by=by.user_id, from_at=clock.now()) == 1
    if is_done:
        record_event("role.approved", by=by, about=grant.user, codes=[grant.role])
    return is_done


@transaction.atomic
def end_role(*, by: Actor, grant: RoleGrant) -> bool:
    """Take a role back, or decline one that waits. One officer is enough, and it acts at the next request."""
    is_done = RoleGrant.objects.filter(pk=grant.pk, to_at=None).update(to_at=clock.now()) == 1
    _keep_an_officer()
    if is_done:
        record_event("role.ended", by=by, about=grant.user, codes=[grant.role])
    return is_done


@transaction.atomic
def edit_user(*, by: Actor, user: User, version: int, name: str, email: str, language: str) -> bool:
    """Correct how somebody is called, mailed and spoken to. False when somebody else saved first; nothing is lost."""
    changes = {"name": name, "email": email, "language": language}
    changed = [field for field, value in changes.items() if str(getattr(user, field)) != value]
    if not changed:
        return True
    if User.objects.filter(pk=user.pk, version=version).update(version=version + 1) != 1:
        return False
    for field in changed:
        setattr(user, field, changes[field])
    user.save(update_fields=changed)
    record_event("user.edited", by=by, about=user, codes=changed)
    return True


@transaction.atomic
def disable_user(*, by: Actor, user: User) -> None:
    """Shut somebody out from the next request on: no session, no role, no link remains."""
    if user.pk == by.user_id:
        raise NotAllowed(gettext("Nobody shuts themselves out. Another officer can."))
    User.objects.filter(pk=user.pk).update(is_active=False)
    RoleGrant.objects.filter(user=user, to_at=None).update(to_at=clock.now())
    _end_invitations(user)
    _end_sessions(user)
    _keep_an_officer()
    record_event("user.disabled", by=by, about=user)


@transaction.atomic
def enable_user(*, by: Actor, user: User) -> None:
    """Open a shut account. It comes back without roles: those are proposed and approved anew."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    record_event("user.enabled", by=by, about=user)


@transaction.atomic
def end_sessions(*, by: Actor, user: User) -> int:
    """Sign a user out everywhere. Returns from how many places."""
    count = _end_sessions(user)
    record_event("user.sessions_ended", by=by, about=user)
    return count


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _end_invitations(user: User) -> None:
    Invitation.objects.filter(user=user, used_at=None).update(ends_at=clock.now())


def _keep_an_officer() -> None:
    if not all_officers().exists():
        raise NotAllowed(gettext("This is the last officer. Name another one first."))


def _tell_officers(by: Actor, about: Any, sentence: str, user: User) -> None:
    """Every officer finds it among today's tasks, in their language."""
    for officer in all_officers():
        with translation.override(officer.language):
            what = gettext(sentence).format(username=user.username)
        add_task(by=by, owner=officer, what=what, due_on=clock.today(), about=about)
