"""The clinic's board, and the list of cases."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.clinic.choices import CaseState, Topic
from centro.clinic.queries import board as queries
from centro.core.doors import allowed
from centro.core.request import Request
from centro.people.choices import LANGUAGES


@allowed("case.see")
def board(request: Request) -> HttpResponse:
    """What would be forgotten, what is late, what comes near: mine, or of everybody whose cases I may see."""
    mine = request.GET.get("show", "mine") == "mine"
    context = {
        "board": queries.board(request.actor, mine=mine),
        "worth": queries.by_value(request.actor, mine=mine),
        "mine": mine,
    }
    return render(request, "clinic/board/board.html", context)


@allowed("case.see")
def cases(request: Request) -> HttpResponse:
    """Cases by state, topic and language, fifty a page; by the money that melts away, if wanted."""
    filters = queries.Filters(
        state=request.GET.get("state", ""),
        topic=request.GET.get("topic", ""),
        language=request.GET.get("language", "") if request.GET.get("language") in LANGUAGES else "",
        mine=request.GET.get("mine") == "1",
        closed=request.GET.get("closed") == "1",
        by_money=request.GET.get("order") == "money",
    )
    page = queries.cases(request.actor, filters, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "filters": filters,
        "states": CaseState.choices,
        "topics": Topic.choices,
        "spoken": [(code, name) for code, name in LANGUAGES.items()],
    }
    return render(request, "clinic/board/cases.html", context)
