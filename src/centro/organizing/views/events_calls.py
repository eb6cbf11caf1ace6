"""The call sheet of an event: whom this round still has to reach, with one tap for what they said."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from centro.core.doors import allowed
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing.actions import events_calls as actions
from centro.organizing.choices import Turnout
from centro.organizing.queries import events as reads
from centro.organizing.queries import events_calls as call_reads

OUTCOMES = (Turnout.CONFIRMED.value, Turnout.MAYBE.value, Turnout.CANCELLED.value, "")
TOLD = "told"
WHEN_OFF = (TOLD, "")


@allowed("event.edit")
def calls(request: Request, event_id: UUID) -> HttpResponse:
    """Those whom the actor asked; everybody’s on request."""
    row = reads.get_event(request.actor, event_id, "edit")
    sheet = call_reads.call_sheet(request.actor, row, is_mine="all" not in request.GET)
    return render(request, "organizing/events/calls.html", {"event": row, "sheet": sheet})


@allowed("event.edit")
@require_POST
def note_call(request: Request, event_id: UUID, commitment_id: UUID) -> HttpResponse:
    """What somebody said on the phone, or that nobody answered; that they know, where it is called off."""
    row = reads.get_commitment(request.actor, commitment_id, "edit")
    outcome = request.POST.get("outcome", "?")
    is_off = reads.get_event(request.actor, event_id, "edit").called_off_at is not None
    if row.gathering_id != event_id or outcome not in (WHEN_OFF if is_off else OUTCOMES):
        raise Refused("event.edit")
    if outcome == TOLD:
        actions.note_told(by=request.actor, commitment=row)
    else:
        actions.note_call(by=request.actor, commitment=row, outcome=outcome)
    messages.success(request, _("Noted."))
    return redirect(f"{request.path.rsplit('/', 2)[0]}/{'?all' if 'all' in request.GET else ''}")


@allowed("event.edit")
@require_POST
def text(request: Request, event_id: UUID) -> HttpResponse:
    """A text to those of the sheet who agreed to texts, each in their language: a reminder, or that it is off."""
    row = reads.get_event(request.actor, event_id, "edit")
    to = call_reads.to_text(request.actor, row, is_mine="all" not in request.GET)
    sent, missed = actions.text_people(by=request.actor, gathering=row, to=to)
    said = ngettext("%(n)d message is on its way.", "%(n)d messages are on their way.", sent) % {"n": sent}
    messages.success(request, said)
    if missed:
        words = ngettext("%(n)d person has to be called.", "%(n)d people have to be called.", missed)
        messages.warning(request, words % {"n": missed})
    return redirect("organizing:event_calls", row.pk)
