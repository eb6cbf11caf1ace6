"""A user's calendar feed: its address is made, shown once and ended; a phone reads it without signing in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from centro.clinic.actions import agenda as actions
from centro.clinic.queries import agenda as queries
from centro.clinic.queries import matters as matter_queries
from centro.core.doors import ShownOnce, allowed, public
from centro.core.models import User
from centro.core.policy import Refused
from centro.core.request import Request


@allowed("case.see")
def feed(request: Request) -> HttpResponse:
    """What the calendar feed is, and whether one is open."""
    return render(request, "clinic/board/feed.html", {"has_feed": queries.has_feed(request.actor), "address": ""})


@allowed("case.see")
@require_POST
def make_feed(request: Request) -> HttpResponse:
    """A new secret address, shown this once."""
    secret = actions.make_feed(by=request.actor)
    address = request.build_absolute_uri(reverse("clinic:ics", args=[secret]))
    page = render(request, "clinic/board/feed.html", {"has_feed": True, "address": address})
    return ShownOnce(page, then=reverse("clinic:feed"))


@allowed("case.see")
@require_POST
def end_feed(request: Request) -> HttpResponse:
    """The address gives nothing from now on."""
    actions.end_feed(by=request.actor)
    messages.success(request, _("The address is closed."))
    return redirect("clinic:feed")


@public
@require_GET
def ics(request: Request, secret: str) -> HttpResponse:
    """The feed itself: dates and case numbers, no name. A wrong secret finds nothing."""
    reader = queries.reader_of(secret)
    if reader is None:
        raise Http404
    user = User.objects.get(pk=reader.me)
    with translation.override(user.language):
        text = queries.as_ics(queries.entries(reader), _("Clinic dates"))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@allowed("case.move")
@require_POST
def cancel_hearing(request: Request, matter_id: UUID, hearing_id: UUID) -> HttpResponse:
    """The date was taken back."""
    row = matter_queries.get_open_matter(request.actor, matter_id, "move")
    hearing = row.hearings.filter(pk=hearing_id).first()
    if hearing is None:
        raise Refused("hearing")
    hearing.case = row.case
    actions.cancel_hearing(by=request.actor, hearing=hearing)
    messages.success(request, _("The date is cancelled."))
    return redirect("clinic:matter", row.pk)
