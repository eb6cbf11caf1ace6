"""Lists of a shift: made from ticked people, walked by volunteers, ended by whoever made them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.core import policy
from centro.core.doors import allowed, ask_again
from centro.core.ids import id_in, ids_in
from centro.core.request import Request
from centro.organizing import actions, queries
from centro.organizing.actions.lists import MOST, TooMany
from centro.organizing.forms import LineForm, ListForm, OutForm
from centro.organizing.forms.campaigns import next_shift
from centro.organizing.models import Assignment, Stop
from centro.organizing.queries.lookup import with_homes
from centro.people import queries as people
from centro.people.models import Person


@allowed("assignment.see")
def lists(request: Request) -> HttpResponse:
    """The lists one goes with, or hands out."""
    return render(request, "organizing/lists.html", {"rows": queries.assignments(request.actor)})


@allowed("assignment.see")
def list_page(request: Request, assignment_id: UUID) -> HttpResponse:
    """One list: each stop with its language, the last try and what to say first."""
    row = queries.get_assignment(request.actor, assignment_id)
    rows = queries.rows_of_list(request.actor, row)
    can_edit = policy.can(request.actor, "assignment.edit", row)
    context = {
        "list": row,
        "rows": rows,
        "done": sum(line.is_done for line in rows),
        "buildings": queries.buildings(rows),
        "can_edit": can_edit,
        "can_carry": settings.FIELD_MODE,
        "goes": queries.goes(request.actor, row) if can_edit else [],
        "packs": queries.packs(request.actor, row) if can_edit else [],
        **_walks(request, row),
    }
    return render(request, "organizing/list.html", context)


def _walks(request: Request, row: Assignment) -> dict[str, Any]:
    """Who is out with a list, and the form for going out."""
    out = queries.walks_out(request.actor, row)
    others = queries.companions(request.actor, row)
    end = timezone.localtime(row.to_at).time()
    return {
        "out": out,
        "is_out": any(walk.user_id == request.actor.user_id for walk in out),
        "out_form": OutForm(initial={"back_by": end}, others=others),
    }


@allowed("assignment.edit")
@require_POST
def add_list(request: Request, campaign_id: UUID) -> HttpResponse:
    """A list for a shift from the ticked people: first its name and time, then it is there."""
    campaign = queries.get_campaign(request.actor, campaign_id)
    chosen = _ticked(request)
    volunteers = queries.choosable_staff(request.actor)
    context: dict[str, Any] = {"campaign": campaign, "people": chosen, "most": MOST}
    if "name" not in request.POST:
        form = ListForm(initial=next_shift(), volunteers=volunteers)
        return render(request, "organizing/add_list.html", {**context, "form": form})
    form = ListForm(request.POST, volunteers=volunteers)
    if not form.is_valid() or not 0 < len(chosen) <= MOST:
        return ask_again(request, "organizing/add_list.html", {**context, "form": form})
    got = form.cleaned_data
    row = actions.make_list(
        by=request.actor,
        campaign=campaign,
        people_on=chosen,
        **{name: got[name] for name in ("name", "kind", "from_at", "to_at")},
        goes=[user for user in volunteers if str(user.pk) in got["goes"]],
    )
    messages.success(request, _("The list is ready."))
    return redirect("organizing:list", row.pk)


def _ticked(request: Request) -> list[Person]:
    """The ticked people whom the actor may see, with their homes."""
    ids = ids_in(request.POST.getlist("person")[: MOST + 1])
    return with_homes(people.people_by_id(request.actor, ids).values())


@allowed("assignment.edit")
def stop(request: Request, stop_id: UUID) -> HttpResponse:
    """The line to say first at one door."""
    row: Stop = queries.get_stop(request.actor, stop_id, "edit")
    form = LineForm(request.POST or None, initial={"say_first": row.say_first})
    context = {"stop": row, "form": form}
    if request.method != "POST":
        return render(request, "organizing/stop.html", context)
    if not form.is_valid():
        return ask_again(request, "organizing/stop.html", context)
    actions.release_line(by=request.actor, stop=row, words=form.cleaned_data["say_first"])
    messages.success(request, _("Saved."))
    return redirect("organizing:list", row.assignment_id)


@allowed("assignment.edit")
@require_POST
def take_off(request: Request, stop_id: UUID) -> HttpResponse:
    """Not on this list after all."""
    row = queries.get_stop(request.actor, stop_id, "edit")
    actions.take_off_list(by=request.actor, stop=row)
    messages.success(request, _("Removed."))
    return redirect("organizing:list", row.assignment_id)


@allowed("assignment.edit")
@require_POST
def put_on(request: Request, person_id: UUID) -> HttpResponse:
    """One more person for a list of one's campaign."""
    person = people.get_person(request.actor, person_id)
    wanted = id_in(request.POST, "list")
    if wanted is None:
        raise policy.Refused("assignment.edit")
    row = queries.get_assignment(request.actor, wanted, "edit")
    try:
        actions.put_on_list(by=request.actor, assignment=row, person=person)
        messages.success(request, _("Saved."))
    except TooMany:
        messages.error(request, _("This list is full: %(most)d people at most. Make another one.") % {"most": MOST})
    return redirect("organizing:list", row.pk)


@allowed("assignment.edit")
@require_POST
def end_list(request: Request, assignment_id: UUID) -> HttpResponse:
    """The shift is over: nobody sees the list through it any more, and copies on phones are revoked."""
    row = queries.get_assignment(request.actor, assignment_id, "edit")
    actions.end_list(by=request.actor, assignment=row)
    messages.success(request, _("The list has ended."))
    return redirect("organizing:lists")


@allowed("assignment.edit")
@require_POST
def revoke(request: Request, assignment_id: UUID, pack_id: UUID) -> HttpResponse:
    """A phone was lost, or somebody is off the shift: its copy destroys itself at the next contact."""
    row = queries.get_assignment(request.actor, assignment_id, "edit")
    for pack in queries.packs(request.actor, row):
        if pack.pk == pack_id:
            actions.revoke_pack(by=request.actor, pack=pack)
    messages.success(request, _("Revoked. The copy destroys itself the next time that phone has a connection."))
    return redirect("organizing:list", row.pk)
