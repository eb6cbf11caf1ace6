"""Evidence of a case: brought in from a phone, described, confirmed, set aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import evidence as actions
from centro.clinic.forms.evidence import ExhibitForm, NewExhibitForm
from centro.clinic.models import Case, Exhibit, Matter
from centro.clinic.queries import evidence as known
from centro.clinic.queries.facts import language_of
from centro.clinic.queries.matters import shown_matters
from centro.clinic.views.cases import around
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import queries as people
from centro.people.versions import Conflict
from centro.people.views.versions import differences, sent_version


@allowed("case.see")
def evidence(request: Request, case_id: UUID) -> HttpResponse:
    """The exhibits by their letter, and the form to bring in more."""
    case = queries.get_case(request.actor, case_id)
    form = NewExhibitForm(
        language_of(case), _matters(request, case), initial={"matters": request.GET.getlist("matter")}
    )
    return render(request, "clinic/evidence/evidence.html", _page(request, case, form))


def _matters(request: Request, case: Case) -> list[Matter]:
    return shown_matters(request.actor, case)


def _page(request: Request, case: Case, form: NewExhibitForm) -> dict[str, Any]:
    found = known.exhibits(request.actor, case)
    live = [_row(row, form) for row in found if row.set_aside_at is None]
    aside = [row.letter for row in found if row.set_aside_at is not None]
    return {**around(request, case, "evidence"), "rows": live, "aside": aside, "form": form}


def _row(exhibit: Exhibit, form: NewExhibitForm) -> dict[str, Any]:
    """An exhibit with its files, and the names of the matters it is for, of those that the user may open."""
    ties = {str(matter.pk) for matter in exhibit.matters.all()}
    names = [name for pk, name in form.matter_choices() if pk in ties]
    return {"exhibit": exhibit, "uploads": known.uploads_of(exhibit), "matters": names}


@allowed("case.edit")
@require_POST
def add_evidence(request: Request, case_id: UUID) -> HttpResponse:
    """Several photos at once, as one exhibit or each as its own."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = NewExhibitForm(language_of(case), _matters(request, case), request.POST, request.FILES)
    if not form.is_valid():
        return ask_again(request, "clinic/evidence/evidence.html", _page(request, case, form))
    rows = actions.add_exhibits(
        by=request.actor,
        case=case,
        files=form.cleaned_data["brought"],
        details=form.details(),
        matters=[row for row, is_for in form.matters_said().items() if is_for],
        is_apart=form.cleaned_data["is_apart"],
        keeps_original=form.cleaned_data["keeps_original"],
    )
    messages.success(request, _("Kept as exhibit %(letters)s.") % {"letters": ", ".join(row.letter for row in rows)})
    asked = known.to_look_at(rows)
    return redirect("core:numbers", asked[0].pk) if asked else redirect("clinic:evidence", case.pk)


@allowed("case.edit")
def edit_exhibit(request: Request, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """Correct what is known of an exhibit."""
    case = queries.get_case(request.actor, case_id, "edit")
    row = known.get_exhibit(request.actor, case, exhibit_id)
    matters = _matters(request, case)
    form = ExhibitForm(language_of(case), matters, request.POST or None, initial=ExhibitForm.values_of(row))
    context = {**around(request, case, "evidence"), "exhibit": row, "form": form, "version": row.version}
    if request.method != "POST":
        return render(request, "clinic/evidence/edit_exhibit.html", context)
    sent = sent_version(request)
    if not form.is_valid():
        return ask_again(request, "clinic/evidence/edit_exhibit.html", {**context, "version": sent})
    details, ties = form.details(), form.matters_said()
    try:
        actions.edit_exhibit(by=request.actor, exhibit=row, version=sent, details=details, matters=ties)
    except Conflict:
        return _both(request, known.get_exhibit(request.actor, case, exhibit_id), form, context)
    messages.success(request, _("Saved."))
    return redirect("clinic:evidence", case.pk)


def _both(request: Request, now: Exhibit, form: ExhibitForm, context: dict[str, Any]) -> HttpResponse:
    """What somebody else saved meanwhile beside what was typed."""
    theirs, typed = (form.in_words(values) for values in (ExhibitForm.values_of(now), form.cleaned_data))
    both = {"differences": differences(form, theirs, typed), "saved_by": people.last_editor(request.actor, now.pk)}
    return ask_again(request, "clinic/evidence/edit_exhibit.html", {**context, **both, "version": now.version})


@allowed("case.edit")
@require_POST
def confirm_exhibit(request: Request, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """The worker said: that is what it is."""
    case = queries.get_case(request.actor, case_id, "edit")
    if not actions.confirm_exhibit(by=request.actor, exhibit=known.get_exhibit(request.actor, case, exhibit_id)):
        messages.error(request, _("This exhibit was settled before."))
    return redirect("clinic:evidence", case.pk)


@allowed("case.edit")
@require_POST
def set_aside_exhibit(request: Request, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """It no longer counts; its letter stays its own."""
    case = queries.get_case(request.actor, case_id, "edit")
    actions.set_aside_exhibit(by=request.actor, exhibit=known.get_exhibit(request.actor, case, exhibit_id))
    messages.success(request, _("Set aside. Its files stay sealed, and its letter is not given again."))
    return redirect("clinic:evidence", case.pk)
