"""The calendar in words: hours, weeks, pay, what was not understood, and every problem as a clear sentence."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from centro.clinic.calendar.model import Line, Term, Week
from centro.clinic.calendar.problems import Problem
from centro.clinic.calendar.typed_pay import PayReading
from centro.clinic.calendar.typed_week import WeekReading
from centro.clinic.calendar.week_words import WEEKDAYS
from centro.core.money import dollars

CONFIDENCE: dict[str, str | Promise] = {
    "sure": _("sure"),
    "rough": _("remembered roughly"),
    "guess": _("a guess"),
}
DAY_WORDS: dict[str, str | Promise] = {
    "off": _("off"),
    "holiday": _("holiday"),
    "sick": _("sick"),
    "hours": _("other hours"),
}
PERS: dict[str, str | Promise] = {
    "hour": _("an hour"),
    "day": _("a day"),
    "week": _("a week"),
    "two_weeks": _("every two weeks"),
    "half_month": _("twice a month"),
    "month": _("a month"),
    "year": _("a year"),
}
PAYDAYS: dict[str, str | Promise] = {
    "week": _("paid every week"),
    "two_weeks": _("paid every two weeks"),
    "half_month": _("paid twice a month"),
    "month": _("paid at the end of each month"),
}
METHODS: dict[str, str | Promise] = {"cash": _("cash"), "check": _("check"), "deposit": _("bank deposit"), "other": ""}
STATEMENTS: dict[str, str | Promise] = {
    "missing": _("no pay stub"),
    "complete": _("with pay stub"),
    "defective": _("faulty pay stub"),
}
CHANGES: dict[str, str | Promise] = {
    "week": _("Usual week"),
    "days": _("Days that were different"),
    "copy": _("Week copied"),
    "pay": _("Pay as told"),
    "payment": _("A payment"),
    "anchor": _("An anchor"),
    "job": _("About the job"),
    "list": _("A list was brought in"),
    "undo": _("Undone"),
    "redo": _("Brought back"),
}
_SENTENCES: dict[str, str | Promise] = {
    "ends_before_start": _("The last day (%(last)s) is before the first (%(first)s)."),
    "end_before_start": _(
        "%(start)s to %(end)s: the end is before the start, or the shift was %(hours)s h %(minutes)s min long. "
        "Please correct one of the times."
    ),
    "long_stretch": _("%(start)s to %(end)s is %(hours)s h %(minutes)s min in one stretch. Please check it once more."),
    "no_hours": _("A stretch of work has no length. Start and end cannot be the same."),
    "over_24_hours": _("More than 24 hours in one day. Please check the hours."),
    "meal_outside": _("The meal does not fit into %(start)s–%(end)s. Please check its time and length."),
    "stretches_overlap": _("Two stretches of one day run into each other. Please check the times."),
    "week_to_come": _("This usual week begins in the future (%(day)s). Only work that was done counts."),
    "day_to_come": _("%(day)s is still to come. Only work that was done counts."),
    "pay_of_zero": _("The pay is zero. If nothing was paid, tell what was agreed, and that nothing came."),
    "pay_from_when": _("From which day on was this paid? Write it, for example: from March 2025."),
    "pay_overlaps": _("Two amounts hold on %(day)s. End the first one before the second begins."),
    "paid_in_future": _("A payday (%(day)s) is still to come."),
    "no_pay_told": _("The pay is not told yet."),
    "how_much_each_payday": _("How much came on each payday? The agreed pay does not tell it."),
    "no_place": _("Where was the work? The minimum wage depends on the city."),
    "no_last_day": _("The job ended: on which day?"),
    "no_notice_day": _("On which day was notice given?"),
    "job_ends_later": _("The last day of the job (%(day)s) is still to come; hours count up to today."),
    "work_before_job": _("Hours are told from %(first)s, but the job began on %(day)s."),
    "nothing_told": _("No hours are told yet. Begin with a usual week."),
}


def day_text(day: date) -> str:
    """4 Mar 2024, in the language of the page."""
    return formats.date_format(day, "DATE_FORMAT")


def problem_words(problem: Problem) -> str:
    """A problem as a sentence."""
    if problem.code == "law":
        words: dict[str, str] = problem.values["words"]
        return words.get(get_language() or "en", words["en"])
    values = {name: day_text(one) if isinstance(one, date) else one for name, one in problem.values.items()}
    return gettext(str(_SENTENCES[problem.code])) % values if values else str(_SENTENCES[problem.code])


def hours_text(minutes: int) -> str:
    """69 h 30: a length of work."""
    hours, rest = divmod(minutes, 60)
    return (
        gettext("%(hours)s h %(minutes)02d") % {"hours": hours, "minutes": rest}
        if rest
        else gettext("%(hours)s h") % {"hours": hours}
    )


def weekdays_text(names: Iterable[str]) -> str:
    """Mon–Sat, or Mon, Wed, Fri."""
    days = sorted(WEEKDAYS.index(name) for name in names)
    if len(days) == 7:
        return gettext("every day")
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = [_run(run) for run in runs]
    return ", ".join(parts)


def _run(days: list[int]) -> str:
    first, last = str(WEEKDAYS_ABBR[days[0]]), str(WEEKDAYS_ABBR[days[-1]])
    if len(days) == 1:
        return first
    return f"{first}, {last}" if len(days) == 2 else f"{first}–{last}"


def span_text(line: Line) -> str:
    """10:30–22:00, or a length."""
    return f"{line.start}–{line.end}" if line.start else hours_text(line.minutes or 0)


def meals_text(line: Line) -> str:
    """What is known of meals."""
    if line.meals is None:
        return gettext("meals not asked yet")
    if not line.meals:
        return gettext("no meal")
    return ", ".join(_meal(meal.minutes, meal.start) for meal in line.meals)


def short_meals(line: Line) -> str:
    """The meals in a few letters, for a cell; nothing where they were not asked."""
    if line.meals is None:
        return ""
    minutes = sum(meal.minutes for meal in line.meals)
    return gettext("%(n)s min meal") % {"n": minutes} if minutes else gettext("no meal")


def _meal(minutes: int, start: str) -> str:
    text = ngettext("meal of %(n)s minute", "meal of %(n)s minutes", minutes) % {"n": minutes}
    return f"{text} @ {start}" if start else text


def rests_text(line: Line) -> str:
    """What is known of rests."""
    if line.rests is None:
        return gettext("rests not asked yet")
    if not line.rests:
        return gettext("no rests")
    return ngettext("%(n)s rest", "%(n)s rests", line.rests) % {"n": line.rests}


def line_text(line: Line) -> str:
    """Mon–Sat 10:30–22:00 · meal of 20 minutes · no rests."""
    when = f"{weekdays_text(line.weekdays)} {span_text(line)}" if line.weekdays else span_text(line)
    return " · ".join((when, meals_text(line), rests_text(line)))


def typed_text(line: Line) -> str:
    """The same as somebody would type it, so that it can be read again; what was not asked is left out."""
    parts = [f"{weekdays_text(line.weekdays)} {span_text(line)}" if line.weekdays else span_text(line)]
    if not line.start:
        parts = [f"{weekdays_text(line.weekdays)} {_length_text(line.minutes or 0)}".strip()]
    parts += [meals_text(line)] if line.meals is not None else []
    parts += [rests_text(line)] if line.rests is not None else []
    return ", ".join(parts)


def _length_text(minutes: int) -> str:
    """11.5 h: a length of work that every language reads."""
    return f"{minutes / 60:g} h"


def week_text(week: Week) -> str:
    """All lines of a usual week."""
    return "; ".join(line_text(line) for line in week.lines)


def term_text(term: Term) -> str:
    """$2,800.00 a month, cash, no pay stub."""
    amount = pgettext("pay", "%(amount)s %(per)s") % {"amount": dollars(term.amount), "per": PERS[term.per]}
    parts = [amount, str(METHODS[term.method]), str(PAYDAYS[term.every])]
    parts += [str(STATEMENTS.get(term.statement, "")), received_text(term)]
    return ", ".join(part for part in parts if part)


def received_text(term: Term) -> str:
    """What came of it."""
    if term.received == "nothing":
        return gettext("nothing was paid")
    if term.received != "agreed":
        return gettext("%(amount)s came each payday") % {"amount": dollars(int(term.received))}
    if term.per in {"hour", "day"}:
        return gettext("paid for all work, without overtime pay")
    return ""


def days_text(first: date | None, last: date | None) -> str:
    """From a day, until a day."""
    if first and last:
        return gettext("%(first)s – %(last)s") % {"first": day_text(first), "last": day_text(last)}
    if first:
        return gettext("from %(day)s") % {"day": day_text(first)}
    return gettext("until %(day)s") % {"day": day_text(last)} if last else ""


def reading_problems(reading: WeekReading | PayReading) -> Iterator[str]:
    """What was not understood or is missing, each as a sentence."""
    missing: dict[str, str] = {
        "days": gettext("Which days of the week? Write for example: Mon–Sat."),
        "hours": gettext("Which hours? Write for example: 10:30–22:00."),
        "amount": gettext("How much? Write for example: $2,800 a month."),
        "per": gettext("For how long is that amount? Write for example: an hour, a week, a month."),
    }
    yield from (missing[code] for code in reading.missing)
    for words in reading.impossible:
        yield gettext("There is no such day: %(words)s.") % {"words": words}
    if reading.unread:
        yield gettext("These words were not understood: %(words)s.") % {
            "words": ", ".join(f"“{words}”" for words in reading.unread)
        }


def row_problem(code: str) -> str:
    """Why a row of a table was not read."""
    words: dict[str, Any] = {
        "no_such_day": gettext("this is no day we can read"),
        "no_such_time": gettext("this is no time of day"),
        "one_time_missing": gettext("start or end is missing"),
        "no_hours": gettext("no hours in this row"),
        "over_24_hours": gettext("more than 24 hours"),
        "no_minutes": gettext("these are no minutes"),
        "no_amount": gettext("this is no amount"),
        "no_day": gettext("no day in this row"),
        "ends_before_start": gettext("the end is before the start"),
        "day_to_come": gettext("this day is still to come"),
    }
    return str(words[code])
