"""The inbox of texts: threads by person across campaigns, answering, handing on."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
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
from centro.organizing.forms.texts import PlayForm, TextForm
from centro.organizing.models import Campaign
from centro.organizing.queries import texts as guiding
from centro.people import queries as people
from centro.people.choices import Channel
from centro.people.messages import MayNot, safe_address
from centro.people.models import Person
from centro.people.queries import texts
from centro.people.sms import receiving

SHOWS = ("unread", "my", "all")


@allowed("message.see")
def inbox(request: Request) -> HttpResponse:
    """Threads that wait, in the languages I speak; or those in my hands, or all of my campaigns."""
    only = request.GET.get("show", "")
    only = only if only in SHOWS else SHOWS[0]
    rows = texts.threads(request.actor, only=only)
    names = people.names_of_staff(request.actor, [row.thread.in_hands_of_id for row in rows])
    context = {"waiting": texts.count_unread(request.actor)}
    named = [(row, names.get(row.thread.in_hands_of_id or row.thread.pk, "")) for row in rows]
    return render(request, "organizing/texts/inbox.html", {**context, "rows": named, "shows": only})


@allowed("message.see")
def thread(request: Request, person_id: UUID) -> HttpResponse:
    """What was written with one person, and the form to answer."""
    person = people.get_person(request.actor, person_id)
    campaign = queries.campaign_for(request.actor, person, request.POST.get("campaign", ""))
    if request.method != "POST":
        form = TextForm(initial={"words": _guided(request, person, campaign)})
        return render(request, "organizing/texts/thread.html", _around(request, person, campaign, form))
    form = TextForm(request.POST)
    if form.is_valid():
        try:
            actions.text_person(by=request.actor, campaign=campaign, person=person, words=form.cleaned_data["words"])
        except MayNot as refusal:
            form.add_error("words", str(refusal.reason))
    if form.errors:
        return ask_again(request, "organizing/texts/thread.html", _around(request, person, campaign, form))
    notices.success(request, _("The text is on its way."))
    return redirect("organizing:thread", person.pk)


def _guided(request: Request, person: Person, campaign: Campaign) -> str:
    """The chosen guide, filled in for this person; nothing where it is not written in their language."""
    chosen = request.GET.get("guide", "")
    guide = next((row for row in guiding.guides(request.actor, campaign) if str(row.pk) == chosen), None)
    text = guiding.text_in(guide, person.language)
    return guiding.words_for(text, name=person.short_name, sender=people.own_name(request.actor)) if text else ""


def _around(request: Request, person: Person, campaign: Campaign, form: TextForm) -> dict[str, Any]:
    row = texts.thread_with(request.actor, person)
    guides = guiding.guides(request.actor, campaign, for_calls=False)
    written = texts.messages_of(request.actor, person)
    team = queries.team(request.actor, campaign)
    names = people.names_of_staff(request.actor, [message.sent_by_id for message in written])
    return {
        "person": person,
        "campaign": campaign,
        "thread": row,
        "messages_of": [(message, names.get(message.sent_by_id or message.pk, "")) for message in written],
        "standing": queries.standing_of(person, campaign),
        "guides": [guide for guide in guides if guiding.text_in(guide, person.language)],
        "silent_guides": [guide for guide in guides if not guiding.text_in(guide, person.language)],
        "may_not": why_not(person),
        "form": form,
        "colleagues": [user for user in team if row and user.pk != row.in_hands_of_id],
        "play": PlayForm() if settings.DEMO or settings.TESTING else None,
    }


def why_not(person: Person) -> str:
    """Why nothing may be written to them now; empty when it may."""
    try:
        safe_address(person, Channel.TEXT)
    except MayNot as refusal:
        return str(refusal.reason)
    return ""


@allowed("message.see")
@require_POST
def settle_thread(request: Request, thread_id: UUID) -> HttpResponse:
    """Read, without an answer; and whether it meant “stop”, where that was the question."""
    row = texts.get_thread(request.actor, thread_id)
    if row.may_mean_stop:
        receiving.decide_stop(by=request.actor, thread=row, is_stop=request.POST.get("means") == "stop")
    else:
        receiving.mark_read(by=request.actor, thread=row)
    notices.success(request, _("Saved."))
    return redirect("organizing:thread", row.person_id)


@allowed("message.see")
@require_POST
def hand_thread(request: Request, thread_id: UUID) -> HttpResponse:
    """A colleague of the campaign answers from now on."""
    row = texts.get_thread(request.actor, thread_id)
    person = people.get_person(request.actor, row.person_id)
    campaign = queries.campaign_for(request.actor, person)
    chosen = request.POST.get("to", "")
    to = next((user for user in queries.team(request.actor, campaign) if str(user.pk) == chosen), None)
    if to is None:
        raise policy.Refused("user")
    actions.hand_thread(by=request.actor, thread=row, to=to)
    notices.success(request, _("Handed over."))
    return redirect("organizing:inbox")


@allowed("message.see")
@require_POST
def play_answer(request: Request, person_id: UUID) -> HttpResponse:
    """In the demo: the person answers, as their phone would."""
    if not (settings.DEMO or settings.TESTING):
        raise policy.Refused("demo")
    person = people.get_person(request.actor, person_id)
    form = PlayForm(request.POST)
    phone = next(iter(person.phones.all()), None)
    if form.is_valid() and phone is not None:
        words = form.cleaned_data["words"]
        receiving.receive(by=request.actor, number=str(phone.number), words=words, provider_id=f"demo-{uuid4()}")
    return redirect("organizing:thread", person.pk)
