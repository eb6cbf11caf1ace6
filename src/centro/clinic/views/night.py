"""A clinic night: its page, shifts, rooms, hand-over, summary; who waits for our answer; who works in the clinic."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic.actions import night as actions
from centro.clinic.forms.night import HandOverForm, RoomForm, ShiftForm
from centro.clinic.models import Night
from centro.clinic.queries import night as reads
from centro.core import clock
from centro.core.doors import allowed, ask_again
from centro.core.queries import staff
from centro.core.request import Request


@allowed("night.run")
@require_POST
def open_night(request: Request) -> HttpResponse:
    """Tonight there is a clinic."""
    reads.in_clinic(request.actor, "night.run")
    night = actions.open_night(by=request.actor, on=clock.today())
    return redirect("clinic:night", night.pk)


def _page(request: Request, night: Night, **forms: Any) -> dict[str, Any]:
    """What the page of a night shows."""
    day = reads.day_of(request.actor, night.on)
    return {
        "night": night,
        "shifts": reads.shifts_of(night),
        "rooms": reads.rooms(),
        "hand_overs": reads.hand_overs_of(night),
        "summary": reads.summary_of(day),
        "hand_over_form": HandOverForm(),
        "shift_form": ShiftForm(staff=staff(request.actor), day=night.on, initial={"from_hour": "17:30"}),
        "room_form": RoomForm(),
        **forms,
    }


@allowed("night.see")
def night(request: Request, night_id: UUID) -> HttpResponse:
    """Shifts, rooms, the hand-over, and the night in numbers."""
    row = reads.get_night(request.actor, night_id)
    return render(request, "clinic/night/night.html", _page(request, row))


@allowed("night.run")
@require_POST
def give_shift(request: Request, night_id: UUID) -> HttpResponse:
    """Somebody helps tonight."""
    row = reads.get_night(request.actor, night_id, "run")
    form = ShiftForm(request.POST, staff=staff(request.actor), day=row.on)
    if not form.is_valid():
        return ask_again(request, "clinic/night/night.html", _page(request, row, shift_form=form))
    actions.give_shift(by=request.actor, night=row, **form.details())
    messages.success(request, _("They see the list of the night during their shift, and no longer."))
    return redirect("clinic:night", row.pk)


@allowed("night.run")
@require_POST
def end_shift(request: Request, shift_id: UUID) -> HttpResponse:
    shift = reads.get_shift(request.actor, shift_id)
    actions.end_shift(by=request.actor, shift=shift)
    return redirect("clinic:night", shift.night_id)


@allowed("night.run")
@require_POST
def add_room(request: Request, night_id: UUID) -> HttpResponse:
    """One room more."""
    row = reads.get_night(request.actor, night_id, "run")
    form = RoomForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/night/night.html", _page(request, row, room_form=form))
    actions.add_room(by=request.actor, name=form.cleaned_data["name"])
    return redirect("clinic:night", row.pk)


@allowed("night.run")
@require_POST
def close_room(request: Request, night_id: UUID, room_id: UUID) -> HttpResponse:
    """Nobody is sent there any more."""
    row = reads.get_night(request.actor, night_id, "run")
    actions.close_room(by=request.actor, room=reads.get_room(room_id))
    return redirect("clinic:night", row.pk)


@allowed("night.hand_over")
@require_POST
def hand_over(request: Request, night_id: UUID) -> HttpResponse:
    """A note for the next shift."""
    row = reads.get_night(request.actor, night_id, "hand_over")
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return ask_again(request, "clinic/night/night.html", _page(request, row, hand_over_form=form))
    actions.hand_over(by=request.actor, night=row, words=form.cleaned_data["words"])
    messages.success(request, _("Handed over."))
    return redirect("clinic:night", row.pk)


@allowed("night.run")
@require_POST
def close_night(request: Request, night_id: UUID) -> HttpResponse:
    """Everybody went home."""
    row = reads.get_night(request.actor, night_id, "run")
    try:
        missing = actions.close_night(by=request.actor, night=row)
    except actions.NotYet as not_yet:
        messages.warning(request, str(not_yet))
    else:
        messages.success(request, _("Good night! %(n)d did not come.") % {"n": missing})
    return redirect("clinic:night", row.pk)


@allowed("case.log")
def answers(request: Request) -> HttpResponse:
    """Who is waiting for our answer, the longest first."""
    return render(request, "clinic/night/answers.html", {"owed": reads.answers_owed(request.actor)})


@allowed("clinic.team")
def team(request: Request) -> HttpResponse:
    """Who works in the clinic; somebody more."""
    places = reads.clinic_team(request.actor)
    inside = {place.user_id for place in places}
    others = [user for user in staff(request.actor) if user.pk not in inside and user.pk != request.actor.user_id]
    chosen = next((user for user in others if user.username == request.POST.get("user")), None)
    if chosen is not None:
        actions.join_clinic(by=request.actor, user=chosen)
        messages.success(request, _("They work in the clinic now."))
        return redirect("clinic:team")
    context = {"places": places, "others": others, "is_empty_choice": request.method == "POST"}
    return render(request, "clinic/night/team.html", context, status=422 if request.method == "POST" else 200)


@allowed("clinic.team")
@require_POST
def leave_team(request: Request, place_id: UUID) -> HttpResponse:
    place = reads.get_team_place(request.actor, place_id)
    actions.leave_clinic(by=request.actor, place=place)
    messages.success(request, _("They no longer work in the clinic."))
    return redirect("clinic:team")
