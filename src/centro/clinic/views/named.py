"""Who may see a restricted matter: named one by one, by those who are on it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic.actions import named as actions
from centro.clinic.forms.matters import NamedForm
from centro.clinic.queries import matters as matter_queries
from centro.clinic.queries import named as queries
from centro.clinic.views.cases import around
from centro.core.doors import allowed, ask_again
from centro.core.request import Request


@allowed("case.assign")
def named(request: Request, matter_id: UUID) -> HttpResponse:
    """Who is named on a matter, and one more."""
    matter = matter_queries.get_open_matter(request.actor, matter_id, "assign")
    form = NamedForm(request.actor, request.POST or None)
    places = queries.named_on(matter)
    context = {**around(request, matter.case, "overview"), "matter": matter, "places": places, "form": form}
    if request.method != "POST":
        return render(request, "clinic/matters/named.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/matters/named.html", context)
    who, until = form.cleaned_data["owner"], form.cleaned_data["until"]
    actions.name_on(by=request.actor, matter=matter, user=who, until=until)
    messages.success(request, _("They may see this matter now."))
    return redirect("clinic:matter_named", matter.pk)


@allowed("case.assign")
@require_POST
def take_off(request: Request, matter_id: UUID, place_id: UUID) -> HttpResponse:
    """Somebody may see this matter no more."""
    matter = matter_queries.get_open_matter(request.actor, matter_id, "assign")
    actions.take_off(by=request.actor, matter=matter, place=queries.get_place(matter, place_id))
    messages.success(request, _("They see this matter no more."))
    return redirect("clinic:matter_named", matter.pk)
