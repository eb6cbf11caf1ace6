"""The calendar as it was told: usual weeks, days that were different, anchors, pay, and facts of the job.

Everything here is what somebody remembers; nothing computes. It is kept as one document (`as_document`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Self

from centro.clinic.calendar.clocks import minutes_between
from centro.clinic.calendar.week_words import WEEKDAYS

FORMAT = "centro/calendar/1"
CONFIDENCES = ("sure", "rough", "guess")
_DAYS_OF_JOB = ("start", "end", "notice_on", "final_paid_on", "filed_on")


@dataclass(frozen=True)
class Meal:
    """A meal off duty: so many minutes, at a time where it is known."""

    minutes: int
    start: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(int(told["minutes"]), str(told.get("start") or ""))


@dataclass(frozen=True)
class Line:
    """Some weekdays of a usual week and their hours. `meals`, `rests`: None is “not asked yet”, which claims nothing.

    Either `start` and `end`, or `minutes` where no clock times are remembered.
    """

    weekdays: tuple[str, ...]
    start: str = ""
    end: str = ""
    minutes: int | None = None
    meals: tuple[Meal, ...] | None = None
    rests: int | None = None

    @property
    def length(self) -> int:
        """Minutes from start to end, less the meals."""
        if not self.start:
            return self.minutes or 0
        return minutes_between(self.start, self.end) - sum(meal.minutes for meal in self.meals or ())

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        meals = told.get("meals")
        return cls(
            tuple(told.get("weekdays") or ()),
            told.get("start") or "",
            told.get("end") or "",
            told.get("minutes"),
            None if meals is None else tuple(Meal.of(meal) for meal in meals),
            told.get("rests"),
        )


@dataclass(frozen=True)
class Week:
    """A usual week from a day on, until the next one begins or its own last day. `words`: as it was typed."""

    first: date
    last: date | None
    lines: tuple[Line, ...]
    confidence: str = "sure"
    words: str = ""
    note: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        last = told.get("last")
        return cls(
            date.fromisoformat(told["first"]),
            date.fromisoformat(last) if last else None,
            tuple(Line.of(line) for line in told["lines"]),
            told.get("confidence") or "sure",
            told.get("words") or "",
            told.get("note") or "",
        )


@dataclass(frozen=True)
class Day:
    """A day that was not as usual: no work (`off`, `holiday`, `sick`) or other hours (its lines have no weekdays)."""

    kind: str
    lines: tuple[Line, ...] = ()
    confidence: str = "sure"
    note: str = ""
    source: str = ""  # memory is empty; "import", "stamps", "copy" say where it came from

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        lines = tuple(Line.of(line) for line in told.get("lines") or ())
        return cls(
            told["kind"], lines, told.get("confidence") or "sure", told.get("note") or "", told.get("source") or ""
        )


@dataclass(frozen=True)
class Anchor:
    """Something that is certain and by which hours are remembered: church on Sundays, the bus card, a photo."""

    words: str
    on: date | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        on = told.get("on")
        return cls(told["words"], date.fromisoformat(on) if on else None)


@dataclass(frozen=True)
class Term:
    """Pay as it was told, for a time. `amount` in cents for each `per`; `received` what came each payday.

    `received`: "agreed" (the agreed pay for what was worked, nothing more for overtime), "nothing", or cents.
    """

    amount: int
    per: str
    first: date | None = None
    last: date | None = None
    every: str = "month"
    method: str = "other"
    statement: str = ""
    received: str = "agreed"
    words: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        first, last = told.get("first"), told.get("last")
        return cls(
            int(told["amount"]),
            told["per"],
            date.fromisoformat(first) if first else None,
            date.fromisoformat(last) if last else None,
            told.get("every") or "month",
            told.get("method") or "other",
            told.get("statement") or "",
            str(told.get("received") or "agreed"),
            told.get("words") or "",
        )


@dataclass(frozen=True)
class Payment:
    """One payment that is known by itself: from a pay stub, a bank slip, a payroll table. Cents."""

    first: date
    last: date
    paid_on: date
    amount: int
    method: str = "other"
    statement: str = ""
    source: str = ""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        return cls(
            date.fromisoformat(told["first"]),
            date.fromisoformat(told["last"]),
            date.fromisoformat(told["paid_on"]),
            int(told["amount"]),
            told.get("method") or "other",
            told.get("statement") or "",
            told.get("source") or "",
        )


@dataclass(frozen=True)
class Job:
    """What the law needs to know of the job. `place`: a wage jurisdiction; the rest as in the wage case file."""

    place: str = ""
    worker_class: str = "general"
    wage_order: int | None = None
    industry: str = ""
    headcount: int | None = None
    start: date | None = None
    end: date | None = None
    separation: str = "current"
    notice_on: date | None = None
    final_paid_on: date | None = None
    forum: str = "labor_commissioner"
    filed_on: date | None = None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        known: dict[str, Any] = {name: told[name] for name in cls.__dataclass_fields__ if told.get(name)}
        days = {name: date.fromisoformat(known[name]) for name in _DAYS_OF_JOB if name in known}
        return cls(**{**known, **days})


@dataclass(frozen=True)
class Calendar:
    """All that was told about hours and pay in one job."""

    job: Job = field(default_factory=Job)
    weeks: tuple[Week, ...] = ()
    days: Mapping[date, Day] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()
    pay: tuple[Term, ...] = ()
    payments: tuple[Payment, ...] = ()
    switches: Mapping[str, bool] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.weeks or any(day.lines for day in self.days.values()))

    def usual_week(self, day: date) -> Week | None:
        """The usual week that holds on a day: the latest one begun, unless its own last day has passed."""
        begun = [week for week in self.weeks if week.first <= day]
        week = max(begun, key=lambda one: one.first, default=None)
        if week is None or (week.last and day > week.last) or (self.job.end and day > self.job.end):
            return None
        return week

    def usual_lines(self, day: date) -> tuple[Line, ...]:
        """What the usual week says of a day."""
        week, name = self.usual_week(day), WEEKDAYS[day.weekday()]
        return tuple(line for line in week.lines if name in line.weekdays) if week else ()

    def lines_on(self, day: date) -> tuple[Line, ...]:
        """What was worked on a day: as usual, or as it was different."""
        different = self.days.get(day)
        return different.lines if different else self.usual_lines(day)

    def minutes_on(self, day: date) -> int:
        return sum(line.length for line in self.lines_on(day))

    def last_day(self, week: Week, today: date) -> date:
        """The last day of a usual week: its own, the eve of the next one, the end of the job, or today."""
        following = min((one.first for one in self.weeks if one.first > week.first), default=None)
        ends = [week.last, following - timedelta(days=1) if following else None, self.job.end, today]
        return min(end for end in ends if end)

    def span(self, today: date) -> tuple[date, date] | None:
        """First and last day that the calendar speaks of; None while it is empty."""
        firsts = [*(week.first for week in self.weeks), *self.days]
        if not firsts:
            return None
        lasts = [*(self.last_day(week, today) for week in self.weeks), *self.days]
        return min(firsts), max(lasts)

    def as_document(self) -> dict[str, Any]:
        """The calendar as JSON values, to be kept."""
        held = asdict(replace(self, days={}))
        held["days"] = {day.isoformat(): asdict(self.days[day]) for day in sorted(self.days)}
        document: dict[str, Any] = _plain({"format": FORMAT, **held})
        return document

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """The calendar of a kept document."""
        return cls(
            Job.of(document.get("job") or {}),
            tuple(Week.of(week) for week in document.get("weeks") or ()),
            {date.fromisoformat(day): Day.of(told) for day, told in (document.get("days") or {}).items()},
            tuple(Anchor.of(one) for one in document.get("anchors") or ()),
            tuple(Term.of(one) for one in document.get("pay") or ()),
            tuple(Payment.of(one) for one in document.get("payments") or ()),
            dict(document.get("switches") or {}),
        )


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from one to another, both included."""
    return (date.fromordinal(at) for at in range(first.toordinal(), last.toordinal() + 1))


def _plain(value: Any) -> Any:
    """Values as JSON knows them; what is empty by default is left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if one not in ("", None) or name == "meals"}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
