"""What a phone may carry, whether it still may, and what its reports wait for."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils import timezone

from centro.core import clock
from centro.core.accounts import roles_of
from centro.core.links import mark_of
from centro.core.models import Place
from centro.core.policy import Actor
from centro.organizing.choices import Held, Outcome
from centro.organizing.models import Assignment, Pack, Report
from centro.organizing.queries.campaigns import scale_words
from centro.organizing.queries.events import events_to_ask
from centro.organizing.queries.lists import StopRow, rows_of_list
from centro.organizing.words import report_lines
from centro.people.models import Person
from centro.people.phones import NotAPhone, parse, shown
from centro.people.queries import likely_same


class Going(Enum):
    """Whether a copy on a phone may still be used."""

    LIVE = "live"
    REVOKED = "revoked"
    ENDED = "ended"


def going(pack: Pack) -> Going:
    """Revoked, run out, or live: live is only what belongs to somebody who still has a place there."""
    if pack.revoked_at is not None or not pack.user.is_active or pack.role not in roles_of(pack.user):
        return Going.REVOKED
    if pack.ends_at <= clock.now():
        return Going.ENDED
    scopes = (pack.assignment_id, pack.assignment.campaign_id)
    places = Place.objects.not_over().filter(user=pack.user_id, scope__in=scopes)
    return Going.LIVE if places.exists() else Going.REVOKED


def pack_by_token(token: str) -> Pack | None:
    """The pack that this token may send for; whoever holds the token may send, and read nothing."""
    packs = Pack.objects.filter(mark=mark_of(token), sends_until__gt=clock.now())
    return packs.select_related("user", "assignment__campaign").first()


def carried(actor: Actor, assignment: Assignment) -> dict[str, Any]:
    """What a phone carries of a list: of each person the call-name, phone, address, language, last try, first words."""
    return {
        "name": str(assignment.name),
        "scale": scale_words(assignment.campaign),
        "events": [{"id": str(row.pk), "title": row.title} for row in events_to_ask(assignment.campaign)],
        "people": [_person(row) for row in rows_of_list(actor, assignment)],
    }


def _person(row: StopRow) -> dict[str, Any]:
    phone = next(iter(row.person.phones.all()), None)
    return {
        "stop": str(row.stop.pk),
        "number": row.stop.number,
        "name": str(row.stop.call_name),
        "phone": shown(str(phone.number)) if phone else "",
        "street": str(row.stop.street),
        "unit": str(row.stop.unit),
        "language": row.person.language,
        "speaks": str(row.person.get_language_display()),
        "last_on": timezone.localtime(row.last.contact_at).date().isoformat() if row.last.contact_at else "",
        "last": row.last.outcome if row.last.outcome in Outcome.values else "",
        "say_first": str(row.stop.say_first),
        "done": row.is_done,
    }


@dataclass(frozen=True)
class HeldReport:
    """A report that waits, with what it says as label and text, as far as it could be read.

    `alike`: people who may be the one it is about, when it is about somebody who was on no list.
    """

    report: Report
    said: list[tuple[str, str]]
    alike: list[Person]


def reports_held(actor: Actor) -> list[HeldReport]:
    """Reports from phones that wait for a person, of the campaigns the actor is on."""
    rows = Report.objects.visible_to(actor, "see").filter(settled_at__isnull=True).exclude(held="")
    found = rows.select_related("pack__user", "pack__assignment")[:50]
    return [HeldReport(row, report_lines(str(row.words)), _alike(actor, row)) for row in found]


def _alike(actor: Actor, report: Report) -> list[Person]:
    if report.held != Held.NEW:
        return []
    new = somebody_new(report)
    return likely_same(actor, given=new.given, family=new.family, native="", phone=new.phone)


@dataclass(frozen=True)
class New:
    """Somebody noted in the field who was on no list: the names as told, and a phone that can be dialled, or none."""

    given: str
    family: str
    phone: str


def somebody_new(report: Report) -> New:
    """Whom a held report is about, as it was typed at the door: the first word is the given name."""
    told = json.loads(str(report.words))
    given, _, family = str(told.get("new_name", "")).strip()[:80].partition(" ")
    try:
        phone = parse(str(told.get("new_phone", "")))
    except NotAPhone:
        phone = ""
    return New(given, family.strip(), phone)


def get_report(actor: Actor, report: UUID) -> Report:
    rows = Report.objects.select_related("pack__assignment__campaign")
    row: Report = rows.get_for(actor, "see", pk=report, settled_at__isnull=True)
    return row
