"""Reports from phones in the field: into the log once, or held until a person has looked at them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing import outbox
from centro.organizing.actions import log_contact
from centro.organizing.choices import Held, Source
from centro.organizing.forms.contacts import ContactForm, told_by_phone
from centro.organizing.models import Contact, Pack, Report, Scale, Stop
from centro.organizing.queries import Going, going
from centro.people.models import Person


@transaction.atomic
def receive_report(*, by: Actor, pack: Pack, report_id: UUID, item: Mapping[str, Any]) -> str:
    """Take one report of a phone into the log, once: “taken”, or “review” where a person has to look at it first.

    Nothing is refused: what cannot be read, and what comes from a copy that was revoked or has run out, is kept.
    """
    if Contact.objects.filter(pk=report_id).exists():
        return "taken"
    if known := Report.objects.filter(pk=report_id).first():
        return "taken" if known.settled_at else "review"
    words, told, held = _read(pack, report_id, item)
    state = going(pack)
    if state is not Going.LIVE:
        held = held or {Going.REVOKED: Held.REVOKED, Going.ENDED: Held.EXPIRED}[state]
    held = held or _log(by, pack, report_id, told)
    if not held:
        return "taken"
    row = Report(id=report_id, pack=pack, campaign_id=pack.assignment.campaign_id, words=words, held=held)
    row.save(force_insert=True)
    record_event("contact.report_held", by=by, about=row, codes=[held])
    return "review"


def _read(pack: Pack, report_id: UUID, item: Mapping[str, Any]) -> tuple[str, dict[str, Any], str]:
    """What the phone wrote, as text and as a form; or the sealed text as it came, and that it could not be read."""
    try:
        told = outbox.open_report(outbox.Sealed.read(item), report=report_id, pack=pack.pk)
    except outbox.Garbled:
        return json.dumps(dict(item))[: 2 * outbox.LARGEST], {}, Held.UNREADABLE
    return json.dumps(told, ensure_ascii=False), told, ""


def _log(by: Actor, pack: Pack, report_id: UUID, told: Mapping[str, Any]) -> str:
    """Write a report into the log as whoever carried the list. Returns why it cannot be, or nothing."""
    person = _person_of(pack, told)
    if person is None:
        return Held.GONE
    scale = Scale.objects.filter(campaign=pack.assignment.campaign_id).order_by("-number").first()
    form = ContactForm(told_by_phone(told), scale=["?"] * (scale.steps if scale else 0))
    if not form.is_valid():
        return Held.WRONG
    log_contact(
        by=by,
        campaign=pack.assignment.campaign,
        person=person,
        told=replace(form.told(), device_at=_device_time(pack, told)),
        contact_id=report_id,
        source=Source.FIELD,
        must_say_why=False,
    )
    return ""


def _device_time(pack: Pack, told: Mapping[str, Any]) -> datetime | None:
    """When it happened, as the phone's clock says: not before the phone had the list. None (now) if it says nothing."""
    try:
        when = parse_datetime(str(told.get("device_at", "")))
    except ValueError:
        return None
    return None if when is None or when.tzinfo is None else max(when, pack.made_at)


def _person_of(pack: Pack, told: Mapping[str, Any]) -> Person | None:
    """Whom a report is about: by their stop on the list; where two files became one, the one that was kept."""
    try:
        stop = Stop.objects.select_related("person__merged_into").get(
            pk=UUID(str(told.get("stop"))), assignment=pack.assignment_id
        )
    except (ValueError, Stop.DoesNotExist):
        return None
    person: Person = stop.person.merged_into or stop.person
    return person


@transaction.atomic
def settle_report(*, by: Actor, report: Report, take: bool) -> bool:
    """Somebody looked at a held report: into the log with it, or away. False when it still cannot be taken.

    What it said is destroyed with it; the contact keeps it.
    """
    if take:
        carrier = Actor(user_id=report.pack.user_id, role=by.role)
        if report.held == Held.UNREADABLE or _log(carrier, report.pack, report.pk, json.loads(report.words)):
            return False
    Report.objects.filter(pk=report.pk).update(settled_at=clock.now(), settled_by=by.user_id, words=None)
    record_event("contact.report_settled", by=by, about=report, codes=["taken" if take else "put_away"])
    return True
