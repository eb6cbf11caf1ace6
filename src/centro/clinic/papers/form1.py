"""Form 1 of the Labor Commissioner: every box in the form's own order, from facts and from the claim."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation
from django.utils.translation import gettext as _

from centro.clinic.papers.fields import written
from centro.core.money import dollars
from wagelaw.case.fields import WEEKDAYS
from wagelaw.case.records import Case as WageCase
from wagelaw.case.records import Meal, Pattern, Term
from wagelaw.claims.result import Claim
from wagelaw.money import RATE_UNITS, decimal_text

PEN = "____"
Rows = list[list[str]]


@cache
def table() -> Any:
    """The boxes of the form (form1.yaml)."""
    return yaml.safe_load(Path(__file__).with_name("form1.yaml").read_text(encoding="utf-8"))


def boxes(claim: Claim, facts: Mapping[str, str], language: str, *, needs_interpreter: bool) -> Rows:
    """[number, question, answer] of each box up to 35. What nobody told stays empty; what we do not keep is a line."""
    with translation.override(language):
        known = _known(claim.case, language, needs_interpreter, facts)
        return [[row["box"], row[language], _answer(row, facts, known)] for row in table()["rows"]]


def _answer(row: Mapping[str, Any], facts: Mapping[str, str], known: Mapping[str, str]) -> str:
    if row.get("pen"):
        return PEN
    return facts.get(row["fact"], "") if "fact" in row else known[row["from"]]


def _known(case: WageCase, language: str, needs_interpreter: bool, facts: Mapping[str, str]) -> dict[str, str]:
    """What the boxes take from the case file."""
    terms = {basis: [term for term in case.pay if term.basis == basis] for basis in ("hourly", "piece", "commission")}
    fixed = [term for term in case.pay if term.basis in {"salary", "day_rate"}]
    return {
        "needs_interpreter": _("Yes") if needs_interpreter else _("No"),
        "job_status": facts.get("job_end", "") or _status(case, language),
        "regularity": _("regular") if case.patterns else _("irregular: see the day log"),
        "week_grid": "" if case.patterns else _("left blank: see the hours statement and the day log"),
        "fixed_sum": _terms(fixed, language),
        "hourly": _terms(terms["hourly"], language),
        "several_rates": _("Yes") if len({term.amount for term in terms["hourly"]}) > 1 else _("No"),
        "piece": _terms(terms["piece"], language),
        "commission": _terms(terms["commission"], language),
    }


def _status(case: WageCase, language: str) -> str:
    words = {
        "current": _("still working"),
        "quit_without_notice": _("quit the job"),
        "quit_with_notice": _("quit with notice"),
        "discharged": _("was discharged"),
        "laid_off": _("was laid off"),
    }
    job = case.employment
    return ", ".join(part for part in (words[job.separation], written("day", job.end, language)) if part) if job else ""


def _terms(terms: Iterable[Term], language: str) -> str:
    """Agreed pay, each from when to when."""
    per = {
        "hour": _("an hour"),
        "day": _("a day"),
        "week": _("a week"),
        "two_weeks": _("every two weeks"),
        "half_month": _("every half month"),
        "month": _("a month"),
        "year": _("a year"),
        "unit": _("a piece"),
    }
    return "; ".join(
        f"${_amount(term)} {per.get(term.per or '', '')} ({_span(term.first, term.last, language)})" for term in terms
    )


def _amount(term: Term) -> str:
    return decimal_text(Fraction(term.amount, RATE_UNITS), 2)


def _span(first: Any, last: Any, language: str) -> str:
    return f"{written('day', first, language)} – {written('day', last, language)}"


def week_grid(claim: Claim, language: str) -> dict[str, Any]:
    """Box 31: the last usual week, day by day; no rows where the hours are irregular."""
    with translation.override(language):
        names = {
            "monday": _("Monday"),
            "tuesday": _("Tuesday"),
            "wednesday": _("Wednesday"),
            "thursday": _("Thursday"),
            "friday": _("Friday"),
            "saturday": _("Saturday"),
            "sunday": _("Sunday"),
        }
        columns = [_("Day"), _("Start"), _("End"), _("Meals")]
        last = max((pattern.last for pattern in claim.case.patterns), default=None)
        usual = [pattern for pattern in claim.case.patterns if pattern.last == last]
        rows = [[names[day], *_day_of(usual, day)] for day in WEEKDAYS] if usual else []
    return {"columns": columns, "rows": rows}


def _day_of(usual: Iterable[Pattern], day: str) -> list[str]:
    for pattern in usual:
        if day in pattern.weekdays:
            return [time_of(pattern.start), time_of(pattern.end), meals_of(pattern.meals)]
    return ["—", "—", ""]


def time_of(minute: int | None) -> str:
    """A minute of the day as it is read on a clock."""
    return "" if minute is None else f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def meals_of(meals: Iterable[Meal]) -> str:
    """Unpaid meals: by the clock, or how long."""
    return ", ".join(_meal(meal) for meal in meals)


def _meal(meal: Meal) -> str:
    if meal.start is not None and meal.end is not None:
        return f"{time_of(meal.start)}–{time_of(meal.end)}"
    return _("%(minutes)s min") % {"minutes": meal.minutes or 0}


def claimed_rows(claim: Claim, language: str) -> tuple[Rows, str, Rows]:
    """Box 36 as [tick, what, from, to, amount], its sum, and box 37 as [tick, what, amount]; interest beside them."""
    by_code = {item.code: item for item in claim.items if item.cents}
    rows, total = [], 0
    for row in table()["claims"]:
        items = [by_code[code] for code in row["codes"] if code in by_code]
        lines = [line for item in items for line in item.lines if line.cents]
        cents = sum(item.cents for item in items)
        total += cents
        days = [min(line.first for line in lines), max(line.last for line in lines)] if lines else ["", ""]
        rows.append(
            [_tick(bool(items)), row[language], *(written("day", day, language) for day in days), _money(cents)]
        )
    penalties = []
    for row in table()["penalties"]:
        cents = sum(by_code[code].cents for code in row["codes"] if code in by_code)
        penalties.append([_tick(bool(cents)), row[language], _money(cents)])
    return rows, dollars(total), penalties


def _tick(is_set: bool) -> str:
    return "[x]" if is_set else "[ ]"


def _money(cents: int) -> str:
    return dollars(cents) if cents else ""
