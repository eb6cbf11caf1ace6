"""Hours from memory: the calendar, and everything that is told into it. The claim stands beside it and follows."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import hours as actions
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Calendar, days_between
from centro.clinic.forms.hours import AnchorForm, CopyForm, DaysForm, JobForm, PayForm, PaymentForm, WeekForm
from centro.clinic.hours_words import CHANGES
from centro.clinic.models import Case
from centro.clinic.queries import hours as told
from centro.clinic.views.cases import around
from centro.clinic.views.hours_page import conflict_page, day_in, hours_page, live_claim
from centro.core.doors import allowed
from centro.core.request import Request
from centro.people.versions import Conflict
from centro.people.views.versions import sent_version

Change = Callable[[Calendar], Calendar]


@allowed("case.see")
def hours(request: Request, case_id: UUID) -> HttpResponse:
    """The calendar by months, what was told of pay and job, and the claim beside it."""
    return hours_page(request, queries.get_case(request.actor, case_id))


@allowed("case.edit")
@require_POST
def hours_try(request: Request, case_id: UUID) -> HttpResponse:
    """While somebody types: what was understood so far, and the claim as it would be. Nothing is saved."""
    return live_claim(request, queries.get_case(request.actor, case_id, "edit"))


def _save(request: Request, case: Case, what: str, change: Change, near: date | None, **forms: Any) -> HttpResponse:
    """Make the change and go back to the calendar; when a colleague was first, show both."""
    try:
        row = actions.change_hours(by=request.actor, case=case, version=sent_version(request), what=what, change=change)
    except Conflict:
        if "alone" in forms:
            return _form_again(request, case, forms["alone"], what)
        return conflict_page(request, case, what, **forms)
    messages.success(request, _("Saved."), extra_tags=reverse("clinic:undo_hours", args=[case.pk, row.number]))
    month = f"?month={near:%Y-%m}" if near else f"?month={request.POST['month']}" if request.POST.get("month") else ""
    return redirect(reverse("clinic:hours", args=[case.pk]) + month + "#calendar")


@allowed("case.edit")
@require_POST
def tell_week(request: Request, case_id: UUID) -> HttpResponse:
    """A usual week holds from a day on."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = WeekForm(request.POST, prefix="week", starts=told.hours_of(case).calendar.job.start)
    if not form.is_valid():
        return hours_page(request, case, status=422, week=form)
    week = form.week()
    instead = day_in(request.POST.get("instead"))
    return _save(request, case, "week", lambda now: changes.set_week(now, week, instead), week.first, week=form)


@allowed("case.edit")
@require_POST
def remove_week(request: Request, case_id: UUID, first: str) -> HttpResponse:
    """A usual week was a mistake; the one before it goes on."""
    case, day = queries.get_case(request.actor, case_id, "edit"), day_in(first)
    return _save(request, case, "week", lambda now: changes.remove_week(now, day) if day else now, day)


@allowed("case.edit")
@require_POST
def tell_days(request: Request, case_id: UUID) -> HttpResponse:
    """One day or several were not as usual: off, a holiday, other hours; or as usual after all."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = DaysForm(request.POST, prefix="days")
    if not form.is_valid():
        return hours_page(request, case, status=422, days=form)
    (first, last), day = form.days(), form.day()
    span = list(days_between(first, last))
    return _save(request, case, "days", lambda now: changes.change_days(now, span, day), first, days=form)


@allowed("case.edit")
@require_POST
def copy_week(request: Request, case_id: UUID) -> HttpResponse:
    """Other weeks were like this one."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = CopyForm(request.POST, prefix="copy")
    if not form.is_valid():
        return hours_page(request, case, status=422, copy=form)
    days = form.cleaned_data
    copied = lambda now: changes.copy_week(now, days["source"], days["first"], days["last"])  # noqa: E731
    return _save(request, case, "copy", copied, days["first"], copy=form)


