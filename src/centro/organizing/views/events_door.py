"""The door of an event: find whoever stands there, tap, next. The same for staff and for a host with a link."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing.actions import events_door as actions
from centro.organizing.choices import StepHow
from centro.organizing.forms.events import CountForm, WalkInForm
from centro.organizing.models import Gathering
from centro.organizing.queries import events as reads
from centro.organizing.queries import events_door as door_reads


def code_address(request: Request, code: str) -> str:
    """What the code of one person leads to: staff at the door check them in, anybody else is asked to sign in."""
    return request.build_absolute_uri(reverse("organizing:door_code", args=[code]))


def _page(request: Request, row: Gathering, **more: Any) -> dict[str, Any]:
    here, walked_in = door_reads.here_now(row)
    return {
        "event": row,
        "here": here,
        "walked_in": walked_in,
        "walk_in_form": WalkInForm(),
        "walk_in_id": uuid4(),
        "count_form": CountForm(initial={"count": row.head_count}),
        "may_see": policy.can(request.actor, "event.see", row),
        **more,
    }


@allowed("event.check_in")
def door(request: Request, event_id: UUID) -> HttpResponse:
    """Who stands there? Two letters are enough; a tap and they are here."""
    row = reads.get_event(request.actor, event_id, "check_in")
    words = request.POST.get("words", "")[:120]
    found = door_reads.expected_at(request.actor, row, words) if words and row.takes_names else []
    if request.headers.get("HX-Request"):
        context = {"event": row, "found": found, "words": words}
        return render(request, "organizing/events/door.html#found", context)
    return render(request, "organizing/events/door.html", _page(request, row, words=words, found=found))


@allowed("event.check_in")
@require_POST
def arrive(request: Request, event_id: UUID, commitment_id: UUID) -> HttpResponse:
    """They are here; or, if it was somebody else, they are not."""
    row = reads.get_commitment(request.actor, commitment_id, "check_in")
    if row.gathering_id != event_id:
        raise Refused("event.check_in")
    if "back" in request.POST:
        actions.take_back_arrival(by=request.actor, commitment=row)
        messages.success(request, pgettext("arrival", "Taken back."))
    else:
        _let_in(request, row, StepHow.DOOR)
    return redirect("organizing:door", event_id)


def _let_in(request: Request, row: Any, how: StepHow) -> None:
    try:
        is_first = actions.arrive(by=request.actor, commitment=row, how=how)
    except actions.NoNames:
        messages.warning(request, _("No names are taken at this event. Count heads."))
        return
    messages.success(request, _("Noted: they are here.") if is_first else _("They are here already."))


@allowed("event.check_in")
@require_POST
def walk_in(request: Request, event_id: UUID) -> HttpResponse:
    """Somebody nobody expected. What is typed is kept; whether we know them is looked at later, by others."""
    row = reads.get_event(request.actor, event_id, "check_in")
    form = WalkInForm(request.POST)
    if not row.takes_names:
        raise Refused("event.check_in")
    if not form.is_valid():
        return ask_again(request, "organizing/events/door.html", _page(request, row, walk_in_form=form))
    note_walk_in(request, row, form, StepHow.DOOR)
    return redirect("organizing:door", row.pk)


def note_walk_in(request: Request, row: Gathering, form: WalkInForm, how: StepHow, by: Any = None) -> None:
    """Keep a walk-in under the id that came with the form."""
    walk_in_id, got = id_in(request.POST, "walk_in_id") or uuid4(), form.cleaned_data
    actions.add_walk_in(
        by=by or request.actor, gathering=row, walk_in_id=walk_in_id, name=got["name"], phone=got["phone"], how=how
    )
    messages.success(request, _("Noted: they are here."))


@allowed("event.check_in")
@require_POST
def count(request: Request, event_id: UUID) -> HttpResponse:
    """How many people there are."""
    row = reads.get_event(request.actor, event_id, "check_in")
    form = CountForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "organizing/events/door.html", _page(request, row, count_form=form))
    actions.count_heads(by=request.actor, gathering=row, count=form.cleaned_data["count"])
    messages.success(request, _("Saved."))
    return redirect("organizing:door", row.pk)


@allowed("event.check_in")
def door_code(request: Request, code: str) -> HttpResponse:
    """Where the camera of a colleague at the door leads: one name, one button."""
    row = door_reads.commitment_by_code(request.actor, code)
    if row is None:
        raise Refused("event.check_in")
    row.gathering = reads.get_event(request.actor, row.gathering_id, "check_in")
    if request.method == "POST":
        _let_in(request, row, StepHow.CODE)
        return redirect("organizing:door", row.gathering_id)
    return render(request, "organizing/events/code.html", {"event": row.gathering, "row": row})
