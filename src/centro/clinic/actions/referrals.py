"""Somebody whom organizing sends with their consent: an intake that waits for the front desk, and a task to call."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.intake.answers import Answers, split
from centro.clinic.models import Intake, Source
from centro.clinic.queries import intake as reads
from centro.core import actions as core
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people.models import Person


@transaction.atomic
def receive_referral(*, by: Actor, person: Person, asked_in: str, told: Mapping[str, Any]) -> Intake:
    """Begin an intake with what crossed the wall: name, number, safe times, topic. Whoever is on duty is asked to call.

    `told` holds answers of the front desk's questions by their ids; anything else is left out. Nothing else of the
    person's file goes into it, and whoever sent them cannot open it.
    """
    desk, _story = split(Answers().with_(told))
    row = Intake(
        source=Source.REFERRAL,
        language=person.language,
        asked_in=asked_in,
        person=person,
        started_by_id=by.user_id,
        topics=list(desk.many("topics")),
        desk=desk.as_text(),
    )
    row.expires_at = row.kept_until()
    row.save()
    record_event("intake.started", by=by, about=row, person=person.pk, codes=[Source.REFERRAL, person.language])
    if duty := reads.duty_counsellor(row):
        with translation.override(duty.language):
            what = _("Somebody asked for legal help on a visit: call them at a safe time, or book them in")
        core.add_task(by=by, owner=duty, what=what, due_on=clock.today(), about=row)
    return row
