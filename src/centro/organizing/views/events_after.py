"""After an event: the sign-in sheet is typed in, somebody says who did not come, walk-ins get a name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing.actions import events_door as actions
from centro.organizing.forms.events import KeepForm, SheetForm, names_of
from centro.organizing.models import Gathering, WalkIn
from centro.organizing.queries import events as reads
from centro.organizing.queries import events_after as after_reads
from centro.people import queries as people


@allowed("event.edit")
def enter(request: Request, event_id: UUID) -> HttpResponse:
    """The sheet came back: tick who signed, add who walked in, write how many heads there were."""
    row = reads.get_event(request.actor, event_id, "edit")
    waiting = after_reads.not_yet_here(request.actor, row)
    form = SheetForm(request.POST or None, takes_names=row.takes_names, initial={"count": row.head_count})
    context = {"event": row, "waiting": waiting, "form": form}
    if request.method != "POST":
        return render(request, "organizing/events/enter.html", context)
    if not form.is_valid():
        ticked = set(request.POST.getlist("came"))
        return ask_again(request, "organizing/events/enter.html", {**context, "ticked": ticked})
    count = _save_sheet(request, row, waiting, form)
    said = ngettext("%(n)d person typed in.", "%(n)d people typed in.", count) % {"n": count}
    messages.success(request, said)
    return redirect("organizing:event_after", row.pk)


def _save_sheet(request: Request, row: Gathering, waiting: list[Any], form: SheetForm) -> int:
    ticked = set(request.POST.getlist("came"))
    came = [line for line in waiting if str(line.pk) in ticked]
    count = actions.enter_sheet(
        by=request.actor, gathering=row, came=came, walked_in=form.walked_in(request.POST.get("_once", ""))
    )
    if form.cleaned_data["count"] is not None:
        actions.count_heads(by=request.actor, gathering=row, count=form.cleaned_data["count"])
    return count


@allowed("event.edit")
def after(request: Request, event_id: UUID) -> HttpResponse:
    """Who came, who is still open, whom to thank and whom to call; somebody decides who did not come."""
    row = reads.get_event(request.actor, event_id, "edit")
    if request.method == "POST":
        return _close(request, row)
    context = {"event": row, **after_reads.follow_up(request.actor, row), "walk_ins": reads.walk_ins(row)}
    return render(request, "organizing/events/after.html", context)


def _close(request: Request, row: Gathering) -> HttpResponse:
    if not row.has_begun:
        messages.warning(request, _("It has not begun yet."))
        return redirect("organizing:event_after", row.pk)
    ticked = set(request.POST.getlist("missed"))
    missed = [line for line in after_reads.still_open(request.actor, row) if str(line.pk) in ticked]
    count = actions.close_event(by=request.actor, gathering=row, missed=missed)
    said = ngettext("%(n)d did not come.", "%(n)d did not come.", count) % {"n": count}
    messages.success(request, _("Settled. %(said)s") % {"said": said})
    return redirect("organizing:event_after", row.pk)


@allowed("event.edit")
def walk_in_known(request: Request, event_id: UUID, walk_in_id: UUID) -> HttpResponse:
    """Who was this? Somebody of ours, somebody new, or nobody to keep."""
    row = reads.get_event(request.actor, event_id, "edit")
    found = reads.get_walk_in(row, walk_in_id)
    form = KeepForm(request.POST if "keep" in request.POST else None, initial=names_of(str(found.name)))
    context = {
        "event": row,
        "walk_in": found,
        "form": form,
        "likely": reads.likely_walk_in(request.actor, found, str(found.phone)),
    }
    if request.method != "POST":
        return render(request, "organizing/events/walk_in.html", context)
    if form.is_bound and not form.is_valid():
        return ask_again(request, "organizing/events/walk_in.html", context)
    try:
        _settle_walk_in(request, found, form)
    except actions.NoNames:  # the page says so
        return ask_again(request, "organizing/events/walk_in.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:event_after", row.pk)


def _settle_walk_in(request: Request, walk_in: WalkIn, form: KeepForm) -> None:
    if form.is_bound:
        details = {name: form.cleaned_data[name] for name in ("given", "family", "native", "language")}
        details["met_through"] = "event"
        actions.keep_walk_in(by=request.actor, walk_in=walk_in, details=details, number=str(walk_in.phone))
    elif chosen := id_in(request.POST, "person"):
        person = people.get_person(request.actor, chosen)
        actions.know_walk_in(by=request.actor, walk_in=walk_in, person=person)
    elif "drop" in request.POST:
        actions.drop_walk_in(by=request.actor, walk_in=walk_in)
    else:
        raise Refused("event.edit")
