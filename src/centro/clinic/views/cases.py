"""The cases of a person, opening one, and the head that stands over each of its pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.clinic import queries, tabs
from centro.clinic.actions import cases as actions
from centro.clinic.choices import Route
from centro.clinic.forms.cases import OpenCaseForm
from centro.clinic.models import Case
from centro.clinic.queries import clocks as clock_queries
from centro.clinic.queries import log as log_queries
from centro.clinic.queries import matters as matter_queries
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import queries as people


def around(request: Request, case: Case, here: str) -> dict[str, Any]:
    """What every page of a case shows: the case itself, and its other pages. `here` is the key of this one."""
    return {"case": case, "person": case.person, "case_tabs": tabs.tabs_of(request.actor, case, here)}


@allowed("case.open")
def cases_of(request: Request, person_id: UUID) -> HttpResponse:
    """The cases of one person that are mine to see."""
    person = people.get_person(request.actor, person_id)
    cases = queries.cases_of(request.actor, person)
    return render(request, "clinic/cases/cases_of.html", {"person": person, "cases": cases})


@allowed("case.open")
def open_case(request: Request, person_id: UUID) -> HttpResponse:
    """Open a case for somebody whose file is here already."""
    person = people.get_person(request.actor, person_id)
    form = OpenCaseForm(request.POST or None, initial={"language": person.language})
    context = {"person": person, "form": form}
    if request.method != "POST":
        return render(request, "clinic/cases/open_case.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/cases/open_case.html", context)
    case = actions.open_case(by=request.actor, person=person, details=form.details())
    for route in form.cleaned_data["routes"]:
        actions.open_matter(by=request.actor, case=case, route=Route(route))
    messages.success(request, _("Case %(number)s is open.") % {"number": case.number})
    return redirect("clinic:case", case.pk)


@allowed("case.see")
def case(request: Request, case_id: UUID) -> HttpResponse:
    """A case at a glance: its matters, what comes next in each, who works on it."""
    row = queries.get_case(request.actor, case_id)
    matters = matter_queries.shown_matters(request.actor, row)
    context = {
        "matters": matter_queries.summaries(matters),
        "team": matter_queries.team(row),
        "steps": matter_queries.steps(request.actor, row, None) if row.closed_at is None else [],
        "nearest": clock_queries.nearest(clock_queries.lines(request.actor, row, matter_queries.language())),
        "log": log_queries.lines(request.actor, row, limit=3),
        "can_move": policy.can(request.actor, "case.move", row),
        "can_edit": policy.can(request.actor, "case.edit", row),
    }
    return render(request, "clinic/cases/case.html", {**around(request, row, "overview"), **context})
