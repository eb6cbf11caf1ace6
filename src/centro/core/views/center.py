"""The center's own page: its name, how it is reached, its colour."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.core import actions, queries
from centro.core.doors import allowed, ask_again
from centro.core.forms import CenterForm
from centro.core.request import Request


@allowed("setting.edit")
def center(request: Request) -> HttpResponse:
    """What stands at the head of every page and paper; the administrator changes it."""
    now = queries.get_center()
    if request.method != "POST":
        initial = {name: getattr(now, name) for name in CenterForm.base_fields}
        return render(request, "core/center.html", {"form": CenterForm(initial=initial), "version": now.version})
    form = CenterForm(request.POST)
    sent = request.POST.get("version", "")
    if not form.is_valid():
        return ask_again(request, "core/center.html", {"form": form, "version": sent})
    if not actions.edit_center(by=request.actor, version=sent, details=form.cleaned_data):
        form.add_error(None, _("Somebody else changed this meanwhile. Look at it again and save once more."))
        return ask_again(request, "core/center.html", {"form": form, "version": now.version})
    messages.success(request, _("Saved."))
    return redirect("core:center")
