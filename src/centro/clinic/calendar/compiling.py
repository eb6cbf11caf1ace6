"""From what was told to the wage case file: patterns, shifts, agreed pay, payments (docs/wage-case.md).

Nothing is added that nobody said. Meals not asked about are not claimed; a payday of somebody paid by the hour or the
day is the agreed pay for what was worked in it, unless it was told what came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from centro.clinic.calendar.clocks import clock, minutes_of
from centro.clinic.calendar.model import Calendar, Day, Job, Line, Payment, Term, Week, days_between
from centro.clinic.calendar.problems import Problem, problems_of

SALARIES = ("week", "two_weeks", "half_month", "month", "year")
_BASIS = {"hour": "hourly", "day": "day_rate", **dict.fromkeys(SALARIES, "salary")}
_HALVES_OF_MONTH = {"half_month": 1, "month": 2, "year": 24}
_WEEKS = {"week": 1, "two_weeks": 2}
_PATH = re.compile(
    r"(patterns|shifts|payment_patterns|payments|pay|employment|place|employer_headcount|industry)(?:\[(\d+)\])?"
)


@dataclass
class Compiled:
    """A case file, what each of its entries came from, and what is wrong. No case where a problem stops it."""

    case: dict[str, Any] | None
    problems: list[Problem] = field(default_factory=list)
    origins: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def origin(self, path: str) -> tuple[str, Any]:
        """The part of the calendar that a path of the case file came from: (part, key)."""
        match = _PATH.match(path)
        if not match:
            return "job", None
        entry = f"{match[1]}[{match[2]}]" if match[2] else match[1]
        return self.origins.get(entry, ("job", None))


def compile_case(calendar: Calendar, today: date) -> Compiled:
    """The wage case of a calendar on a day, or the problems that stop it."""
    problems = problems_of(calendar, today)
    if calendar.is_empty:
        problems.append(Problem("nothing_told", "week"))
    if any(problem.stops for problem in problems):
        return Compiled(None, problems)
    compiler = _Compiler(calendar, today)
    case = compiler.case()
    return Compiled(None if compiler.problems else case, [*problems, *compiler.problems], compiler.origins)


class _Compiler:
    def __init__(self, calendar: Calendar, today: date) -> None:
        self.calendar, self.today = calendar, today
        self.origins: dict[str, tuple[str, Any]] = {}
        self.problems: list[Problem] = []
        span = calendar.span(today)
        self.first, self.last = span or (today, today)

    def case(self) -> dict[str, Any]:
        document = {
            "format": "wagelaw/case/1",
            "computed_on": self.today.isoformat(),
            **_job(self.calendar.job),
            "patterns": [*self._listed("patterns", self._patterns())],
            "shifts": [*self._listed("shifts", self._shifts())],
            "pay": [*self._listed("pay", self._terms())],
            "payment_patterns": [*self._listed("payment_patterns", self._payment_patterns())],
            "payments": [*self._listed("payments", self._payments())],
            "switches": dict(self.calendar.switches),
        }
        return {name: value for name, value in document.items() if value not in ([], {}, None)}

    def _listed(self, key: str, entries: Iterator[tuple[Any, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
        part = {"patterns": "week", "shifts": "day", "payments": "payment"}.get(key, "pay")
        for at, (origin, entry) in enumerate(entries):
            self.origins[f"{key}[{at}]"] = (part, origin)
            yield entry

    # --- work -----------------------------------------------------------------------------------------------

    def _patterns(self) -> Iterator[tuple[date, dict[str, Any]]]:
        for week in self.calendar.weeks:
            last = self.calendar.last_day(week, self.today)
            if last < week.first:
                continue
            different = [day.isoformat() for day in sorted(self.calendar.days) if week.first <= day <= last]
            for line in week.lines:
                yield (
                    week.first,
                    {
                        "from": week.first.isoformat(),
                        "to": last.isoformat(),
                        "weekdays": list(line.weekdays),
                        **_stretch(line),
                        **({"except": different} if different else {}),
                        **_remarks(week),
                    },
                )

    def _shifts(self) -> Iterator[tuple[date, dict[str, Any]]]:
        for day in sorted(self.calendar.days):
            told = self.calendar.days[day]
            for line in told.lines:
                yield day, {"date": day.isoformat(), **_stretch(line), **_remarks(told)}

    # --- pay ------------------------------------------------------------------------------------------------

    def _told(self) -> Iterator[tuple[int, Term, date, date]]:
        """Each term of pay with its first and last day."""
        terms = self.calendar.pay
        for at, term in enumerate(terms):
            first = term.first or (self.calendar.job.start or self.first)
            following = terms[at + 1].first if at + 1 < len(terms) else None
            last = term.last or (following - timedelta(days=1) if following else max(self.last, first))
            if first <= last and first <= self.today:
                yield at, term, first, last

    def _terms(self) -> Iterator[tuple[int, dict[str, Any]]]:
        for at, term, first, last in self._told():
            yield (
                at,
                {
                    "from": first.isoformat(),
                    "to": last.isoformat(),
                    "basis": _BASIS[term.per],
                    "amount": _money(term.amount),
                    "per": term.per,
                },
            )

    def _payment_patterns(self) -> Iterator[tuple[int, dict[str, Any]]]:
        if self.calendar.payments:
            return
        for at, term, first, last in self._told():
            amount = self._each_payday(at, term)
            if amount:
                yield (
                    at,
                    {
                        "from": first.isoformat(),
                        "to": last.isoformat(),
                        "every": term.every,
                        "amount": _money(amount),
                        **_manner(term),
                    },
                )

    def _each_payday(self, at: int, term: Term) -> int | None:
        """Cents that came on each payday, where it was always the same."""
        if term.received == "nothing":
            return None
        if term.received != "agreed":
            return int(term.received)
        if term.per not in SALARIES:
            return None
        if term.per in _WEEKS and term.every in _WEEKS:
            return term.amount * _WEEKS[term.every] // _WEEKS[term.per]
        if term.per in _HALVES_OF_MONTH and term.every in _HALVES_OF_MONTH:
            return term.amount * _HALVES_OF_MONTH[term.every] // _HALVES_OF_MONTH[term.per]
        self.problems.append(Problem("how_much_each_payday", "pay", at))
        return None

    def _payments(self) -> Iterator[tuple[Any, dict[str, Any]]]:
        known = self.calendar.payments
        for number, one in enumerate(known):
            yield number, _payment(one)
        for at, term, first, last in self._told():
            by_work = term.received == "agreed" and term.per in ("hour", "day")
            gaps = [
                (begins, ends)
                for begins, ends in _periods(first, min(last, self.today), term.every)
                if (known or by_work) and not any(one.first <= ends and begins <= one.last for one in known)
            ]
            amount = self._each_payday(at, term) if known and gaps else None
            for begins, ends in gaps if amount or by_work else ():
                if amount and ends == self.today < period_end(begins, term.every):
                    continue  # its payday is still to come
                paid = amount or self._for_work(term, begins, ends)
                if paid:
                    told = Payment(begins, ends, ends, paid, term.method, term.statement)
                    yield None, _payment(told)

    def _for_work(self, term: Term, first: date, last: date) -> int:
        """The agreed pay, in cents, for the hours or days worked from one day to another, and nothing more."""
        minutes = [self.calendar.minutes_on(day) for day in days_between(first, last)]
        if term.per == "day":
            return term.amount * sum(1 for one in minutes if one)
        return (term.amount * sum(minutes) + 30) // 60


def _job(job: Job) -> dict[str, Any]:
    employment = {
        "start": job.start and job.start.isoformat(),
        "end": job.end and job.end.isoformat(),
        "separation": job.separation,
        "notice_given_on": job.notice_on and job.notice_on.isoformat(),
    }
    told: dict[str, Any] = {
        "place": job.place,
        "worker_class": job.worker_class,
        "wage_order": job.wage_order,
        "industry": job.industry or None,
        "employer_headcount": job.headcount,
        "employment": {name: value for name, value in employment.items() if value},
        "forum": job.forum,
        "filed_on": job.filed_on and job.filed_on.isoformat(),
        "final_payment": {"paid_on": job.final_paid_on.isoformat(), "amount": "0.00"} if job.final_paid_on else None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _stretch(line: Line) -> dict[str, Any]:
    """Hours, meals and rests of a line as the case file writes them."""
    told: dict[str, Any] = {"start": line.start, "end": line.end} if line.start else {"minutes": line.minutes}
    if line.meals is None:
        told["meal_violation"] = False
    elif line.start:
        told["meals"] = [_meal(meal.minutes, meal.start) for meal in line.meals]
    elif not line.meals:
        told["meal_violation"] = True
    if line.rests is not None:
        told["rest_periods"] = line.rests
        if not line.start:
            told["rest_violation"] = line.rests == 0
    return told


def _meal(minutes: int, start: str) -> dict[str, Any]:
    if not start:
        return {"minutes": minutes}
    return {"start": start, "end": clock((minutes_of(start) + minutes) % 1440)}


def _remarks(told: Week | Day) -> dict[str, Any]:
    return {"confidence": told.confidence, **({"note": told.note} if told.note else {})}


def _manner(term: Term | Payment) -> dict[str, Any]:
    return {"method": term.method, **({"statement": term.statement} if term.statement else {})}


def _payment(one: Payment) -> dict[str, Any]:
    return {
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "paid_on": one.paid_on.isoformat(),
        "amount": _money(one.amount),
        **_manner(one),
    }


def _periods(first: date, until: date, every: str) -> Iterator[tuple[date, date]]:
    """Pay periods as the wage law counts them: weeks from the first day, half-months and months of the calendar."""
    while first <= until:
        last = period_end(first, every)
        yield first, min(last, until)
        first = last + timedelta(days=1)


def period_end(first: date, every: str) -> date:
    """The last day of the pay period that begins on a day."""
    if every in _WEEKS:
        return first + timedelta(days=7 * _WEEKS[every] - 1)
    if every == "half_month" and first.day <= 15:
        return first.replace(day=15)
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return following - timedelta(days=1)


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def with_facts(calendar: Calendar, **facts: Any) -> Calendar:
    """The calendar with facts of the job that are known from elsewhere, where it has none of its own."""
    missing = {name: value for name, value in facts.items() if value and not getattr(calendar.job, name)}
    return replace(calendar, job=replace(calendar.job, **missing)) if missing else calendar
