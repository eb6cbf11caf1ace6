"""The parts of a person: phones, e-mails, homes and jobs are added, corrected and removed in the same way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from centro.core import access, policy
from centro.core.doors import allowed, ask_again
from centro.core.queries import reveals_left
from centro.core.request import Request
from centro.people import actions, queries
from centro.people.forms import EmailForm, EmploymentForm, PhoneForm, ResidencyForm
from centro.people.models import Email, Employment, OfPerson, Phone, Residency
from centro.people.versions import Conflict
from centro.people.views.add import workplace_of
from centro.people.views.versions import differences, sent_version


@dataclass(frozen=True)
class Kind:
    """One kind of part: its table, its form, and the words over its page."""

    model: type[OfPerson]
    form: type[forms.Form]
    adding: str | Promise
    editing: str | Promise
    details: Callable[[Request, dict[str, Any]], dict[str, Any]]
    initial: Callable[[Any], dict[str, Any]]


def _as_typed(request: Request, cleaned: dict[str, Any]) -> dict[str, Any]:
    return cleaned


def _with_workplace(request: Request, cleaned: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in cleaned.items() if name not in {"workplace", "workplace_name"}}
    return {**rest, "workplace": workplace_of(request, cleaned)}


def _values(row: Any) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def _values_of_home(row: Any) -> dict[str, Any]:
    return {**_values(row), "street": row.street, "city": row.city, "zip": row.zip}


def _values_of_job(row: Any) -> dict[str, Any]:
    return {**_values(row), "workplace": row.workplace_id, "workplace_name": row.workplace.name}


KINDS: dict[str, Kind] = {
    "phones": Kind(Phone, PhoneForm, gettext_lazy("Add a phone"), gettext_lazy("Phone"), _as_typed, _values),
    "emails": Kind(Email, EmailForm, gettext_lazy("Add an e-mail"), gettext_lazy("E-mail"), _as_typed, _values),
    "residencies": Kind(
        Residency, ResidencyForm, gettext_lazy("Add a home"), gettext_lazy("Home"), _as_typed, _values_of_home
    ),
    "employments": Kind(
        Employment, EmploymentForm, gettext_lazy("Add a job"), gettext_lazy("Job"), _with_workplace, _values_of_job
    ),
}  # fmt: skip


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise policy.Refused(name)
    return KINDS[name]


@allowed("person.edit")
def add_part(request: Request, person_id: UUID, kind: str) -> HttpResponse:
    """Add a phone, an e-mail, a home or a job."""
    of, person = _kind(kind), queries.get_person(request.actor, person_id, "edit")
    context = {"person": person, "heading": of.adding, "kind": kind}
    if request.method != "POST":
        return render(request, "people/part.html", {**context, "form": of.form()})
    form = of.form(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/part.html", {**context, "form": form})
    actions.add_part(by=request.actor, person=person, part=of.model, details=of.details(request, form.cleaned_data))
    messages.success(request, _("Saved."))
    return redirect("people:person", person.pk)


@allowed("person.edit")
def edit_part(request: Request, person_id: UUID, kind: str, part_id: UUID) -> HttpResponse:
    """Correct a phone, an e-mail, a home or a job."""
    of, row = _kind(kind), queries.get_part(request.actor, person_id, kind, part_id)
    context = {"person": row.person, "heading": of.editing, "kind": kind, "part": row, "version": row.version}
    if request.method != "POST":
        if not _show_in_full(request, row):
            messages.warning(request, _("You have opened as many numbers as one shift allows. Ask your manager."))
            return redirect("people:person", row.person_id)
        return render(request, "people/part.html", {**context, "form": of.form(initial=of.initial(row))})
    form = of.form(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/part.html", {**context, "form": form, "version": sent_version(request)})
    _show_in_full(request, row)
    try:
        with transaction.atomic():  # a workplace typed anew does not outlive an edit that is refused
            details = of.details(request, form.cleaned_data)
            actions.edit_part(by=request.actor, row=row, version=sent_version(request), details=details)
    except Conflict:
        now = queries.get_part(request.actor, person_id, kind, part_id)
        return _both_versions(request, {**context, "form": form, "part": now}, of)
    messages.success(request, _("Saved."))
    return redirect("people:person", row.person_id)


def _both_versions(request: Request, context: dict[str, Any], of: Kind) -> HttpResponse:
    """What stands now beside what was typed; saving again takes what is in the form."""
    now, form = context["part"], context["form"]
    _show_in_full(request, now)
    typed = {field.name: form.cleaned_data[field.name] for field in form.visible_fields() if field.name != "removal"}
    beside = {
        "version": now.version,
        "saved_by": queries.last_editor(request.actor, now.pk),
        "differences": differences(form, of.initial(now), typed),
    }
    return render(request, "people/part.html", {**context, **beside}, status=409)


def _show_in_full(request: Request, row: OfPerson) -> bool:
    """Whoever corrects a number has to see all of it: that counts as a reveal, and ends when no more are left."""
    if not policy.is_masked(request.actor, row):
        return True
    if reveals_left(request.actor) == 0:
        return False
    access.reveal(row)
    return True


@allowed("person.edit")
@require_POST
def remove_part(request: Request, person_id: UUID, kind: str, part_id: UUID) -> HttpResponse:
    """Take a phone, an e-mail, a home or a job away."""
    _kind(kind)
    row = queries.get_part(request.actor, person_id, kind, part_id)
    actions.remove_part(by=request.actor, row=row)
    messages.success(request, _("Removed."))
    return redirect("people:person", person_id)
