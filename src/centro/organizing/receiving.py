"""Reports from phones in the field: into the log once, or held until a person has looked at them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.dateparse import parse_datetime

from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.organizing import outbox
from centro.organizing.actions import come_back, go_out, log_contact
from centro.organizing.choices import Held, Outcome, Source
from centro.organizing.forms.contacts import ContactForm, told_by_phone
from centro.organizing.models import Contact, Pack, Report, Scale, Stop, Walk
from centro.organizing.queries import Going, going, somebody_new
from centro.organizing.queries.events import events_asked_lately
from centro.people import actions as people
from centro.people.choices import LANGUAGES, MetThrough
from centro.people.models import Person

AT_ONCE = 10  # reports in one transaction: about a tenth of a second of the write lock
NOWHERE = UUID(int=0)


@dataclass(frozen=True)
class _Delivery:
    """A few reports of one phone, and what each of them is measured by: read once, in their transaction."""

    by: Actor
    pack: Pack
    state: Going
    form: ContactForm  # reads one report after the other
    known: dict[UUID, str]  # what became of those that arrived before
    people: dict[UUID, Person]  # by their stop on the list


@dataclass(frozen=True)
class _Item:
    """One report of a phone: what it wrote, as text and as a form, or why that cannot be read."""

    id: UUID
    words: str
    told: Mapping[str, Any]
    held: str = ""


def _delivery(by: Actor, pack: Pack, items: Sequence[_Item]) -> _Delivery:
    campaign = pack.assignment.campaign_id
    scale = Scale.objects.filter(campaign=campaign).order_by("-number").first()
    numbers = ["?"] * (scale.steps if scale else 0)  # what they mean is not read here
    form = ContactForm({}, scale=numbers, outcomes=Outcome.choices, events=events_asked_lately(campaign))
    known, people_on = _arrived([item.id for item in items]), _people_of(pack, [item.told for item in items])
    return _Delivery(by, pack, going(pack), form, known, people_on)


def _arrived(ids: Sequence[UUID]) -> dict[UUID, str]:
    reports = Report.objects.filter(pk__in=ids).values_list("pk", "settled_at")
    known = {pk: "taken" if settled_at else "review" for pk, settled_at in reports}
    return known | dict.fromkeys(Contact.objects.filter(pk__in=ids).values_list("pk", flat=True), "taken")


def receive_reports(*, by: Actor, pack: Pack, items: Sequence[tuple[UUID, Mapping[str, Any]]]) -> dict[str, str]:
    """Take what a phone sent, a few reports to each transaction: no write lock is held for long, no disk asked often.

    What became of each, by its id.
    """
    Pack.objects.filter(pk=pack.pk).update(seen_at=clock.now())
    answers: dict[str, str] = {}
    for start in range(0, len(items), AT_ONCE):
        few = [_read(pack, report_id, item) for report_id, item in items[start : start + AT_ONCE]]
        with transaction.atomic():
            delivery = _delivery(by, pack, few)
            for item in few:
                became = delivery.known.get(item.id) or _receive_report(delivery, item)
                answers[str(item.id)] = delivery.known[item.id] = became
    return answers


def _receive_report(delivery: _Delivery, item: _Item) -> str:
    """Take one report of a phone into the log: “taken”, or “review” where a person has to look at it first.

    Nothing is refused: what cannot be read, and what comes from a copy that was revoked or has run out, is kept.
    """
    pack, held = delivery.pack, item.held
    if delivery.state is not Going.LIVE:
        held = held or {Going.REVOKED: Held.REVOKED, Going.ENDED: Held.EXPIRED}[delivery.state]
    if item.told.get("unfinished"):
        held = held or Held.UNFINISHED
    held = held or _log(delivery, item.id, item.told)
    if not held:
        return "taken"
    row = Report(id=item.id, pack=pack, campaign_id=pack.assignment.campaign_id, words=item.words, held=held)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same report, a moment earlier, in another process
        return "review"
    record_event("contact.report_held", by=delivery.by, about=row, codes=[held])
    return "review"


def _read(pack: Pack, report_id: UUID, item: Mapping[str, Any]) -> _Item:
    """What the phone wrote; or the sealed text as it came, and that it could not be read."""
    try:
        told = outbox.open_report(outbox.Sealed.read(item), report=report_id, pack=pack.pk)
    except outbox.Garbled:
        return _Item(report_id, json.dumps(dict(item))[: 2 * outbox.LARGEST], {}, Held.UNREADABLE)
    return _Item(report_id, json.dumps(told, ensure_ascii=False), told)


def _log(delivery: _Delivery, report_id: UUID, told: Mapping[str, Any], person: Person | None = None) -> str:
    """Write a report into the log as whoever carried the list. Returns why it cannot be, or nothing.

    `person`: who it is about, where the report cannot say it because they were on no list.
    """
    pack = delivery.pack
    person = person or delivery.people.get(_stop_in(told))
    if person is None:
        return Held.NEW if told.get("new_name") else Held.GONE
    if told.get("new_where"):
        told = {**told, "story": f"{told['new_where']}\n{told.get('story', '')}".strip()}
    form = delivery.form
    form.data = told_by_phone(told, pack.assignment.kind)
    form.full_clean()
    if form.errors:
        return Held.WRONG
    log_contact(
        by=delivery.by,
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


def _stop_in(told: Mapping[str, Any]) -> UUID:
    """The stop on the list that a report names; `NOWHERE` when it names none."""
    try:
        return UUID(str(told.get("stop")))
    except ValueError:
        return NOWHERE


def _people_of(pack: Pack, reports: Iterable[Mapping[str, Any]]) -> dict[UUID, Person]:
    """Whom reports are about, by their stop on the list; where two files became one, the one that was kept."""
    stops = Stop.objects.filter(pk__in={_stop_in(told) for told in reports}, assignment=pack.assignment_id)
    return {stop.pk: stop.person.merged_into or stop.person for stop in stops.select_related("person__merged_into")}


def whom_it_is_about(report: Report) -> Person | None:
    """The person on the list whom a held report is about; None when it cannot be read, or is about somebody new."""
    try:
        told = json.loads(str(report.words))
    except ValueError:
        return None
    return _people_of(report.pack, [told]).get(_stop_in(told))


@transaction.atomic
def settle_report(*, by: Actor, report: Report, take: bool, person: Person | None = None) -> bool:
    """Somebody looked at a held report: into the log with it, or away. False when it still cannot be taken.

    `person` says who it is about when they were on no list. What it said is destroyed with it; the contact keeps it.
    """
    if take:
        if report.held == Held.UNREADABLE:
            return False
        item = _Item(report.pk, str(report.words), json.loads(report.words))
        delivery = _delivery(Actor(user_id=report.pack.user_id, role=by.role), report.pack, [item])
        if _log(delivery, item.id, item.told, person):
            return False
    Report.objects.filter(pk=report.pk).update(settled_at=clock.now(), settled_by=by.user_id, words=None)
    record_event("contact.report_settled", by=by, about=report, codes=["taken" if take else "put_away"])
    return True


@transaction.atomic
def add_reported(*, by: Actor, report: Report) -> bool:
    """Add whoever a report is about and was on no list, and take the report into the log. False when it cannot be."""
    new = somebody_new(report)
    phone = {"number": new.phone} if new.phone else None
    details = {"given": new.given, "family": new.family, "met_through": MetThrough.VISIT}
    told = json.loads(str(report.words))
    details |= {"language": told["language"]} if told.get("language") in LANGUAGES else {}
    person = people.add_person(by=by, details=details, phone=phone)
    is_settled = settle_report(by=by, report=report, take=True, person=person)
    transaction.set_rollback(not is_settled)
    return is_settled


@transaction.atomic
def receive_walk(*, pack: Pack, walk_id: UUID, back_by: datetime, is_back: bool) -> None:
    """A phone says that its user is out with the list, or back; it may say it twice, and late.

    Only this same walk ends when they are back. A copy that was revoked says nothing any more: it may be in other
    hands, and an alarm that somebody is not back must not fall silent. One that has run out may say that they are back.
    """
    state, by = going(pack), pack.carrier
    known = Walk.objects.select_related("assignment").filter(pk=walk_id).first()
    if state is Going.REVOKED or (known is not None and (known.user_id != pack.user_id or known.back_at is not None)):
        return
    if is_back and known is not None:
        come_back(by=by, walk=known)
    elif not is_back and state is Going.LIVE and (known is not None or back_by > clock.now()):
        go_out(by=by, assignment=pack.assignment, back_by=back_by, walk_id=walk_id)
