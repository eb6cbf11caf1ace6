"""Lock-down: what is outside, and one act that revokes all of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core.doors import allowed
from centro.core.request import Request
from centro.organizing import lockdown as locking
from centro.organizing import queries


@allowed("lockdown.start")
def lockdown(request: Request) -> HttpResponse:
    """What works outside at this moment, and what earlier lock-downs revoked."""
    context = {"outside": locking.outside(), "earlier": queries.lock_downs(request.actor)}
    return render(request, "organizing/lockdown.html", context)


@allowed("lockdown.start", step_up=True)
@require_POST
def start_lockdown(request: Request) -> HttpResponse:
    """Revoke everything that is outside."""
    locking.lock_down(by=request.actor)
    messages.success(request, _("Everything that was outside is revoked."))
    return redirect("organizing:lockdown")
