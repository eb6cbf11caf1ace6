"""Pages of one matter: what can happen next, the next action, the attorney, whoever answers for it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import routes
from centro.clinic.actions import agenda
from centro.clinic.actions import matters as actions
from centro.clinic.choices import AttorneyStatus, Route
from centro.clinic.forms.matters import (
    AttorneyForm,
    BeginMatterForm,
    ColleagueForm,
    FactForm,
    MoveForm,
    NextForm,
    event_heading,
)
from centro.clinic.models import Case, Matter
from centro.clinic.queries import cases as case_queries
from centro.clinic.queries import clocks as clock_queries
from centro.clinic.queries import matters as queries
from centro.clinic.views.cases import around
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request


def _around(request: Request, matter: Matter) -> dict[str, Any]:
    """What every page of a matter shows."""
    state = routes.table(matter.route).states.get(matter.state)
    mind = routes.said(state.mind, queries.language()) if state else ""
    return {
        **around(request, matter.case, "overview"),
        "matter": matter,
        "state": queries.state_words(matter),
        "mind": mind,
    }


@allowed("case.see")
def matter(request: Request, matter_id: UUID) -> HttpResponse:
    """Where a matter stands, what can happen next and who may note it, its deadlines, what happened."""
    row = queries.get_open_matter(request.actor, matter_id)
    context = {
        "steps": queries.steps(request.actor, row.case, row) if row.closed_at is None else [],
        "history": queries.history(request.actor, row.moves.all(), row.case),
        "lines": clock_queries.of_matter(request.actor, row, queries.language()),
        "hearings": agenda_of(row),
        "table": routes.table(row.route),
        "sheet": queries.advice_sheet(row, row.case.language) if row.topic else None,
        "summary": queries.Summary(row, queries.state_words(row)),
        "can_move": policy.can(request.actor, "case.move", row.case),
        "can_assign": policy.can(request.actor, "case.assign", row.case),
    }
    return render(request, "clinic/matters/matter.html", {**_around(request, row), **context})


def agenda_of(row: Matter) -> list[Any]:
    """The dates of a matter that lie ahead, with the words their case opens."""
    found = list(row.hearings.filter(cancelled_at=None).order_by("at"))
    for hearing in found:
        hearing.case = row.case
    return found


@allowed("case.move")
def move_matter(request: Request, matter_id: UUID, event: str) -> HttpResponse:
    """Note that something happened in a matter."""
    row = queries.get_open_matter(request.actor, matter_id, "move")
    return _move(request, row.case, row, event)


@allowed("case.move")
def move_case(request: Request, case_id: UUID, event: str) -> HttpResponse:
    """Note that something happened with the case itself."""
    return _move(request, case_queries.get_case(request.actor, case_id, "move"), None, event)


def _move(request: Request, case: Case, row: Matter | None, event: str) -> HttpResponse:
    step = queries.find_step(request.actor, case, row, event)
    form = MoveForm(request.actor, case, row, step, request.POST or None, initial=_owner_of(case, row))
    fact = FactForm(step.move.asks, request.POST or None) if step.move.asks else None
    context = _move_page(request, case, row, step) | {"form": form, "fact": fact}
    if request.method != "POST":
        return render(request, "clinic/matters/move.html", context)
    if not (form.is_valid() & (fact is None or fact.is_valid())):
        return ask_again(request, "clinic/matters/move.html", context)
    try:
        _carry_out(request, case, row, step, form, fact)
    except actions.NotNow as error:
        form.add_error(None, str(error))
        return ask_again(request, "clinic/matters/move.html", context)
    messages.success(request, step.title)
    return redirect("clinic:matter", row.pk) if row else redirect("clinic:case", case.pk)


def _owner_of(case: Case, row: Matter | None) -> dict[str, Any]:
    return {"owner": str((row.owner_id if row else None) or case.owner_id or "")}


def _move_page(request: Request, case: Case, row: Matter | None, step: queries.Step) -> dict[str, Any]:
    table = routes.table(row.route if row else routes.INTAKE)
    frame = _around(request, row) if row else around(request, case, "overview")
    language = queries.language()
    return frame | {
        "step": step,
        "becomes": routes.said(table.state(step.move.to).words, language),
        "step_mind": routes.said(step.move.mind, language),
        "happened": event_heading(step.move.asks) if step.move.asks else "",
        "back": row.pk if row else case.pk,
    }


def _carry_out(
    request: Request, case: Case, row: Matter | None, step: queries.Step, form: MoveForm, fact: FactForm | None
) -> None:
    told = fact.fact() if fact else None
    happening = actions.move(
        by=request.actor,
        case=case,
        matter=row,
        event=step.event,
        fact=told,
        done=form.done(told),
        told=form.told_guards(),
        note=form.cleaned_data["note"],
        following=form.following(),
    )
    at = fact.at() if fact else None
    if fact is not None and at is not None and row is not None:
        details = {"place": fact.cleaned_data["place"], "needs_interpreter": fact.cleaned_data["interpreter"]}
        agenda.add_hearing(by=request.actor, matter=row, at=at, happening=happening, asked=step.move.asks, **details)


@allowed("case.move")
def set_next(request: Request, matter_id: UUID) -> HttpResponse:
    """The one thing that comes next: an action of somebody by a day, or a wait until a day."""
    row = queries.get_open_matter(request.actor, matter_id, "move")
    initial = {"kind": "act", "owner": str(row.owner_id or "")}
    form = NextForm(request.actor, request.POST or None, initial=initial)
    context = {**_around(request, row), "form": form}
    if request.method != "POST":
        return render(request, "clinic/matters/next.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/matters/next.html", context)
    actions.set_following(by=request.actor, matter=row, following=form.following())
    messages.success(request, _("The next action is set."))
    return redirect("clinic:matter", row.pk)


@allowed("case.edit")
def begin_matter(request: Request, case_id: UUID) -> HttpResponse:
    """Open one more route, with its first action."""
    case = case_queries.get_case(request.actor, case_id, "edit")
    form = BeginMatterForm(request.actor, request.POST or None, initial={"owner": str(request.actor.user_id)})
    context = {**around(request, case, "overview"), "form": form}
    if request.method != "POST":
        return render(request, "clinic/matters/begin.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/matters/begin.html", context)
    typed = form.cleaned_data
    row = actions.begin_matter(
        by=request.actor,
        case=case,
        route=Route(typed["route"]),
        topic=typed["topic"],
        owner=typed["owner"],
        what=typed["what"],
        due_on=typed["on"],
        is_restricted=typed["is_restricted"],
    )
    messages.success(request, _("The matter is open."))
    return redirect("clinic:matter", row.pk)


@allowed("case.assign")
def set_attorney(request: Request, matter_id: UUID) -> HttpResponse:
    """Who stands behind a matter: nobody, a supervising attorney, or one who represents."""
    row = queries.get_open_matter(request.actor, matter_id, "assign")
    form = AttorneyForm(
        request.actor,
        request.POST or None,
        initial={"status": row.attorney_status, "attorney": str(row.attorney_id or "")},
    )
    context = {**_around(request, row), "form": form}
    if request.method != "POST":
        return render(request, "clinic/matters/attorney.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/matters/attorney.html", context)
    attorney = form.cleaned_data["attorney"]
    status = AttorneyStatus(form.cleaned_data["status"])
    actions.name_attorney(by=request.actor, matter=row, status=status, attorney=attorney)
    messages.success(request, _("Saved."))
    return redirect("clinic:matter", row.pk)


@allowed("case.assign")
def hand_over(request: Request, matter_id: UUID) -> HttpResponse:
    """Somebody else answers for this matter from now on."""
    row = queries.get_open_matter(request.actor, matter_id, "assign")
    form = ColleagueForm(request.actor, request.POST or None)
    context = {**_around(request, row), "form": form}
    if request.method != "POST":
        return render(request, "clinic/matters/hand_over.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/matters/hand_over.html", context)
    actions.hand_over(by=request.actor, matter=row, to=form.cleaned_data["owner"])
    messages.success(request, _("Handed over."))
    return redirect("clinic:case", row.case_id)


@allowed("case.assign")
@require_POST
def restrict(request: Request, matter_id: UUID) -> HttpResponse:
    """Show a matter only to those named on it; or to the whole team again."""
    row = queries.get_open_matter(request.actor, matter_id, "assign")
    actions.restrict(by=request.actor, matter=row, is_restricted=not row.is_restricted)
    return redirect("clinic:matter", row.pk)


@allowed("case.move")
@require_POST
def ask_attorney(request: Request, matter_id: UUID, event: str) -> HttpResponse:
    """Ask the attorney of the matter to look at a step that waits for them."""
    row = queries.get_open_matter(request.actor, matter_id, "move")
    try:
        actions.ask_attorney(by=request.actor, matter=row, event=event)
        messages.success(request, _("The attorney has it among their tasks."))
    except actions.NotNow as error:
        messages.error(request, str(error))
    return redirect("clinic:matter", row.pk)


@allowed("case.see")
def advice(request: Request, matter_id: UUID) -> HttpResponse:
    """The know-your-rights sheet of an advice matter, in the worker's language, to read out and to print."""
    row = queries.get_open_matter(request.actor, matter_id)
    chosen = request.GET.get("language", row.case.language)
    sheet = queries.advice_sheet(row, chosen if chosen in routes.LANGUAGES else "en")
    return render(request, "clinic/matters/advice.html", {**_around(request, row), "sheet": sheet, "read_in": chosen})
