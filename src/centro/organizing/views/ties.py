"""What becomes of a tie: a name, an introduction, an end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed
from centro.core.ids import id_in
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing import queries
from centro.organizing.actions import ties as actions
from centro.organizing.models import Tie
from centro.organizing.queries import quiet_ties as reads
from centro.people import queries as people
from centro.people.views.find import note_search


@allowed("contact.add")
def name_tie(request: Request, tie_id: UUID) -> HttpResponse:
    """Somebody who was only described has a file by now: find it, and the tie leads there."""
    tie = _unnamed(request, tie_id)
    words = request.POST.get("words", "").strip()[:120]
    if words:
        note_search(request)
    if "other" not in request.POST:
        context = {"tie": tie, "person": tie.person, "words": words, "campaign": tie.campaign}
        context["found"] = queries.find_others(request.actor, tie.person, words)
        return render(request, "organizing/network/name_tie.html", context)
    chosen = id_in(request.POST, "other")
    if chosen is None:
        raise Refused("contact.add")
    other = people.get_person(request.actor, chosen)
    try:
        actions.name_tie(by=request.actor, tie=tie, other=other)
        messages.success(request, _("Saved."))
    except actions.SamePerson:
        messages.error(request, _("Nobody knows themselves: choose somebody else."))
    return redirect("organizing:network", tie.person_id)


def _unnamed(request: Request, tie_id: UUID) -> Tie:
    """A tie to somebody without a file, with the person whose page it stands on."""
    tie = queries.get_tie(request.actor, tie_id)
    if tie.other_id is not None or tie.ended_at is not None:
        raise Refused("contact.add")
    tie.person = people.get_person(request.actor, tie.person_id)
    tie.campaign = queries.get_campaign(request.actor, tie.campaign_id)
    return tie


@allowed("contact.add")
@require_POST
def introduce(request: Request, tie_id: UUID) -> HttpResponse:
    """The promised introduction happened, or it will not."""
    tie = queries.get_tie(request.actor, tie_id)
    happened = request.POST.get("happened")
    if happened not in {"yes", "no"}:
        raise Refused("contact.add")
    actions.note_introduction(by=request.actor, tie=tie, happened=happened == "yes")
    messages.success(request, _("Noted."))
    return redirect("organizing:network", tie.person_id)


@allowed("contact.add")
@require_POST
def end_quiet_tie(request: Request, person_id: UUID, tie_id: UUID) -> HttpResponse:
    """A confidential tie is taken back."""
    person = people.get_person(request.actor, person_id)
    tie = reads.get_quiet_tie(request.actor, tie_id)
    actions.end_quiet_tie(by=request.actor, tie=tie)
    messages.success(request, _("Removed."))
    return redirect("organizing:network", person.pk)
