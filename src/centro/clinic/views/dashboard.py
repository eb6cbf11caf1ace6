"""The clinic in numbers, for its manager and the director; and the year for board and funders."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.clinic.queries import dashboard as reads
from centro.core import clock
from centro.core.doors import allowed
from centro.core.request import Request


@allowed("clinic.totals")
def dashboard(request: Request) -> HttpResponse:
    """Cases, days, deadlines, money: totals only."""
    context = {"numbers": reads.numbers(request.actor), "today": clock.today()}
    return render(request, "clinic/dashboard/dashboard.html", context)
