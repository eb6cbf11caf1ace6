"""The leadership ladder: the board, its steps, and one person on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import clock
from centro.core.doors import allowed, ask_again
from centro.core.policy import Actor, Refused
from centro.core.request import Request
from centro.organizing.actions import ladder as actions
from centro.organizing.forms.ladder import DecideForm, NoteForm, StepForm, rules_of
from centro.organizing.ladder.paper import coverage_words
from centro.organizing.models import Campaign, LadderStep
from centro.organizing.queries import campaigns, chosen_campaign, get_campaign, team
from centro.organizing.queries import ladder as queries
from centro.organizing.views.person import person_and_campaign
from centro.people.models import Person
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


@allowed("contact.see")
def ladder(request: Request) -> HttpResponse:
    """The board of one campaign: who stands where, who for long, whom the program suggests."""
    campaign = chosen_campaign(request.actor, request.GET.get("campaign", ""))
    context: dict[str, Any] = {"campaign": campaign, "campaigns": campaigns(request.actor)}
    if campaign is not None:
        context["board"] = queries.board(request.actor, campaign)
    return render(request, "organizing/ladder/board.html", context)


def _step_at(request: Request, campaign: Campaign, place: int) -> LadderStep:
    step = next((row for row in queries.steps_of(request.actor, campaign) if row.place == place), None)
    if step is None:
        raise Refused("contact.add")
    return step


@allowed("contact.add")
def edit_step(request: Request, campaign_id: UUID, place: int) -> HttpResponse:
    """Other words for a step, or other evidence."""
    campaign = get_campaign(request.actor, campaign_id)
    step = _step_at(request, campaign, place)
    data = request.POST if request.method == "POST" else None
    form = StepForm(data, must_have_words=not step.rung, initial={"words": step.words, **rules_of(step)})
    context = {"campaign": campaign, "step": step, "form": form, "version": step.version}
    if request.method != "POST":
        return render(request, "organizing/ladder/step.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/ladder/step.html", {**context, "version": sent_version(request)})
    actions.begin_ladder(by=request.actor, campaign=campaign)
    details = {"words": form.cleaned_data["words"], "rules": form.rules()}
    saved = queries.get_step(request.actor, campaign, place)
    try:
        actions.edit_step(by=request.actor, step=saved, version=sent_version(request), details=details)
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/ladder/step.html", {**context, "version": saved.version})
    return redirect(f"{reverse('organizing:ladder')}?campaign={campaign.pk}")


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
    return redirect(f"{reverse('organizing:ladder')}?campaign={campaign.pk}")


def back_to(person: Person, campaign: Campaign) -> HttpResponse:
    return redirect(f"{reverse('organizing:climb', args=[person.pk])}?campaign={campaign.pk}")


def _guess(by: Actor, now: queries.Standee, steps: list[LadderStep]) -> dict[str, Any]:
    """What the form begins with: the suggested step, today, and whoever walks with them already."""
    likely = now.suggestion or (now.climb.step if now.climb else steps[0])
    return {
        "place": likely.place,
        "decided_on": clock.today(),
        "mentor": now.climb.mentor_id if now.climb else by.user_id,
        "seen": now.climb.pk if now.climb else "",
    }


def page_of(request: Request, person: Person, campaign: Campaign, **more: Any) -> dict[str, Any]:
    """Everything on the page of one person on the ladder."""
    by = request.actor
    now, led = queries.standing_on(by, campaign, person), queries.led_by(by, campaign, person)
    steps = queries.steps_of(by, campaign)
    return {
        "person": person,
        "campaign": campaign,
        "now": now,
        "history": queries.history(by, campaign, person),
        "notes": queries.notes(by, campaign, person),
        "led": led,
        "covered": coverage_words(led),
        "could_follow": queries.could_follow(by, campaign, person, led),
        "link": queries.live_link(campaign, person),
        "words": "",
        "found": [],
        "note_form": NoteForm(auto_id="note_%s"),
        "form": DecideForm(steps=steps, team=team(by, campaign), initial=_guess(by, now, steps)),
        **more,
    }


@allowed("contact.see")
def climb(request: Request, person_id: UUID) -> HttpResponse:
    """One person on the ladder: where they stand and why, coaching notes, their own people."""
    person, campaign = person_and_campaign(request, person_id)
    if request.method != "POST":
        return render(request, "organizing/ladder/person.html", page_of(request, person, campaign))
    by, now = request.actor, queries.standing_on(request.actor, campaign, person)
    data = request.POST.copy()
    form = DecideForm(data, steps=queries.steps_of(by, campaign), team=team(by, campaign))
    if not form.is_valid():
        return ask_again(request, "organizing/ladder/person.html", page_of(request, person, campaign, form=form))
    decision = form.decision()
    was_suggested = now.suggestion is not None and now.suggestion.place == decision["place"]
    try:
        actions.decide_step(by=by, campaign=campaign, person=person, was_suggested=was_suggested, **decision)
    except actions.Moved:
        form.add_error(None, _("Somebody decided about this person meanwhile. Look again at where they stand."))
        data["seen"] = str(now.climb.pk) if now.climb else ""
        return ask_again(request, "organizing/ladder/person.html", page_of(request, person, campaign, form=form))
    messages.success(request, _("Saved."))
    return back_to(person, campaign)


@allowed("contact.see")
@require_POST
def add_note(request: Request, person_id: UUID) -> HttpResponse:
    """A coaching note."""
    person, campaign = person_and_campaign(request, person_id)
    form = NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return ask_again(request, "organizing/ladder/person.html", page_of(request, person, campaign, note_form=form))
    got = form.cleaned_data
    actions.add_note(by=request.actor, campaign=campaign, person=person, words=got["words"], shows=got["shows"])
    messages.success(request, _("Saved."))
    return back_to(person, campaign)
