"""The organizer's day and week, and field work as whoever leads it sees it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from centro.core import clock
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.actions import week as actions
from centro.organizing.choices import outcomes_of
from centro.organizing.forms import ContactForm
from centro.organizing.forms.week import NoteForm
from centro.organizing.queries import week as reads
from centro.organizing.queries.events import event_in, events_to_correct
from centro.organizing.views.contacts import new_id
from centro.people.queries import own_name

FURTHEST = timedelta(days=366)


def _day(request: Request, name: str) -> date:
    """The asked day of the last year, or today."""
    try:
        day = parse_date(request.GET.get(name, "")) or clock.today()
    except ValueError:
        return clock.today()
    return day if clock.today() - FURTHEST <= day <= clock.today() else clock.today()


@allowed("contact.see")
def debrief(request: Request) -> HttpResponse:
    """The end of the day: what was tried and what came of it; a note for whoever leads."""
    day, mine = _day(request, "day"), queries.campaigns(request.actor)
    form = NoteForm(request.POST or None, campaigns=mine)
    context = {
        "debrief": reads.debrief(request.actor, day),
        "form": form,
        "campaigns": mine,
        "is_today": day == clock.today(),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < clock.today() else None,
    }
    if request.method != "POST":
        return render(request, "organizing/week/debrief.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/week/debrief.html", context)
    campaign = queries.get_campaign(request.actor, UUID(form.cleaned_data["campaign"]))
    actions.leave_note(by=request.actor, campaign=campaign, words=form.cleaned_data["words"])
    messages.success(request, _("Saved."))
    return redirect("organizing:debrief")


@allowed("contact.see")
def week(request: Request) -> HttpResponse:
    """The sheet of a week: one's own, or the team's for whoever leads the campaign."""
    mine = queries.campaigns(request.actor)
    wanted = request.GET.get("campaign", "")
    campaign = next((row for row in mine if str(row.pk) == wanted), mine[0] if mine and not wanted else None)
    if wanted and campaign is None:
        raise Refused("campaign.see")
    day = _day(request, "day")
    monday = day - timedelta(days=day.weekday())
    context: dict[str, Any] = {
        "campaigns": mine,
        "campaign": campaign,
        "leads": campaign is not None and reads.leads(request.actor, campaign),
        "sheets": reads.weeks(request.actor, campaign, monday) if campaign else [],
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7) if monday + timedelta(days=7) <= clock.today() else None,
        "printed_by": own_name(request.actor),
        "printed_at": clock.now(),
    }
    return render(request, "organizing/week/week.html", context)


@allowed("contact.see")
def field_day(request: Request) -> HttpResponse:
    """Who is out, until when, how far they are, and what waits: for whoever leads a campaign."""
    return render(request, "organizing/week/field_day.html", {"today": reads.field_day(request.actor)})


@allowed("contact.add")
def correct(request: Request, contact_id: UUID) -> HttpResponse:
    """Note one's own contact of today anew, as it really was."""
    contact = reads.get_contact_to_correct(request.actor, contact_id)
    options: dict[str, Any] = {
        "scale": queries.scale_words(contact.campaign),
        "outcomes": outcomes_of(contact.kind),
        "staff": queries.team(request.actor, contact.campaign),
        "along": queries.could_go_along(request.actor, contact.campaign),
        "events": events_to_correct(contact),
    }
    around = {"person": contact.person, "campaign": contact.campaign}
    context = {**around, "contact": contact, "contact_id": new_id(request)}
    if request.method != "POST":
        initial = {**reads.as_noted(request.actor, contact), "event": event_in(contact)}
        form = ContactForm(initial=initial, **options)
        return render(request, "organizing/week/correct.html", {**context, "form": form})
    form = ContactForm(request.POST, **options)
    if not form.is_valid():
        return ask_again(request, "organizing/week/correct.html", {**context, "form": form})
    actions.correct_contact(by=request.actor, contact=contact, told=form.told(), contact_id=new_id(request))
    messages.success(request, _("Corrected. What was noted first stays in the log and counts no more."))
    return redirect("organizing:person", contact.person_id)
