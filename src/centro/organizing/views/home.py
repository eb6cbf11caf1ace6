"""The organizer's list of people, campaigns, and the lists of the shift."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core import queries as core
from centro.core.classes import Role
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.actions.lists import MOST
from centro.organizing.forms import CampaignForm, FilterForm
from centro.organizing.forms.campaigns import DEFAULT_SCALE
from centro.organizing.models import Campaign
from centro.organizing.queries.left_alone import DAYS, LEFT_ALONE
from centro.organizing.queries.lookup import by_place
from centro.organizing.queries.searches_filters import PAGE
from centro.organizing.views.searches import around_search, choices_of
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


@allowed("assignment.see")
def home(request: Request) -> HttpResponse:
    """For those on a campaign the people of their first; for everybody else the lists of the shift."""
    mine = queries.campaigns(request.actor)
    if mine and policy.may(request.actor, "contact.see"):
        return _people_of(request, mine[0])
    return render(request, "organizing/lists.html", {"rows": queries.assignments(request.actor)})


@allowed("contact.see")
def left_alone(request: Request) -> HttpResponse:
    """Whom nobody sought out for a month of those in one's care: the search, or first which campaign."""
    waiting = queries.left_alone(request.actor)
    if len(waiting) == 1:
        return redirect(reverse("organizing:campaign", args=[waiting[0].campaign.pk]) + LEFT_ALONE.address())
    context = {"waiting": waiting, "address": LEFT_ALONE.address(), "days": DAYS}
    return render(request, "organizing/left_alone.html", context)


@allowed("contact.see")
def campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """The people of a campaign: who has not been talked with for longest comes first."""
    return _people_of(request, queries.get_campaign(request.actor, campaign_id))


def _people_of(request: Request, row: Campaign) -> HttpResponse:
    form = FilterForm(request.GET, choices=choices_of(request, row))
    filters = form.filters()
    most = MOST if filters.order else PAGE
    people, after = queries.people_of_campaign(request.actor, row, filters, most)
    context = {
        "campaign": row,
        "campaigns": queries.campaigns(request.actor),
        "form": form,
        "filters": filters,
        "rows": by_place(people) if filters.order else people,
        "next": filters.address(after) if after and not filters.order else "",
        "previous": filters.address() if filters.after else "",
        "late_lists": queries.unentered_lists(request.actor),
        **around_search(request, row, filters),
    }
    return render(request, "organizing/campaign.html", context)


@allowed("campaign.add")
def add_campaign(request: Request) -> HttpResponse:
    """Start an effort, with the words of its scale."""
    if request.method != "POST":
        scale = "\n".join(str(line) for line in DEFAULT_SCALE)
        return render(request, "organizing/edit_campaign.html", {"form": CampaignForm(initial={"scale": scale})})
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "organizing/edit_campaign.html", {"form": form})
    row = actions.add_campaign(by=request.actor, details=form.details(), scale=form.cleaned_data["scale"])
    messages.success(request, _("Saved."))
    return redirect("organizing:campaign", row.pk)


@allowed("campaign.edit")
def edit_campaign(request: Request, campaign_id: UUID) -> HttpResponse:
    """Correct the campaign, reword its scale, see its team."""
    row = queries.get_campaign(request.actor, campaign_id, "edit")
    scale = queries.scale_words(row)
    initial = {"name": row.name, "goal": row.goal, "ends_on": row.ends_on, "scale": "\n".join(scale)}
    form = CampaignForm(request.POST) if request.method == "POST" else CampaignForm(initial=initial)
    context = {"campaign": row, "form": form, "version": row.version, **_team(request, row)}
    if request.method != "POST":
        return render(request, "organizing/edit_campaign.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/edit_campaign.html", {**context, "version": sent_version(request)})
    try:
        actions.edit_campaign(by=request.actor, campaign=row, version=sent_version(request), details=form.details())
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/edit_campaign.html", context)
    if form.cleaned_data["scale"] != scale:
        actions.reword_scale(by=request.actor, campaign=row, words=form.cleaned_data["scale"])
    messages.success(request, _("Saved."))
    return redirect("organizing:campaign", row.pk)


def _team(request: Request, row: Campaign) -> dict[str, object]:
    on_it = queries.team(request.actor, row)
    here = {user.pk for user in on_it}
    by_role = core.staff_by_role(request.actor)
    others = {user.pk: user for role in (Role.ORGANIZER, Role.MANAGER) for user in by_role.get(role, [])}
    return {"team": on_it, "others": [user for pk, user in others.items() if pk not in here]}


@allowed("campaign.edit")
@require_POST
def change_team(request: Request, campaign_id: UUID) -> HttpResponse:
    """Somebody joins the team, or leaves it."""
    row = queries.get_campaign(request.actor, campaign_id, "edit")
    around = _team(request, row)
    joins = [user for user in around["others"] if str(user.pk) == request.POST.get("joins")]  # type: ignore[attr-defined]
    leaves = [user for user in around["team"] if str(user.pk) == request.POST.get("leaves")]  # type: ignore[attr-defined]
    for user in joins:
        actions.join_team(by=request.actor, campaign=row, user=user)
    for user in leaves:
        actions.leave_team(by=request.actor, campaign=row, user=user)
    messages.success(request, _("Saved."))
    return redirect("organizing:home") if leaves else redirect("organizing:edit_campaign", row.pk)
