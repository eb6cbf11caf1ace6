"""The verbs on a calendar. Each takes a calendar and gives the calendar after it; nothing is ever changed in place."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from centro.clinic.calendar.model import Anchor, Calendar, Day, Job, Line, Payment, Term, Week, days_between

MOST_COPIES = 60  # weeks
MOST_ANCHORS = 40


def week_of(day: date) -> date:
    """The Sunday on which the week of a day begins, as the workweek does."""
    return day - timedelta(days=(day.weekday() + 1) % 7)


def set_week(calendar: Calendar, week: Week, instead_of: date | None = None) -> Calendar:
    """A usual week holds from its first day on; it replaces the one that began the same day (or on `instead_of`)."""
    gone = {week.first, instead_of}
    kept = [one for one in calendar.weeks if one.first not in gone]
    return replace(calendar, weeks=tuple(sorted([*kept, week], key=lambda one: one.first)))


def remove_week(calendar: Calendar, first: date) -> Calendar:
    """The usual week that began on a day never was; the one before it goes on."""
    return replace(calendar, weeks=tuple(week for week in calendar.weeks if week.first != first))


def set_days(calendar: Calendar, days: Mapping[date, Day]) -> Calendar:
    """These days were different."""
    return replace(calendar, days={**calendar.days, **days})


def change_days(calendar: Calendar, days: Iterable[date], day: Day | None) -> Calendar:
    """These days were like this; None: as usual after all.

    Of several days, those on which nobody works anyway stay as they are: a week of long days has no Sunday more.
    """
    span = list(days)
    if day is None:
        return clear_days(calendar, span)
    if len(span) == 1:
        return set_days(calendar, {span[0]: day})
    worked = [one for one in span if calendar.usual_lines(one)]
    return set_days(calendar, dict.fromkeys(worked or span, day)) if day.lines else strike_days(calendar, span, day)


def strike_days(calendar: Calendar, days: Iterable[date], day: Day) -> Calendar:
    """No work on these days; days on which nobody works anyway stay as they are."""
    return set_days(calendar, {one: day for one in days if calendar.lines_on(one)})


def clear_days(calendar: Calendar, days: Iterable[date]) -> Calendar:
    """These days were as usual after all."""
    gone = set(days)
    return replace(calendar, days={day: told for day, told in calendar.days.items() if day not in gone})


def copy_week(calendar: Calendar, source: date, first: date, last: date) -> Calendar:
    """Every week from one to another was like the week of `source`; days that were as usual become usual there too."""
    begin, until = week_of(source), min(week_of(last), week_of(first) + timedelta(weeks=MOST_COPIES - 1))
    wanted = {
        day: _copied(calendar, begin + (day - week_of(day)))
        for day in days_between(week_of(first), until + timedelta(days=6))
        if week_of(day) != begin
    }
    as_usual = {day for day, told in wanted.items() if told.lines == _lines_without_days(calendar, day)}
    changed = {day: told for day, told in wanted.items() if day not in as_usual}
    return set_days(clear_days(calendar, as_usual), changed)


def _lines_without_days(calendar: Calendar, day: date) -> tuple[Line, ...]:
    return tuple(replace(line, weekdays=()) for line in calendar.usual_lines(day))


def _copied(calendar: Calendar, day: date) -> Day:
    told = calendar.days.get(day)
    if told:
        return replace(told, source="copy")
    lines = _lines_without_days(calendar, day)
    week = calendar.usual_week(day)
    return Day("hours" if lines else "off", lines, week.confidence if week else "sure", source="copy")


def set_pay(calendar: Calendar, terms: Iterable[Term]) -> Calendar:
    """Pay as it is told now, all of it."""
    return replace(calendar, pay=tuple(terms))


def set_payments(calendar: Calendar, payments: Iterable[Payment]) -> Calendar:
    """Payments known by themselves; one for the same days and payday replaces the older one."""
    known = {(one.first, one.last, one.paid_on): one for one in [*calendar.payments, *payments]}
    return replace(calendar, payments=tuple(known[key] for key in sorted(known)))


def remove_payment(calendar: Calendar, at: int) -> Calendar:
    """One of the known payments was a mistake."""
    return replace(calendar, payments=tuple(one for n, one in enumerate(calendar.payments) if n != at))


def add_anchor(calendar: Calendar, anchor: Anchor) -> Calendar:
    """Something certain by which hours are remembered."""
    return replace(calendar, anchors=(*calendar.anchors, anchor)[-MOST_ANCHORS:])


def remove_anchor(calendar: Calendar, at: int) -> Calendar:
    """Take one of them away."""
    return replace(calendar, anchors=tuple(one for n, one in enumerate(calendar.anchors) if n != at))


def set_job(calendar: Calendar, job: Job) -> Calendar:
    """What the law needs to know of the job."""
    return replace(calendar, job=job)
