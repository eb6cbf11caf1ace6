"""The conflict check: two steps over names, and an attorney's decision where something was found."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from centro.clinic.actions import conflicts as actions
from centro.clinic.choices import CaseState
from centro.clinic.forms.intake import DecisionForm
from centro.clinic.queries import conflicts as queries
from centro.clinic.queries import intake as intakes
from centro.clinic.queries import steps
from centro.clinic.views.intake import around
from centro.core.doors import allowed, ask_again
from centro.core.policy import Refused
from centro.core.request import Request


@allowed("intake.start")
def check(request: Request, intake_id: UUID) -> HttpResponse:
    """The names that will be compared; then what was found, without showing what it was."""
    row = intakes.get_intake(request.actor, intake_id, "start")
    answers = intakes.answers_of(row)
    may_check = row.state in {CaseState.NEW, CaseState.TRIAGED} and row.case_id is None
    if request.method == "POST" and may_check:
        found = actions.check_conflict(by=request.actor, intake=row)
        if not found.found_something:
            messages.success(request, _("No conflict was found."))
            return redirect("clinic:intake_go_on", row.pk)
        return redirect("clinic:intake_conflict", row.pk)
    context = {
        **around(row, answers.text("call_me")),
        "worker_names": queries.worker_names(answers),
        "other_names": queries.adverse_names(answers),
        "check": queries.newest_check(row),
        "may_check": may_check,
        "next": steps.next_step(request.actor, row, answers),
    }
    return render(request, "clinic/intake/conflict.html", context)


@allowed("intake.clear")
def decide(request: Request, intake_id: UUID) -> HttpResponse:
    """An attorney looks at what was found, as far as the cases are theirs to see, and decides."""
    row, found = queries.get_for_decision(request.actor, intake_id)
    if row.state != CaseState.CONFLICT:
        raise Refused("intake.clear")
    mine, elsewhere = queries.open_hits(request.actor, [*found.worker_hits, *found.other_hits])
    form = DecisionForm(request.POST or None)
    name = intakes.answers_of(row).text("call_me")
    context = {**around(row, name), "form": form, "check": found, "cases": mine, "elsewhere": elsewhere}
    if request.method != "POST":
        return render(request, "clinic/intake/decide.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/intake/decide.html", context)
    goes_on = form.cleaned_data["may_go_on"] == "yes"
    actions.decide_conflict(
        by=request.actor, intake=row, check=found, may_go_on=goes_on, reason=form.cleaned_data["reason"]
    )
    messages.success(request, _("Cleared.") if goes_on else _("They are referred: print the letter with their days."))
    return redirect("clinic:intake", row.pk)
