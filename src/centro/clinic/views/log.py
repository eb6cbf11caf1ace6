"""The service log of a case, its team, and the attorney file."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic.actions import cases as actions
from centro.clinic.actions import log as log_actions
from centro.clinic.choices import LogKind
from centro.clinic.forms.log import AttorneyNoteForm, LogForm
from centro.clinic.forms.matters import ColleagueForm
from centro.clinic.queries import cases as case_queries
from centro.clinic.queries import log as queries
from centro.clinic.queries import matters as matter_queries
from centro.clinic.views.cases import around
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request


@allowed("case.log")
def log(request: Request, case_id: UUID) -> HttpResponse:
    """What was done for the worker, and one more line."""
    case = case_queries.get_case(request.actor, case_id, "log")
    matters = [row for row in matter_queries.shown_matters(request.actor, case) if row.closed_at is None]
    form = LogForm(matters, request.POST or None)
    context = {**around(request, case, "log"), "form": form, "lines": queries.lines(request.actor, case)}
    if request.method != "POST":
        return render(request, "clinic/log/log.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/log/log.html", context)
    typed = form.cleaned_data
    actions.log_line(
        by=request.actor,
        case=case,
        kind=LogKind(typed["kind"]),
        words=typed["words"],
        minutes=typed["minutes"],
        matter=typed["matter"],
        is_answer_owed=typed["is_answer_owed"],
    )
    messages.success(request, _("Written into the service log."))
    return redirect("clinic:log", case.pk)


@allowed("case.log")
@require_POST
def answered(request: Request, case_id: UUID, line_id: UUID) -> HttpResponse:
    """The worker has our answer."""
    case = case_queries.get_case(request.actor, case_id, "log")
    log_actions.answer_line(by=request.actor, line=queries.get_line(request.actor, case, line_id))
    messages.success(request, _("Answered."))
    return redirect("clinic:log", case.pk)


@allowed("case.see")
def team(request: Request, case_id: UUID) -> HttpResponse:
    """Who works on this case; those who may assign put people on it and take them off."""
    case = case_queries.get_case(request.actor, case_id)
    form = ColleagueForm(request.actor)
    context = {
        **around(request, case, "team"),
        "team": matter_queries.team(case),
        "form": form,
        "can_assign": policy.can(request.actor, "case.assign", case),
    }
    return render(request, "clinic/log/team.html", context)


@allowed("case.assign")
@require_POST
def join(request: Request, case_id: UUID) -> HttpResponse:
    """Somebody works on this case from now on."""
    case = case_queries.get_case(request.actor, case_id, "assign")
    form = ColleagueForm(request.actor, request.POST)
    if form.is_valid():
        actions.join_team(by=request.actor, case=case, user=form.cleaned_data["owner"])
        messages.success(request, _("They are on the team."))
    return redirect("clinic:case_team", case.pk)


@allowed("case.assign")
@require_POST
def leave(request: Request, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Somebody works on this case no more, and sees it no more."""
    case = case_queries.get_case(request.actor, case_id, "assign")
    try:
        log_actions.leave_team(by=request.actor, case=case, place=queries.get_place(case, place_id))
        messages.success(request, _("They are off the team."))
    except log_actions.StillOwner as error:
        messages.error(request, str(error))
    return redirect("clinic:case_team", case.pk)


@allowed("case.assign")
@require_POST
def own(request: Request, case_id: UUID) -> HttpResponse:
    """Somebody else answers for the whole case."""
    case = case_queries.get_case(request.actor, case_id, "assign")
    form = ColleagueForm(request.actor, request.POST)
    if form.is_valid():
        log_actions.hand_over_case(by=request.actor, case=case, to=form.cleaned_data["owner"])
        messages.success(request, _("Handed over."))
    return redirect("clinic:home")


@allowed("attorney_file.see")
def attorney_file(request: Request, case_id: UUID) -> HttpResponse:
    """What only the attorneys on the team read. It is in no search, list, export or report."""
    case = case_queries.get_case(request.actor, case_id)
    form = AttorneyNoteForm(request.POST or None)
    notes = queries.attorney_notes(request.actor, case)
    context = {**around(request, case, "attorney_file"), "form": form, "notes": notes}
    if request.method != "POST":
        return render(request, "clinic/log/attorney_file.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/log/attorney_file.html", context)
    actions.add_attorney_note(by=request.actor, case=case, words=form.cleaned_data["words"])
    messages.success(request, _("Written into the attorney file."))
    return redirect("clinic:attorney_file", case.pk)
