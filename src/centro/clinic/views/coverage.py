"""Which laws cover this worker: on the screen in their language with the English beside, and on paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import intake_papers
from centro.clinic.intake import covered
from centro.clinic.intake.answers import Answers
from centro.clinic.queries import cases, steps
from centro.clinic.queries import intake as queries
from centro.clinic.views.cases import around as around_case
from centro.clinic.views.intake import around
from centro.core import clock
from centro.core.doors import allowed
from centro.core.request import Request


@allowed("intake.see")
def coverage(request: Request, intake_id: UUID) -> HttpResponse:
    """Protected, unsettled, left out, and what one more answer would settle; each with its source."""
    row = queries.get_intake(request.actor, intake_id)
    answers = queries.answers_of(row)
    context = {
        **around(row, answers.text("call_me")),
        **shown(answers, row.asked_in),
        "next": steps.next_step(request.actor, row, answers),
    }
    return render(request, "clinic/coverage/intake.html", context)


def shown(answers: Answers, language: str) -> dict[str, object]:
    """What the page of coverage shows."""
    if not covered.can_tell(answers):
        return {"groups": [], "asked_in": language}
    today = clock.today()
    titles = intake_papers.group_titles()
    laws = covered.laws(answers, on=today, language=language)
    return {
        "groups": [
            (group, titles[group], found, covered.open_questions(found)) for group, found in covered.grouped(laws)
        ],
        "both": intake_papers.both_rows(answers, language) if covered.is_disputed(answers) else [],
        "asked_in": language,
        "on": today,
    }


@allowed("intake.print")
@require_POST
def print_coverage(request: Request, intake_id: UUID) -> HttpResponse:
    """The same on paper, to take home."""
    row = queries.get_intake(request.actor, intake_id, "print")
    if not covered.can_tell(queries.answers_of(row)):
        messages.error(request, _("First ask what kind of work it is."))
        return redirect("clinic:coverage", row.pk)
    paper = intake_papers.print_coverage(by=request.actor, intake=row)
    return redirect("core:document", paper.pk)


@allowed("case.see")
def case_coverage(request: Request, case_id: UUID) -> HttpResponse:
    """The coverage of a case, from the intake that it came from."""
    case = cases.get_case(request.actor, case_id)
    row = queries.intake_of(request.actor, case)
    if row is None:
        return render(request, "clinic/coverage/case.html", {**around_case(request, case, "coverage"), "groups": []})
    found = shown(queries.answers_of(row), row.asked_in)
    context = {**around_case(request, case, "coverage"), **found, "intake": row}
    return render(request, "clinic/coverage/case.html", context)
