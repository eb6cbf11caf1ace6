"""A list of texts, worked one by one: each with the guide filled in, each sent by a person's press."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.actions import texts as actions
from centro.organizing.choices import Kind
from centro.organizing.forms.texts import STARTS, GuideForm, TextForm, start_from, written_so_far
from centro.organizing.models import Assignment, Campaign, Guide, Stop
from centro.organizing.queries import texts as guiding
from centro.organizing.views.texts import why_not
from centro.people.messages import MayNot
from centro.people.queries import own_name
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version

TALKS = (Kind.TEXT, Kind.CALL)


def _talk_list(request: Request, assignment_id: UUID, verb: str = "see") -> Assignment:
    """A list of texts or calls that is the actor's."""
    row = queries.get_assignment(request.actor, assignment_id, verb)
    if row.kind not in TALKS:
        raise policy.Refused("assignment")
    return row


@allowed("message.send")
def bank(request: Request, assignment_id: UUID) -> HttpResponse:
    """How far the list is, for me; the next person is one press away."""
    row = _talk_list(request, assignment_id)
    guide = guiding.guide_of_list(request.actor, row)
    can_edit = policy.can(request.actor, "assignment.edit", row)
    is_call = row.kind == Kind.CALL
    context = {
        "list": row,
        "guide": guide,
        "bank": guiding.bank(request.actor, row, guide),
        "is_call": is_call,
        "guides": guiding.guides(request.actor, row.campaign, for_calls=is_call) if can_edit else [],
        "can_edit": can_edit,
    }
    return render(request, "organizing/texts/bank.html", context)


@allowed("assignment.edit")
@require_POST
def choose_guide(request: Request, assignment_id: UUID) -> HttpResponse:
    """The words that the list is worked with."""
    row = _talk_list(request, assignment_id, "edit")
    chosen = request.POST.get("guide", "")
    offered = guiding.guides(request.actor, row.campaign, for_calls=row.kind == Kind.CALL)
    guide = next((one for one in offered if str(one.pk) == chosen), None)
    if guide is None:
        raise policy.Refused("guide")
    actions.choose_guide(by=request.actor, assignment=row, guide=guide)
    notices.success(request, _("Saved."))
    return redirect("organizing:bank", row.pk)


@allowed("message.send")
@require_POST
def next_person(request: Request, assignment_id: UUID) -> HttpResponse:
    """The next person of the list is mine for ten minutes."""
    row = _talk_list(request, assignment_id)
    return go_on(request, row)


def go_on(request: Request, row: Assignment) -> HttpResponse:
    """To the next person at once; back to the list when nobody waits."""
    waiting = guiding.bank(request.actor, row, guiding.guide_of_list(request.actor, row)).mine
    for line in waiting[:5]:
        if actions.take_turn(by=request.actor, stop=line.stop):
            return redirect("organizing:text_stop" if row.kind == Kind.TEXT else "organizing:call_stop", line.stop.pk)
    return redirect("organizing:bank", row.pk)


@allowed("message.send")
@require_POST
def skip(request: Request, stop_id: UUID) -> HttpResponse:
    """Not this one now: the next, please."""
    stop = queries.get_stop(request.actor, stop_id)
    row = _talk_list(request, stop.assignment_id)
    actions.skip_turn(by=request.actor, stop=stop)
    return go_on(request, row)


@allowed("message.send")
def text_stop(request: Request, stop_id: UUID) -> HttpResponse:
    """One person of the list: the guide filled in, to be changed and sent."""
    stop = guiding.get_talk_stop(request.actor, stop_id, Kind.TEXT)
    guide = guiding.guide_of_list(request.actor, stop.assignment)
    text = guiding.text_in(guide, stop.person.language)
    filled = guiding.words_for(text, name=str(stop.call_name), sender=own_name(request.actor)) if text else ""
    form = TextForm(request.POST if request.method == "POST" else None, initial={"words": filled})
    context = _beside(request, stop) | {"form": form, "is_written": text is not None}
    if request.method != "POST":
        return render(request, "organizing/texts/text_stop.html", context)
    if form.is_valid() and text is not None and _send(request, stop, form):
        return go_on(request, stop.assignment)
    return ask_again(request, "organizing/texts/text_stop.html", context)


