"""The wall chart of a workplace."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access, clock
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.forms.charts import DepartmentForm, PostForm
from centro.organizing.models import Campaign
from centro.organizing.queries.structure import acted_at
from centro.people import queries as people
from centro.people.queries import own_name
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


def _around(request: Request, campaign_id: UUID, workplace_id: UUID) -> dict[str, Any]:
    campaign: Campaign = queries.get_campaign(request.actor, campaign_id)
    workplace = people.get_workplace(request.actor, workplace_id)
    chart = queries.wall_chart(request.actor, workplace, campaign)
    return {"campaign": campaign, "workplace": workplace, "chart": chart}


@allowed("contact.see")
def chart(request: Request, campaign_id: UUID, workplace_id: UUID) -> HttpResponse:
    """Departments by shifts, a card a worker, blanks for those not known; as a poster, with initials, if asked."""
    context = _around(request, campaign_id, workplace_id)
    whole, language = context["chart"], request.GET.get("language", "")
    is_poster = "poster" in request.GET
    if is_poster:
        access.note_print()
    context |= {
        "acted": acted_at(request.actor, context["campaign"], context["workplace"], request.GET.get("test", "")),
        "tongues": whole.languages,
        "tongue": language,
        "chart": whole.only_in(language) if language else whole,
        "scale": list(enumerate(queries.scale_words(context["campaign"]), 1)),
        "initials_only": "initials" in request.GET,
        "is_poster": is_poster,
        "printed_by": own_name(request.actor),
        "printed_at": clock.now(),
    }
    return render(request, "organizing/chart.html", context)


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
def edit_department(request: Request, campaign_id: UUID, workplace_id: UUID, department_id: UUID) -> HttpResponse:
    """Correct a department's name and how many work there."""
    context = _around(request, campaign_id, workplace_id)
    row = queries.get_department(request.actor, department_id)
    begins_with = DepartmentForm.begins_with(str(row.title), queries.heads_of(row))
    form = DepartmentForm(request.POST or None, initial=begins_with)
    context |= {"form": form, "department": row, "version": row.version}
    if request.method != "POST":
        return render(request, "organizing/department.html", context)
    sent = sent_version(request)
    if not form.is_valid():
        return ask_again(request, "organizing/department.html", {**context, "version": sent})
    try:
        title, expected = form.cleaned_data["title"], form.expected()
        actions.edit_department(by=request.actor, department=row, version=sent, title=title, expected=expected)
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/department.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:chart", campaign_id, workplace_id)


@allowed("contact.add")
def place(request: Request, campaign_id: UUID, workplace_id: UUID, person_id: UUID) -> HttpResponse:
    """Put somebody in their place on the chart."""
    context = _around(request, campaign_id, workplace_id)
    person = people.get_person(request.actor, person_id)
    departments = [row for row, _cells in context["chart"].rows]
    post = queries.post_of(request.actor, person, context["workplace"], context["campaign"])
    form = PostForm(request.POST or None, departments=departments, initial=PostForm.begins_with(post))
    context |= {"person": person, "form": form, "post": post}
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


@allowed("contact.add")
@require_POST
def take_off(request: Request, campaign_id: UUID, workplace_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody stands nowhere on the chart any more."""
    context = _around(request, campaign_id, workplace_id)
    person = people.get_person(request.actor, person_id)
    post = queries.post_of(request.actor, person, context["workplace"], context["campaign"])
    if post is not None:
        actions.take_off_chart(by=request.actor, post=post)
        messages.success(request, _("Taken off the chart."))
    return redirect("organizing:chart", campaign_id, workplace_id)
