"""Official forms of the center: an officer brings the PDF, says what stands where, and tries it."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from centro.clinic.actions import official as actions
from centro.clinic.forms.official import BringOfficialForm, MapForm, claim_items
from centro.clinic.papers import official
from centro.clinic.papers.fields import vocabulary
from centro.clinic.queries.papers import page_language
from centro.core.documents.refusals import UploadRefused
from centro.core.documents.typeset import render as typeset
from centro.core.documents.uploads import decode
from centro.core.documents.views import SANDBOX
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request

SAFE = {"Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def _get(name: str) -> official.Form:
    """A form that was brought through this page; `Refused` when there is none."""
    form = official.forms().get(name)
    if form is None or form.path.parent != official.own_folder():
        raise Refused("official_form")
    return form


def _stamp(form: official.Form) -> str:
    return hashlib.sha256(official.written_map(form).encode()).hexdigest()


@allowed("setting.edit")
def official_forms(request: Request) -> HttpResponse:
    """The forms of the center, and one more."""
    own = [form for form in official.forms().values() if form.path.parent == official.own_folder()]
    form = BringOfficialForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "clinic/official/forms.html", {"rows": own, "form": BringOfficialForm()})
    if not form.is_valid():
        return ask_again(request, "clinic/official/forms.html", {"rows": own, "form": form})
    given = {name: form.cleaned_data[name] for name in ("name", "title", "routes")}
    brought = actions.bring_form(by=request.actor, pdf=form.cleaned_data["brought"], **given)
    messages.success(request, _("Kept. Now say what stands where."))
    return redirect("clinic:official_form", brought.name)


@allowed("setting.edit")
def official_form(request: Request, name: str) -> HttpResponse:
    """The pages of a form, and the places on them."""
    row = _get(name)
    if request.method != "POST":
        form = MapForm(row, initial={"places": MapForm.written(row), "version": _stamp(row)})
        return render(request, "clinic/official/form.html", _page(row, form))
    form = MapForm(row, request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/official/form.html", _page(row, form))
    if form.cleaned_data["version"] != _stamp(row):
        messages.error(request, _("Somebody else changed this map meanwhile. Your lines are still here; compare them."))
        return ask_again(request, "clinic/official/form.html", {**_page(row, form), "theirs": MapForm.written(row)})
    actions.map_form(by=request.actor, form=row, fields=form.cleaned_data["places"])
    messages.success(request, _("Saved."))
    return redirect("clinic:official_form", row.name)


def _page(row: official.Form, form: MapForm) -> dict[str, Any]:
    sizes = official.page_sizes(row.path.read_bytes())
    language = page_language()
    known = [one for one in vocabulary().values() if one.kind != "table"]
    return {
        "row": row,
        "form": form,
        "pages": [{"number": at, "wide": wide, "high": high} for at, (wide, high) in enumerate(sizes, start=1)],
        "facts": [{"code": one.code, "words": one.label(language)} for one in known],
        "ticks": [{"code": one.code, "words": one.label(language)} for one in known if one.kind == "yes_no"],
        "items": claim_items(),
    }


@allowed("setting.edit")
@require_safe
def official_page(request: Request, name: str, page: int) -> HttpResponse:
    """A page of the PDF as a picture."""
    try:
        picture = decode("picture", _get(name).path.read_bytes(), page=page)[1]
    except UploadRefused as refusal:
        raise Refused("page") from refusal
    return HttpResponse(picture, content_type="image/jpeg", headers=SAFE)


@allowed("setting.edit")
@require_safe
def try_official_form(request: Request, name: str) -> HttpResponse:
    """The PDF with the name of each field in its place."""
    row = _get(name)
    try:
        filled = official.fill(row, typeset("clinic_official", official.sample(row), "en"))
    except official.WrongForm as fault:
        raise Refused("official_form") from fault
    name_of_file = {"Content-Disposition": f'attachment; filename="{row.name}-try.pdf"'}
    return HttpResponse(filled, content_type="application/pdf", headers={**SAFE, **name_of_file})


@allowed("setting.edit")
@require_POST
def drop_official_form(request: Request, name: str) -> HttpResponse:
    """The form is offered no more."""
    actions.drop_form(by=request.actor, form=_get(name))
    messages.success(request, _("Taken away. What was printed with it stays."))
    return redirect("clinic:official_forms")
