"""The page of hours: put together from the calendar, with whatever form came back, and the live claim beside it."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from centro.clinic import claiming, hours_sheet
from centro.clinic import hours_words as words
from centro.clinic.calendar import changes
from centro.clinic.calendar.model import Calendar, Day, Week, days_between
from centro.clinic.forms.hours import KINDS_OF_WORKER, AnchorForm, CopyForm, DaysForm, PayForm, WeekForm
from centro.clinic.models import Case
from centro.clinic.queries import hours as told
from centro.clinic.queries.hours import Hours
from centro.clinic.views.cases import around
from centro.core import clock, policy
from centro.core.careful import EARLIEST
from centro.core.request import Request
from centro.people.views.versions import sent_version


def day_in(text: str | None) -> date | None:
    """A day in an address; None for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if EARLIEST <= day <= clock.today() + timedelta(days=400) else None


def month_in(text: str | None) -> date | None:
    """A month in an address (2024-03)."""
    return day_in(f"{text}-01") if text else None


def hours_page(request: Request, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The whole page. A form given by name (week, days, pay, copy, anchor) came back with words."""
    hours, today = told.hours_of(case), clock.today()
    outcome = claiming.compute(hours.calendar, today)
    selected = day_in(request.GET.get("day"))
    month = _month_shown(request, hours.calendar, selected, today)
    context = {
        **around(request, case, "hours"),
        **_forms(hours, selected, day_in(request.GET.get("week")), forms),
        "hours": hours,
        "version": hours.version,
        "rows": hours_sheet.month_rows(hours.calendar, month, outcome, selected),
        "month": month,
        "months": _neighbours(month),
        "panel": hours_sheet.panel(outcome, case.language, today),
        **_told_so_far(hours.calendar),
        "can_edit": policy.can(request.actor, "case.edit", case),
        "selected": selected,
        "came_back": next((form for form in forms.values() if getattr(form, "is_bound", False)), None),
        "conflict": forms.get("conflict"),
    }
    return render(request, "clinic/hours/hours.html", context, status=status)


def _told_so_far(calendar: Calendar) -> dict[str, Any]:
    """What was told, each thing in words with its days."""
    return {
        "weeks": [(week, words.days_text(week.first, week.last), words.week_text(week)) for week in calendar.weeks],
        "pay_lines": [(words.term_text(term), words.days_text(term.first, term.last)) for term in calendar.pay],
        "job_line": words.days_text(calendar.job.start, calendar.job.end),
        "job_kind": dict(KINDS_OF_WORKER).get(calendar.job.worker_class),
        "wage_order": calendar.job.wage_order,
    }


def _month_shown(request: Request, calendar: Calendar, selected: date | None, today: date) -> date:
    asked = month_in(request.GET.get("month") or request.POST.get("month"))
    if asked or selected:
        return asked or claiming.month_of(selected or today)
    span = calendar.span(today)
    return claiming.month_of(span[1] if span else calendar.job.end or today)


def _neighbours(month: date) -> dict[str, date]:
    return {
        "before": claiming.month_of(month - timedelta(days=1)),
        "after": claiming.next_month(month),
        "year_before": month.replace(year=month.year - 1),
        "year_after": month.replace(year=month.year + 1),
    }


def _forms(hours: Hours, selected: date | None, changing: date | None, given: dict[str, Any]) -> dict[str, Any]:
    """The forms of the page: those that came back, and the others as they are when nothing is typed."""
    calendar, job = hours.calendar, hours.calendar.job
    week = next((one for one in calendar.weeks if one.first == changing), None)
    begins = _said_of(week) if week else {"first": None if calendar.weeks else job.start}
    day = {"first": selected, **(_day_said(calendar.days.get(selected)) if selected else {})}
    copy = {"source": selected, "first": changes.week_of(selected) + timedelta(days=7)} if selected else {}
    fresh = {
        "week": WeekForm(prefix="week", initial=begins, starts=job.start),
        "days": DaysForm(prefix="days", initial=day),
        "copy": CopyForm(prefix="copy", initial=copy),
        "pay": PayForm(prefix="pay", initial={"words": calendar.pay[0].words if calendar.pay else ""}),
        "anchor": AnchorForm(prefix="anchor"),
    }
    return {f"{name}_form": given.get(name, form) for name, form in fresh.items()} | {"changing": week}


def _said_of(week: Week) -> dict[str, Any]:
    typed = week.words or "; ".join(words.typed_text(line) for line in week.lines)
    return {
        "words": typed,
        "first": week.first,
        "last": week.last,
        "confidence": week.confidence,
        "note": week.note,
    }


def _day_said(day: Day | None) -> dict[str, Any]:
    if day is None:
        return {}
    typed = "; ".join(words.typed_text(line) for line in day.lines)
    return {"kind": day.kind, "words": typed, "confidence": day.confidence, "note": day.note}


def live_claim(request: Request, case: Case) -> HttpResponse:
    """The claim with what is being typed, and what was understood of it."""
    hours, today = told.hours_of(case), clock.today()
    calendar, understood, unsure = _with_typed(request, hours.calendar)
    outcome = claiming.compute(calendar, today)
    panel = hours_sheet.panel(outcome, case.language, today)
    kept = told.latest_claim(case)
    context = {
        "case": case,
        "panel": panel,
        "change": panel.total - kept.total_cents if kept and outcome.claim else 0,
        "is_trying": calendar != hours.calendar,
        "read_id": f"read-{request.POST.get('form', 'week')}",
        "understood": understood,
        "unsure": unsure,
    }
    return render(request, "clinic/hours/live.html", context)


def _with_typed(request: Request, calendar: Calendar) -> tuple[Calendar, str, list[str]]:
    """The calendar with the form that is being typed, what was understood, and what was not."""
    name = request.POST.get("form")
    if name == "pay":
        pay = PayForm(request.POST, prefix="pay")
        if pay.is_valid():
            terms = pay.terms()
            said = [f"{words.term_text(term)} ({words.days_text(term.first, term.last)})" for term in terms]
            return changes.set_pay(calendar, terms), "; ".join(said).replace(" ()", ""), []
        return calendar, "", _said_wrong(pay)
    if name == "days":
        days = DaysForm(request.POST, prefix="days")
        if days.is_valid():
            (first, last), day = days.days(), days.day()
            span = list(days_between(first, last))
            after = changes.change_days(calendar, span, day)
            return after, hours_sheet.day_words(after, first), []
        return calendar, "", _said_wrong(days)
    form = WeekForm(request.POST, prefix="week", starts=calendar.job.start)
    if form.is_valid():
        week = form.week()
        said_week = f"{words.days_text(week.first, week.last)}: {words.week_text(week)}"
        return changes.set_week(calendar, week, day_in(request.POST.get("instead"))), said_week, []
    return calendar, words.week_text(Week(clock.today(), None, form.reading.lines)), _said_wrong(form)


def _said_wrong(form: Any) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


def conflict_page(request: Request, case: Case, what: str, **forms: Any) -> HttpResponse:
    """A colleague was first: what they changed beside what was typed here; saving again puts it on top."""
    head = told.newest_hours(case)
    seen = told.version_of_hours(case, sent_version(request))
    before = told.calendar_of(seen) if seen else Calendar()
    theirs = hours_sheet.differences(before, told.calendar_of(head)) if head else ()
    typed = next((form for form in forms.values()), None)
    mine = _mine(typed)
    fields = [{"label": words.CHANGES[what], "yours": mine, "theirs": ""}] if mine else []
    fields += [{"label": label, "yours": "", "theirs": text} for label, text in theirs]
    who = head.by.name if head and head.by else _("A colleague")
    return hours_page(request, case, status=409, conflict={"who": who, "fields": fields}, **forms)


def _mine(form: Any) -> str:
    """What was typed here, in words."""
    if isinstance(form, WeekForm):
        return words.week_text(form.week())
    if isinstance(form, PayForm):
        return "; ".join(words.term_text(term) for term in form.terms())
    if isinstance(form, DaysForm):
        (first, last), day = form.days(), form.day()
        when = words.day_text(first) if first == last else words.days_text(first, last)
        like = "; ".join(words.line_text(line) for line in day.lines) if day else _("as usual")
        return f"{when}: {like or words.DAY_WORDS[day.kind if day else 'off']}"
    if isinstance(form, AnchorForm):
        return form.anchor().words
    return ""
