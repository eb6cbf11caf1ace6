"""Verbs that span two parts of the work which do not know each other: handing somebody on, both ways.

Organizing and the clinic are siblings. What crosses the wall crosses it here, by consent, and is all that crosses it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from centro.clinic.actions import referrals as clinic
from centro.clinic.queries import referrals as clinic_reads
from centro.core import actions as core
from centro.core import clock
from centro.core.classes import Dots
from centro.core.content import Text
from centro.core.models import User
from centro.core.policy import Actor
from centro.organizing import actions as organizing
from centro.organizing.models import Campaign
from centro.organizing.queries import referral as organizing_reads
from centro.people import actions as people
from centro.people import referrals
from centro.people.choices import How, Purpose
from centro.people.models import Consent, Person, Referral

To = Referral.To
WAITING, VISITED, CLOSED = "waiting", organizing_reads.VISITED, clinic_reads.CLOSED
VISIT_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class Agreed:
    """A yes as it was heard: the words that were read out, in which language, and how it was said."""

    text: Text
    language: str
    how: How


@dataclass(frozen=True)
class Status:
    """What the sending side may know of somebody they handed on: one word, and a day where that was agreed to."""

    referral: Referral
    word: str
    on: date | None = None


def _consent(by: Actor, person: Person, purpose: Purpose, agreed: Agreed) -> Consent:
    return people.give_consent(
        by=by,
        person=person,
        purpose=purpose,
        text=agreed.text.body_markdown,
        text_version=agreed.text.version,
        language=agreed.language,
        how=agreed.how,
    )


# --- from organizing to the clinic -------------------------------------------------------------------------------


@transaction.atomic
def ask_clinic(
    *, by: Actor, person: Person, agreed: Agreed, topic: str, safe: Mapping[str, Any], tells_day: bool = False
) -> Referral:
    """A worker wants legal help: the clinic gets their name, number, safe times and topic as an intake that waits.

    `safe` holds the answers `ways`, `hours` and `voicemail_ok` of the intake's own questions.
    """
    before = clinic_status(by, person)
    if before is not None and before.word != CLOSED:
        raise referrals.AlreadySent
    consent = _consent(by, person, Purpose.CLINIC, agreed)
    row = referrals.send(by=by, person=person, to=To.CLINIC, consent=consent, topic=topic, tells_day=tells_day)
    told = {"call_me": person.short_name, "whole_name": person.name, "topics": [topic], **safe, **_number(person)}
    intake = clinic.receive_referral(by=by, person=person, asked_in=agreed.language, told=told)
    Referral.objects.filter(pk=row.pk).update(intake=intake.pk)
    row.intake = intake.pk
    return row


def _number(person: Person) -> dict[str, str]:
    """The number to call, as far as whoever sends it may read it, and whether others see that phone."""
    phone = next((one for one in person.phones.all() if not isinstance(one.number, Dots)), None)
    if phone is None or "•" in phone.number:
        return {}
    return {"phone": str(phone.number), "shared_phone": "yes" if phone.shared_with else "no"}


def clinic_status(actor: Actor, person: Person) -> Status | None:
    """How it stands with somebody whom the actor sent to the clinic, while they agree that it is told."""
    row = referrals.last_sent_by(actor, person, To.CLINIC)
    if row is None or row.intake is None or row.closed_at is not None:
        return None
    found = clinic_reads.word_of(actor, intake=row.intake, since=row.at, tells_day=row.tells_day)
    return Status(row, found.word, found.on)


# --- from the clinic to organizing -------------------------------------------------------------------------------


@transaction.atomic
def ask_organizing(*, by: Actor, person: Person, agreed: Agreed, safe_time: str = "") -> Referral:
    """A worker wants a visit by an organizer: organizing gets a name to call them by and a safe time, no more."""
    before = visit_status(by, person)
    if before is not None and before.word != VISITED:
        raise referrals.AlreadySent
    consent = _consent(by, person, Purpose.ORGANIZER, agreed)
    return referrals.send(by=by, person=person, to=To.ORGANIZING, consent=consent, safe_time=safe_time)


@transaction.atomic
def take_visit(*, by: Actor, referral: Referral, campaign: Campaign) -> bool:
    """An organizer takes somebody up for their campaign, sees how to reach them, and visits within two days.

    False when a colleague was faster.
    """
    if not referrals.take(by=by, referral=referral, campaign=campaign.pk):
        return False
    organizing.put_in_campaign(by=by, campaign=campaign, people_in=[referral.person])
    owner = User.objects.get(pk=by.me)
    due_on = clock.today() + VISIT_WITHIN
    core.add_task(by=by, owner=owner, what=_("Asked for a visit: go there"), due_on=due_on, about=referral.person)
    return True


def visit_status(actor: Actor, person: Person) -> Status | None:
    """How it stands with somebody sent to organizing, while they agree to it."""
    row = referrals.last_sent(person, To.ORGANIZING)
    if row is None or row.closed_at is not None:
        return None
    if row.taken_at is None or row.campaign is None:
        return Status(row, WAITING)
    word = organizing_reads.visit_word(actor, person=person.pk, campaign=row.campaign, since=row.taken_at)
    return Status(row, word)


# --- a yes is taken back -------------------------------------------------------------------------------------------


def end_what_was_agreed(by: Actor, consent: Consent) -> None:
    """Who took a yes back is handed on no more: what waits is closed, and the campaign that took them up lets go."""
    purposes = {Purpose.CLINIC: To.CLINIC, Purpose.ORGANIZER: To.ORGANIZING}
    to = purposes.get(Purpose(consent.purpose))
    if to is None:
        return
    for row in Referral.objects.filter(person=consent.person_id, to=to, closed_at__isnull=True):
        referrals.close(by=by, referral=row)
        if row.campaign is not None:
            _leave_campaign(by, consent.person, row.campaign)


def _leave_campaign(by: Actor, person: Person, campaign: UUID) -> None:
    for row in Campaign.objects.filter(pk=campaign):
        organizing.let_go(by=by, campaign=row, person=person)
