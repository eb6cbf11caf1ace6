"""Form 1 of the Labor Commissioner: every box in the form's own order, from facts, the case file and the claim."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from centro.clinic.papers.fields import written
from centro.core.money import dollars

PEN = "____"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Rows = list[list[str]]
Document = Mapping[str, Any]  # a case file of the wage law (docs/wage-case.md)


@cache
def table() -> Any:
    """The boxes of the form (form1.yaml)."""
    return yaml.safe_load(Path(__file__).with_name("form1.yaml").read_text(encoding="utf-8"))


def boxes(document: Document, facts: Mapping[str, str], language: str, *, needs_interpreter: bool) -> Rows:
    """[number, question, answer] of each box up to 35. What nobody told stays empty; what we do not keep is a line."""
    with translation.override(language):
        known = _known(document, facts, language) | {"needs_interpreter": _("Yes") if needs_interpreter else _("No")}
        return [[row["box"], row[language], _answer(row, facts, known)] for row in table()["rows"]]


def _answer(row: Mapping[str, Any], facts: Mapping[str, str], known: Mapping[str, str]) -> str:
    if row.get("pen"):
        return PEN
    return facts.get(row["fact"], "") if "fact" in row else known[row["from"]]


def _known(document: Document, facts: Mapping[str, str], language: str) -> dict[str, str]:
    """What the boxes take from the case file."""
    by_basis: dict[str, list[Any]] = {}
    for term in document.get("pay") or ():
        by_basis.setdefault(term["basis"], []).append(term)
    fixed, hourly = [*by_basis.get("salary", ()), *by_basis.get("day_rate", ())], by_basis.get("hourly", [])
    is_regular = bool(document.get("patterns"))
    return {
        "job_status": facts.get("job_end", "") or _status(document.get("employment") or {}, language),
        "regularity": _("regular") if is_regular else _("irregular: see the day log"),
        "week_grid": "" if is_regular else _("left blank: see the hours statement and the day log"),
        "fixed_sum": _terms(fixed, language),
        "hourly": _terms(hourly, language),
        "several_rates": _("Yes") if len({term["amount"] for term in hourly}) > 1 else _("No"),
        "piece": _terms(by_basis.get("piece", ()), language),
        "commission": _terms(by_basis.get("commission", ()), language),
    }


def _status(job: Mapping[str, Any], language: str) -> str:
    words = {
        "current": _("still working"),
        "quit_without_notice": _("quit the job"),
        "quit_with_notice": _("quit with notice"),
        "discharged": _("was discharged"),
        "laid_off": _("was laid off"),
    }
    how = words[job.get("separation") or "current"] if job else ""
    return ", ".join(part for part in (how, written("day", job.get("end"), language)) if part)


def _terms(terms: Iterable[Mapping[str, Any]], language: str) -> str:
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
        pgettext("pay", "%(amount)s %(per)s")
        % {"amount": f"${term.get('amount') or '0.00'}", "per": per.get(term.get("per") or "", "")}
        + f" ({_span(term, language)})"
        for term in terms
    )


def _span(term: Mapping[str, Any], language: str) -> str:
    return " – ".join(written("day", term.get(end), language) for end in ("from", "to"))


def week_grid(document: Document, language: str) -> dict[str, Any]:
    """Box 31: the last usual week, day by day; no rows where the hours are irregular."""
    with translation.override(language):
        names = (
            _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
        )  # fmt: skip
        columns = [_("Day"), _("Start"), _("End"), _("Meals")]
        patterns = document.get("patterns") or ()
        last = max((pattern["to"] for pattern in patterns), default="")
        usual = [pattern for pattern in patterns if pattern["to"] == last]
        rows = [[name, *_day_of(usual, day)] for name, day in zip(names, WEEKDAYS, strict=True)] if usual else []
    return {"columns": columns, "rows": rows}


def _day_of(usual: Iterable[Mapping[str, Any]], day: str) -> list[str]:
    found = [pattern for pattern in usual if day in pattern["weekdays"]]
    if not found:
        return ["—", "—", ""]
    meals = ", ".join(_meal(meal) for pattern in found for meal in pattern.get("meals") or ())
    return [*(" / ".join(one.get(end) or "" for one in found) for end in ("start", "end")), meals]


def _meal(meal: Mapping[str, Any]) -> str:
    """An unpaid meal: by the clock, or how long."""
    if meal.get("start") and meal.get("end"):
        return f"{meal['start']}–{meal['end']}"
    return _("%(minutes)s min") % {"minutes": meal.get("minutes") or 0}


def claimed_rows(claim: Any, language: str) -> tuple[Rows, str, Rows]:
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
