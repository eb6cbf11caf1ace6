"""The deadlines of a case: why each exists, how sure it is, and what became of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic.actions import agenda, cases
from centro.clinic.actions import clocks as actions
from centro.clinic.deadlines import described
from centro.clinic.forms.clocks import MetForm, SetClockForm
from centro.clinic.forms.matters import FactForm, HappeningKindForm, event_heading
from centro.clinic.models import Case, Clock
from centro.clinic.queries import cases as case_queries
from centro.clinic.queries import clocks as queries
from centro.clinic.queries import matters as matter_queries
from centro.clinic.views.cases import around
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request


@allowed("case.see")
def clocks(request: Request, case_id: UUID) -> HttpResponse:
    """Every deadline of a case, in the language of the page or in the worker's, to read out and to print."""
    case = case_queries.get_case(request.actor, case_id)
    read_in = request.GET.get("language", "")
    language = read_in if read_in in {"en", "es", "ko"} else matter_queries.language()
    lines = queries.lines(request.actor, case, language)
    context = {
        "running": [line for line in lines if line.is_live and line.is_workers],
        "others": [line for line in lines if line.is_live and not line.is_workers],
        "over": [line for line in lines if not line.is_live],
        "happenings": queries.happenings(case, language),
        "read_in": language,
        "can_set": policy.can(request.actor, "case.set_clock", case),
    }
    return render(request, "clinic/clocks/clocks.html", {**around(request, case, "clocks"), **context})


@allowed("case.edit")
def note_happening(request: Request, case_id: UUID) -> HttpResponse:
    """Note a day on which something happened: first what, then when. Its deadlines run at once."""
    case = case_queries.get_case(request.actor, case_id, "edit")
    chosen = HappeningKindForm(request.POST if "kind" in request.POST else request.GET or None)
    if not chosen.is_valid():
        context = {**around(request, case, "clocks"), "form": chosen}
        return render(request, "clinic/clocks/choose_event.html", context)
    kind = chosen.cleaned_data["kind"]
    form = FactForm(kind, request.POST if request.method == "POST" else None)
    context = {**around(request, case, "clocks"), "form": form, "kind": kind, "heading": event_heading(kind)}
    if request.method != "POST":
        return render(request, "clinic/clocks/event.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/clocks/event.html", context)
    _note(request, case, kind, form)
    messages.success(request, _("Noted. Its deadlines run."))
    return redirect("clinic:clocks", case.pk)


def _note(request: Request, case: Case, kind: str, form: FactForm) -> None:
    fact, at = form.fact(), form.at()
    details: dict[str, Any] = {"on": fact.on, "confidence": fact.confidence, "facts": fact.says}
    happening = cases.note_happening(by=request.actor, case=case, kind=kind, **details)
    matter = next((row for row in matter_queries.shown_matters(request.actor, case) if row.closed_at is None), None)
    if at is not None and matter is not None:
        place = {"place": form.cleaned_data["place"], "needs_interpreter": form.cleaned_data["interpreter"]}
        agenda.add_hearing(by=request.actor, matter=matter, at=at, happening=happening, asked=kind, **place)


@allowed("case.edit")
def correct_happening(request: Request, case_id: UUID, happening_id: UUID) -> HttpResponse:
    """The day was another, or more is known about it."""
    case = case_queries.get_case(request.actor, case_id, "edit")
    row = queries.get_happening(case, happening_id)
    known = {"day": row.on, "confidence": row.confidence, **row.facts}
    form = FactForm(row.kind, request.POST or None, initial=known)
    form.drop_room()
    context = {**around(request, case, "clocks"), "form": form, "heading": event_heading(row.kind)}
    if request.method != "POST":
        return render(request, "clinic/clocks/correct.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/clocks/correct.html", context)
    fact = form.fact()
    cases.correct_happening(by=request.actor, happening=row, on=fact.on, confidence=fact.confidence, facts=fact.says)
    messages.success(request, _("Saved."))
    return redirect("clinic:clocks", case.pk)


def _settled(request: Request, case_id: UUID, clock_id: UUID, verb: str, act: Callable[[Clock], bool]) -> HttpResponse:
    """Do one thing to a deadline and say so; it may have been settled before by somebody else."""
    case = case_queries.get_case(request.actor, case_id, verb)
    if act(queries.get_clock(request.actor, case, clock_id)):
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("Somebody else settled this deadline first."))
    return redirect("clinic:clocks", case.pk)


@allowed("case.edit")
@require_POST
def confirm(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """The day was checked with the worker or on paper: the deadline stands."""
    return _settled(
        request, case_id, clock_id, "edit", lambda clock: actions.confirm_clock(by=request.actor, clock=clock)
    )


@allowed("case.edit")
@require_POST
def reopen(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """It was called met or missed by mistake."""
    return _settled(
        request, case_id, clock_id, "edit", lambda clock: actions.reopen_clock(by=request.actor, clock=clock)
    )


@allowed("case.edit")
@require_POST
def miss(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """The day passed and nothing was done."""
    return _settled(request, case_id, clock_id, "edit", lambda clock: actions.miss_clock(by=request.actor, clock=clock))


def _asked(request: Request, case: Case, clock: Clock, form: forms.Form, page: str) -> HttpResponse | None:
    """The page that asks, or asks again; None when the form is good."""
    words = described(clock.rule, matter_queries.language())
    context = {**around(request, case, "clocks"), "clock": clock, "words": words, "form": form}
    if request.method != "POST":
        return render(request, page, context)
    return None if form.is_valid() else ask_again(request, page, context)


@allowed("case.edit")
def meet(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """It was done in time."""
    case = case_queries.get_case(request.actor, case_id, "edit")
    clock = queries.get_clock(request.actor, case, clock_id)
    form = MetForm(request.POST or None)
    if page := _asked(request, case, clock, form, "clinic/clocks/met.html"):
        return page
    on = form.cleaned_data["on"]
    return _settled(
        request, case_id, clock_id, "edit", lambda row: actions.meet_clock(by=request.actor, clock=row, on=on)
    )


@allowed("case.set_clock")
def set_clock(request: Request, case_id: UUID, clock_id: UUID) -> HttpResponse:
    """An attorney sets another day, with a reason; the one first computed stays to be seen."""
    case = case_queries.get_case(request.actor, case_id, "set_clock")
    clock = queries.get_clock(request.actor, case, clock_id)
    form = SetClockForm(request.POST or None, initial={"on": clock.on})
    if page := _asked(request, case, clock, form, "clinic/clocks/set.html"):
        return page
    told = {"on": form.cleaned_data["on"], "reason": form.cleaned_data["reason"]}
    return _settled(
        request, case_id, clock_id, "set_clock", lambda row: actions.set_clock(by=request.actor, clock=row, **told)
    )
