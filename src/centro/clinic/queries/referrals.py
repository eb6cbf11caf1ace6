"""One word about somebody whom organizing sent: received, appointment, closed. Nothing else leaves the clinic."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from centro.clinic.choices import OVER
from centro.clinic.models import Appointment, Intake
from centro.clinic.models.night import VisitState
from centro.core.policy import Actor, Refused, may

STANDS = (VisitState.BOOKED, VisitState.ARRIVED, VisitState.WITH_COUNSELLOR)
RECEIVED, APPOINTMENT, CLOSED = "received", "appointment", "closed"


@dataclass(frozen=True)
class Word:
    """How it stands, and the day of the appointment for those who let the organizer know it."""

    word: str
    on: date | None = None


def word_of(actor: Actor, *, intake: UUID, since: datetime, tells_day: bool) -> Word:
    """How it stands with this intake. One that was destroyed is closed; the caller has looked at the consent."""
    if not may(actor, "clinic.status"):
        raise Refused("clinic.status")
    row = Intake.objects.filter(pk=intake).select_related("case").only("state", "person", "case__state").first()
    if row is None or (row.case.state if row.case else row.state) in OVER:
        return Word(CLOSED)
    of_this = Q(case=row.case_id) if row.case_id else Q(person=row.person_id, case__isnull=True)
    booked = Appointment.objects.filter(of_this, starts_at__gte=since, state__in=STANDS).order_by("starts_at")
    at = booked.values_list("starts_at", flat=True).first()
    if at is None:
        return Word(RECEIVED)
    return Word(APPOINTMENT, timezone.localtime(at).date() if tells_day else None)
