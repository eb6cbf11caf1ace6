"""The rounds of calls before an event: a week before, two days before, and on the day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.organizing.choices import Turnout
from centro.organizing.models import Commitment, Gathering
from centro.people.models import Involvement


@dataclass(frozen=True)
class Round:
    """A round of calls: how many days before the event it begins, and whom it is for."""

    days: int
    label: str | Promise
    states: tuple[Turnout, ...]

    @property
    def ahead(self) -> timedelta:
        return timedelta(days=self.days + 1)


ROUNDS = (
    Round(7, _("A week before: ask for an answer"), (Turnout.ASKED, Turnout.MAYBE, Turnout.YES)),
    Round(2, _("Two days before: ask them to confirm"), (Turnout.MAYBE, Turnout.YES)),
    Round(0, _("Today: see you later"), (Turnout.YES, Turnout.CONFIRMED)),
)
CALLED_OFF = Round(0, _("It is called off: tell them"), (Turnout.ASKED, Turnout.MAYBE, Turnout.YES, Turnout.CONFIRMED))
_IN_IT = Involvement.objects.filter(person=OuterRef("person_id"), scope=OuterRef("campaign_id"))
_NOT_LET_GO = ~Q(Exists(_IN_IT.filter(until__isnull=False))) | Q(Exists(_IN_IT.filter(until__isnull=True)))
# Who may stand on a list of an event: not whom the campaign let go, because they took back their yes.
WITH_NAMES = Q(person__merged_into__isnull=True, person__restricted_at__isnull=True) & _NOT_LET_GO


def current_round(gathering: Gathering) -> Round:
    """The round that is on now; the first one before its time, so that nobody has to wait for it."""
    if gathering.called_off_at is not None:
        return CALLED_OFF
    return next((one for one in reversed(ROUNDS) if gathering.days_left <= one.days), ROUNDS[0])


def round_of(gathering: Gathering) -> int:
    return current_round(gathering).days


def began_at(gathering: Gathering) -> datetime | None:
    """When the present round began: midnight of its day at the center. None before the first one."""
    if gathering.called_off_at is not None:
        return gathering.called_off_at
    now = current_round(gathering)
    if gathering.days_left > now.days:
        return None
    day = timezone.localtime(gathering.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=now.days)


def to_call(gathering: Gathering) -> "QuerySet[Commitment]":
    """Whom this round still has to reach. Unscoped: the caller narrows it to what its actor may see, or counts."""
    rows = Commitment.objects.filter(WITH_NAMES, gathering=gathering, state__in=current_round(gathering).states)
    since = began_at(gathering)
    return rows if since is None else rows.filter(Q(called_at__isnull=True) | Q(called_at__lt=since))
