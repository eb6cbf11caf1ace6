"""The attorney's queue: one paper at a time, the next one follows at once; and who approves papers at all."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic.actions import approvals as naming
from centro.clinic.actions import papers as actions
from centro.clinic.forms.approvals import ApproverForm, ReturnForm
from centro.clinic.models import Letter
from centro.clinic.papers.compare import compare, excerpt, is_changed
from centro.clinic.queries import approvals as queue
from centro.clinic.queries import papers as known
from centro.clinic.views.papers_shown import shown
from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request
from centro.people.views.versions import sent_version


@allowed("case.approve")
def approvals(request: Request) -> HttpResponse:
    """The paper that has waited longest; `?after=` passes one over, `?before=` goes back to it."""
    if queue.my_approval(request.actor) is None:
        return render(request, "clinic/papers/no_approver.html")
    ids = queue.waiting(request.actor)
    asked = queue.beside(ids, **{name: request.GET.get(name, "") for name in ("after", "before", "at")})
    here = known.get_letter(request.actor, asked, "approve") if asked else None
    return render(request, "clinic/papers/approvals.html", _page(ids, here, ReturnForm()))


def _page(ids: list[UUID], here: Letter | None, form: ReturnForm) -> dict[str, Any]:
    """What the queue shows: the paper with what was reworded, which of how many it is, and whether others follow."""
    nothing = {"nothing_title": _("Nothing waits"), "nothing_text": _("Papers that need you will stand here.")}
    if here is None:
        return {"total": len(ids), "letter": None, **nothing}
    sides = [(language, compare(known.template_text(here, language), text)) for language, text in known.sides(here)]
    changed = [{"language": language, "pieces": excerpt(pieces)} for language, pieces in sides if is_changed(pieces)]
    place = ids.index(here.pk) + 1 if here.pk in ids else 1
    context = {"changed": changed, "case": here.case, "form": form, "total": len(ids), "place": place}
    context["then"] = queue.beside(ids, after=str(here.pk)) if len(ids) > 1 else ""
    return {**shown(here), **context, "is_stale": not known.is_as_approved(here, known.read(here))}


@allowed("case.approve")
@require_POST
def approve_letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Approved as it stands on the page; the next one comes."""
    letter, attorney = _mine(request, letter_id)
    if not actions.approve_letter(by=request.actor, letter=letter, attorney=attorney):
        messages.error(request, _("Somebody else settled this paper meanwhile."))
    return _next(request)


@allowed("case.approve")
@require_POST
def return_letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Returned with a reason; the next one comes."""
    letter, attorney = _mine(request, letter_id)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/papers/approvals.html", _page(queue.waiting(request.actor), letter, form))
    reason = form.cleaned_data["reason"]
    if not actions.return_letter(by=request.actor, letter=letter, attorney=attorney, reason=reason):
        messages.error(request, _("Somebody else settled this paper meanwhile."))
    return _next(request)


def _next(request: Request) -> HttpResponse:
    """The paper that followed the one just decided, so that those passed over stay behind."""
    then = request.POST.get("then", "")
    return redirect(f"{reverse('clinic:approvals')}{f'?at={then}' if _is_id(then) else ''}")


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _mine(request: Request, letter_id: UUID) -> tuple[Letter, Any]:
    """A paper as it was shown to this attorney, and the profile by which they approve."""
    attorney = queue.my_approval(request.actor)
    if attorney is None:
        raise Refused("case.approve")
    letter = known.get_letter(request.actor, letter_id, "approve")
    letter.version = sent_version(request)
    return letter, attorney


@allowed("approver.see")
def approvers(request: Request) -> HttpResponse:
    """Who approves papers; a manager names them."""
    rows = {"approvers": queue.approvers(request.actor)}
    if not policy.may(request.actor, "approver.name"):
        return render(request, "clinic/papers/approvers.html", {**rows, "form": None})
    form = ApproverForm(queue.may_be_named(request.actor), request.POST or None)
    if request.method != "POST":
        return render(request, "clinic/papers/approvers.html", {**rows, "form": form})
    if not form.is_valid():
        return ask_again(request, "clinic/papers/approvers.html", {**rows, "form": form})
    naming.name_approver(by=request.actor, **form.details())
    messages.success(request, _("Saved."))
    return redirect("clinic:approvers")


@allowed("approver.name")
@require_POST
def end_approver(request: Request, approver_id: UUID) -> HttpResponse:
    """This attorney approves nothing from today on."""
    naming.end_approver(by=request.actor, approver=queue.get_approver(request.actor, approver_id))
    return redirect("clinic:approvers")
