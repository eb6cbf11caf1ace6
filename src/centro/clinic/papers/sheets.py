"""What goes with Form 1: the hours statement per pay period and rate (Form 55), the calculation, the day log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.clinic.papers.form1 import meals_of, time_of
from centro.core.money import dollars
from wagelaw.calendar import expanded_payments
from wagelaw.claims.inputs import dated
from wagelaw.claims.lines import Line
from wagelaw.claims.result import Claim
from wagelaw.money import RATE_UNITS, cents, decimal_text
from wagelaw.working import item_name, line_words

WAGES = ("unpaid_wages", "minimum_wage", "overtime")
UNITS_A_CENT = RATE_UNITS // 100
ROWS_A_SHEET = 18  # Form 55 has eighteen lines
Table = dict[str, Any]


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


def periods(claim: Claim) -> list[Period]:
    """Every pay period in which wages or premiums are owed and can still be claimed, the oldest first."""
    by_span: dict[tuple[date, date], dict[str, Line]] = {}
    for item in claim.items:
        if item.code in {*WAGES, "meal_premium", "rest_premium"}:
            for line in item.lines:
                if line.cents:
                    by_span.setdefault((line.first, line.last), {})[item.code] = line
    return [_period(claim, span, lines) for span, lines in sorted(by_span.items())]


def _period(claim: Claim, span: tuple[date, date], lines: dict[str, Line]) -> Period:
    first, last = span
    overtime, double = _premium_minutes(lines.get("overtime"))
    payments = expanded_payments(claim.case)
    return Period(
        first=first,
        last=last,
        rate=_rate(claim, first),
        minutes=_minutes(claim, first, last),
        overtime=overtime,
        double=double,
        paid=sum(one.amount // UNITS_A_CENT for one in payments if first <= one.first and one.last <= last),
        owed=sum(lines[code].cents for code in WAGES if code in lines),
        meals=_days(lines.get("meal_premium")),
        rests=_days(lines.get("rest_premium")),
    )


def _premium_minutes(line: Line | None) -> tuple[int, int]:
    if line is None:
        return 0, 0
    _wages, parts = line.inputs["weeks"][1]
    return sum(part.overtime for part in parts), sum(part.double for part in parts)


def _days(line: Line | None) -> int:
    return len(list(dated(*line.inputs["days"][1]))) if line else 0


def _rate(claim: Claim, day: date) -> Fraction:
    week = claim.weeks[max(0, min(len(claim.weeks) - 1, claim.calendar.day_of(day) // 7))]
    return Fraction(week.rate) / RATE_UNITS


def _minutes(claim: Claim, first: date, last: date) -> int:
    spells, span = claim.calendar.spells, claim.calendar.clip_span(first, last)
    inside = (spells.day >= span.start) & (spells.day < span.stop)
    return int(spells.minutes[inside].sum())


def hours_statement(claim: Claim, language: str) -> list[Table]:
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
    return decimal_text(rate * factor, 2)


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


def calculation(claim: Claim, language: str) -> list[Table]:
    """Each item with its law, its sum, and every line that can still be claimed: payday, days, working, amount."""
    with translation.override(language):
        columns = [_("Payday"), _("Worked"), _("How it is computed"), _("Amount")]
        return [
            {
                "name": item_name(item.code, language),
                "code": item.code,
                "law": "; ".join(item.law),
                "total": dollars(item.cents),
                "barred": dollars(item.barred_cents) if item.barred_cents else "",
                "columns": columns,
                "rows": [_line(line, language) for line in item.lines if line.cents],
            }
            for item in claim.items
            if item.cents or item.barred_cents
        ]


def _line(line: Line, language: str) -> list[str]:
    span = _short(line.first) if line.first == line.last else f"{_short(line.first)} – {_short(line.last)}"
    return [_short(line.due), span, _working(line, language), dollars(line.cents)]


def _working(line: Line, language: str) -> str:
    """The line in words; an hour of pay for each of many days as so many times so much."""
    kind = line.inputs.get("days", ("", None))[0]
    if kind != "days":
        return line_words(line, language)
    by_amount: dict[int, int] = {}
    for _day, amount in dated(*line.inputs["days"][1]):
        by_amount[cents(amount)] = by_amount.get(cents(amount), 0) + 1
    return " + ".join(f"{count} × {dollars(amount)}" for amount, count in by_amount.items())


def totals(claim: Claim, language: str) -> list[list[str]]:
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


def day_log(claim: Claim, language: str) -> list[Table]:
    """Every stretch that can still be claimed, by month: day, clock times, meals, hours, how well remembered."""
    marks = {"rough": "~", "guess": "?"}
    since = min((one.first for one in periods(claim)), default=date.min)
    months: dict[str, list[str]] = {}
    with translation.override(language):
        for shift, minutes in zip(claim.calendar.shifts, claim.calendar.lengths, strict=True):
            if shift.date < since:
                continue
            span = f"{time_of(shift.start)}–{time_of(shift.end)}" if shift.start is not None else ""
            meals = f" ({meals_of(shift.meals)})" if shift.meals else ""
            mark = marks.get(shift.confidence or "", "")
            day = formats.date_format(shift.date, "D j")
            words = f"{day} {span}{meals} {_hours(int(minutes))}{mark}"
            months.setdefault(shift.date.isoformat()[:7], []).append(" ".join(words.split()))
    return [{"month": month, "days": days} for month, days in months.items()]
