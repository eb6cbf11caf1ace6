"""Going out with a list and coming back; and telling somebody when a pair does not."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from centro.core import access, clock
from centro.core import actions as core
from centro.core.audit import record_event
from centro.core.classes import Relation
from centro.core.models import Place, User
from centro.core.policy import Actor
from centro.organizing.models import Assignment, Walk

AT_MOST = timedelta(hours=16)
GRACE = timedelta(minutes=15)  # a traffic jam is no alarm
LONGER = timedelta(minutes=30)


@transaction.atomic
def go_out(
    *,
    by: Actor,
    assignment: Assignment,
    back_by: datetime,
    together_with: User | None = None,
    walk_id: UUID | None = None,
) -> Walk:
    """Somebody goes out with a list and says when they want to be back. Said again, the time is moved.

    An earlier walk of theirs with this list has ended with that: nobody is out twice.
    """
    now, mark = clock.now(), walk_id or uuid4()
    until = min(max(back_by, now), now + AT_MOST)
    own = Walk.objects.filter(assignment=assignment, user_id=by.me)
    own.filter(back_at=None).exclude(pk=mark).update(back_at=now)
    if own.filter(pk=mark).exclude(back_by=until).update(back_by=until, raised_at=None):
        record_event("assignment.out_longer", by=by, about=assignment)
    walk, is_new = Walk.objects.get_or_create(
        pk=mark,
        defaults={"assignment": assignment, "user_id": by.me, "together_with": together_with, "back_by": until},
    )
    if is_new:
        record_event("assignment.went_out", by=by, about=assignment)
    return walk


@transaction.atomic
def stay_longer(*, by: Actor, walk: Walk) -> None:
    """Half an hour more, counted from now if the time is over."""
    walk.back_by, walk.raised_at = max(walk.back_by, clock.now()) + LONGER, None
    walk.save(update_fields=["back_by", "raised_at"])
    record_event("assignment.out_longer", by=by, about=walk.assignment)


@transaction.atomic
def come_back(*, by: Actor, walk: Walk) -> bool:
    """They are back. False when that was known."""
    is_news = Walk.objects.filter(pk=walk.pk, back_at=None).update(back_at=clock.now()) == 1
    if is_news:
        record_event("assignment.came_back", by=by, about=walk.assignment)
    return is_news


def raise_overdue_walks(*, by: Actor) -> int:
    """Tell whoever made the list that a pair is not back: among today’s tasks, and by mail where mail is set up."""
    late = Walk.objects.filter(back_at=None, raised_at=None, back_by__lt=clock.now() - GRACE)
    return sum(_raise(by, walk) for walk in late.select_related("assignment__made_by", "user", "together_with"))


@transaction.atomic
def _raise(by: Actor, walk: Walk) -> bool:
    if not Walk.objects.filter(pk=walk.pk, raised_at=None, back_at=None).update(raised_at=clock.now()):
        return False
    captain = _captain(walk)
    with access.viewing(by), translation.override(captain.language):
        who = " + ".join(str(user.name or user.username) for user in (walk.user, walk.together_with) if user)
        time = formats.time_format(timezone.localtime(walk.back_by), "TIME_FORMAT")
        what = _("%(who)s wanted to be back by %(time)s. Call them now.") % {"who": who, "time": time}
        core.add_task(by=by, owner=captain, what=what, due_on=clock.today())
        _mail(captain)
    record_event("assignment.overdue", by=by, about=walk.assignment)
    return True


def _captain(walk: Walk) -> User:
    """Whoever made the list; if it is they who are out, somebody else of the campaign's team."""
    out = {walk.user_id, walk.together_with_id}
    made_by: User = walk.assignment.made_by
    if made_by.pk not in out and made_by.is_active:
        return made_by
    on_team = Place.objects.filter(
        scope=walk.assignment.campaign_id, relation__in=[Relation.TEAM, Relation.PROGRAM], to_at=None
    )
    others = User.objects.filter(pk__in=on_team.values("user"), is_active=True).exclude(pk__in=out)
    return others.order_by("username").first() or made_by


def _mail(captain: User) -> None:
    """One line that names nobody: who it is stands in the task."""
    address = str(captain.email)
    if settings.MAIL_IS_ON and address:
        words = _("Somebody is not back from a shift. Please look at your tasks now.")
        send_mail(_("Please look at your tasks"), f"{words}\n", None, [address], fail_silently=True)
