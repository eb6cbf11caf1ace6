"""Contacts and attendance of a campaign in the words of OSDI: ids, codes and dates; no name, no story, no assessment.

Source: OSDI specification, canvasses.md and attendances.md (opensupporter/osdi-docs). Its people are identified as in
the list that the data steward takes out, so that the two fit together for whoever was given both.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from centro.core.policy import Actor, Refused
from centro.organizing.choices import Kind, Outcome, Source, Turnout
from centro.organizing.models import Campaign, Commitment, Contact
from centro.organizing.queries.campaigns import get_campaign
from centro.organizing.queries.week import leads

MOST = 200  # rows of one file, the newest: a longer list leaves only with two people (docs/privacy.md)
CANVASSES = ("identifier", "target", "action_date", "contact_type", "input_type", "success", "status_code")
ATTENDANCES = ("identifier", "person", "event", "action_date", "status", "attended")
_CONTACT_TYPE = {Kind.CALL: "phone", Kind.TEXT: "text"}
_INPUT_TYPE = {Source.FIELD: "mobile", Source.PAPER: "paper"}
_STATUS_CODE = {Outcome.TALKED: "success"}
_ATTENDANCE = {Turnout.ASKED: "needs action", Turnout.MAYBE: "tentative", Turnout.CANCELLED: "declined"}
_ATTENDED = {Turnout.ATTENDED: "true", Turnout.NO_SHOW: "false"}

Row = tuple[str, ...]


def get_led_campaign(actor: Actor, campaign: UUID) -> Campaign:
    """A campaign that this actor leads: nobody else takes its record out."""
    row = get_campaign(actor, campaign, "edit")
    if not leads(actor, row):
        raise Refused("campaign.edit")
    return row


def canvasses(actor: Actor, campaign: Campaign) -> Iterator[Row]:
    """Tries of the campaign that count, the newest first, as many as one file holds."""
    rows = Contact.objects.visible_to(actor, "see").valid().filter(campaign=campaign).latest_first()
    columns = ("pk", "person", "at", "kind", "source", "outcome")
    for pk, person, at, kind, source, outcome in rows.values_list(*columns)[:MOST]:
        yield (
            f"centro:{pk}",
            f"centro:{person}",
            at.isoformat(timespec="seconds"),
            _CONTACT_TYPE.get(Kind(kind), "in-person"),
            _INPUT_TYPE.get(Source(source), "web"),
            "true" if outcome == Outcome.TALKED else "false",
            _STATUS_CODE.get(Outcome(outcome), outcome.replace("_", "-")),
        )


def attendances(actor: Actor, campaign: Campaign) -> Iterator[Row]:
    """What people answered about coming to the events of the campaign, and whether they came."""
    rows = Commitment.objects.visible_to(actor, "see").filter(campaign=campaign).order_by("-asked_at", "pk")
    for pk, person, event, at, state in rows.values_list("pk", "person", "gathering", "asked_at", "state")[:MOST]:
        answer = Turnout(state)
        yield (
            f"centro:{pk}",
            f"centro:{person}",
            f"centro:{event}",
            at.isoformat(timespec="seconds"),
            _ATTENDANCE.get(answer, "accepted"),
            _ATTENDED.get(answer, ""),
        )


FILES = {"canvasses": (CANVASSES, canvasses), "attendances": (ATTENDANCES, attendances)}


def file_of(actor: Actor, campaign: Campaign, what: str) -> tuple[tuple[str, ...], Iterable[Row]]:
    """The headings and rows of one of the two files."""
    if what not in FILES:
        raise Refused("campaign.edit")
    header, rows = FILES[what]
    return header, rows(actor, campaign)
