"""Events: the list, one event with its turnout, its people, and what one of them said."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access, policy, qr
from centro.core.doors import allowed, ask_again
from centro.core.ids import ids_in
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.actions import events as actions
from centro.organizing.choices import Turnout
from centro.organizing.events import papers as events_papers
from centro.organizing.forms.events import DETAILS, CommitmentForm, EventForm, FindForm, WhomForm, first_guess
from centro.organizing.models import Commitment, Gathering
from centro.organizing.queries import events as reads
from centro.organizing.queries.events_turnout import turnout
from centro.organizing.views.events_door import code_address
from centro.organizing.views.pages import pages
from centro.people import queries as people
from centro.people.models import Person
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


@allowed("event.check_in")
def events(request: Request) -> HttpResponse:
    """What is coming, and what was."""
    is_past = "past" in request.GET
    context = {"rows": reads.events(request.actor, past=is_past), "is_past": is_past}
    return render(request, "organizing/events/events.html", context)


@allowed("event.add")
def add_event(request: Request) -> HttpResponse:
    """Set up something that people will be asked to."""
    campaigns = queries.campaigns(request.actor)
    wanted = {"campaign": request.GET.get("campaign", ""), **first_guess()}
    form = EventForm(request.POST or None, campaigns=campaigns, initial=wanted)
    if request.method != "POST":
        return render(request, "organizing/events/edit.html", {"form": form})
    if not form.is_valid():
        return ask_again(request, "organizing/events/edit.html", {"form": form})
    campaign = next(row for row in campaigns if str(row.pk) == form.cleaned_data["campaign"])
    row = actions.add_event(by=request.actor, campaign=campaign, details=form.details())
    messages.success(request, _("Saved."))
    return redirect("organizing:event", row.pk)


@allowed("event.edit")
def edit_event(request: Request, event_id: UUID) -> HttpResponse:
    """Correct an event. Its campaign stays."""
    row = reads.get_event(request.actor, event_id, "edit")
    initial = {name: getattr(row, name) for name in DETAILS}
    initial["campaign"] = str(row.campaign_id)
    form = EventForm(request.POST or None, campaigns=[row.campaign], initial=initial)
    context = {"event": row, "form": form, "version": row.version}
    if request.method != "POST":
        return render(request, "organizing/events/edit.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/events/edit.html", {**context, "version": sent_version(request)})
    try:
        actions.edit_event(by=request.actor, gathering=row, version=sent_version(request), details=form.details())
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/events/edit.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:event", row.pk)


@allowed("event.edit")
@require_POST
def call_off(request: Request, event_id: UUID) -> HttpResponse:
    """It does not take place."""
    row = reads.get_event(request.actor, event_id, "edit")
    actions.call_off_event(by=request.actor, gathering=row)
    messages.success(request, _("The event is called off. Nobody was told yet: call them, or send a message."))
    return redirect("organizing:event", row.pk)


@allowed("event.see")
def event(request: Request, event_id: UUID) -> HttpResponse:
    """The turnout of an event: who said what, how many to expect, what they need, who helps at the door."""
    row = reads.get_event(request.actor, event_id)
    helps, could = reads.helpers(request.actor, row)
    context = {
        "event": row,
        "picture": turnout(request.actor, row),
        "helps": helps,
        "could": could,
        "links": reads.host_links(row),
        "may_edit": policy.can(request.actor, "event.edit", row),
    }
    return render(request, "organizing/events/event.html", context)


@allowed("event.see")
def event_people(request: Request, event_id: UUID) -> HttpResponse:
    """Who was asked, what they said, what they need."""
    row = reads.get_event(request.actor, event_id)
    form = FindForm(request.GET)
    chosen = form.chosen()
    rows, has_more = reads.asked_people(request.actor, row, **chosen)
    context = {"event": row, "form": form, "rows": rows, **pages(request, chosen["page"], has_more=has_more)}
    return render(request, "organizing/events/people.html", context)


@allowed("event.edit")
def event_ask(request: Request, event_id: UUID) -> HttpResponse:
    """Put people of the campaign on the list of those who are asked."""
    row = reads.get_event(request.actor, event_id, "edit")
    if row.called_off_at is not None:
        raise policy.Refused("event.edit")
    if request.method == "POST":
        return _ask(request, row)
    form = WhomForm(request.GET)
    chosen = form.chosen()
    rows, has_more = reads.people_to_ask(request.actor, row, **chosen)
    context = {"event": row, "form": form, "rows": rows, **pages(request, chosen["page"], has_more=has_more)}
    return render(request, "organizing/events/ask.html", context)


def _ask(request: Request, row: Gathering) -> HttpResponse:
    ids = ids_in(request.POST.getlist("person")[: actions.AT_ONCE])
    found = list(people.people_by_id(request.actor, ids).values())
    count = actions.ask_people(by=request.actor, gathering=row, people_in=found)
    said = ngettext("%(n)d person is on the list now.", "%(n)d people are on the list now.", count) % {"n": count}
    messages.success(request, said)
    return redirect(request.get_full_path())


@allowed("event.see")
def commitment(request: Request, event_id: UUID, person_id: UUID) -> HttpResponse:
    """What one person said about one event, what they need, their code, and how it became so."""
    row = reads.get_event(request.actor, event_id, "edit")
    person = people.get_person(request.actor, person_id)
    known = reads.commitment_with(request.actor, row, person)
    form = CommitmentForm(
        request.POST or None,
        takes_names=row.takes_names,
        is_settled=row.has_begun or (known is not None and known.arrived_at is not None),
        initial=_initial(known),
    )
    context = {"event": row, "person": person, "known": known, "form": form, **_around(request, known)}
    if request.method != "POST":
        return render(request, "organizing/events/commitment.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/events/commitment.html", {**context, "version": sent_version(request)})
    if not _save(request, row, person, form):
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/events/commitment.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:event_people", row.pk)


def _initial(known: Commitment | None) -> dict[str, Any]:
    if known is None:
        return {"state": Turnout.YES}
    return {name: getattr(known, name) for name in CommitmentForm.base_fields if name != "removal"}


def _around(request: Request, known: Commitment | None) -> dict[str, Any]:
    """The steps, and the code as a picture for the phone's camera."""
    if known is None:
        return {"version": 0, "steps": []}
    steps = reads.steps(request.actor, known)
    picture = qr.svg(code_address(request, known.code), label=_("Code at the door"))
    return {"version": known.version, "steps": steps, "picture": picture}