@allowed("case.edit")
@require_POST
def tell_pay(request: Request, case_id: UUID) -> HttpResponse:
    """Pay as it was told, in place of what was told before."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = PayForm(request.POST, prefix="pay")
    if not form.is_valid():
        return hours_page(request, case, status=422, pay=form)
    return _save(request, case, "pay", lambda now: changes.set_pay(now, form.terms()), None, pay=form)


@allowed("case.edit")
def tell_payment(request: Request, case_id: UUID) -> HttpResponse:
    """One payment that is known by itself, from a stub or a bank slip."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = PaymentForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, case, form, _("A payment that is known"))
    payment = form.payment()
    return _save(request, case, "payment", lambda now: changes.set_payments(now, [payment]), None, alone=form)


@allowed("case.edit")
@require_POST
def remove_payment(request: Request, case_id: UUID, at: int) -> HttpResponse:
    """A payment was a mistake."""
    case = queries.get_case(request.actor, case_id, "edit")
    return _save(request, case, "payment", lambda now: changes.remove_payment(now, at), None)


@allowed("case.edit")
@require_POST
def add_anchor(request: Request, case_id: UUID) -> HttpResponse:
    """Something certain by which hours are remembered."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = AnchorForm(request.POST, prefix="anchor")
    if not form.is_valid():
        return hours_page(request, case, status=422, anchor=form)
    return _save(request, case, "anchor", lambda now: changes.add_anchor(now, form.anchor()), None, anchor=form)


@allowed("case.edit")
@require_POST
def remove_anchor(request: Request, case_id: UUID, at: int) -> HttpResponse:
    """An anchor that does not hold."""
    case = queries.get_case(request.actor, case_id, "edit")
    return _save(request, case, "anchor", lambda now: changes.remove_anchor(now, at), None)


@allowed("case.edit")
def tell_job(request: Request, case_id: UUID) -> HttpResponse:
    """Where the work was, from when to when, how it ended, how many people work there."""
    case = queries.get_case(request.actor, case_id, "edit")
    job = told.hours_of(case).calendar.job
    known = {name: getattr(job, name) for name in JobForm.base_fields}
    form = JobForm(request.POST or None, initial=known)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, case, form, _("About the job"))
    return _save(request, case, "job", lambda now: changes.set_job(now, form.job(now.job)), None, alone=form)


def _form_page(request: Request, case: Case, form: Any, title: str) -> HttpResponse:
    """A form on a page of its own."""
    context = {"form": form, "form_title": title, "version": told.hours_of(case).version}
    status = 422 if form.is_bound else 200
    return render(request, "clinic/hours/form.html", {**around(request, case, "hours"), **context}, status=status)


def _form_again(request: Request, case: Case, form: Any, what: str) -> HttpResponse:
    """The same form with everything typed into it, because a colleague was first."""
    form.add_error(None, _("A colleague has changed the calendar since. Nothing is lost: please send it once more."))
    return _form_page(request, case, form, str(CHANGES[what]))


@allowed("case.edit")
@require_POST
def undo_hours(request: Request, case_id: UUID, version: int) -> HttpResponse:
    """Take the last change back."""
    case = queries.get_case(request.actor, case_id, "edit")
    try:
        if actions.undo_hours(by=request.actor, case=case, version=version):
            messages.success(request, _("Undone. It can be brought back."))
    except Conflict:
        messages.warning(
            request, _("A colleague has changed the calendar since. Nothing was undone; please look first.")
        )
    return redirect(reverse("clinic:hours", args=[case.pk]) + "#calendar")


@allowed("case.edit")
@require_POST
def redo_hours(request: Request, case_id: UUID, version: int) -> HttpResponse:
    """Bring back what was undone."""
    case = queries.get_case(request.actor, case_id, "edit")
    try:
        actions.redo_hours(by=request.actor, case=case, version=version)
    except Conflict:
        messages.warning(request, _("A colleague has changed the calendar since. Please look first."))
    return redirect(reverse("clinic:hours", args=[case.pk]) + "#calendar")
