"""Pages on which somebody looks for numbers on a file, and covers them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from centro.core.documents import covering, looking
from centro.core.documents.cover_form import CoverForm
from centro.core.documents.views import SANDBOX
from centro.core.doors import allowed, ask_again
from centro.core.models import Upload
from centro.core.request import Request

KINDS = {
    "ssn": gettext_lazy("Looks like a social security number or ITIN"),
    "a_number": gettext_lazy("Looks like an A-number"),
    "card": gettext_lazy("Looks like the number of a bank card"),
}


@dataclass(frozen=True)
class Try:
    """What a form asked to be covered, and what came of it; without a `covered` the page comes back."""

    form: CoverForm
    look: looking.Look
    covered: looking.Covered | None


def _cover(request: Request, upload_id: UUID) -> Try:
    """Make the covered copy, before anything is written: it takes a second."""
    upload = looking.get_to_cover(request.actor, upload_id)
    form = CoverForm(request.POST, **_can(upload))
    if not form.is_valid():
        return Try(form, looking.look(request.actor, upload, 0), None)
    page = form.cleaned_data["page"]
    return Try(form, looking.Look(page), looking.covered(request.actor, upload, page, form.places()))


@allowed("document.open", first=_cover)
def numbers(request: Request, upload_id: UUID) -> HttpResponse:
    """Is a number on it that must not be seen? What was seen and where, and places to cover."""
    upload = looking.get_to_cover(request.actor, upload_id)
    if request.method != "POST":
        return render(
            request, "core/numbers.html", _page(request, upload, looking.look(request.actor, upload, _asked(request)))
        )
    tried: Try = request.prepared
    if tried.covered is None:
        if not tried.form.errors:
            messages.error(request, _("This file cannot be covered here. Please take a new photo of it."))
        return ask_again(request, "core/numbers.html", _page(request, upload, tried.look, tried.form))
    drop = tried.form.cleaned_data.get("drop_original", False)
    if covering.cover_places(by=request.actor, upload=upload, covered=tried.covered, drop_original=drop):
        messages.success(request, _("Covered for good. Please look once more."))
    else:
        messages.error(request, _("Somebody else covered something meanwhile. Please look again."))
    page = tried.covered.seen[0][1] if tried.covered.seen and upload.preview_kind == "pdf" else tried.look.page
    return redirect(f"{reverse('core:numbers', args=[upload.pk])}?page={page}")


def _asked(request: Request) -> int:
    """The page that the address names; 0 for none."""
    text = request.GET.get("page", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _can(upload: Upload) -> dict[str, bool]:
    return {"by_hand": upload.preview_kind != "text", "may_drop": looking.may_lose_original(upload)}


def _page(request: Request, upload: Upload, look: looking.Look, form: CoverForm | None = None) -> dict[str, Any]:
    first = {"page": look.page, "version": upload.version, **CoverForm.filled(look.places)}
    others = looking.asked_about(request.actor, upload)
    return {
        "upload": upload,
        "look": look,
        "seen": [{"words": KINDS[kind], "where": where} for kind, where in look.seen],
        "form": form or CoverForm(initial=first, **_can(upload)),
        "is_kept_by_hold": upload.has_original and not looking.may_lose_original(upload),
        "home": looking.home(upload),
        "before": look.page - 1,
        "after": look.page + 1 if look.page < upload.pages else 0,
        "left": len(others),
        "may_settle_all": upload.numbers == "ask" and any(row.numbers == "ask" for row in others),
    }


@allowed("document.open")
@require_safe
def page_picture(request: Request, upload_id: UUID, page: int) -> HttpResponse:
    """A page of a clean copy as a picture, to be covered."""
    upload = looking.get_to_cover(request.actor, upload_id)
    content = looking.page_picture(request.actor, upload, page)
    safe = {"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="image/jpeg", headers=safe)


@allowed("document.open")
@require_POST
def settle_numbers(request: Request, upload_id: UUID) -> HttpResponse:
    """Nothing (more) to cover on this file; the next one comes."""
    upload = looking.get_to_cover(request.actor, upload_id)
    version = request.POST.get("version", "")
    if version != str(upload.version):
        messages.error(request, _("Somebody else covered something meanwhile. Please look again."))
        return redirect("core:numbers", upload.pk)
    covering.settle_numbers(by=request.actor, upload=upload, version=upload.version)
    others = looking.asked_about(request.actor, upload)
    return redirect("core:numbers", others[0].pk) if others else redirect(looking.home(upload))


@allowed("document.open")
@require_POST
def settle_all(request: Request, upload_id: UUID) -> HttpResponse:
    """None of the files that nobody looked at shows a number; those where one was seen stay asked about."""
    upload = looking.get_to_cover(request.actor, upload_id)
    others = looking.asked_about(request.actor, upload)
    for row in [upload, *others]:
        if row.numbers == "ask":
            covering.settle_numbers(by=request.actor, upload=row, version=row.version)
    return redirect(looking.home(upload))
