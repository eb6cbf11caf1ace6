"""What goes with Form 1: the hours statement per pay period and rate (Form 55), the calculation, the day log.

A claim is what `wagelaw.claim` gives: read here through its document and its own methods.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic.papers.claimed import item_name
from centro.core.money import dollars, parse_cents

WAGES = ("unpaid_wages", "minimum_wage", "overtime")
ROWS_A_SHEET = 18  # Form 55 has eighteen lines
Table = dict[str, Any]
Step = Mapping[str, Any]  # a step of working in the claim's document


@dataclass
class Period:
    """One pay period of the hours statement; minutes and cents. `rate`: the regular rate in dollars an hour."""

    first: date
    last: date
    rate: Fraction
    minutes: int
    overtime: int
    double: int
    paid: int
    owed: int
    meals: int
    rests: int

    @property
    def regular(self) -> int:
        return self.minutes - self.overtime - self.double


def periods(claim: Any) -> list[Period]:
    """Every pay period in which wages or premiums are owed and can still be claimed, the oldest first."""
    written = claim.as_json()
    by_span: dict[tuple[str, str], dict[str, Step]] = {}
    for item in written["items"]:
        if item["code"] in {*WAGES, "meal_premium", "rest_premium"}:
            for step in item["working"]:
                if step["result"] != "0.00":
                    by_span.setdefault((step["from"], step["to"]), {})[item["code"]] = step
    rates = {week["start"]: Fraction(week["regular_rate"]) for week in written["weeks"]}
    payments = claim.payments()
    return [_period(claim, span, steps, rates, payments) for span, steps in sorted(by_span.items())]


def _period(
    claim: Any,
    span: tuple[str, str],
    steps: Mapping[str, Step],
    rates: Mapping[str, Fraction],
    payments: Iterable[Mapping[str, Any]],
) -> Period:
    first, last = (date.fromisoformat(day) for day in span)
    weeks = steps["overtime"]["inputs"]["weeks"] if "overtime" in steps else []
    return Period(
        first=first,
        last=last,
        rate=next((rate for start, rate in reversed(list(rates.items())) if start <= span[0]), Fraction(0)),
        minutes=_minutes(claim, first, last),
        overtime=sum(week["overtime"] for week in weeks),
        double=sum(week["double"] for week in weeks),
        paid=sum(one["cents"] for one in payments if first <= one["first"] and one["last"] <= last),
        owed=sum(parse_cents(steps[code]["result"]) for code in WAGES if code in steps),
        meals=_days(steps.get("meal_premium")),
        rests=_days(steps.get("rest_premium")),
    )


def _days(step: Step | None) -> int:
    return len(step["inputs"]["days"]) if step else 0


def _minutes(claim: Any, first: date, last: date) -> int:
    """Minutes worked on the workdays of a period."""
    spells, span = claim.calendar.spells, claim.calendar.clip_span(first, last)
    inside = (spells.day >= span.start) & (spells.day < span.stop)
    return int(spells.minutes[inside].sum())


def hours_statement(claim: Any, language: str) -> list[Table]:
    """Form 55: a sheet for each rate and for each eighteen pay periods, with its totals."""
    with translation.override(language):
        columns = [
            _("From"), _("To"), _("Rate"), _("Hours"), _("1.5 rate"), _("Hours"), _("2.0 rate"), _("Hours"),
            _("Earned"), _("Paid"), _("Owed"), _("Rests missed"), _("Meals missed"),
        ]  # fmt: skip
        sheets = [list(part) for group in _by_rate(periods(claim)) for part in _parts(group)]
        return [
            {"rate": _rate_text(sheet[0].rate, 1), "columns": columns, "rows": [_row(one) for one in sheet],
             "totals": _totals(sheet)}
            for sheet in sheets
        ]  # fmt: skip


def _by_rate(rows: list[Period]) -> Iterator[list[Period]]:
    """Runs of pay periods of one rate."""
    run: list[Period] = []
    for row in rows:
        if run and run[-1].rate != row.rate:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _parts(rows: list[Period]) -> Iterator[list[Period]]:
    for at in range(0, len(rows), ROWS_A_SHEET):
        yield rows[at : at + ROWS_A_SHEET]


def _rate_text(rate: Fraction, factor: Fraction | int) -> str:
    return _two_places(rate * factor)


def _two_places(amount: Fraction) -> str:
    """Rounded half up to two places."""
    hundredths = (200 * amount.numerator + amount.denominator) // (2 * amount.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def _row(one: Period) -> list[str]:
    return [
        _short(one.first),
        _short(one.last),
        _rate_text(one.rate, 1),
        _hours(one.regular),
        _rate_text(one.rate, Fraction(3, 2)),
        _hours(one.overtime),
        _rate_text(one.rate, 2),
        _hours(one.double),
        *(dollars(part).lstrip("$") for part in (one.paid + one.owed, one.paid, one.owed)),
        str(one.rests or ""),
        str(one.meals or ""),
    ]


def _totals(rows: Iterable[Period]) -> list[str]:
    found = list(rows)
    minutes = [_hours(sum(getattr(one, name) for one in found)) for name in ("regular", "overtime", "double")]
    paid, owed = sum(one.paid for one in found), sum(one.owed for one in found)
    money = [dollars(part).lstrip("$") for part in (paid + owed, paid, owed)]
    missed = [str(sum(getattr(one, name) for one in found) or "") for name in ("rests", "meals")]
    return [_("Total"), "", "", minutes[0], "", minutes[1], "", minutes[2], *money, *missed]


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes else ""


def _short(day: date) -> str:
    return day.isoformat()


def calculation(claim: Any, language: str) -> list[Table]:
    """Each item with its law, its sum, and every line that can still be claimed: payday, days, working, amount."""
    written = claim.as_json(language)
    with translation.override(language):
        columns = [_("Payday"), _("Worked"), _("How it is computed"), _("Amount")]
        return [
            {
                "name": item_name(item["code"], language),
                "law": "; ".join(item["law"]),
                "total": _money(item["amount"]),
                "barred": "" if item["time_barred"] == "0.00" else _money(item["time_barred"]),
                "columns": columns,
                "rows": _lines(claim, item, language),
            }
            for item in written["items"]
        ]


def _lines(claim: Any, item: Mapping[str, Any], language: str) -> list[list[str]]:
    in_words = claim.lines_in_words(item["code"], language)
    return [
        [step["payday"], _worked(step), _working(step, line["words"]), _money(step["result"])]
        for step, line in zip(item["working"], in_words, strict=True)
        if step["result"] != "0.00"
    ]


def _worked(step: Step) -> str:
    return str(step["from"]) if step["from"] == step["to"] else f"{step['from']} – {step['to']}"


def _working(step: Step, words: str) -> str:
    """The line in words; an hour of pay for each of many days as so many times so much."""
    days = step["inputs"].get("days")
    if not isinstance(days, list):
        return words
    by_amount: dict[str, int] = {}
    for day in days:
        by_amount[day["amount"]] = by_amount.get(day["amount"], 0) + 1
    return " + ".join(f"{count} × ${_two_places(Fraction(amount))}" for amount, count in by_amount.items())


def _money(amount: str) -> str:
    return dollars(parse_cents(amount))


def totals(claim: Any, language: str) -> list[list[str]]:
    """The groups of the claim and its total, to the cent as `wagelaw` has them."""
    with translation.override(language):
        names = {
            "wages": _("Wages"),
            "premiums": _("Premiums"),
            "liquidated_damages": _("Liquidated damages"),
            "interest": _("Interest"),
            "penalties": _("Penalties"),
            "reimbursements": _("Reimbursements"),
            "total": _("Total"),
        }
        return [[names[group], dollars(part)] for group, part in claim.totals().items() if part or group == "total"]


def day_log(claim: Any, language: str) -> list[Table]:
    """Every stretch that can still be claimed, by month: day, clock times, meals, hours, how well remembered."""
    marks = {"rough": "~", "guess": "?"}
    since = min((one.first for one in periods(claim)), default=date.min)
    months: dict[str, list[str]] = {}
    with translation.override(language):
        for shift, minutes in zip(claim.calendar.shifts, claim.calendar.lengths, strict=True):
            if shift.date < since:
                continue
            span = f"{_clock(shift.start)}–{_clock(shift.end)}" if shift.start is not None else ""
            meals = f" ({_meals(shift.meals)})" if shift.meals else ""
            mark = marks.get(shift.confidence or "", "")
            day = formats.date_format(shift.date, "D j")
            words = f"{day} {span}{meals} {_hours(int(minutes))}{mark}"
            months.setdefault(shift.date.isoformat()[:7], []).append(" ".join(words.split()))
    return [{"month": month, "days": days} for month, days in months.items()]


def _clock(minute: int) -> str:
    """A minute of the day as it is read on a clock."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def _meals(meals: Iterable[Any]) -> str:
    """Unpaid meals: by the clock, or how long."""
    return ", ".join(
        f"{_clock(meal.start)}–{_clock(meal.end)}"
        if meal.start is not None and meal.end is not None
        else _("%(minutes)s min") % {"minutes": meal.minutes or 0}
        for meal in meals
    )
