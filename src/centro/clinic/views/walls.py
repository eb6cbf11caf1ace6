"""Holds, legal demands, and what an organizer may know."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import walls as actions
from centro.clinic.forms.night import version_of
from centro.clinic.forms.walls import CounselForm, DemandForm, HoldForm
from centro.clinic.queries import intake as intakes
from centro.clinic.queries import productions, radar
from centro.clinic.queries import walls as reads
from centro.clinic.queries.matters import shown_matters
from centro.clinic.views.cases import around
from centro.core import clock, policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import queries as people


@allowed("case.see")
def protection(request: Request, case_id: UUID) -> HttpResponse:
    """Whether the case is held, what arrived about it, and who else has this employer."""
    case = queries.get_case(request.actor, case_id)
    context = {
        **around(request, case, "protection"),
        "holds": reads.holds_of(request.actor, case),
        "form": HoldForm(shown_matters(request.actor, case)),
        "demands": reads.demands_about(request.actor, case),
        "group": radar.matched_with(request.actor, case),
        "productions": productions.productions_of(case),
    }
    return render(request, "clinic/walls/protection.html", context)


@allowed("case.hold")
@require_POST
def place_hold(request: Request, case_id: UUID) -> HttpResponse:
    """One click: nothing of this case, of one matter of it, or of the whole person is destroyed."""
    case = reads.get_held_case(request.actor, case_id)
    form = HoldForm(shown_matters(request.actor, case), request.POST)
    if not form.is_valid():
        empty: dict[str, Any] = {"demands": [], "group": None, "productions": []}
        context = {**around(request, case, "protection"), **empty, "holds": reads.holds_of(request.actor, case)}
        return ask_again(request, "clinic/walls/protection.html", {**context, "form": form})
    reason = form.cleaned_data["reason"]
    if form.is_person:
        actions.hold_person(by=request.actor, person=case.person, reason=reason)
    else:
        actions.place_hold(by=request.actor, case=case, reason=reason, matter=form.matter())
    messages.success(request, _("Held. Nothing of it is destroyed until the hold is lifted."))
    return redirect("clinic:protection", case.pk)


@allowed("case.hold")
@require_POST
def hold_person(request: Request, intake_id: UUID) -> HttpResponse:
    """One click at the intake: nothing of this person is destroyed; or the hold on them is lifted again."""
    intake = intakes.get_intake(request.actor, intake_id, "take")
    if intake.person is None:
        raise policy.Refused("case.hold")
    hold = reads.hold_on(intake.person)
    if request.POST.get("act") != "lift":
        actions.hold_person(by=request.actor, person=intake.person)
        messages.success(request, _("Held. Nothing of it is destroyed until the hold is lifted."))
    elif hold is not None and actions.lift_hold(by=request.actor, hold=hold):
        messages.success(request, _("The hold is lifted."))
    return redirect("clinic:intake", intake.pk)


@allowed("case.hold")
@require_POST
def settle_hold(request: Request, case_id: UUID) -> HttpResponse:
    """Still needed, or over."""
    case = reads.get_held_case(request.actor, case_id)
    live = [held.row for held in reads.holds_of(request.actor, case)]
    hold = next((row for row in live if str(row.pk) == request.POST.get("hold")), None)
    if hold is None:
        return redirect("clinic:protection", case.pk)
    if request.POST.get("act") == "review":
        actions.review_hold(by=request.actor, hold=hold)
        messages.success(request, _("Noted: still needed. You are asked again in ninety days."))
    elif actions.lift_hold(by=request.actor, hold=hold):
        messages.success(request, _("The hold is lifted."))
    else:
        messages.warning(request, _("A legal demand about this case is still open. The hold stays."))
    return redirect("clinic:protection", case.pk)


@allowed("legal_demand.add")
def receive_demand(request: Request) -> HttpResponse:
    """Somebody came with a paper or a question: write it down, and do not answer alone."""
    form = DemandForm(request.POST or None, initial={"arrived_on": clock.today()})
    if request.method != "POST":
        return render(request, "clinic/walls/receive_demand.html", {"form": form})
    if not form.is_valid():
        return ask_again(request, "clinic/walls/receive_demand.html", {"form": form})
    case = reads.case_by_number(request.actor, form.cleaned_data["number"]) if form.cleaned_data["number"] else None
    if form.cleaned_data["number"] and case is None:
        form.add_error(
            "number",
            _("There is no such case among those you may open. Leave it empty and write the number into the text."),
        )
        return ask_again(request, "clinic/walls/receive_demand.html", {"form": form})
    actions.receive_demand(by=request.actor, details=form.details(), case=case)
    messages.success(request, _("Written down. Every attorney and director finds it on their list today."))
    return redirect("clinic:demands" if policy.may(request.actor, "legal_demand.see") else "web:home")


@allowed("legal_demand.see")
def demands(request: Request) -> HttpResponse:
    """Every demand, the open ones first."""
    context = {"demands": reads.demands(request.actor), "held": reads.held_cases(request.actor), "today": clock.today()}
    return render(request, "clinic/walls/demands.html", context)


@allowed("legal_demand.edit")
def demand(request: Request, demand_id: UUID) -> HttpResponse:
    """One demand: who answers it, and what became of it."""
    row = reads.get_demand(request.actor, demand_id)
    initial = {name: getattr(row, name) for name in ("counsel", "deadline", "scope", "state")}
    form = CounselForm(request.POST or None, initial=initial)
    context = {"demand": row, "form": form, "version": request.POST.get("version", row.version)}
    if request.method != "POST":
        return render(request, "clinic/walls/demand.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/walls/demand.html", context)
    version = version_of(request.POST.get("version", ""))
    if not actions.edit_demand(by=request.actor, demand=row, version=version, details=form.details()):
        now = reads.get_demand(request.actor, demand_id)
        context = {**context, "demand": now, "version": now.version, "is_conflict": True}
        return render(request, "clinic/walls/demand.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("clinic:demands")


@allowed("clinic.status")
def status(request: Request, person_id: UUID) -> HttpResponse:
    """For organizers: received, appointment or closed, of those who agreed; of all others nothing."""
    person = people.get_person(request.actor, person_id)
    context = {"person": person, "status": reads.status_of(request.actor, person)}
    return render(request, "clinic/walls/status.html", context)
