"""A phone asks for no more texts, or for texts again: its number, and everybody's consent who has it."""

from uuid import UUID

from django.db import transaction

from centro.core import content
from centro.core.audit import record_event
from centro.core.policy import Actor
from centro.people import actions
from centro.people.choices import How, Purpose, written_in
from centro.people.models import Consent, Person, StoppedNumber
from centro.people.sms.numbers import people_with


@transaction.atomic
def stop_number(*, by: Actor, mark: bytes, language: str) -> bool:
    """Nothing more goes to this phone, and the consent to texts of everybody who has it ends. False: it had stopped."""
    row, is_new = StoppedNumber.objects.get_or_create(mark=mark, defaults={"language": language})
    for person in people_with(mark):
        for consent in Consent.objects.filter(person=person, purpose=Purpose.TEXT, withdrawn_at__isnull=True):
            actions.withdraw_consent(by=by, consent=consent)
        if is_new:
            record_event("person.texts_stopped", by=by, about=row, person=person.pk, codes=[language])
    return is_new


@transaction.atomic
def start_number(*, by: Actor, mark: bytes) -> UUID | None:
    """This phone asks for texts again. Consent comes back where it is clear whose phone it is; gives that person.

    Only what the stop took away comes back: who had withdrawn before, or never agreed, is asked anew.
    """
    stopped = StoppedNumber.objects.filter(mark=mark).first()
    if stopped is None:
        return None
    stopped.delete()
    having = list(people_with(mark)[:2])
    for person in having:
        record_event("person.texts_started", by=by, about=person, person=person.pk)
    if len(having) != 1 or not _was_withdrawn_by(stopped, having[0]):
        return None
    _agree_again(by, having[0])
    return having[0].pk


def _was_withdrawn_by(stopped: StoppedNumber, person: Person) -> bool:
    rows = Consent.objects.filter(person=person, purpose=Purpose.TEXT, withdrawn_at__gte=stopped.at)
    return (
        rows.exists()
        and not Consent.objects.filter(person=person, purpose=Purpose.TEXT, withdrawn_at__isnull=True).exists()
    )


def _agree_again(by: Actor, person: Person) -> None:
    language = written_in(person.language)
    text = content.text("consent", Purpose.TEXT, language)
    actions.give_consent(
        by=by,
        person=person,
        purpose=Purpose.TEXT,
        text=text.body_markdown,
        text_version=text.version,
        language=language,
        how=How.TEXTED,
    )
