"""Field mode: the page that works without a connection, its worker, the copy it takes along, and what it sends back."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from centro.core.doors import allowed, public
from centro.core.ids import id_in
from centro.core.policy import Refused
from centro.core.queries import get_center
from centro.core.request import Request
from centro.organizing import actions, limits, outbox, queries, receiving
from centro.organizing.choices import IN_PERSON, Held
from centro.organizing.field_files import worker_script
from centro.organizing.forms import ContactForm
from centro.people import queries as people
from centro.people.models import Person

MOST_AT_ONCE = 100
ADD = "add"  # instead of somebody known: a new person


def _must_be_on() -> None:
    """A center that has not switched field mode on gives no list to any phone; reports on their way still arrive."""
    if not settings.FIELD_MODE:
        raise Refused("assignment.carry")


def _language(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise Refused("language")
    return code


@public
@require_GET
def field(request: Request, language: str) -> HttpResponse:
    """The page of field mode: code and words, nothing of anybody. The phone keeps it."""
    with translation.override(_language(language)):
        form = ContactForm(scale=[], auto_id="f_%s")
        context = {
            "form": form,
            "outcomes": IN_PERSON,
            "tongue": language,
            "accent": get_center().accent,
            "scope": reverse("organizing:worker").removesuffix("worker.js"),
        }
        return HttpResponse(render_to_string("organizing/field.html", context))


@public
@require_GET
def worker(request: Request) -> HttpResponse:
    """The service worker: what it keeps is named by its version, which changes with any file."""
    pages = {}
    for code, _name in settings.LANGUAGES:
        pages[f"{request.path.removesuffix('worker.js')}{code}/"] = field(request, code).content
    script = worker_script(pages)
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@public
@require_GET
def manifest(request: Request, language: str) -> HttpResponse:
    """What a phone needs to put the page on its home screen, under a name that tells nothing."""
    with translation.override(_language(language)):
        name = str(_("My list"))
    icon = {"src": static("centro/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}
    start = request.path.removesuffix("app.webmanifest")
    told: dict[str, Any] = {"name": name, "short_name": name, "lang": language, "start_url": start, "scope": start}
    told |= {"display": "standalone", "background_color": "#fbf8f3", "theme_color": "#fbf8f3", "icons": [icon]}
    return JsonResponse(told, content_type="application/manifest+json")


@allowed("assignment.carry")
@require_GET
def carriable(request: Request) -> HttpResponse:
    """The lists that may be taken along, and the token for asking."""
    _must_be_on()
    lists = [
        {"id": str(row.pk), "name": str(row.name), "people": row.stops.count()}
        for row in queries.assignments(request.actor)
    ]
    return JsonResponse({"csrf": get_token(request), "lists": lists})


@allowed("assignment.carry")
@require_POST
def take_pack(request: Request) -> HttpResponse:
    """A copy of one list for this phone."""
    _must_be_on()
    wanted = id_in(request.POST, "list")
    if wanted is None:
        raise Refused("assignment.carry")
    row = queries.get_assignment(request.actor, wanted, "carry")
    taken = actions.take_pack(by=request.actor, assignment=row)
    sent: dict[str, Any] = {
        "pack": str(taken.pack.pk),
        "token": taken.token,
        "server_key": outbox.public_key(),
        "ends_at": taken.pack.ends_at.isoformat(),
        "sends_until": taken.pack.sends_until.isoformat(),
        **queries.carried(request.actor, row),
    }
    return JsonResponse(sent)


@csrf_exempt
@public
@require_POST
def receive(request: Request) -> HttpResponse:
    """Reports of a phone. Its token is the door: it sends for thirty days and reads nothing but how its copy stands.
    What is sent too fast stays on the phone and comes later.

    No cookie counts here, so there is nothing that another site could borrow.
    """
    try:
        sent = json.loads(request.body)
        token, items = str(sent["token"]), [(UUID(str(item["id"])), item) for item in sent["items"][:MOST_AT_ONCE]]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "unreadable"}, status=400)
    pack = queries.pack_by_token(token)
    if pack is None:
        return JsonResponse({"state": "unknown", "answers": {}})
    if not limits.may(f"phone:{pack.pk}", uses=max(1, len(items)), most=limits.MOST_REPORTS):
        return JsonResponse({"error": "slow"}, status=429)
    answers = receiving.receive_reports(by=pack.carrier, pack=pack, items=items)
    return JsonResponse({"state": queries.going(pack).value, "answers": answers})


@allowed("contact.see")
def reports(request: Request) -> HttpResponse:
    """Reports from phones that wait for somebody to look at them."""
    return render(request, "organizing/reports.html", {"rows": queries.reports_held(request.actor)})


@allowed("contact.see")
@require_POST
def settle(request: Request, report_id: UUID) -> HttpResponse:
    """Into the log with a held report, or away with it."""
    row = queries.get_report(request.actor, report_id)
    if row.held == Held.NEW and request.POST.get("who") == ADD and "take" in request.POST:
        is_settled = receiving.add_reported(by=request.actor, report=row)
    else:
        is_settled = receiving.settle_report(
            by=request.actor, report=row, take="take" in request.POST, person=_chosen(request)
        )
    if is_settled:
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("This cannot go into the log by itself. Note it by hand, then put it away."))
    return redirect("organizing:reports")


def _chosen(request: Request) -> Person | None:
    """Whom somebody pointed at: this report is about them."""
    chosen = id_in(request.POST, "who")
    return people.get_person(request.actor, chosen) if chosen else None
