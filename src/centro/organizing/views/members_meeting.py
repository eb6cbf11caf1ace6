"""Committees with their seats; the assembly with its quorum and its ballots on paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import clock, policy
from centro.core.doors import allowed, ask_again
from centro.core.request import Request
from centro.organizing.actions import committees as actions
from centro.organizing.forms import members as forms
from centro.organizing.members.choices import MemberState, SeatRole
from centro.organizing.models import Assembly
from centro.organizing.queries import members as queries
from centro.people import queries as people


@allowed("member.see")
def committees(request: Request) -> HttpResponse:
    return render(request, "organizing/members/committees.html", {"rows": queries.committees(request.actor)})


@allowed("member.seat")
def add_committee(request: Request) -> HttpResponse:
    """Members begin to meet about one thing."""
    form = forms.CommitteeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "organizing/members/add_committee.html", {"form": form})
    if not form.is_valid():
        return ask_again(request, "organizing/members/add_committee.html", {"form": form})
    got = form.cleaned_data
    row = actions.add_committee(by=request.actor, name=got["name"], purpose=got["purpose"])
    notices.success(request, _("Saved."))
    return redirect("organizing:committee", row.pk)


@allowed("member.see")
def committee(request: Request, committee_id: UUID) -> HttpResponse:
    """Who sits there, since when."""
    row = queries.get_committee(request.actor, committee_id)
    context = {"committee": row, "seats": queries.seats(request.actor, row)}
    return render(request, "organizing/members/committee.html", context)


@allowed("member.seat")
@require_POST
def end_committee(request: Request, committee_id: UUID) -> HttpResponse:
    """It meets no more."""
    row = queries.get_committee(request.actor, committee_id, "seat")
    actions.end_committee(by=request.actor, committee=row)
    notices.success(request, _("Saved."))
    return redirect("organizing:committees")


@allowed("member.seat")
@require_POST
def seat(request: Request, person_id: UUID) -> HttpResponse:
    """Somebody sits on a committee from today; only members do."""
    person = people.get_person(request.actor, person_id)
    row = queries.membership_of(request.actor, person)
    offered = queries.committees(request.actor)
    form = forms.SeatForm(request.POST, committees=offered)
    if row is None or row.state != MemberState.ACTIVE or not form.is_valid():
        raise policy.Refused("seat")
    chosen = next(one for one in offered if str(one.pk) == form.cleaned_data["committee"])
    actions.seat(by=request.actor, committee=chosen, person=person, role=SeatRole(form.cleaned_data["role"]))
    notices.success(request, _("Saved."))
    return redirect("organizing:member", person.pk)


@allowed("member.seat")
@require_POST
def unseat(request: Request, seat_id: UUID) -> HttpResponse:
    """They do not sit there any more."""
    row = queries.get_seat(request.actor, seat_id)
    actions.unseat(by=request.actor, row=row)
    notices.success(request, _("Saved."))
    return redirect("organizing:committee", row.committee_id)


# --- the assembly -------------------------------------------------------------------------------------------------


@allowed("member.tally")
def assemblies(request: Request) -> HttpResponse:
    """Assemblies, the newest first; and calling one."""
    initial = {"percent": settings.QUORUM_PERCENT, "held_on": clock.today()}
    form = forms.AssemblyForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"rows": queries.assemblies(request.actor), "form": form}
    if request.method != "POST":
        return render(request, "organizing/members/assemblies.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/members/assemblies.html", context)
    row = actions.call_assembly(by=request.actor, **form.cleaned_data)
    notices.success(request, _("Saved."))
    return redirect("organizing:assembly", row.pk)


def _shown(request: Request, row: Assembly, *, typed: forms.TallyForm | None = None, **forms_on: Any) -> dict[str, Any]:
    return {
        "assembly": row,
        "quorum": queries.quorum(row),
        "ballots": queries.ballots(request.actor, row),
        "ballot_form": forms.BallotForm(),
        "counts": [(field.name, field.label, field.value() or "") for field in typed or forms.TallyForm()],
        "wrong_code": "",
        "wrong_ballot": None,
        **forms_on,
    }


@allowed("member.tally")
def assembly(request: Request, assembly_id: UUID) -> HttpResponse:
    """How many came and how many must; the questions and their counts."""
    row = queries.get_assembly(request.actor, assembly_id)
    return render(request, "organizing/members/assembly.html", _shown(request, row))


@allowed("member.tally")
@require_POST
def check_in(request: Request, assembly_id: UUID) -> HttpResponse:
    """A member came: by the code of the card, or the member number."""
    row = queries.get_assembly(request.actor, assembly_id)
    found = queries.member_by_code(request.actor, request.POST.get("code", "")[:40])
    if found is None:
        context = _shown(request, row, wrong_code=request.POST.get("code", "")[:40])
        return ask_again(request, "organizing/members/assembly.html", context)
    is_new = actions.note_presence(by=request.actor, assembly=row, membership=found)
    notices.success(request, _("Welcome!") if is_new else _("They are here already."))
    return redirect("organizing:assembly", row.pk)


@allowed("member.tally")
@require_POST
def add_ballot(request: Request, assembly_id: UUID) -> HttpResponse:
    """A question for the ballot paper."""
    row = queries.get_assembly(request.actor, assembly_id)
    form = forms.BallotForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "organizing/members/assembly.html", _shown(request, row, ballot_form=form))
    actions.add_ballot(by=request.actor, assembly=row, question=form.cleaned_data["question"])
    notices.success(request, _("Saved."))
    return redirect("organizing:assembly", row.pk)


@allowed("member.tally")
@require_POST
def tally(request: Request, ballot_id: UUID) -> HttpResponse:
    """What I counted; the result stands when a second person counted the same."""
    ballot = queries.get_ballot(request.actor, ballot_id)
    form = forms.TallyForm(request.POST)
    if not form.is_valid():
        shown = _shown(request, ballot.assembly, typed=form, wrong_ballot=ballot.pk)
        return ask_again(request, "organizing/members/assembly.html", shown)
    try:
        actions.tally(by=request.actor, ballot=ballot, counted=form.cleaned_data)
        notices.success(request, _("Your count is noted."))
    except actions.Decided:
        notices.error(request, _("Two people have counted the same: the result stands."))
    return redirect("organizing:assembly", ballot.assembly_id)
