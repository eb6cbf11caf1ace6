"""What somebody writes from the web: sealed at once under a key of its own, and shown to staff as new."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from centro.clinic.actions.intake import page_duty_counsellor
from centro.clinic.intake import deadlines, receipts
from centro.clinic.intake.answers import Answers
from centro.clinic.intake.limits import A_CENTER_A_DAY
from centro.clinic.intake.questions import LANGUAGES
from centro.clinic.models import Intake, Source
from centro.clinic.models.intake import KEPT_FROM_WEB
from centro.core import clock
from centro.core.audit import record_event
from centro.core.policy import Actor

NEAR = deadlines.SOON


def submit_intake(
    *, by: Actor, form: UUID, answers: Answers, language: str, asked_in: str, has_worked: bool = True
) -> str:
    """Keep it for fourteen days and give the receipt. The same form sent again gets the same one and adds nothing.

    Without proof of work (`has_worked`) it is held back: staff see it after the others, and it pages nobody.
    """
    receipt = receipts.receipt_of(form)
    if Intake.objects.filter(form_key=form).exists():
        return receipt
    try:
        _keep(by, form, answers, language, asked_in, receipts.mark_of(receipt), has_worked)
    except IntegrityError:  # sent twice at the same moment
        if not Intake.objects.filter(form_key=form).exists():
            raise
    return receipt


@transaction.atomic
def _keep(by: Actor, form: UUID, answers: Answers, language: str, asked_in: str, mark: bytes, has_worked: bool) -> None:
    days = deadlines.shortest(answers, today=clock.today())
    row = Intake(
        source=Source.WEB,
        language=language,
        asked_in=asked_in if asked_in in LANGUAGES else "en",
        needs_interpreter=language not in LANGUAGES,
        topics=list(answers.many("topics")),
        county=answers.text("county"),
        desk=answers.as_text(),
        form_key=form,
        receipt_mark=mark,
        is_held_back=not has_worked or _sent_today() >= A_CENTER_A_DAY,
        first_due_on=clock.today() + timedelta(days=days) if days is not None else None,
        expires_at=clock.now() + KEPT_FROM_WEB,
    )
    row.save()
    record_event("intake.sent", by=by, about=row, codes=[language])
    if days is not None and days < NEAR and not row.is_held_back:
        page_duty_counsellor(by=by, intake=row)


def _sent_today() -> int:
    return Intake.objects.filter(source=Source.WEB, at__gt=clock.now() - timedelta(days=1)).count()
