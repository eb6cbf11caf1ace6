"""The wall chart of a workplace."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.forms.charts import DepartmentForm, PostForm
from centro.organizing.models import Campaign
from centro.organizing.queries.structure import acted_at
from centro.people import queries as people


def _around(request: Request, campaign_id: UUID, workplace_id: UUID) -> dict[str, Any]:
    campaign: Campaign = queries.get_campaign(request.actor, campaign_id)
    workplace = people.get_workplace(request.actor, workplace_id)
    chart = queries.wall_chart(request.actor, workplace, campaign)
    return {"campaign": campaign, "workplace": workplace, "chart": chart}


@allowed("contact.see")
def chart(request: Request, campaign_id: UUID, workplace_id: UUID) -> HttpResponse:
    """Departments by shifts, a card a worker, blanks for those not known; with initials only if asked."""
    context = _around(request, campaign_id, workplace_id)
    wanted = request.GET.get("test", "")
    context["acted"] = acted_at(request.actor, context["campaign"], context["workplace"], wanted)
    return render(request, "organizing/chart.html", {**context, "initials_only": "initials" in request.GET})


@allowed("contact.add")
def add_department(request: Request, campaign_id: UUID, workplace_id: UUID) -> HttpResponse:
    """A row more on the chart."""
    context = _around(request, campaign_id, workplace_id)
    form = DepartmentForm(request.POST or None)
    if request.method != "POST":
        return render(request, "organizing/department.html", {**context, "form": form})
    if not form.is_valid():
        return ask_again(request, "organizing/department.html", {**context, "form": form})
    actions.add_department(
        by=request.actor,
        campaign=context["campaign"],
        workplace=context["workplace"],
        title=form.cleaned_data["title"],
        expected=form.expected(),
    )
    messages.success(request, _("Saved."))
    return redirect("organizing:chart", campaign_id, workplace_id)


@allowed("contact.add")
def place(request: Request, campaign_id: UUID, workplace_id: UUID, person_id: UUID) -> HttpResponse:
    """Put somebody in their place on the chart."""
    context = _around(request, campaign_id, workplace_id)
    person = people.get_person(request.actor, person_id)
    departments = [row for row, _cells in context["chart"].rows]
    form = PostForm(request.POST or None, departments=departments)
    context |= {"person": person, "form": form}
    if request.method != "POST":
        return render(request, "organizing/place.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/place.html", context)
    got = form.cleaned_data
    actions.put_on_chart(
        by=request.actor,
        person=person,
        department=queries.get_department(request.actor, UUID(got["department"])),
        shift=got["shift"],
        is_leader=got["is_leader"],
    )
    return redirect("organizing:chart", campaign_id, workplace_id)
