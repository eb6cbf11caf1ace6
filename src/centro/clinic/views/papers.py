"""The papers of a case: what may be written, a letter with its mirror, its wording, and issuing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import papers as actions
from centro.clinic.forms.papers import LetterForm
from centro.clinic.models import Letter
from centro.clinic.papers.compare import compare, is_changed
from centro.clinic.queries import papers as known
from centro.clinic.queries.facts import language_of
from centro.clinic.views.cases import around
from centro.clinic.views.papers_shown import faults, shown
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people.versions import Conflict
from centro.people.views.versions import differences, sent_version


@allowed("case.see")
def papers(request: Request, case_id: UUID) -> HttpResponse:
    """What was written and issued in this case, and what may be written now."""
    case = queries.get_case(request.actor, case_id)
    rows = [{"letter": row, "title": known.title_of(row)} for row in known.letters_of(request.actor, case)]
    context = {"rows": rows, "offers": known.offers(request.actor, case), "language_of_worker": language_of(case)}
    context["sheets"] = known.advice_sheets(request.actor, case)
    return render(request, "clinic/papers/papers.html", {**around(request, case, "papers"), **context})


@allowed("case.edit")
@require_POST
def draft_letter(request: Request, case_id: UUID) -> HttpResponse:
    """Begin a letter of the kind that was chosen."""
    case = queries.get_case(request.actor, case_id, "edit")
    matter = known.matter_in(request.actor, case, request.POST.get("matter", ""))
    letter = actions.draft_letter(by=request.actor, case=case, kind=request.POST.get("kind", ""), matter=matter)
    return redirect("clinic:letter", letter.pk)


@allowed("case.see")
def letter(request: Request, letter_id: UUID) -> HttpResponse:
    """A letter as it would be printed now, beside its mirror, and what stands in its way."""
    row = known.get_letter(request.actor, letter_id)
    return render(request, "clinic/papers/letter.html", {**around(request, row.case, "papers"), **shown(row)})


@allowed("case.edit")
def edit_letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Change the wording, in Markdown."""
    row = known.get_letter(request.actor, letter_id, "edit")
    if not known.is_open(row) or known.is_bundle(row):
        messages.error(request, _("This paper is settled: its wording stays as it is."))
        return redirect("clinic:letter", row.pk)
    if request.method != "POST":
        form = LetterForm(row.language, initial={"body": row.body, "mirror": row.mirror})
        return render(request, "clinic/papers/edit_letter.html", _editing(request, row, form, row.version))
    form = LetterForm(row.language, request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/papers/edit_letter.html", _editing(request, row, form, sent_version(request)))
    words = {"body": form.cleaned_data["body"], "mirror": form.cleaned_data.get("mirror", "")}
    try:
        actions.edit_letter(by=request.actor, letter=row, version=sent_version(request), **words)
    except Conflict:
        return _both(request, known.get_letter(request.actor, letter_id, "edit"), form, words)
    messages.success(request, _("Saved."))
    return redirect("clinic:letter", row.pk)


def _editing(request: Request, row: Letter, form: LetterForm, version: int) -> dict[str, Any]:
    title = known.title_of(row)
    return {**around(request, row.case, "papers"), "letter": row, "form": form, "version": version, "title": title}


def _both(request: Request, now: Letter, form: LetterForm, words: dict[str, str]) -> HttpResponse:
    """What somebody else saved meanwhile beside what was typed."""
    typed = {name: text for name, text in words.items() if name in form.fields}
    page = {"differences": differences(form, {"body": now.body, "mirror": now.mirror}, typed)}
    return ask_again(request, "clinic/papers/edit_letter.html", {**_editing(request, now, form, now.version), **page})


@allowed("case.see")
def changes(request: Request, letter_id: UUID) -> HttpResponse:
    """What differs from the words of the lawyers."""
    row = known.get_letter(request.actor, letter_id)
    sides = []
    for language, text in known.sides(row):
        pieces = compare(known.template_text(row, language), text)
        sides.append({"language": language, "pieces": pieces, "is_changed": is_changed(pieces)})
    context = {"letter": row, "title": known.title_of(row), "sides": sides}
    return render(request, "clinic/papers/changes.html", {**around(request, row.case, "papers"), **context})


@allowed("case.edit")
@require_POST
def ask_attorney(request: Request, letter_id: UUID) -> HttpResponse:
    """Put it before the approving attorney."""
    row = known.get_letter(request.actor, letter_id, "edit")
    try:
        actions.ask_attorney(by=request.actor, letter=row)
    except actions.NotReady as reason:
        messages.error(request, faults(reason))
    else:
        messages.success(request, _("It waits for the attorney now."))
    return redirect("clinic:letter", row.pk)


@allowed("case.edit")
@require_POST
def issue_letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Print the letter and its mirror; both are frozen."""
    row = known.get_letter(request.actor, letter_id, "edit")
    try:
        actions.issue_letter(by=request.actor, letter=row)
    except actions.NotReady as reason:
        messages.error(request, faults(reason))
    else:
        messages.success(request, _("Issued. Both papers stay as they are."))
    return redirect("clinic:letter", row.pk)
