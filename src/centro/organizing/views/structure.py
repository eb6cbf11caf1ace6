"""Structure tests: defined, ticked on a phone or typed in from paper, and what they say."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed, ask_again, printed
from centro.core.policy import Refused
from centro.core.request import Request
from centro.organizing.actions import structure as actions
from centro.organizing.forms.structure import DeedForm, DefinitionForm, SheetForm, TickForm, new_test
from centro.organizing.models import StructureTest
from centro.organizing.queries import campaigns, chosen_campaign, get_campaign
from centro.organizing.queries import structure as queries
from centro.organizing.structure import paper as structure_paper
from centro.organizing.structure.choices import Deed
from centro.organizing.structure.results import results
from centro.organizing.views.pages import pages
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version


@allowed("contact.see")
def tests(request: Request) -> HttpResponse:
    """The tests of one campaign, the last first."""
    campaign = chosen_campaign(request.actor, request.GET.get("campaign", ""))
    rows = queries.tests(request.actor, campaign) if campaign else []
    context = {"campaign": campaign, "campaigns": campaigns(request.actor), "rows": rows}
    return render(request, "organizing/structure/tests.html", context)


@allowed("contact.add")
def add_test(request: Request, campaign_id: UUID) -> HttpResponse:
    """Something small that everybody is asked to do."""
    campaign = get_campaign(request.actor, campaign_id)
    places = queries.workplaces_of(request.actor, campaign)
    chosen = {**new_test(), "workplaces": request.GET.getlist("workplace")}
    form = DefinitionForm(request.POST or None, workplaces=places, initial=chosen)
    if request.method != "POST":
        return render(request, "organizing/structure/edit_test.html", {"campaign": campaign, "form": form})
    if not form.is_valid():
        return ask_again(request, "organizing/structure/edit_test.html", {"campaign": campaign, "form": form})
    by = request.actor
    test = actions.add_test(by=by, campaign=campaign, details=form.details(), workplaces=form.chosen_places())
    messages.success(request, _("Saved."))
    return redirect("organizing:structure_test", test.pk)


@allowed("contact.add")
def edit_test(request: Request, test_id: UUID) -> HttpResponse:
    """Correct what the test is."""
    test = queries.get_test(request.actor, test_id, "add")
    held = [row.pk for row in test.workplaces.all()]
    places = {row.pk: row for row in (*queries.workplaces_of(request.actor, test.campaign), *test.workplaces.all())}
    initial = {"title": test.title, "what": test.what, "held_on": test.held_on, "goal": test.goal, "workplaces": held}
    form = DefinitionForm(request.POST or None, workplaces=list(places.values()), initial=initial)
    context = {"campaign": test.campaign, "test": test, "form": form, "version": test.version}
    if request.method != "POST":
        return render(request, "organizing/structure/edit_test.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/structure/edit_test.html", {**context, "version": sent_version(request)})
    changed: dict[str, Any] = {"details": form.details(), "workplaces": form.chosen_places()}
    try:
        actions.edit_test(by=request.actor, test=test, version=sent_version(request), **changed)
    except Conflict:
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "organizing/structure/edit_test.html", context)
    messages.success(request, _("Saved."))
    return redirect("organizing:structure_test", test.pk)


@allowed("contact.see")
def structure_test(request: Request, test_id: UUID) -> HttpResponse:
    """What the test says, against the goal and against the assessments."""
    test = queries.get_test(request.actor, test_id)
    context = {"test": test, "campaign": test.campaign, "results": results(request.actor, test)}
    return render(request, "organizing/structure/test.html", context)


def _ticking(request: Request, test: StructureTest, ticking: queries.Ticking) -> dict[str, Any]:
    rows, has_more = queries.tick_rows(request.actor, test, ticking)
    return {
        "test": test,
        "rows": rows,
        "ticking": ticking,
        "deeds": [deed for deed in Deed if deed],
        **pages(request, ticking.page, has_more=has_more),
    }


@allowed("contact.see")
def tick(request: Request, test_id: UUID) -> HttpResponse:
    """The list for the thumb: a person a line, a button for each outcome."""
    test = queries.get_test(request.actor, test_id)
    context = _ticking(request, test, TickForm(request.GET).ticking())
    context["leaders"] = queries.leaders(request.actor, test)
    context["numbered"] = bool(queries.known_numbers(request.actor, test))
    return render(request, "organizing/structure/tick.html", context)


@allowed("contact.add")
@require_POST
def mark(request: Request, test_id: UUID, person_id: UUID) -> HttpResponse:
    """One tap on one person."""
    test = queries.get_test(request.actor, test_id, "add")
    form, one = DeedForm(request.POST), queries.Ticking(person=person_id)
    found, _more = queries.tick_rows(request.actor, test, one)
    if not form.is_valid() or not found:
        raise Refused("contact.add")
    leader = form.cleaned_data["leader"]
    asked_by = leader if any(person.pk == leader for person in queries.leaders(request.actor, test)) else None
    deed = form.cleaned_data["deed"]
    actions.mark_act(by=request.actor, test=test, person=found[0].person, deed=deed, asked_by=asked_by)
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('organizing:tick_test', args=[test.pk])}?leader={leader or ''}#p-{person_id}")
    ticking = queries.Ticking(leader=asked_by)
    row = {"row": queries.tick_rows(request.actor, test, one)[0][0], "ticking": ticking}
    return render(
        request, "organizing/structure/tick.html#row", {**row, "test": test, "deeds": [deed for deed in Deed if deed]}
    )


@allowed("contact.add")
@require_POST
def print_sheet(request: Request, test_id: UUID) -> HttpResponse:
    """The sheet of everybody, or of those whom one leader asks, as a PDF. Printing it is noted."""
    test = queries.get_test(request.actor, test_id, "add")
    ticking = TickForm(request.POST).ticking()
    rows, has_more = queries.tick_rows(request.actor, test, ticking, queries.MOST)
    numbers = actions.number_people(by=request.actor, test=test, people=[row.person for row in rows])
    pdf = structure_paper.sheet(request.actor, test, rows, numbers, get_language() or "en", has_more=has_more)
    return printed(pdf, "sheet")


@allowed("contact.add")
def enter_test(request: Request, test_id: UUID) -> HttpResponse:
    """Type in a sheet that came back, by its numbers."""
    test = queries.get_test(request.actor, test_id, "add")
    known = queries.known_numbers(request.actor, test)
    data = request.POST if request.method == "POST" else None
    form = SheetForm(data, leaders=queries.leaders(request.actor, test), known=known)
    context = {"test": test, "form": form, "known": len(known)}
    if request.method != "POST":
        return render(request, "organizing/structure/enter_test.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/structure/enter_test.html", context)
    count = actions.key_sheet(by=request.actor, test=test, deeds=form.deeds(), asked_by=form.leader())
    messages.success(request, ngettext("%(n)d line typed in.", "%(n)d lines typed in.", count) % {"n": count})
    return redirect("organizing:structure_test", test.pk)