def _beside(request: Request, stop: Stop) -> dict[str, Any]:
    last = queries.last_seen(stop.person, stop.assignment.campaign)
    return {"stop": stop, "list": stop.assignment, "last": last, "may_not": why_not(stop.person)}


def _send(request: Request, stop: Stop, form: TextForm) -> bool:
    try:
        actions.text_from_list(by=request.actor, stop=stop, words=form.cleaned_data["words"])
    except MayNot as refusal:
        form.add_error("words", str(refusal.reason))
        return False
    except actions.AlreadyWritten:
        notices.info(request, _("Somebody has just written to them from this list."))
        return True
    notices.success(request, _("The text is on its way."))
    return True


# --- guides -------------------------------------------------------------------------------------------------------


@allowed("campaign.see")
def guides(request: Request, campaign_id: UUID) -> HttpResponse:
    """The guides of a campaign, each with the languages it is written in."""
    campaign = queries.get_campaign(request.actor, campaign_id)
    context = {"campaign": campaign, "guides": guiding.guides(request.actor, campaign), "starts": STARTS}
    return render(request, "organizing/texts/guides.html", context)


@allowed("campaign.edit")
def add_guide(request: Request, campaign_id: UUID) -> HttpResponse:
    """A new guide, from one of the center's beginnings."""
    campaign = queries.get_campaign(request.actor, campaign_id, "edit")
    for_calls = (request.POST.get("for") or request.GET.get("for")) == "calls"
    if request.method != "POST":
        form = GuideForm(initial=start_from(request.GET.get("from", ""), for_calls=for_calls), for_calls=for_calls)
        return render(request, "organizing/texts/guide.html", _of_guide(campaign, form))
    form = GuideForm(request.POST, for_calls=for_calls)
    if not form.is_valid():
        return ask_again(request, "organizing/texts/guide.html", _of_guide(campaign, form))
    name = form.cleaned_data["name"]
    actions.add_guide(by=request.actor, campaign=campaign, name=name, for_calls=for_calls, texts=form.texts())
    notices.success(request, _("Saved."))
    return redirect("organizing:guides", campaign.pk)


def _of_guide(campaign: Campaign, form: GuideForm, guide: Guide | None = None, version: int = 0) -> dict[str, Any]:
    return {"campaign": campaign, "form": form, "guide": guide, "version": version}


@allowed("campaign.edit")
def edit_guide(request: Request, guide_id: UUID) -> HttpResponse:
    """Other words."""
    guide = guiding.get_guide(request.actor, guide_id, "edit")
    page, campaign = "organizing/texts/guide.html", guide.campaign
    if request.method != "POST":
        form = GuideForm(initial=written_so_far(guide), for_calls=guide.for_calls)
        return render(request, page, _of_guide(campaign, form, guide, guide.version))
    form = GuideForm(request.POST, for_calls=guide.for_calls)
    if not form.is_valid():
        return ask_again(request, page, _of_guide(campaign, form, guide, sent_version(request)))
    try:
        name = form.cleaned_data["name"]
        actions.edit_guide(by=request.actor, guide=guide, version=sent_version(request), name=name, texts=form.texts())
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, page, _of_guide(campaign, form, guide, guide.version))
    notices.success(request, _("Saved."))
    return redirect("organizing:guides", campaign.pk)


@allowed("campaign.edit")
@require_POST
def end_guide(request: Request, guide_id: UUID) -> HttpResponse:
    """Not used any more."""
    guide = guiding.get_guide(request.actor, guide_id, "edit")
    actions.end_guide(by=request.actor, guide=guide)
    notices.success(request, _("Saved."))
    return redirect("organizing:guides", guide.campaign_id)
