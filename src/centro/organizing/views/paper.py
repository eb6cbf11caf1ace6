"""The paper round trip: a sheet for those who carry no phone, and typing it in when it comes back."""

from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from centro.core import access, clock, content
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.choices import Outcome, Source, is_remote, outcomes_of
from centro.organizing.forms.paper import AT_ONCE, CodeForm, PaperForm
from centro.organizing.models import Assignment
from centro.organizing.queries.texts import guide_of_list
from centro.organizing.visit_paper import language_of
from centro.people.choices import LANGUAGES
from centro.people.queries import own_name

ON_PAPER = (Outcome.TALKED, Outcome.NOT_HOME, Outcome.COME_BACK, Outcome.MOVED, Outcome.REFUSED, Outcome.UNSAFE)


@allowed("assignment.edit")
def sheet(request: Request, assignment_id: UUID) -> HttpResponse:
    """The list as a sheet to print: a line a door, boxes to tick, the guide. Printing it is noted."""
    row = queries.get_assignment(request.actor, assignment_id, "edit")
    if request.method == "POST":
        actions.note_print(by=request.actor, assignment=row)
        return redirect("organizing:sheet", row.pk)
    access.note_print()
    rows = queries.rows_of_list(request.actor, row)
    context = {
        "list": row,
        "rows": rows,
        "outcomes": _boxes(row),
        "guides": [] if is_remote(row.kind) else _guides(rows),
        "call_guides": _call_guides(request, row) if is_remote(row.kind) else [],
        "printed_by": own_name(request.actor),
        "printed_at": clock.now(),
    }
    return render(request, "organizing/sheet.html", context)


def _boxes(row: Assignment) -> list[Any]:
    """What can be ticked: of a visit the six that happen, the others fit into a word on the line."""
    return [words for _code, words in outcomes_of(row.kind)] if is_remote(row.kind) else [one.label for one in ON_PAPER]


def _call_guides(request: Request, row: Assignment) -> list[tuple[str, str]]:
    """What to say, in each language somebody wrote it in."""
    guide = guide_of_list(request.actor, row)
    return [(LANGUAGES.get(text.language, ""), str(text.words)) for text in (guide.texts.all() if guide else [])]


def _guides(rows: list[queries.StopRow]) -> list[content.Text]:
    """What to do at the door, in the languages in which these people are talked with."""
    codes = sorted({language_of(row.person) for row in rows}) or [get_language() or "en"]
    return [content.text("print", "visit_guide", code) for code in codes]


@allowed("assignment.edit")
def enter(request: Request, assignment_id: UUID) -> HttpResponse:
    """Type in what came back: the doors that nobody typed in yet, twenty at a time."""
    row = queries.get_assignment(request.actor, assignment_id, "edit")
    waiting = [line.stop for line in queries.rows_of_list(request.actor, row) if not line.is_done]
    form = PaperForm(request.POST or None, stops=waiting[:AT_ONCE])
    context = {"list": row, "form": form, "waiting": len(waiting)}
    if request.method != "POST":
        return render(request, "organizing/enter.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/enter.html", context)
    count = _save(request, form)
    said = ngettext("%(n)d door typed in.", "%(n)d doors typed in.", count) % {"n": count}
    messages.success(request, said)
    return redirect("organizing:enter" if len(waiting) > count else "organizing:list", row.pk)


def _save(request: Request, form: PaperForm) -> int:
    told = form.told()
    for stop, words in told:
        actions.log_contact(
            by=request.actor,
            campaign=stop.assignment.campaign,
            person=stop.person,
            told=words,
            contact_id=uuid5(stop.pk, "paper"),
            source=Source.PAPER,
            must_say_why=False,
        )
    return len(told)


@allowed("assignment.edit")
def find_sheet(request: Request) -> HttpResponse:
    """From the code on a sheet to the page where it is typed in."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = queries.find_list(request.actor, form.list_code())
        if row is not None:
            return redirect("organizing:enter", row.pk)
        form.add_error("code", _("No list of yours has this code."))
    if form.is_bound:
        return ask_again(request, "organizing/find_sheet.html", {"form": form})
    return render(request, "organizing/find_sheet.html", {"form": form})
