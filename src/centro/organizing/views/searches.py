"""Searches of a campaign's people: kept under a name, opened again, shared."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in
from centro.core.request import Request
from centro.organizing.actions import searches as actions
from centro.organizing.forms.searches import Choices, FilterForm, SearchForm
from centro.organizing.models import Campaign, Search
from centro.organizing.queries import Filters, get_campaign, scale_words, team
from centro.organizing.queries import searches as queries
from centro.organizing.queries.structure import workplaces_of
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


def choices_of(request: Request, campaign: Campaign) -> Choices:
    """What may be chosen in this campaign."""
    by, data = request.actor, request.POST or request.GET
    places = workplaces_of(by, campaign, id_in(data, "workplace"))
    return Choices(
        scale=scale_words(campaign),
        team=[(str(user.pk), user.name or user.username) for user in team(by, campaign)],
        workplaces=[(str(row.pk), str(row.name)) for row in places],
        departments=[(str(row.pk), f"{row.workplace.name}: {row.title}") for row in queries.departments(by, campaign)],
        steps=[(str(row.pk), row.label) for row in queries.steps(by, campaign)],
    )


def around_search(request: Request, campaign: Campaign, filters: Filters) -> dict[str, Any]:
    """What stands beside the people: the saved searches, the one that is open, a form to save this one."""
    kept = queries.searches(request.actor, campaign)
    return {
        "searches": kept,
        "here": next(
            (row for row in kept if filters.codes() and Filters.of(row.codes).codes() == filters.codes()), None
        ),
        "chosen": queries.chosen(request.actor, filters),
        "me": request.actor.user_id,
        "save_form": SearchForm(auto_id="save_%s", initial={"shared": "mine"}),
    }


def _address(search: Search) -> str:
    return reverse("organizing:campaign", args=[search.campaign_id]) + Filters.of(search.codes).address()


@allowed("contact.see")
def search(request: Request, search_id: UUID) -> HttpResponse:
    """A saved search: its people as of now."""
    return redirect(_address(queries.get_search(request.actor, search_id)))


@allowed("contact.see")
@require_POST
def save_search(request: Request, campaign_id: UUID) -> HttpResponse:
    """Keep the filters that are set, under a name."""
    campaign = get_campaign(request.actor, campaign_id)
    filters = FilterForm(request.POST, choices=choices_of(request, campaign)).filters()
    form = SearchForm(request.POST)
    if not form.is_valid() or not filters.codes():
        context = {"campaign": campaign, "form": form, "codes": filters.codes()}
        return ask_again(request, "organizing/searches/save_search.html", context)
    got = form.cleaned_data
    row = actions.save_search(
        by=request.actor, campaign=campaign, name=got["name"], shared=got["shared"], codes=filters.codes()
    )
    messages.success(request, _("Saved."))
    return redirect(_address(row))


@allowed("contact.see")
def edit_search(request: Request, search_id: UUID) -> HttpResponse:
    """Another name for one's own search, or other people who find it."""
    row = queries.get_search(request.actor, search_id, own=True)
    campaign = get_campaign(request.actor, row.campaign_id)
    data = request.POST if request.method == "POST" else None
    form = SearchForm(data, initial={"name": row.name, "shared": row.shared})
    context = {"campaign": campaign, "search": row, "form": form, "version": row.version}
    if request.method != "POST":
        return render(request, "organizing/searches/edit_search.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/searches/edit_search.html", context | {"version": sent_version(request)})
    got = {name: form.cleaned_data[name] for name in ("name", "shared")}
    try:
        actions.edit_search(by=request.actor, search=row, version=sent_version(request), **got)
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/searches/edit_search.html", context)
    messages.success(request, _("Saved."))
    return redirect(_address(row))


@allowed("contact.see")
@require_POST
def drop_search(request: Request, search_id: UUID) -> HttpResponse:
    """One's own search is not kept any more."""
    row = queries.get_search(request.actor, search_id, own=True)
    actions.drop_search(by=request.actor, search=row)
    messages.success(request, _("Removed."))
    return redirect("organizing:campaign", row.campaign_id)
