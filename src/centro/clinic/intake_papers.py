"""What goes home with the worker from an intake: the days that must not be missed, and which laws cover them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centro.clinic.intake import covered
from centro.clinic.intake.answers import Answers
from centro.clinic.models import Intake
from centro.clinic.queries import intake as reads
from centro.clinic.queries import steps
from centro.clinic.queries.walls import is_held, live_hold
from centro.core import clock, policy
from centro.core.classes import FieldClass
from centro.core.documents.actions import issue_document
from centro.core.documents.kinds import Kind, register_kind
from centro.core.documents.owners import register_owner
from centro.core.documents.queries import documents_about
from centro.core.models import Document
from centro.core.policy import Actor

DEADLINES, COVERAGE = "intake_deadlines", "coverage"


def register() -> None:
    """Called once at start."""
    register_kind(Kind(DEADLINES, template=DEADLINES, text=DEADLINES, klass=FieldClass.C2))
    register_kind(Kind(COVERAGE, template=COVERAGE, text=COVERAGE, klass=FieldClass.C2))
    register_owner("intake", _fetch, home=_page_of, is_held=_is_held)


def _fetch(actor: Actor, intake: UUID, verb: str) -> Intake:
    return reads.get_intake(actor, intake, verb)


def _page_of(intake: Intake) -> str:
    return reverse("clinic:intake", args=[intake.pk])


def _is_held(intake: Intake) -> bool:
    if intake.case is not None and live_hold(intake.case) is not None:
        return True
    return intake.person_id is not None and is_held(intake.person_id)


def of(actor: Actor, intake: Intake) -> list[Document]:
    """The papers of an intake, the newest first, for those who may print."""
    return documents_about(intake) if policy.can(actor, "intake.print", intake) else []


def print_deadlines(*, by: Actor, intake: Intake) -> Document:
    """Issue the letter with the days, frozen, in the worker's language with the English beside."""
    answers = reads.answers_of(intake)
    with translation.override(intake.asked_in):
        data = {
            "name": answers.text("call_me"),
            "nothing": _("From what you told us no deadline runs that we know of. Ask a lawyer all the same."),
            "rows": [_day_row(due) for due in steps.due_dates(intake, answers)],
        }
    return _issue(by, intake, DEADLINES, data)


def _day_row(due: steps.Due) -> dict[str, Any]:
    day = formats.date_format(date.fromisoformat(due.on), "DATE_FORMAT") if due.on else _("At once")
    return {
        "day": day,
        "left": " · ".join(part for part in (_left(due), "" if due.is_sure else _("not confirmed")) if part),
        "what": due.what,
        "english": due.english,
        "body": due.body,
        "citation": due.citation,
        "notes": list(due.notes),
    }


def _left(due: steps.Due) -> str:
    if due.is_late:
        return _("passed: ask a lawyer today")
    return ngettext("%(n)d day left", "%(n)d days left", due.days) % {"n": due.days} if due.days is not None else ""


def print_coverage(*, by: Actor, intake: Intake) -> Document:
    """Issue the page that says which laws cover the worker, frozen as of today."""
    answers = reads.answers_of(intake)
    with translation.override(intake.asked_in):
        data = {"name": answers.text("call_me"), **_coverage(answers, intake.asked_in)}
    return _issue(by, intake, COVERAGE, data)


def _issue(by: Actor, intake: Intake, kind: str, data: dict[str, Any]) -> Document:
    return issue_document(by=by, kind=kind, about=intake, language=intake.asked_in, data=data, person=intake.person_id)


def group_titles() -> dict[str, str]:
    """The four groups of laws, as headings."""
    return {
        "protected": _("These laws protect you"),
        "unsettled": _("Not settled: a lawyer has to look"),
        "needs_fact": _("We need one more answer"),
        "left_out": _("These laws leave you out"),
    }


def both_rows(answers: Answers, language: str) -> list[dict[str, str]]:
    """Each law on which the two readings of a disputed label differ, with both answers in words."""
    words = {
        "protected": _("protects you"),
        "unsettled": _("not settled"),
        "needs_fact": _("one more answer is needed"),
        "left_out": _("leaves you out"),
    }
    return [
        {
            "name": row.name,
            "english": row.english,
            "contractor_words": words[row.as_contractor],
            "employee_words": words[row.as_employee],
        }
        for row in covered.both_ways(answers, on=clock.today(), language=language)
    ]


def _coverage(answers: Answers, language: str) -> dict[str, Any]:
    today = clock.today()
    found = covered.laws(answers, on=today, language=language)
    both = both_rows(answers, language) if covered.is_disputed(answers) else []
    titles = group_titles()
    return {
        "groups": [
            {
                "title": titles[group],
                "questions": covered.open_questions(laws),
                "laws": [_law(law, language) for law in laws],
            }
            for group, laws in covered.grouped(found)
        ],
        "both": {
            "title": _("The boss says contractor: both answers"),
            "text": [_("The word does not decide. The boss has to prove all three parts of the test.")],
            "columns": [_("Law"), _("If you were a contractor"), _("If you are an employee")],
            "rows": [[row["name"], row["contractor_words"], row["employee_words"]] for row in both],
        },
    }


def _law(law: covered.Law, language: str) -> dict[str, Any]:
    rows = law.shown["rows"]
    settled = law.answer != "needs_fact"
    checked = _("read in the source") if all(row["state"] == "read" for row in rows) else _("not yet checked")
    sources = "; ".join(dict.fromkeys(row["source"] for row in rows))
    return {
        "name": law.shown["name"],
        "english": "" if language == "en" else law.english["name"],
        "whys": [row["why"] for row in rows] if settled else [],
        "remains": list(dict.fromkeys(words for row in rows for words in row["remains"])) if settled else [],
        "source": f"{law.shown['citation']} · {sources} · {checked}",
    }
