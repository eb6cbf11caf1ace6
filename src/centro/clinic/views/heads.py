"""The head of a case: corrected by its team, with both versions shown when two people edit; its names compared."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.clinic import queries
from centro.clinic.actions import heads as actions
from centro.clinic.forms.cases import HeadForm
from centro.clinic.models import Case
from centro.clinic.queries import conflicts
from centro.clinic.views.cases import around
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import queries as people
from centro.people.versions import Conflict
from centro.people.views.add import workplace_of
from centro.people.views.versions import differences, sent_version

PAGE = "clinic/cases/correct_head.html"


@allowed("case.edit")
def correct_head(request: Request, case_id: UUID) -> HttpResponse:
    """Correct the employer, the place, what it is about; when somebody else saved first, both versions are shown."""
    case = queries.get_case(request.actor, case_id, "edit")
    context = {**around(request, case, "overview"), "version": case.version}
    if request.method != "POST":
        return render(request, PAGE, {**context, "form": HeadForm(initial=HeadForm.values_of(case))})
    form = HeadForm(request.POST)
    if not form.is_valid():
        return ask_again(request, PAGE, {**context, "form": form, "version": sent_version(request)})
    details = {**form.details(), "workplace": workplace_of(request, form.cleaned_data)}
    try:
        is_found = actions.correct_head(by=request.actor, case=case, version=sent_version(request), details=details)
    except Conflict:
        return _both(request, queries.get_case(request.actor, case_id, "edit"), form)
    if is_found:
        messages.warning(request, _("Saved. There may be a conflict: an attorney decides. Please wait with the rest."))
    else:
        messages.success(request, _("Saved."))
    return redirect("clinic:case", case.pk)


def _both(request: Request, now: Case, form: HeadForm) -> HttpResponse:
    """What stands now beside what was typed; saving again takes what is in the form."""
    typed = {**form.details(), "workplace_name": form.cleaned_data["workplace_name"]}
    context: dict[str, Any] = {
        "form": form,
        "version": now.version,
        "saved_by": people.last_editor(request.actor, now.pk),
        "differences": differences(form, form.in_words(HeadForm.values_of(now)), form.in_words(typed)),
    }
    return render(request, PAGE, {**around(request, now, "overview"), **context}, status=409)


@allowed("attorney_file.see")
def compare_names(request: Request, case_id: UUID) -> HttpResponse:
    """For an attorney of the team: do names of this case stand on the other side of something, as of now?"""
    case = queries.get_case(request.actor, case_id)
    found = conflicts.compare_case(case)
    mine, elsewhere = conflicts.open_hits(request.actor, [*found.worker, *found.other])
    context = {**around(request, case, "attorney_file"), "found": found, "cases": mine, "elsewhere": elsewhere}
    return render(request, "clinic/cases/compare_names.html", context)
