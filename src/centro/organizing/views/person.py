"""One person in a campaign: what was tried and said, where they stand, whom they know, what is next."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.forms import AssessForm, TieForm
from centro.organizing.forms.contacts import why_so_far
from centro.organizing.models import Campaign
from centro.organizing.queries.ladder import step_now
from centro.organizing.queries.members import membership_of
from centro.organizing.words import contact_lines
from centro.people import queries as people
from centro.people import tabs
from centro.people.models import Person
from centro.people.views.find import note_search


@allowed("contact.see")
def person(request: Request, person_id: UUID) -> HttpResponse:
    """The tab of organizing on a person's page."""
    row, campaign = person_and_campaign(request, person_id)
    scale = queries.scale_words(campaign)
    assessed = queries.assessments(request.actor, row, campaign)
    people.let_see_staff(request.actor, [row.in_care_of])
    context = {
        "person": row,
        "campaign": campaign,
        "campaigns": queries.campaigns(request.actor),
        "scale": scale,
        "standing": queries.standing_of(row, campaign),
        "assessed": assessed,
        "contacts": contact_lines(queries.contacts(request.actor, row)),
        "ties": queries.ties(request.actor, row, campaign),
        "steps": queries.steps_due(request.actor, row),
        "ladder_step": step_now(request.actor, campaign, row),
        "membership": membership_of(request.actor, row),
        "tabs": tabs.tabs_of(request.actor, row),
        "here": request.path,
    }
    return render(request, "organizing/person.html", context)


@allowed("contact.add")
def assess(request: Request, person_id: UUID) -> HttpResponse:
    """Say where somebody stands without a visit: from an action, or from second hand."""
    row, campaign = person_and_campaign(request, person_id)
    scale = queries.scale_words(campaign)
    form = AssessForm(request.POST or None, scale=scale, initial={"basis": "conversation"})
    standing = queries.standing_of(row, campaign)
    context = {"person": row, "campaign": campaign, "form": form, "standing": standing}
    if request.method != "POST":
        return render(request, "organizing/assess.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/assess.html", context)
    got = {**form.cleaned_data, "value": int(form.cleaned_data["value"])}
    try:
        actions.assess(by=request.actor, campaign=campaign, person=row, **got)
    except actions.AsksWhy as asked:
        form.add_error("why", why_so_far(asked.before))
        return ask_again(request, "organizing/assess.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:person", row.pk)


def person_and_campaign(request: Request, person_id: UUID) -> tuple[Person, Campaign]:
    """A person, and the campaign of the team that sees them: the one that was chosen, else the first."""
    row = people.get_person(request.actor, person_id)
    wanted = request.POST.get("campaign") or request.GET.get("campaign") or ""
    return row, queries.campaign_for(request.actor, row, wanted)


@allowed("contact.see")
def add_tie(request: Request, person_id: UUID) -> HttpResponse:
    """Who do they know? Somebody found in the program, or a name for somebody we have not met."""
    row, campaign = person_and_campaign(request, person_id)
    words = request.POST.get("words", "").strip()[:120]
    if words:
        note_search(request)
    form = TieForm(request.POST if request.method == "POST" and "words" not in request.POST else None)
    context = {
        "person": row,
        "campaign": campaign,
        "form": form,
        "words": words,
        "found": queries.find_others(request.actor, row, words),
        "other": _other(request, row),
    }
    if not form.is_bound:
        return render(request, "organizing/add_tie.html", context)
    if form.is_valid() and not context["other"] and not form.cleaned_data["known_as"]:
        form.add_error("known_as", _("Please find somebody, or say how they were described."))
    if not form.is_valid():
        return ask_again(request, "organizing/add_tie.html", context)
    _save_tie(request, context)
    messages.success(request, _("Saved."))
    return redirect("organizing:person", row.pk)


def _other(request: Request, row: Person) -> Person | None:
    """The person picked for the other end; absent, not theirs, and the person itself are the same answer."""
    try:
        wanted = UUID(request.POST.get("other") or request.GET.get("other") or "")
    except ValueError:
        return None
    return people.people_by_id(request.actor, [wanted]).get(wanted) if wanted != row.pk else None


def _save_tie(request: Request, context: dict[str, Any]) -> None:
    got = context["form"].cleaned_data
    named = actions.Named(
        known_as=got["known_as"],
        works_at=got["works_at"],
        kind=got["kind"],
        strength=got["strength"],
        will_introduce=got["will_introduce"],
        other=context["other"],
    )
    actions.add_tie(
        by=request.actor,
        campaign=context["campaign"],
        person=context["person"],
        named=named,
        is_confidential=got["is_confidential"],
    )


@allowed("contact.see")
@require_POST
def end_tie(request: Request, tie_id: UUID) -> HttpResponse:
    """They do not know each other any more, or it was a mistake."""
    tie = queries.get_tie(request.actor, tie_id)
    actions.end_tie(by=request.actor, tie=tie)
    messages.success(request, _("Saved."))
    return redirect("organizing:person", tie.person_id)
