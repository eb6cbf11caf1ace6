"""Appointments: the day, booking, walk-ins, changing, moving a card, the reminder."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from centro.clinic import queries
from centro.clinic.actions import appointments as actions
from centro.clinic.forms.night import BookForm, VisitForm, version_of
from centro.clinic.models import Appointment
from centro.clinic.models.night import Station, VisitState
from centro.clinic.queries import night as reads
from centro.clinic.queries.helping import phones_of_shift
from centro.core import access, clock, policy
from centro.core.doors import allowed, ask_again
from centro.core.queries import reveals_left
from centro.core.request import Request
from centro.people import queries as people
from centro.people.messages import MayNot
from centro.people.models import Person

PLACES = {*Station.values, VisitState.BOOKED, VisitState.ARRIVED, VisitState.DONE, *("no_show", "cancelled")}


def _day(request: Request) -> date:
    """The day in the address, or today."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()
    return day if 2000 <= day.year <= 2100 else clock.today()


@allowed("appointment.see")
def day(request: Request) -> HttpResponse:
    """Who comes on a day, and who waits, by language."""
    return _page_of(request, _day(request))


def _page_of(request: Request, on: date, *, status: int = 200) -> HttpResponse:
    cards = reads.day_of(request.actor, on)
    context = {
        "on": on,
        "is_today": on == clock.today(),
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1),
        "cards": cards,
        "waiting": reads.waiting_by_language(cards),
        "works_here": reads.works_here(request.actor, "appointment.book"),
        "night": reads.night_on(request.actor, on) if policy.may(request.actor, "night.see") else None,
    }
    return render(request, "clinic/night/day.html", {**context, "is_over_budget": status == 429}, status=status)


@allowed("appointment.reveal")
@require_POST
def show_phone(request: Request, appointment_id: UUID) -> HttpResponse:
    """Show the hidden number of somebody who comes tonight; counted, and stopped over the budget."""
    row = reads.get_appointment(request.actor, appointment_id, "reveal")
    on = timezone.localtime(row.starts_at).date()
    if reveals_left(request.actor) == 0:
        return _page_of(request, on, status=429)
    for phone in phones_of_shift(request.actor, [row]).get(row.pk, ()):
        access.reveal(phone)
    return _page_of(request, on)


@allowed("appointment.move")
def board(request: Request) -> HttpResponse:
    """Today in columns: expected, waiting, at each station, done."""
    cards = reads.day_of(request.actor, clock.today())
    columns = reads.board(cards)
    context = {"columns": columns, "places": [c for c in columns if c.key != "booked"], "today": clock.today()}
    name = "clinic/night/board.html#columns" if request.headers.get("HX-Request") else "clinic/night/board.html"
    return render(request, name, context)


@allowed("appointment.move")
@require_POST
def move(request: Request, appointment_id: UUID) -> HttpResponse:
    """A card goes to another column."""
    row, to = reads.get_appointment(request.actor, appointment_id), request.POST.get("to", "")
    if to not in PLACES:
        raise policy.Refused("appointment.move")
    try:
        version = version_of(request.POST.get("version", ""))
        actions.move(by=request.actor, appointment=row, to=to, version=version)
    except actions.Moved:
        messages.warning(request, _("Somebody else moved this card first. Look where it is now."))
    came_from = request.POST.get("next", "")
    return redirect("clinic:day" if came_from == "day" else "clinic:board")


@allowed("appointment.book")
def walk_in(request: Request) -> HttpResponse:
    """Somebody is at the door: into the queue with them."""
    form = VisitForm(request.POST or None, initial={"language": "es", "kind": "intake"})
    if request.method != "POST":
        return render(request, "clinic/night/walk_in.html", {"form": form})
    if not form.is_valid():
        return ask_again(request, "clinic/night/walk_in.html", {"form": form})
    actions.walk_in(by=request.actor, details=form.details())
    messages.success(request, _("They are in the queue."))
    return redirect("clinic:board")


@allowed("appointment.book")
def appointments_of(request: Request, person_id: UUID) -> HttpResponse:
    """The appointments of one person, past and to come."""
    person = people.get_person(request.actor, person_id)
    context = {"person": person, "cards": reads.appointments_of(request.actor, person), "now": clock.now()}
    return render(request, "clinic/night/appointments_of.html", context)


def _form(request: Request, person: Person | None, known: Appointment | None, initial: dict[str, Any]) -> BookForm:
    cases = queries.cases_of(request.actor, person) if person and policy.may(request.actor, "case.see") else []
    return BookForm(
        request.POST or None,
        initial=initial,
        helpers=reads.helpers_of(request.actor),
        rooms=reads.rooms(),
        cases=cases,
        known=known,
    )


@allowed("appointment.book")
def book(request: Request, person_id: UUID) -> HttpResponse:
    """A time for somebody whose file is here."""
    person = people.get_person(request.actor, person_id)
    initial = {"call_name": person.short_name, "language": person.language, "kind": "follow_up", "day": clock.today()}
    form = _form(request, person, None, initial)
    context = {"form": form, "person": person}
    if request.method != "POST":
        return render(request, "clinic/night/book.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/night/book.html", context)
    row = actions.book(by=request.actor, details={**form.details(), "person": person})
    messages.success(request, _("Booked."))
    return redirect(f"{_day_address(row)}")


def _day_address(row: Appointment) -> str:
    from django.urls import reverse

    return f"{reverse('clinic:day')}?on={timezone.localtime(row.starts_at).date().isoformat()}"


@allowed("appointment.book")
def change(request: Request, appointment_id: UUID) -> HttpResponse:
    """Another time, room or colleague."""
    row = reads.get_appointment(request.actor, appointment_id, "book")
    at = timezone.localtime(row.starts_at)
    names = ("call_name", "language", "needs_interpreter", "kind")
    ids = {name: str(getattr(row, f"{name}_id") or "") for name in ("interpreter", "with_user", "room", "case")}
    initial = {**{name: getattr(row, name) for name in names}, **ids, "day": at.date(), "hour": at.time()}
    form = _form(request, row.person, row, initial)
    context = {"form": form, "appointment": row, "version": request.POST.get("version", row.version)}
    if request.method != "POST":
        return render(request, "clinic/night/book.html", context)
    if not form.is_valid():
        return ask_again(request, "clinic/night/book.html", context)
    try:
        version = version_of(request.POST.get("version", ""))
        actions.change(by=request.actor, appointment=row, version=version, details=form.details())
    except actions.Moved:
        now = {**context, "version": reads.get_appointment(request.actor, appointment_id, "book").version}
        return render(request, "clinic/night/book.html", {**now, "is_conflict": True}, status=409)
    return redirect(_day_address(row))


@allowed("person.message")
@require_POST
def remind(request: Request, appointment_id: UUID) -> HttpResponse:
    """A neutral text before the day, if they agreed to texts."""
    row = reads.get_appointment(request.actor, appointment_id, "book")
    try:
        actions.remind(by=request.actor, appointment=row)
    except MayNot as no:
        messages.warning(request, str(no.reason))
    else:
        messages.success(request, _("The reminder is on its way."))
    return redirect(_day_address(row))
