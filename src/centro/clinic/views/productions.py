"""Handing records over: proposed by an attorney, looked at and released by a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import productions as actions
from centro.clinic.forms.walls import ProductionForm
from centro.clinic.models import Production
from centro.clinic.queries import productions as reads
from centro.clinic.queries import walls
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request


@allowed("case.produce", step_up=True)
def propose(request: Request, demand_id: UUID) -> HttpResponse:
    """Choose what answers a demand."""
    demand = walls.get_demand(request.actor, demand_id)
    if demand.case_id is None:
        raise policy.Refused("case.produce")
    case = queries.get_case(request.actor, demand.case_id, "produce")
    form = ProductionForm(request.POST or None)
    context = {"demand": demand, "case": case, "form": form}
    if request.method != "POST":
        return render(request, "clinic/walls/propose.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/walls/propose.html", context)
    row = actions.propose(by=request.actor, demand=demand, case=case, **form.cleaned_data)
    messages.success(request, _("Proposed. A second person has to look at it and release it."))
    return redirect("clinic:production", row.pk)


@allowed("case.release", step_up=True)
def production(request: Request, production_id: UUID) -> HttpResponse:
    """What goes out, and the privilege log of what stays."""
    row = reads.get_production(request.actor, production_id, "release")
    context = {
        "production": row,
        "case": row.case,
        "answer": reads.answer_of(request.actor, row),
        "is_mine": row.proposed_by_id == request.actor.user_id,
        "is_open": row.state == "proposed",
    }
    return render(request, "clinic/walls/production.html", context)


@allowed("case.release", step_up=True)
@require_POST
def settle(request: Request, production_id: UUID) -> HttpResponse:
    """Release it, or take it back."""
    row = reads.get_production(request.actor, production_id, "release")
    if request.POST.get("act") == "withdraw":
        actions.withdraw(by=request.actor, production=row)
        return redirect("clinic:production", row.pk)
    return _release(request, row)


def _release(request: Request, row: Production) -> HttpResponse:
    try:
        document = actions.release(by=request.actor, production=row)
    except actions.SamePerson:
        messages.warning(request, _("You proposed it. Somebody else has to release it."))
    else:
        words = _("Released and frozen.") if document else _("This was settled before.")
        messages.success(request, words)
    return redirect("clinic:production", row.pk)
