"""The money page of a case, and what is written into it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import collection_sheet, queries
from centro.clinic.actions import money as actions
from centro.clinic.forms.money import AssetForm, EntryForm, PlanForm, ReceiveForm, StepForm
from centro.clinic.models import Case
from centro.clinic.queries import money as reads
from centro.clinic.queries.matters import shown_matters
from centro.clinic.views.cases import around
from centro.core import access, clock
from centro.core.doors import allowed, ask_again
from centro.core.money import dollars
from centro.core.request import Request


def _page(request: Request, case: Case) -> dict[str, Any]:
    return around(request, case, "money")


def _form(request: Request, case: Case, form: Any, heading: str, act: str) -> HttpResponse:
    """The page of one form; a form that was sent and is here again has to be corrected."""
    context = {**_page(request, case), "form": form, "heading": heading, "act": act}
    if form.is_bound:
        return ask_again(request, "clinic/money/form.html", context)
    return render(request, "clinic/money/form.html", context)


@allowed("case.see")
def money(request: Request, case_id: UUID) -> HttpResponse:
    """Claimed, awarded, collected; the steps after the decision; plans; what the employer owns."""
    case = queries.get_case(request.actor, case_id)
    found = reads.money_of(request.actor, case, translation.get_language() or "en")
    context = {"money": found, "today": clock.today(), "languages_of_paper": collection_sheet.LANGUAGES}
    return render(request, "clinic/money/money.html", {**_page(request, case), **context})


@allowed("case.edit")
def enter(request: Request, case_id: UUID) -> HttpResponse:
    """One line more in the ledger."""
    case = queries.get_case(request.actor, case_id, "edit")
    initial = {"on": clock.today(), "kind": request.GET.get("kind", "")}
    form = EntryForm(request.POST or None, initial=initial, matters=shown_matters(request.actor, case))
    if request.method != "POST" or not form.is_valid():
        return _form(request, case, form, _("A line in the ledger"), _("Write it down"))
    entry = actions.enter(by=request.actor, case=case, **form.details())
    messages.success(request, _("%(amount)s is in the ledger.") % {"amount": dollars(entry.cents)})
    return redirect("clinic:money", case.pk)


@allowed("case.edit")
@require_POST
def take_back(request: Request, entry_id: UUID) -> HttpResponse:
    """A line that was wrong counts no more."""
    entry = reads.get_entry(request.actor, entry_id)
    if actions.take_back(by=request.actor, entry=entry):
        messages.success(request, _("Taken back. The line stays to be read and counts no more."))
    return redirect("clinic:money", entry.case_id)


@allowed("case.edit")
def take_step(request: Request, case_id: UUID) -> HttpResponse:
    """What came after the decision."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = StepForm(
        request.POST or None,
        initial={"on": clock.today()},
        matters=shown_matters(request.actor, case),
        owed=reads.sums_of([case.pk], seen_by=request.actor).owed,
    )
    if request.method != "POST" or not form.is_valid():
        return _form(request, case, form, _("A step after the decision"), _("Write it down"))
    actions.take_step(by=request.actor, case=case, **form.details())
    messages.success(request, _("Written down. What has to be done next is on the list."))
    return redirect("clinic:money", case.pk)


@allowed("case.edit")
def make_plan(request: Request, case_id: UUID) -> HttpResponse:
    """A sum that is paid in parts."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = PlanForm(request.POST or None, matters=shown_matters(request.actor, case))
    if request.method != "POST" or not form.is_valid():
        return _form(request, case, form, _("Payments in parts"), _("Draw up the plan"))
    plan = actions.make_plan(by=request.actor, case=case, **form.details())
    messages.success(request, _("The plan stands: %(count)d payments.") % {"count": plan.installments.count()})
    return redirect("clinic:money", case.pk)


@allowed("case.edit")
@require_POST
def end_plan(request: Request, plan_id: UUID) -> HttpResponse:
    """The plan is off."""
    plan = reads.get_plan(request.actor, plan_id)
    if actions.end_plan(by=request.actor, plan=plan):
        messages.success(request, _("The plan is over. What came in stays in the ledger."))
    return redirect("clinic:money", plan.case_id)


@allowed("case.edit")
def receive(request: Request, installment_id: UUID) -> HttpResponse:
    """A payment came in."""
    row = reads.get_installment(request.actor, installment_id)
    lacks = max(0, row.cents - row.received)
    form = ReceiveForm(request.POST or None, initial={"on": clock.today(), "cents": dollars(lacks)})
    if request.method != "POST" or not form.is_valid():
        return _form(request, row.plan.case, form, _("A payment came in"), _("Mark as received"))
    entry = actions.receive(by=request.actor, installment=row, **form.details())
    messages.success(request, _("%(amount)s received.") % {"amount": dollars(entry.cents)})
    return redirect("clinic:money", row.plan.case_id)


@allowed("case.edit")
def add_asset(request: Request, case_id: UUID) -> HttpResponse:
    """What the worker knows of the employer's property."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = AssetForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, case, form, _("What the employer owns"), _("Write it down"))
    actions.add_asset(by=request.actor, case=case, **form.details())
    messages.success(request, _("Saved. It will stand on the collection sheet."))
    return redirect("clinic:money", case.pk)


@allowed("case.edit")
@require_POST
def remove_asset(request: Request, asset_id: UUID) -> HttpResponse:
    """It was wrong."""
    asset = reads.get_asset(request.actor, asset_id)
    actions.remove_asset(by=request.actor, asset=asset)
    messages.success(request, _("Removed."))
    return redirect("clinic:money", asset.case_id)


@allowed("case.edit")
@require_POST
def print_collection(request: Request, case_id: UUID) -> HttpResponse:
    """The collection sheet as a paper: what is owed, and where the money may be."""
    case = queries.get_case(request.actor, case_id, "edit")
    chosen = request.POST.get("language", "en")
    language = chosen if chosen in collection_sheet.LANGUAGES else "en"
    document = collection_sheet.print_sheet(by=request.actor, case=case, language=language)
    access.note_print()
    return redirect("core:document", document.pk)
