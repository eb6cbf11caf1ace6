"""The first calendar of a case, from what was told in the intake: the hours screen begins with it, to be corrected."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from centro.clinic.actions import hours
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Calendar, Job, Week
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.clinic.intake import covered, sentences
from centro.clinic.intake.answers import Answers
from centro.clinic.models import Case
from centro.core import clock
from centro.core.policy import Actor
from centro.people import actions as people
from centro.people.choices import WorkAs
from centro.people.models import Employment

Told = tuple[str, Callable[[Calendar], Calendar]]
WORKED_AS = {"employee": WorkAs.EMPLOYEE, "contractor": WorkAs.CONTRACTOR}


@transaction.atomic
def begin_hours(*, by: Actor, case: Case, answers: Answers) -> None:
    """The job, the usual week and the pay, as far as they were told and can be read; each can be undone by itself."""
    _note_job(by, case, answers)
    version = 0
    for what, change in _told(answers, clock.today()):
        version = hours.change_hours(by=by, case=case, version=version, what=what, change=change).number


def _told(answers: Answers, today: date) -> Iterator[Told]:
    job = _job(answers, today)
    if job != Job():
        yield "job", lambda told: changes.set_job(told, job)
    week = read_week(sentences.usual_week(answers), today)
    if job.start is not None and week.is_whole:
        usual = Week(job.start, None, week.lines, "rough", sentences.usual_week(answers))
        yield "week", lambda told: changes.set_week(told, usual)
    pay = read_pay(sentences.pay_as_told(answers), today)
    if pay.is_whole:
        yield "pay", lambda told: changes.set_pay(told, pay.terms)


def _job(answers: Answers, today: date) -> Job:
    """The job as it was told, with the kind of worker and the wage order where the wage law is sure of them."""
    began, ended = answers.day("began_on"), answers.day("last_day")
    known = covered.for_claim(answers, on=today)
    return Job(
        worker_class=known.get("worker_class", Job.worker_class),
        wage_order=known.get("wage_order"),
        place=answers.text("place"),
        start=began.on if began else None,
        end=ended.on if ended else None,
        separation=answers.text("how_ended") or "current",
    )


def _note_job(by: Actor, case: Case, answers: Answers) -> None:
    """On the file of the person: that they work or worked there, unless it says so already."""
    if case.workplace is None or Employment.objects.filter(person=case.person, workplace=case.workplace).exists():
        return
    job = _job(answers, clock.today())
    details = {
        "workplace": case.workplace,
        "job": answers.text("job_title"),
        "works_as": WORKED_AS.get(answers.text("label"), WorkAs.EMPLOYEE),
        "from_on": job.start,
        "to_on": job.end,
    }
    people.add_part(by=by, person=case.person, part=Employment, details=details)
