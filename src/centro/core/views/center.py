"""The center's own page: its name, how it is reached, its colour."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.core import actions, health, queries
from centro.core.doors import allowed, ask_again
from centro.core.forms import CenterForm
from centro.core.request import Request


@allowed("setting.edit")
def center(request: Request) -> HttpResponse:
    """What stands at the head of every page and paper, and how backups and keys are doing."""
    row, signs = queries.get_center(), health.signs()
    now = {name: getattr(row, name) for name in CenterForm.base_fields}
    page: dict[str, Any] = {"form": CenterForm(initial=now), "version": row.version, "signs": signs}
    if request.method != "POST":
        return render(request, "core/center.html", page)
    form = CenterForm(request.POST)
    sent = request.POST.get("version", "")
    if not form.is_valid():
        return ask_again(request, "core/center.html", {**page, "form": form, "version": sent})
    if not actions.edit_center(by=request.actor, version=sent, details=form.cleaned_data):
        beside = {"differences": form.differences(now), "saved_by": queries.last_editor_of_center(request.actor)}
        return render(request, "core/center.html", {**page, "form": form, **beside}, status=409)
    messages.success(request, _("Saved."))
    return redirect("core:center")
