"""Bringing in a table of hours or pay, or a list of time stamps: what was read goes into the calendar, and what not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centro.clinic import hours_words as words
from centro.clinic import queries
from centro.clinic.actions import hours as actions
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Calendar
from centro.clinic.calendar.records import TableReading, read_table
from centro.clinic.calendar.stamps import read_stamps
from centro.clinic.forms.hours import BringForm
from centro.clinic.models import Case
from centro.clinic.queries import hours as told
from centro.clinic.views.cases import around
from centro.core import clock
from centro.core.doors import allowed
from centro.core.request import Request
from centro.people import tables
from centro.people.versions import Conflict
from centro.people.views.imports import WHY_NOT
from centro.people.views.versions import sent_version


@allowed("case.edit")
def bring_list(request: Request, case_id: UUID) -> HttpResponse:
    """Take in what can be read, and say row for row what could not."""
    case = queries.get_case(request.actor, case_id, "edit")
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, case, form)
    try:
        reading, unread = _read(form)
    except tables.NotATable as refusal:
        form.add_error("file", WHY_NOT[refusal.code])
        return _page(request, case, form)
    except ValueError:
        form.add_error(
            "file", _("The headings say neither hours nor pay. Name the columns, for example: date, in, out.")
        )
        return _page(request, case, form)
    if not reading.days and not reading.payments:
        form.add_error(None, _("Nothing in it could be read as hours or pay."))
        return _page(request, case, form, unread)
    return _take(request, case, form, reading, unread)


def _read(form: BringForm) -> tuple[TableReading, list[str]]:
    """What the table and the list say, and each row that was not read, in words."""
    reading, unread, today = TableReading(), [], clock.today()
    sent = form.cleaned_data.get("file")
    if sent:
        sent.seek(0)
        table = tables.read(sent.name or "", sent.read())
        reading = read_table(table.header, table.rows, today)
        unread = [
            _("Row %(row)s: %(why)s (%(cell)s)")
            % {"row": one.row, "why": words.row_problem(one.code), "cell": one.cell}
            for one in reading.wrong
        ]
    stamps = read_stamps(form.cleaned_data.get("stamps") or "", today)
    reading.days |= {day: worked for day, worked in stamps.days.items() if day <= today}
    unread += [_("Not a time: %(line)s") % {"line": line[:80]} for line in stamps.unread]
    for moment in stamps.alone:
        unread.append(
            _("%(day)s, %(time)s: the other half is missing")
            % {"day": words.day_text(moment.date()), "time": f"{moment:%H:%M}"}
        )
    return reading, unread


def _take(request: Request, case: Case, form: BringForm, reading: TableReading, unread: list[str]) -> HttpResponse:
    def change(now: Calendar) -> Calendar:
        return changes.set_payments(changes.set_days(now, reading.days), reading.payments)

    try:
        row = actions.change_hours(
            by=request.actor, case=case, version=sent_version(request), what="list", change=change
        )
    except Conflict:
        form.add_error(
            None, _("A colleague has changed the calendar since. Nothing is lost: please send it once more.")
        )
        return _page(request, case, form)
    count = len(reading.days) or len(reading.payments)
    done = ngettext("%(n)s line was taken in.", "%(n)s lines were taken in.", count) % {"n": count}
    messages.success(request, done, extra_tags=reverse("clinic:undo_hours", args=[case.pk, row.number]))
    if unread:
        return _page(request, case, BringForm(), unread)
    first = min(reading.days, default=None)
    return redirect(reverse("clinic:hours", args=[case.pk]) + (f"?month={first:%Y-%m}" if first else "") + "#calendar")


def _page(request: Request, case: Case, form: BringForm, unread: list[str] | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "unread": unread or [], "version": told.hours_of(case).version}
    status = 422 if form.is_bound else 200
    return render(request, "clinic/hours/bring.html", {**around(request, case, "hours"), **context}, status=status)
