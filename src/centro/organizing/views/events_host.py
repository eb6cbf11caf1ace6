"""The door for a host without an account: a secret link, names of those expected, arrivals. Nothing else."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access, audit, qr
from centro.core.doors import ShownOnce, allowed, ask_again, public
from centro.core.request import Request
from centro.organizing import limits
from centro.organizing.actions import events_door as actions
from centro.organizing.choices import StepHow
from centro.organizing.forms.events import CountForm, HostForm, WalkInForm
from centro.organizing.models import Commitment
from centro.organizing.queries import events as reads
from centro.organizing.queries import events_door as door_reads
from centro.organizing.queries.events_door import Host
from centro.organizing.views.events_door import note_walk_in


@allowed("event.edit")
@require_POST
def make_link(request: Request, event_id: UUID) -> HttpResponse:
    """A new link for a host, shown this once."""
    row = reads.get_event(request.actor, event_id, "edit")
    form = HostForm(request.POST)
    back = reverse("organizing:event", args=[row.pk])
    if not form.is_valid():
        return ask_again(request, "organizing/events/link.html", {"event": row, "form": form, "address": ""})
    link, secret = actions.make_host_link(by=request.actor, gathering=row, given_to=form.cleaned_data["given_to"])
    address = request.build_absolute_uri(reverse("organizing:host", args=[secret]))
    context = {
        "event": row,
        "link": link,
        "address": address,
        "picture": qr.svg(address, label=_("The link as a code")),
    }
    page = render(request, "organizing/events/link.html", context)
    return ShownOnce(page, then=back)


@allowed("event.edit")
@require_POST
def revoke_link(request: Request, event_id: UUID, link_id: UUID) -> HttpResponse:
    """The link shows nothing from now on."""
    row = reads.get_event(request.actor, event_id, "edit")
    for link in reads.host_links(row):
        if link.pk == link_id:
            actions.revoke_host_link(by=request.actor, link=link)
    messages.success(request, _("The link is closed."))
    return redirect("organizing:event", row.pk)


def _host(secret: str) -> Host:
    """Wrong, over and revoked look like a page that does not exist."""
    host = door_reads.host_by(secret)
    if host is None:
        raise Http404
    return host


def _page(host: Host, secret: str, **more: Any) -> dict[str, Any]:
    here, walked_in = door_reads.here_now(host.gathering)
    return {
        "event": host.gathering,
        "secret": secret,
        "here": here,
        "walked_in": walked_in,
        "walk_in_form": WalkInForm(),
        "walk_in_id": uuid4(),
        "count_form": CountForm(initial={"count": host.gathering.head_count}),
        **more,
    }


def _show(request: Request, host: Host, secret: str, status: int = 200, **more: Any) -> HttpResponse:
    """The page as the host may read it, with its own line in the log."""
    part = "#found" if request.headers.get("HX-Request") else ""
    with access.viewing(host.actor) as seen:
        answer = render(request, f"organizing/events/host.html{part}", _page(host, secret, **more), status=status)
    if seen.has_opened:
        audit.record_access("open", by=host.actor, route="organizing:host", records=seen.records, fields=seen.fields)
    return answer


def _is_too_fast(host: Host) -> bool:
    return not limits.may(str(host.link.pk))


@public
def host(request: Request, secret: str) -> HttpResponse:
    """Who stands there? Names and arrivals of one event, as long as the link lives."""
    found_host = _host(secret)
    words = request.POST.get("words", "")[:120]
    if not words or not found_host.gathering.takes_names:
        return _show(request, found_host, secret)
    if _is_too_fast(found_host):
        return _show(request, found_host, secret, 429, slow=True)
    with access.viewing(found_host.actor):
        found = door_reads.expected_for_host(found_host, words)
    return _show(request, found_host, secret, words=words, found=found)


@public
@require_POST
def host_arrive(request: Request, secret: str, commitment_id: UUID) -> HttpResponse:
    """They are here. Said twice, or by two hosts, it is one arrival."""
    found_host = _host(secret)
    row: Commitment | None = door_reads.commitment_for_host(found_host, commitment_id)
    if row is None:
        raise Http404
    if _is_too_fast(found_host):
        return _show(request, found_host, secret, 429, slow=True)
    with access.viewing(found_host.actor):
        try:
            actions.arrive(by=found_host.actor, commitment=row, how=StepHow.HOST)
        except actions.NoNames as error:
            raise Http404 from error
        messages.success(request, _("Noted: they are here."))
    return redirect("organizing:host", secret)


@public
@require_POST
def host_walk_in(request: Request, secret: str) -> HttpResponse:
    """Somebody nobody expected: noted, and not shown again."""
    found_host = _host(secret)
    form = WalkInForm(request.POST)
    if not found_host.gathering.takes_names:
        raise Http404
    if _is_too_fast(found_host):
        return _show(request, found_host, secret, 429, slow=True)
    if not form.is_valid():
        return _show(request, found_host, secret, 422, walk_in_form=form)
    note_walk_in(request, found_host.gathering, form, StepHow.HOST, by=found_host.actor)
    return redirect("organizing:host", secret)


@public
@require_POST
def host_count(request: Request, secret: str) -> HttpResponse:
    """How many people there are, where no names are taken."""
    found_host = _host(secret)
    form = CountForm(request.POST)
    if found_host.gathering.takes_names:
        raise Http404
    if _is_too_fast(found_host):
        return _show(request, found_host, secret, 429, slow=True)
    if not form.is_valid():
        return _show(request, found_host, secret, 422, count_form=form)
    actions.count_heads(by=found_host.actor, gathering=found_host.gathering, count=form.cleaned_data["count"])
    messages.success(request, _("Saved."))
    return redirect("organizing:host", secret)
