"""The clinic in numbers, for its manager and the director; and the year for board and funders."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.clinic.queries import dashboard as reads
from centro.clinic.queries.night import works_here
from centro.core.doors import allowed
from centro.core.request import Request


@allowed("clinic.totals")
def dashboard(request: Request) -> HttpResponse:
    """Cases, days, deadlines, money: totals only."""
    if not works_here(request.actor, "clinic.totals"):
        return render(request, "clinic/dashboard/not_here.html")
    return render(request, "clinic/dashboard/dashboard.html", {"numbers": reads.numbers(request.actor)})
