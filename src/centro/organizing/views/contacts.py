"""Noting a visit or a call: two taps for nobody home, a minute for a talk."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.choices import Kind, Source, nobody_of, outcomes_of
from centro.organizing.forms import ContactForm
from centro.organizing.forms.contacts import first_guess, why_so_far
from centro.organizing.models import Assignment, Campaign, Stop
from centro.organizing.queries.events import events_to_ask
from centro.organizing.views.person import person_and_campaign
from centro.people.models import Person


@allowed("contact.add")
def log_contact(request: Request, person_id: UUID) -> HttpResponse:
    """Note a try to talk with somebody of one's campaign."""
    person, campaign = person_and_campaign(request, person_id)
    return _log(request, person, campaign, None)


@allowed("contact.add")
def log_stop(request: Request, stop_id: UUID) -> HttpResponse:
    """Note a try to talk with somebody on the list of one's shift."""
    stop = queries.get_stop(request.actor, stop_id)
    return _log(request, stop.person, stop.assignment.campaign, stop)


def _log(request: Request, person: Person, campaign: Campaign, stop: Stop | None) -> HttpResponse:
    standing, sees_all = queries.standing_of(person, campaign), policy.may(request.actor, "contact.see")
    kind = _kind(request, stop)
    options = {**_options(request, campaign, kind), "before": standing.value if sees_all else None}
    context: dict[str, Any] = {
        "person": person,
        "campaign": campaign,
        "stop": stop,
        "last": standing if sees_all else queries.last_seen(person, campaign),
        "contact_id": new_id(request),
        "quick": nobody_of(kind),
        "paper": "paper" in (request.POST or request.GET),
        "back": _back(request, person, stop),
    }
    if request.method != "POST":
        context["form"] = ContactForm(initial=_guess(request, person, stop), **options)
        return render(request, "organizing/log.html", context)
    form = ContactForm(_typed(request, person, kind), **options)
    if not form.is_valid():
        return ask_again(request, "organizing/log.html", {**context, "form": form})
    return _save(request, context, form)


def _options(request: Request, campaign: Campaign, kind: str) -> dict[str, Any]:
    """What the form offers; colleagues only to those who may read the log."""
    sees_all = policy.may(request.actor, "contact.see")
    return {
        "scale": queries.scale_words(campaign),
        "outcomes": outcomes_of(kind),
        "staff": queries.team(request.actor, campaign) if sees_all else [],
        "along": queries.could_go_along(request.actor, campaign) if sees_all else [],
        "events": events_to_ask(campaign),
    }


def _kind(request: Request, stop: Stop | None) -> str:
    """What one is about to note: a call on a list of calls, else what the address says, else a visit."""
    asked = request.GET.get("kind", "")
    if stop is not None:
        return stop.assignment.kind
    return asked if asked in Kind.values else Kind.VISIT


def _guess(request: Request, person: Person, stop: Stop | None) -> dict[str, Any]:
    """What the form begins with; what stands on paper happened in the shift of its list."""
    guess = first_guess(person, _kind(request, stop))
    if stop is not None and "paper" in request.GET:
        guess["when"] = timezone.localtime(stop.assignment.from_at)
    return guess


def _save(request: Request, context: dict[str, Any], form: ContactForm) -> HttpResponse:
    try:
        actions.log_contact(
            by=request.actor,
            campaign=context["campaign"],
            person=context["person"],
            told=form.told(),
            contact_id=context["contact_id"],
            source=Source.PAPER if context["paper"] else Source.PAGE,
            must_say_why=policy.may(request.actor, "contact.see"),
        )
    except actions.AsksWhy as asked:
        form.add_error("why", why_so_far(asked.before))
        return ask_again(request, "organizing/log.html", {**context, "form": form})
    messages.success(request, _("Noted."))
    return redirect(*context["back"])


def _typed(request: Request, person: Person, kind: str) -> Any:
    """What was sent. The quick buttons send an outcome alone: the rest is the first guess."""
    typed = request.POST.copy()
    if "quick" in typed:
        typed["outcome"] = str(typed["quick"])
        for name, value in first_guess(person, typed.get("kind") or kind).items():
            typed.setdefault(name, str(value))
    return typed


def new_id(request: Request) -> UUID:
    """The id of the contact, made with the form, so that sending it twice notes it once."""
    return id_in(request.POST, "contact_id") or uuid4()


def _back(request: Request, person: Person, stop: Stop | None) -> tuple[Any, ...]:
    """Where one goes on: with the next page that came back, else to the list or the person."""
    if stop is not None and "paper" in request.POST and policy.may(request.actor, "assignment.edit"):
        return ("organizing:enter", stop.assignment_id)
    if stop is not None:
        return ("organizing:list", stop.assignment_id)
    return ("organizing:person", person.pk)


@allowed("contact.add")
@require_POST
def nobody_home(request: Request, assignment_id: UUID) -> HttpResponse:
    """Nobody opened at the ticked doors of a list."""
    row: Assignment = queries.get_assignment(request.actor, assignment_id)
    ticked = set(request.POST.getlist("stop"))
    rows = [line for line in queries.rows_of_list(request.actor, row) if str(line.stop.pk) in ticked]
    key, there = id_in(request.POST, "_once") or uuid4(), [line.person for line in rows]
    count = actions.log_nobody_home(by=request.actor, campaign=row.campaign, people_there=there, key=key)
    said = ngettext("%(n)d door noted: nobody home.", "%(n)d doors noted: nobody home.", count) % {"n": count}
    messages.success(request, said)
    return redirect("organizing:list", row.pk)
