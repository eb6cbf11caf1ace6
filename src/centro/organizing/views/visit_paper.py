"""The form of a visit to print: blank, for one person, for every door of a list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again, printed
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing import actions, queries, visit_paper
from centro.organizing.forms.paper import VisitSheetForm
from centro.people import queries as people


@allowed("contact.add")
def blank_form(request: Request, campaign_id: UUID) -> HttpResponse:
    """The empty form, in three languages."""
    return printed(visit_paper.blank_forms(request.actor, queries.get_campaign(request.actor, campaign_id)), "visit")


@allowed("contact.see")
def visit_sheet(request: Request, person_id: UUID) -> HttpResponse:
    """Choose the language of one person's page, and whether the last talks stand on it; then it is printed."""
    by, person = request.actor, people.get_person(request.actor, person_id)
    if person.restricted_at is not None:
        raise Refused("contact.see")
    campaign = queries.campaign_for(by, person, request.POST.get("campaign") or request.GET.get("campaign") or "")
    form = VisitSheetForm(request.POST or None, initial={"language": visit_paper.language_of(person)})
    context = {"person": person, "campaign": campaign, "form": form}
    if request.method != "POST":
        return render(request, "organizing/visit_sheet.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/visit_sheet.html", context)
    language, with_notes = form.cleaned_data["language"], form.cleaned_data["with_notes"]
    actions.note_sheet(by=by, person=person, language=language, with_notes=with_notes)
    return printed(visit_paper.sheet_of(by, campaign, person, language, with_notes=with_notes), "visit")


@allowed("assignment.edit")
@require_POST
def list_pages(request: Request, assignment_id: UUID) -> HttpResponse:
    """A page for each door of a list, in the language of whoever lives there."""
    row = queries.get_assignment(request.actor, assignment_id, "edit")
    rows = queries.rows_of_list(request.actor, row)
    if not rows:
        raise Refused("assignment.edit")
    actions.note_print(by=request.actor, assignment=row)
    return printed(visit_paper.sheets_of(request.actor, row, rows), "visit")
