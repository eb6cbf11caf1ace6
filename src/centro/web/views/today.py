"""Today: what is due, what to do next, whom one had open."""

from django.http import HttpResponse
from django.shortcuts import render

from centro.clinic.queries import night as clinic
from centro.core import clock, policy
from centro.core.doors import allowed
from centro.core.request import Request
from centro.organizing.queries import events as organizing
from centro.web import queries
from centro.web.next_steps import next_steps


@allowed("center.home")
def home(request: Request) -> HttpResponse:
    """Today: what is due, by role."""
    actor = request.actor
    return render(
        request,
        "web/home.html",
        {
            "today": clock.today(),
            "groups": queries.due_groups(actor),
            "steps": next_steps(actor),
            "recent": queries.recent_people(actor),
            "assigned": queries.assigned_people(actor),
            "clocks": queries.clocks_running_out(actor),
            "appointments": clinic.mine_today(actor),
            "events": organizing.events_soon(actor),
            "may_add": policy.may(actor, "task.add"),
        },
    )
