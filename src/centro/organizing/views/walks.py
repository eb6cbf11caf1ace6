"""Going out with a list, and coming back: from the page of the list, or from a phone in the field."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, public
from centro.core.request import Request
from centro.organizing import actions, limits, queries, receiving
from centro.organizing.forms import OutForm


@allowed("assignment.carry")
@require_POST
def go_out(request: Request, assignment_id: UUID) -> HttpResponse:
    """We go out with this list now, and want to be back by then."""
    row = queries.get_assignment(request.actor, assignment_id, "carry")
    form = OutForm(request.POST, others=queries.companions(request.actor, row))
    if form.is_valid():
        actions.go_out(by=request.actor, assignment=row, back_by=form.back_at(), together_with=form.companion())
        messages.success(request, _("Noted. Say here when you are back."))
    else:
        messages.error(request, _("Say when you want to be back, for example 20:30."))
    return redirect("organizing:list", row.pk)


@allowed("assignment.carry")
@require_POST
def stay_longer(request: Request, walk_id: UUID) -> HttpResponse:
    """Half an hour more."""
    walk = queries.get_walk(request.actor, walk_id)
    actions.stay_longer(by=request.actor, walk=walk)
    messages.success(request, _("Saved."))
    return redirect("organizing:list", walk.assignment_id)


@allowed("assignment.carry")
@require_POST
def come_back(request: Request, walk_id: UUID) -> HttpResponse:
    """They are back."""
    walk = queries.get_walk(request.actor, walk_id)
    actions.come_back(by=request.actor, walk=walk)
    messages.success(request, _("Good that you are back."))
    return redirect("organizing:list", walk.assignment_id)


@csrf_exempt
@public
@require_POST
def walk_from_phone(request: Request) -> HttpResponse:
    """A phone in the field says that its user is out or back. Its token is the door; it is told nothing."""
    try:
        token, walk_id, back_by, is_back = _said(json.loads(request.body))
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "unreadable"}, status=400)
    if (pack := queries.pack_by_token(token)) is not None:
        if not limits.may(f"walk:{pack.pk}"):
            return JsonResponse({"error": "slow"}, status=429)
        receiving.receive_walk(pack=pack, walk_id=walk_id, back_by=back_by, is_back=is_back)
    return JsonResponse({})


def _said(told: Any) -> tuple[str, UUID, datetime, bool]:
    """The token, the walk, when they want to be back, whether they are. ValueError, KeyError or TypeError if not."""
    when = parse_datetime(str(told["back_by"]))
    if when is None or when.tzinfo is None:
        raise ValueError("back_by")
    return str(told["token"]), UUID(str(told["id"])), when, told["is_back"] is True
