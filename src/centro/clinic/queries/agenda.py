"""The diary of a user: hearing dates and deadlines of the cases they answer for; and the same as a calendar feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from centro.clinic.deadlines import LIVE, STILL_OURS, is_for_worker
from centro.clinic.models import Case, Clock, Feed, Hearing
from centro.core import clock, policy
from centro.core.accounts import roles_of
from centro.core.classes import Role
from centro.core.links import mark_of
from centro.core.models import User
from centro.core.policy import Actor

BACK = timedelta(days=30)
AHEAD = timedelta(days=400)
LASTS = timedelta(hours=2)
MOST = 500


@dataclass(frozen=True)
class Entry:
    """One line of a calendar. It names no person: only the number of the case and what kind of date it is."""

    uid: str
    title: str
    on: date
    at: datetime | None = None


def has_feed(actor: Actor) -> bool:
    """Whether this user has an address for their calendar."""
    return Feed.objects.filter(user_id=actor.me, ended_at=None).exists()


def count_live_feeds() -> int:
    """How many calendar addresses work at this moment, of all users."""
    return Feed.objects.filter(ended_at=None, user__is_active=True).count()


def reader_of(secret: str) -> Actor | None:
    """Whose calendar this secret opens, as the first role of theirs that may see cases; None if nobody's any more."""
    feed = Feed.objects.filter(mark=mark_of(secret), ended_at=None, user__is_active=True).select_related("user").first()
    return _as_caseworker(feed.user) if feed else None


def _as_caseworker(user: User) -> Actor | None:
    actors = [Actor(user_id=user.pk, role=role) for role in Role if role in roles_of(user)]
    return next((actor for actor in actors if policy.may(actor, "case.see")), None)


def entries(actor: Actor) -> list[Entry]:
    """Dates and deadlines of the matters and cases this user answers for, from last month to next year."""
    first, last = clock.today() - BACK, clock.today() + AHEAD
    cases = Case.objects.visible_to(actor, "see").filter(closed_at=None)
    mine = Q(matter__owner_id=actor.me) | Q(matter__attorney_id=actor.me)
    hearings = Hearing.objects.filter(mine, cancelled_at=None, at__date__gte=first, at__date__lte=last)
    of_case = Q(matter=None, case__owner_id=actor.me)
    clocks = Clock.objects.filter(mine | of_case, STILL_OURS, state__in=LIVE, on__gte=first, on__lte=last)
    rows = hearings.filter(case__in=cases.values("pk")).select_related("case")[:MOST]
    found = [Entry(str(row.pk), _hearing(row), timezone.localtime(row.at).date(), row.at) for row in rows]
    found += _deadlines(clocks.filter(case__in=cases.values("pk")).select_related("case").order_by("on")[: MOST * 4])
    return found


def _hearing(row: Hearing) -> str:
    return _("Matter %(number)s: %(kind)s") % {"number": row.case.number, "kind": row.get_kind_display()}


def _deadlines(clocks: Iterable[Clock]) -> list[Entry]:
    """One entry a case and day: the calendar says that there is a deadline, not which."""
    by_day = {(row.case.number, row.on): row for row in clocks if row.on and is_for_worker(row.rule)}
    return [
        Entry(str(row.pk), _("Matter %(number)s: deadline") % {"number": number}, day)
        for (number, day), row in list(by_day.items())[:MOST]
        if day is not None
    ]


# --- as text (RFC 5545) -----------------------------------------------------------------------------------------------


def as_ics(found: Iterable[Entry], name: str) -> str:
    """The entries as a calendar file that phones read: lines end in CRLF and hold at most 75 bytes."""
    stamp = f"{clock.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Centro//Clinic//EN", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H"]
    for entry in found:
        lines += ["BEGIN:VEVENT", f"UID:{entry.uid}@centro", f"DTSTAMP:{stamp}", *_when(entry)]
        lines += [f"SUMMARY:{_escaped(entry.title)}", "CLASS:PRIVATE", "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _when(entry: Entry) -> list[str]:
    if entry.at is None:
        return [f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}", f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"]
    starts = entry.at.astimezone(UTC)
    return [f"DTSTART:{starts:%Y%m%dT%H%M%SZ}", f"DTEND:{starts + LASTS:%Y%m%dT%H%M%SZ}"]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on in the next one after a space; never inside a character."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > (74 if parts else 75):
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
