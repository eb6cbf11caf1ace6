"""Going down the list together after a shift, and how people moved since."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in
from centro.core.request import Request
from centro.organizing.actions import assess_many as actions
from centro.organizing.forms import FilterForm
from centro.organizing.forms.assess import AssessManyForm, people_on
from centro.organizing.models import Campaign
from centro.organizing.queries import assess as queries
from centro.organizing.queries import get_campaign, scale_words
from centro.organizing.queries.lookup import Row
from centro.organizing.queries.searches_filters import Filters
from centro.organizing.views.searches import choices_of
from centro.people import queries as people


@allowed("contact.add")
def assess_many(request: Request, campaign_id: UUID) -> HttpResponse:
    """Where does each of them stand? The people of a list, or of a search, down one page."""
    campaign = get_campaign(request.actor, campaign_id)
    filters = FilterForm(request.GET, choices=choices_of(request, campaign)).filters()
    rows, after = _lines(request, campaign, filters)
    data = request.POST if request.method == "POST" else None
    form = AssessManyForm(data, rows=rows, scale=scale_words(campaign), initial={"basis": "conversation"})
    onward = request.path + filters.address(after) if after else ""
    context = {"campaign": campaign, "form": form, "next": onward, "after": after}
    if request.method != "POST":
        return render(request, "organizing/assess/assess_many.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/assess/assess_many.html", context)
    said = form.said()
    try:
        behind = actions.assess_many(by=request.actor, campaign=campaign, said=said)
    except actions.AsksWhyOf as asked:
        form.ask_why(asked.person, asked.before)
        return ask_again(request, "organizing/assess/assess_many.html", context)
    _tell(request, len(said), behind)
    return redirect(onward or reverse("organizing:campaign", args=[campaign.pk]))


def _lines(request: Request, campaign: Campaign, filters: Filters) -> tuple[list[Row], str]:
    """The people of the page and where the next begins; of a page that was sent, those whom it showed."""
    shown = people_on(request.POST)
    if not shown:
        return queries.debrief(request.actor, campaign, filters, id_in(request.GET, "list"))
    rows = queries.debrief_of(request.actor, campaign, shown)
    gone = set(shown) - {row.person.pk for row in rows}
    if lost := sum(bool(request.POST.get(f"value-{pk}")) for pk in gone):
        words = ngettext(
            "%(n)d person has left this page meanwhile: their number was not saved.",
            "%(n)d people have left this page meanwhile: their numbers were not saved.",
            lost,
        )
        messages.warning(request, words % {"n": lost})
    return rows, request.POST.get("after", "")


def _tell(request: Request, saved: int, behind: int) -> None:
    words = ngettext("%(n)d assessment saved.", "%(n)d assessments saved.", saved) % {"n": saved}
    if behind:
        more = ngettext(
            "%(n)d of them is second hand: a conversation still counts more.",
            "%(n)d of them are second hand: a conversation still counts more.",
            behind,
        )
        words = f"{words} {more % {'n': behind}}"
    messages.success(request, words)


@allowed("contact.see")
def trends(request: Request, campaign_id: UUID) -> HttpResponse:
    """How the workplaces moved; with one chosen, how its workers did."""
    campaign = get_campaign(request.actor, campaign_id)
    scale = scale_words(campaign)
    context = {"campaign": campaign, "scale": scale, "places": [], "workers": [], "workplace": None}
    if place := id_in(request.GET, "workplace"):
        workplace = people.get_workplace(request.actor, place)
        workers = queries.trends_of_workers(request.actor, campaign, workplace, len(scale))
        context |= {"workplace": workplace, "workers": workers}
    else:
        context["places"] = queries.trends_of_workplaces(request.actor, campaign, len(scale))
    return render(request, "organizing/assess/trends.html", context)
