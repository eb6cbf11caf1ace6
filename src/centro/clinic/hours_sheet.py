"""The calendar and the claim as pages show them: months of weeks, items in two languages, what melts, what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

import wagelaw
from centro.clinic import claiming
from centro.clinic import hours_words as words
from centro.clinic.calendar.changes import week_of
from centro.clinic.calendar.model import Calendar
from centro.clinic.calendar.problems import Problem
from centro.clinic.claiming import LANGUAGES, Outcome
from centro.core.money import dollars


@dataclass
class Cell:
    """One day: what was worked, how sure, and what is wrong with it."""

    day: date
    is_in_month: bool
    hours: list[str] = field(default_factory=list)
    detail: str = ""
    mark: str = ""  # sure, rough, guess, off or nothing
    is_different: bool = False
    is_selected: bool = False
    problem: str = ""

    @property
    def says(self) -> str:
        """The whole day for those who hear the page."""
        parts = [*self.hours, self.detail, str(words.CONFIDENCE.get(self.mark, "")) if self.hours else ""]
        return ", ".join(part for part in (*parts, self.problem) if part) or _("nothing told")


@dataclass
class WeekRow:
    """A week from Sunday to Saturday, its hours, and how many of them are overtime."""

    start: date
    cells: list[Cell]
    total: str
    over: str


def month_rows(calendar: Calendar, month: date, outcome: Outcome, selected: date | None) -> list[WeekRow]:
    """The weeks that touch a month."""
    wrong = {problem.key: words.problem_words(problem) for problem in outcome.problems if problem.part == "day"}
    last = claiming.next_month(month) - timedelta(days=1)
    starts = range(week_of(month).toordinal(), last.toordinal() + 1, 7)
    return [_row(calendar, date.fromordinal(at), month, outcome, wrong, selected) for at in starts]


def _row(
    calendar: Calendar, start: date, month: date, outcome: Outcome, wrong: Mapping[date, str], selected: date | None
) -> WeekRow:
    days = [start + timedelta(days=step) for step in range(7)]
    minutes = sum(calendar.minutes_on(day) for day in days)
    over = _overtime(outcome, start)
    return WeekRow(
        start,
        [_cell(calendar, day, month, wrong, selected) for day in days],
        words.hours_text(minutes) if minutes else "",
        _("%(hours)s over") % {"hours": words.hours_text(over)} if over else "",
    )


def _overtime(outcome: Outcome, start: date) -> int:
    """Minutes of overtime and double time in a week, as the wage law counted them."""
    if outcome.claim is None:
        return 0
    at = (start.toordinal() - outcome.claim.calendar.start) // 7
    weeks = outcome.claim.weeks
    return int(weeks[at].overtime + weeks[at].double) if 0 <= at < len(weeks) else 0


def _cell(calendar: Calendar, day: date, month: date, wrong: Mapping[date, str], selected: date | None) -> Cell:
    lines, different, week = calendar.lines_on(day), calendar.days.get(day), calendar.usual_week(day)
    cell = Cell(day, claiming.month_of(day) == month, is_different=different is not None, is_selected=day == selected)
    cell.hours = [words.span_text(line) for line in lines]
    cell.problem = wrong.get(day, "")
    if lines:
        cell.mark = different.confidence if different else (week.confidence if week else "sure")
        cell.detail = (different.note if different else "") or words.short_meals(lines[0])
    elif different:
        cell.mark, cell.detail = "off", different.note or str(words.DAY_WORDS[different.kind])
    elif week:
        cell.mark, cell.detail = "off", _("off")
    return cell


@dataclass
class ItemRow:
    """One item of a claim, named in the worker's language and beside it in English."""

    code: str
    name: str
    beside: str
    law: str
    cents: int
    barred: int


@dataclass
class Panel:
    """The claim beside the calendar."""

    language: str
    is_english: bool
    title: str
    outcome: Outcome
    items: list[ItemRow]
    total: int
    barred: int
    melting: int
    melts: list[tuple[date, int]]
    on: date
    problems: list[tuple[Problem, str]]


def spoken(language: str) -> str:
    """The language a worker reads, of those that claims are written in."""
    return language if language in LANGUAGES else "en"


def item_name(code: str, language: str) -> str:
    """The short name of an item."""
    return wagelaw.explain(code, language).partition("\n")[0]


def item_meaning(code: str, language: str) -> str:
    """What an item is, in plain words."""
    return wagelaw.explain(code, language).split("\n\n")[1]


def panel(outcome: Outcome, language: str, today: date) -> Panel:
    """The claim as it stands beside the calendar, or why there is none."""
    code, claim = spoken(language), outcome.claim
    items = [_item(item, code) for item in claim.items] if claim else []
    expiring = dict(claim.expiring()) if claim else {}
    months = {f"{claiming.month_of(today):%Y-%m}", f"{claiming.next_month(today):%Y-%m}"}
    with override(code):
        title = _("Owed today")
    return Panel(
        code,
        code == "en",
        title,
        outcome,
        items,
        outcome.total,
        sum(item.barred for item in items),
        claiming.at_risk(expiring, today),
        [(_month(month), cents) for month, cents in sorted(expiring.items()) if month in months],
        today,
        [(problem, words.problem_words(problem)) for problem in outcome.problems],
    )


def _item(item: Any, language: str) -> ItemRow:
    law = item.law[0].removeprefix("Cal. ")
    return ItemRow(
        item.code, item_name(item.code, language), item_name(item.code, "en"), law, item.cents, item.barred_cents
    )


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def months_of_claim(claim: Any) -> list[tuple[date, int]]:
    """What expires, month by month."""
    return [(_month(month), cents) for month, cents in claim.expiring()]


# --- what a colleague changed -------------------------------------------------------------------------------


def differences(before: Calendar, after: Calendar) -> Iterator[tuple[str, str]]:
    """What is different in a newer calendar: part and words, for two people who edit at once."""
    known = {week.first: week for week in before.weeks}
    for week in after.weeks:
        if known.pop(week.first, None) != week:
            yield str(words.CHANGES["week"]), f"{words.days_text(week.first, week.last)}: {words.week_text(week)}"
    for week in known.values():
        yield str(words.CHANGES["week"]), _("taken away: %(words)s") % {"words": words.days_text(week.first, None)}
    changed = [day for day in sorted({*before.days, *after.days}) if before.days.get(day) != after.days.get(day)]
    for day in changed[:12]:
        yield str(words.CHANGES["days"]), f"{words.day_text(day)}: {day_words(after, day)}"
    if len(changed) > 12:
        yield str(words.CHANGES["days"]), _("and %(n)s more days") % {"n": len(changed) - 12}
    if before.pay != after.pay:
        yield str(words.CHANGES["pay"]), "; ".join(words.term_text(term) for term in after.pay)
    if before.payments != after.payments:
        yield str(words.CHANGES["payment"]), ", ".join(dollars(one.amount) for one in after.payments[-6:])
    if before.anchors != after.anchors:
        yield str(words.CHANGES["anchor"]), ", ".join(anchor.words for anchor in after.anchors)
    if before.job != after.job:
        yield str(words.CHANGES["job"]), words.days_text(after.job.start, after.job.end)


def day_words(calendar: Calendar, day: date) -> str:
    """What one day was like."""
    told = calendar.days.get(day)
    if told is None:
        return _("as usual")
    if told.lines:
        return "; ".join(words.line_text(line) for line in told.lines)
    return str(words.DAY_WORDS[told.kind])
