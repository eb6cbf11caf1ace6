"""One person: the page, editing, revealing a masked number, the print-out, restricting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import access, policy
from centro.core.documents.queries import printed_about
from centro.core.doors import allowed, ask_again
from centro.core.queries import reveals_left, staff
from centro.core.request import Request
from centro.people import actions, paper, queries, tabs
from centro.people.choices import LANGUAGES, written_in
from centro.people.forms import PersonForm
from centro.people.models import Person
from centro.people.versions import Conflict
from centro.people.views.versions import differences, sent_version
from centro.people.words import sentence


@allowed("person.see")
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Who they are, how to reach them, what they agreed to, what was done."""
    row = queries.get_person(request.actor, person_id)
    return render(request, "people/person.html", {"person": row, **_around(request, row)})


def _around(request: Request, row: Person) -> dict[str, Any]:
    """What stands around a person on their page."""
    actor = request.actor
    events = queries.timeline(actor, row)
    names = queries.names_of_staff(actor, (event.by for event in events))
    consents = queries.live_consents(row)
    purposes = queries.shown_purposes(actor, consents)
    if row.in_care_of is not None:
        policy.opens_all(row.in_care_of)
    return {
        "timeline": [{"at": e.at, "who": names.get(e.by, "") if e.by else "", "what": sentence(e)} for e in events],
        "given": [consents[purpose] for purpose in purposes if purpose in consents],
        "unasked": [purpose for purpose in purposes if purpose not in consents],
        "tabs": tabs.tabs_of(actor, row),
        "purge": queries.open_purge(row),
        "can_edit": policy.can(actor, "person.edit", row),
        "can_restrict": policy.can(actor, "person.restrict", row),
        "has_masked": policy.can(actor, "person.reveal", row) and bool(row.phones.all() or row.emails.all()),
        "other_languages": ", ".join(LANGUAGES[code] for code in row.languages if code in LANGUAGES),
    }


@allowed("person.edit")
def edit_person(request: Request, person_id: UUID) -> HttpResponse:
    """Correct what is known; when somebody else saved first, both versions are shown."""
    row = queries.get_person(request.actor, person_id, "edit")
    if request.method != "POST":
        form = PersonForm(initial=PersonForm.values_of(row))
        return render(request, "people/edit_person.html", {"person": row, "form": form, "version": row.version})
    form = PersonForm(request.POST)
    if not form.is_valid():
        return ask_again(
            request,
            "people/edit_person.html",
            {"person": row, "form": form, "version": sent_version(request)},
        )
    try:
        actions.edit_person(by=request.actor, person=row, version=sent_version(request), details=form.details())
    except Conflict:
        return _both_versions(request, queries.get_person(request.actor, person_id, "edit"), form)
    messages.success(request, _("Saved."))
    return redirect("people:person", row.pk)


def _both_versions(request: Request, row: Person, form: PersonForm) -> HttpResponse:
    """What stands now beside what was typed, field by field; saving again takes what is in the form."""
    context = {
        "person": row,
        "form": form,
        "version": row.version,
        "saved_by": queries.last_editor(request.actor, row.pk),
        "differences": differences(form, PersonForm.values_of(row), form.details()),
    }
    return render(request, "people/edit_person.html", context, status=409)


@allowed("person.reveal")
@require_POST
def reveal(request: Request, person_id: UUID) -> HttpResponse:
    """Show the masked phone numbers and e-mails of one person; counted, and stopped over the budget."""
    row = queries.get_person(request.actor, person_id, "reveal")
    if reveals_left(request.actor) == 0:
        return render(request, "people/person.html#contact", {"person": row, "is_over_budget": True}, status=429)
    for part in (*row.phones.all(), *row.emails.all()):
        access.reveal(part)
    return render(request, "people/person.html#contact", {"person": row, "is_revealed": True, **_around(request, row)})


@allowed("person.print")
def print_out(request: Request, person_id: UUID) -> HttpResponse:
    """What we hold about you: everything on file, in the person's own language, to hand over on paper."""
    row = queries.get_person(request.actor, person_id, "print")
    chosen = request.POST.get("language", row.language)
    language = written_in(chosen)
    if request.method != "POST":
        printed = printed_about(request.actor, row)
        return render(request, "people/print_out.html", {"person": row, "read_in": language, "printed": printed})
    document = paper.print_person_file(by=request.actor, person=row, language=language)
    access.note_print()
    return redirect("core:document", document.pk)


@allowed("person.restrict")
@require_POST
def restrict(request: Request, person_id: UUID) -> HttpResponse:
    """The person asked us not to use their data for now; or lets us again."""
    row = queries.get_person(request.actor, person_id, "restrict")
    if row.restricted_at:
        actions.lift_restriction(by=request.actor, person=row)
        messages.success(request, _("This file is in use again."))
    else:
        actions.restrict_person(by=request.actor, person=row)
        messages.success(request, _("This file is set aside: it is in no list any more."))
    return redirect("people:person", row.pk)


@allowed("person.edit")
def hand_over(request: Request, person_id: UUID) -> HttpResponse:
    """Choose who cares for this person from now on."""
    row = queries.get_person(request.actor, person_id, "edit")
    colleagues = staff(request.actor)
    chosen = next((user for user in colleagues if user.username == request.POST.get("to")), None)
    if chosen is None:
        return render(request, "people/hand_over.html", {"person": row, "staff": colleagues})
    actions.hand_over(by=request.actor, person=row, to=chosen)
    messages.success(request, _("Handed over."))
    return redirect("people:people")
