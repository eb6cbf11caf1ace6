"""Taking a list out of the program."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.classes import Role
from centro.core.doors import allowed, ask_again
from centro.core.policy import Actor
from centro.core.request import Request
from centro.people import exports, jobs, queries
from centro.people.forms import ExportForm


@allowed("export.see")
def exports_page(request: Request) -> HttpResponse:
    """The lists asked for; to ask for another, or to approve a long one."""
    return render(request, "people/exports.html", _context(request, ExportForm()))


def _context(request: Request, form: ExportForm) -> dict[str, object]:
    return {"form": form, "exports": queries.exports(request.actor), "long": exports.LONG}


@allowed("export.ask", step_up=True)
@require_POST
def ask_for_export(request: Request) -> HttpResponse:
    """Ask for a contact list, with a reason."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "people/exports.html", _context(request, form))
    said = form.cleaned_data
    export = exports.ask_for_export(
        by=request.actor,
        reason=said["reason"],
        language=said["language"],
        zip_code=said["zip"],
        shape=said["shape"],
    )
    if export.state == export.State.MAKING:
        jobs.make_export.enqueue(by=request.actor, export=export.pk)
    return redirect("people:exports")


@allowed("export.approve", step_up=True)
@require_POST
def approve_export(request: Request, export_id: UUID) -> HttpResponse:
    """The second yes to a long list; it is made in the name of whoever asked."""
    export = queries.get_export(request.actor, export_id)
    try:
        is_approved = exports.approve_export(by=request.actor, export=export)
    except exports.SamePerson:
        messages.error(request, _("Somebody else has to approve what you asked for."))
        return redirect("people:exports")
    if is_approved:
        jobs.make_export.enqueue(by=Actor(user_id=export.asked_by_id, role=Role.STEWARD), export=export.pk)
        messages.success(request, _("Approved. Whoever asked can take the list now."))
    return redirect("people:exports")


@allowed("export.ask", step_up=True)
@require_POST
def take_export(request: Request, export_id: UUID) -> HttpResponse:
    """The list, once."""
    export = queries.get_export(request.actor, export_id)
    try:
        content = exports.take_export(by=request.actor, export=export)
    except exports.TooLate:
        messages.error(request, _("This list was taken already, or its fifteen minutes are over. Ask for it again."))
        return redirect("people:exports")
    answer = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="contacts-{export.pk.hex[:8]}.csv"'
    return answer