def _save(request: Request, row: Gathering, person: Person, form: CommitmentForm) -> bool:
    """The first time they are put on the list; False when somebody else saved first."""
    said = {"state": form.cleaned_data["state"], "brings": form.cleaned_data["brings"] or 0}
    known, version = reads.commitment_with(request.actor, row, person), sent_version(request)
    if known is None:
        actions.note_answer(by=request.actor, gathering=row, person=person, **said)
        known = reads.commitment_with(request.actor, row, person)
        version = known.version if known else version
    if known is None:  # set aside at this very moment
        return False
    try:
        actions.edit_commitment(by=request.actor, commitment=known, version=version, **said, needs=form.needs())
    except Conflict:
        return False
    return True


@allowed("event.edit")
@require_POST
def change_door(request: Request, event_id: UUID) -> HttpResponse:
    """A colleague helps at the door, or does not any more."""
    row = reads.get_event(request.actor, event_id, "edit")
    helps, could = reads.helpers(request.actor, row)
    for user in could:
        if str(user.pk) == request.POST.get("joins"):
            actions.give_door(by=request.actor, gathering=row, user=user)
    for user in helps:
        if str(user.pk) == request.POST.get("leaves"):
            actions.leave_door(by=request.actor, gathering=row, user=user)
    messages.success(request, _("Saved."))
    return redirect("organizing:event", row.pk)


@allowed("event.edit")
@require_POST
def print_paper(request: Request, event_id: UUID) -> HttpResponse:
    """One of the papers of an event; it opens for whoever printed it, for a day."""
    row = reads.get_event(request.actor, event_id, "edit")
    name = request.POST.get("paper", "")
    if name not in events_papers.PAPERS:
        raise policy.Refused("event.edit")
    language = (get_language() or "en")[:2]
    paper = events_papers.print_paper(by=request.actor, gathering=row, name=name, language=language)
    access.note_print()
    return redirect("core:document", paper.pk)
