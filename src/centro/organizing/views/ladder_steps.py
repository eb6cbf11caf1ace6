"""The steps of a ladder: other words and evidence, one more, another order, taken off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing.actions import ladder as actions
from centro.organizing.forms.ladder import StepForm, rules_of
from centro.organizing.models import Campaign
from centro.organizing.queries import get_campaign
from centro.organizing.queries import ladder as queries
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


def _to_board(campaign: Campaign) -> HttpResponse:
    return redirect(f"{reverse('organizing:ladder')}?campaign={campaign.pk}")


@allowed("contact.add")
def edit_step(request: Request, campaign_id: UUID, name: str) -> HttpResponse:
    """Other words for a step, or other evidence."""
    campaign = get_campaign(request.actor, campaign_id)
    step = queries.get_step(request.actor, campaign, name)
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, must_have_words=not step.rung, initial={"words": step.words, **rules_of(step)})
    context: dict[str, Any] = {"campaign": campaign, "step": step, "form": form, "version": step.version}
    if request.method != "POST":
        return render(request, "organizing/ladder/step.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/ladder/step.html", {**context, "version": sent_version(request)})
    actions.begin_ladder(by=request.actor, campaign=campaign)
    saved = queries.get_step(request.actor, campaign, name)
    details = {"words": form.cleaned_data["words"], "rules": form.rules()}
    try:
        actions.edit_step(by=request.actor, step=saved, version=sent_version(request), details=details)
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/ladder/step.html", {**context, "version": saved.version})
    return _to_board(campaign)


@allowed("contact.add")
def add_step(request: Request, campaign_id: UUID) -> HttpResponse:
    """One more step at the top."""
    campaign = get_campaign(request.actor, campaign_id)
    form = StepForm(request.POST if request.method == "POST" else None, must_have_words=True)
    context = {"campaign": campaign, "form": form}
    if request.method != "POST":
        return render(request, "organizing/ladder/step.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/ladder/step.html", context)
    actions.add_step(by=request.actor, campaign=campaign, words=form.cleaned_data["words"], rules=form.rules())
    return _to_board(campaign)


@allowed("contact.add")
@require_POST
def move_step(request: Request, campaign_id: UUID, name: str) -> HttpResponse:
    """A step goes up or down by one."""
    campaign = get_campaign(request.actor, campaign_id)
    is_moved = actions.move_step(by=request.actor, campaign=campaign, name=name, up=request.POST.get("to") == "up")
    messages.success(request, _("Saved.") if is_moved else _("There is no further to go."))
    return _to_board(campaign)


@allowed("contact.add")
@require_POST
def take_step_off(request: Request, campaign_id: UUID, name: str) -> HttpResponse:
    """Nobody will stand on this step any more; while somebody does, it stays."""
    campaign = get_campaign(request.actor, campaign_id)
    try:
        actions.take_step_off(by=request.actor, campaign=campaign, name=name)
    except actions.StoodOn as stays:
        messages.error(request, _why_it_stays(stays.people))
        return _to_board(campaign)
    messages.success(request, _("Taken off. What was decided before stays written."))
    return _to_board(campaign)


def _why_it_stays(people: int) -> str:
    if not people:
        return _("This is the last step: a ladder needs one.")
    return ngettext(
        "%(n)d person stands on this step. Decide about them first; then it can be taken off.",
        "%(n)d people stand on this step. Decide about each of them first; then it can be taken off.",
        people,
    ) % {"n": people}
