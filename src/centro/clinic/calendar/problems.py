"""What cannot be, or should be looked at again, each with the day or the part of the calendar it belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from centro.clinic.calendar.clocks import DAY, minutes_between, minutes_of
from centro.clinic.calendar.model import Calendar, Line, Term

LONG = 16 * 60  # a stretch that should be looked at again
PARTS = ("week", "day", "pay", "payment", "job")


@dataclass(frozen=True)
class Problem:
    """One thing: its `code`, the part it is in and which one (`key`: day, place in the list), and values for its words.

    A `stops` problem keeps the claim from being computed; another only asks to look again.
    """

    code: str
    part: str
    key: Any = None
    stops: bool = True
    values: dict[str, Any] = field(default_factory=dict)


def problems_of(calendar: Calendar, today: date) -> list[Problem]:
    """All of them, hours first."""
    return [*_weeks(calendar, today), *_days(calendar, today), *_pay(calendar, today), *_job(calendar, today)]


def _weeks(calendar: Calendar, today: date) -> Iterator[Problem]:
    for week in calendar.weeks:
        if week.first > today:
            yield Problem("week_to_come", "week", week.first, values={"day": week.first})
        if week.last and week.last < week.first:
            yield Problem("ends_before_start", "week", week.first, values={"first": week.first, "last": week.last})
        for line in week.lines:
            yield from _line(line, "week", week.first)
        yield from _overlaps(week.lines, week.first)


def _days(calendar: Calendar, today: date) -> Iterator[Problem]:
    for day, told in calendar.days.items():
        if told.lines and day > today:
            yield Problem("day_to_come", "day", day, values={"day": day})
        for line in told.lines:
            yield from _line(line, "day", day)
        if sum(line.length for line in told.lines) > DAY:
            yield Problem("over_24_hours", "day", day, values={"day": day})
        yield from _collide([line for line in told.lines if line.start], "day", day)


def _line(line: Line, part: str, key: date) -> Iterator[Problem]:
    """What is wrong with one stretch of work."""
    if not line.start:
        if not 0 < (line.minutes or 0) <= DAY:
            yield Problem("over_24_hours" if line.minutes else "no_hours", part, key, values={"day": key})
        return
    if line.start == line.end:
        yield Problem("no_hours", part, key, values={"day": key})
        return
    whole = minutes_between(line.start, line.end)
    values = {"day": key, "start": line.start, "end": line.end, "hours": whole // 60, "minutes": whole % 60}
    if whole > LONG:
        yield Problem(
            "end_before_start" if line.end < line.start else "long_stretch", part, key, line.end < line.start, values
        )
    for meal in line.meals or ():
        begins = (minutes_of(meal.start) - minutes_of(line.start)) % DAY if meal.start else 0
        if meal.minutes <= 0 or begins + meal.minutes > whole:
            yield Problem("meal_outside", part, key, values={**values, "meal": meal.minutes})
    if sum(meal.minutes for meal in line.meals or ()) >= whole:
        yield Problem("meal_outside", part, key, values={**values, "meal": sum(m.minutes for m in line.meals or ())})


def _overlaps(lines: tuple[Line, ...], key: date) -> Iterator[Problem]:
    for name in dict.fromkeys(name for line in lines for name in line.weekdays):
        found = list(_collide([line for line in lines if name in line.weekdays and line.start], "week", key))
        if found:
            yield found[0]
            return


def _collide(lines: list[Line], part: str, key: date) -> Iterator[Problem]:
    """Two stretches of one day that run into each other."""
    spans = sorted(
        (minutes_of(line.start), minutes_of(line.start) + minutes_between(line.start, line.end)) for line in lines
    )
    for one, other in pairwise(spans):
        if other[0] < one[1]:
            yield Problem("stretches_overlap", part, key, values={"day": key})
            return


def _pay(calendar: Calendar, today: date) -> Iterator[Problem]:
    for at, term in enumerate(calendar.pay):
        yield from _term(term, at)
    for at, (one, other) in enumerate(pairwise(calendar.pay)):
        if one.last is None and other.first is None:
            yield Problem("pay_from_when", "pay", at + 1)
        elif other.first and (one.last and one.last >= other.first):
            yield Problem("pay_overlaps", "pay", at + 1, values={"day": other.first})
    for at, payment in enumerate(calendar.payments):
        values = {"first": payment.first, "last": payment.last, "day": payment.paid_on}
        if payment.last < payment.first:
            yield Problem("ends_before_start", "payment", at, values=values)
        if payment.paid_on > today:
            yield Problem("paid_in_future", "payment", at, values=values)
    if not calendar.pay and not calendar.is_empty:
        yield Problem("no_pay_told", "pay")


def _term(term: Term, at: int) -> Iterator[Problem]:
    if term.amount <= 0:
        yield Problem("pay_of_zero", "pay", at)
    if term.first and term.last and term.last < term.first:
        yield Problem("ends_before_start", "pay", at, values={"first": term.first, "last": term.last})


def _job(calendar: Calendar, today: date) -> Iterator[Problem]:
    job = calendar.job
    if not job.place:
        yield Problem("no_place", "job")
    if job.start and job.end and job.end < job.start:
        yield Problem("ends_before_start", "job", values={"first": job.start, "last": job.end})
    if job.separation != "current" and not job.end:
        yield Problem("no_last_day", "job")
    if job.separation == "quit_with_notice" and not job.notice_on:
        yield Problem("no_notice_day", "job")
    if job.end and job.end > today:
        yield Problem("job_ends_later", "job", stops=False, values={"day": job.end})
    worked = calendar.span(today)
    if worked and job.start and worked[0] < job.start:
        yield Problem("work_before_job", "job", stops=False, values={"first": worked[0], "day": job.start})
