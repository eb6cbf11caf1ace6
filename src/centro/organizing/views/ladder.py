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
from centro.core.policy import Actor
from centro.core.request import Request
from centro.organizing.actions import ladder as actions
from centro.organizing.forms.ladder import DecideForm, NoteForm
from centro.organizing.ladder.paper import coverage_words
from centro.organizing.models import Campaign, LadderStep
from centro.organizing.queries import campaigns, chosen_campaign, team
from centro.organizing.queries import ladder as queries
from centro.organizing.views.person import person_and_campaign
from centro.people.models import Person


@allowed("contact.see")
def ladder(request: Request) -> HttpResponse:
    """The board of one campaign: who stands where, who for long, whom the program suggests."""
    campaign = chosen_campaign(request.actor, request.GET.get("campaign", ""))
    context: dict[str, Any] = {"campaign": campaign, "campaigns": campaigns(request.actor)}
    if campaign is not None:
        context["board"] = queries.board(request.actor, campaign)
    return render(request, "organizing/ladder/board.html", context)


def back_to(person: Person, campaign: Campaign) -> HttpResponse:
    return redirect(f"{reverse('organizing:climb', args=[person.pk])}?campaign={campaign.pk}")


def _guess(by: Actor, now: queries.Standee, steps: list[LadderStep]) -> dict[str, Any]:
    """What the form begins with: the suggested step, today, and whoever walks with them already."""
    likely = now.suggestion or (now.climb.step if now.climb else steps[0])
    return {
        "step": likely.name,
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
    was_suggested = now.suggestion is not None and now.suggestion.name == decision["name"]
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
