"""Destroying a person's file: proposed, approved by somebody else, and done when the notice ran out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.people import purge, queries
from centro.people.forms import PurgeForm


@allowed("person.propose_purge", step_up=True)
def propose_purge(request: Request, person_id: UUID) -> HttpResponse:
    """Say why, and that no lawsuit is expected; another officer has to agree."""
    person = queries.get_person(request.actor, person_id, "propose_purge")
    if queries.open_purge(person):
        return redirect("people:purges")
    form = PurgeForm(request.POST or None, initial={"basis": request.GET.get("basis", "")})
    if request.method != "POST":
        return render(request, "people/purge.html", {"person": person, "form": form})
    if not form.is_valid():
        return ask_again(request, "people/purge.html", {"person": person, "form": form})
    try:
        row = purge.propose_purge(by=request.actor, person=person, **form.cleaned_data)
    except purge.MustStay:
        form.add_error(None, _("This file has to be kept for now. Ask the director."))
        return ask_again(request, "people/purge.html", {"person": person, "form": form})
    messages.success(request, _("Proposed. It needs a second officer, and waits until %(day)s.") % {"day": row.due_on})
    return redirect("people:person", person.pk)


@allowed("person.see")
def purges(request: Request) -> HttpResponse:
    """Files waiting to be destroyed, for those who propose or approve."""
    waiting = queries.purges_waiting(request.actor)
    if not (policy.may(request.actor, "person.approve_purge") or policy.may(request.actor, "person.propose_purge")):
        raise policy.Refused("purges")
    return render(request, "people/purges.html", {"purges": queries.with_people(request.actor, waiting)})


@allowed("person.approve_purge", step_up=True)
@require_POST
def approve_purge(request: Request, purge_id: UUID) -> HttpResponse:
    """The second yes. Whoever proposed it cannot give it."""
    row = queries.get_purge(request.actor, purge_id)
    try:
        is_approved = purge.approve_purge(by=request.actor, purge=row)
    except purge.SamePerson:
        messages.error(request, _("Somebody else has to approve what you proposed."))
        return redirect("people:purges")
    if is_approved:
        messages.success(request, _("Approved. The file is destroyed on %(day)s.") % {"day": row.due_on})
    return redirect("people:purges")


@allowed("person.see")
@require_POST
def cancel_purge(request: Request, purge_id: UUID) -> HttpResponse:
    """Keep the file after all."""
    row = queries.get_purge(request.actor, purge_id)
    if purge.cancel_purge(by=request.actor, purge=row):
        messages.success(request, _("The file is kept."))
    return redirect("people:purges")


@allowed("person.propose_purge")
def review(request: Request) -> HttpResponse:
    """Files without activity for three years: somebody says of each whether it is still needed."""
    return render(request, "people/review.html", {"people": queries.files_to_review(request.actor)})


@allowed("person.propose_purge")
@require_POST
def keep_for_now(request: Request, person_id: UUID) -> HttpResponse:
    """This file is still needed: nobody is asked about it for three more years."""
    person = queries.get_person(request.actor, person_id, "propose_purge")
    purge.keep_for_now(by=request.actor, person=person)
    messages.success(request, _("The file is kept."))
    return redirect("people:review")
