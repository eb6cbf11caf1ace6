"""Workplaces and who owns them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import actions, queries
from centro.people.forms import WorkplaceForm
from centro.people.jurisdictions import name_of
from centro.people.models import Workplace
from centro.people.versions import Conflict
from centro.people.views.versions import differences, sent_version


@allowed("workplace.find")
def workplaces(request: Request) -> HttpResponse:
    """Every workplace the center knows, the ones changed last first."""
    page = queries.workplaces(request.actor, after=request.GET.get("after", ""))
    return render(request, "people/workplaces.html", {"page": page})


@allowed("workplace.find")
@require_POST
def pick_workplace(request: Request) -> HttpResponse:
    """Workplaces that fit what is being typed, to pick one."""
    words = request.POST.get("workplace_name", "")[:120]
    found = queries.find_workplaces(request.actor, words)
    return render(request, "people/workplaces.html#to_pick", {"found": found, "words": words})


@allowed("workplace.see")
def workplace(request: Request, workplace_id: UUID) -> HttpResponse:
    """One workplace, its names, and the people there that this actor may see."""
    row = queries.get_workplace(request.actor, workplace_id)
    context = {
        "workplace": row,
        "people": queries.people_at(request.actor, row),
        "siblings": queries.same_owner(request.actor, row),
        "jurisdiction": name_of(row.jurisdiction),
    }
    return render(request, "people/workplace.html", context)


@allowed("workplace.add")
def add_workplace(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "people/edit_workplace.html", {"form": WorkplaceForm()})
    form = WorkplaceForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/edit_workplace.html", {"form": form})
    row = actions.add_workplace(by=request.actor, details=form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("people:workplace", row.pk)


@allowed("workplace.edit")
def edit_workplace(request: Request, workplace_id: UUID) -> HttpResponse:
    """Correct what is known of a workplace; when somebody else saved first, nothing is overwritten."""
    row = queries.get_workplace(request.actor, workplace_id, "edit")
    context = {"workplace": row, "version": row.version}
    if request.method != "POST":
        return render(request, "people/edit_workplace.html", {**context, "form": WorkplaceForm(initial=_values(row))})
    form = WorkplaceForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/edit_workplace.html", {**context, "form": form})
    try:
        actions.edit_workplace(
            by=request.actor, workplace=row, version=sent_version(request), details=form.cleaned_data
        )
    except Conflict:
        theirs = _values(queries.get_workplace(request.actor, workplace_id, "edit"))
        context["saved_by"] = queries.last_editor(request.actor, row.pk)
        context["differences"] = differences(form, theirs, form.cleaned_data)
        return render(request, "people/edit_workplace.html", {**context, "form": form}, status=409)
    messages.success(request, _("Saved."))
    return redirect("people:workplace", row.pk)


_NO_COLUMN = {"removal", "owner", "asked_where"}


def _values(row: Workplace) -> dict[str, object]:
    kept = {name: getattr(row, name) for name in WorkplaceForm.base_fields if name not in _NO_COLUMN}
    return {**kept, "owner": row.employer.name if row.employer else ""}
