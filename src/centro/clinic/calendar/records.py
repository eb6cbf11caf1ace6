"""Tables that people bring: hours (a day a row) and payroll (a payment a row), from CSV or a workbook.

Which column is what is guessed from its heading in any of the three languages. A row that cannot be read is handed
back with the reason; the others are kept.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from centro.clinic.calendar.clocks import TIME, clock, half_of
from centro.clinic.calendar.dates import DATE_RULES, Said
from centro.clinic.calendar.model import Day, Line, Meal, Payment
from centro.clinic.calendar.reading import folded
from centro.clinic.calendar.typed_pay import cents_of

HEADINGS: dict[str, str] = {
    "first":
         r"period\s*(?:start|begin|from)|(?:pay\s*)?(?:start|begin)\w*\s*date|from|inicio\s*del?\s*periodo|"
         r"desde|시작일|기간\s*시작",
    "last": r"period\s*(?:end|to)|(?:pay\s*)?end\w*\s*date|to|through|fin\s*del?\s*periodo|hasta|종료일|기간\s*끝",
    "paid_on": r"pay\s*(?:date|day)|check\s*date|paid\s*on|fecha\s*de\s*pago|지급일|급여일",
    "amount": r"gross(?:\s*pay)?|amount|total\s*pay|pay|wages?|bruto|monto|importe|cantidad|pago|금액|급여|총액",
    "date": r"(?:work\s*)?date|day|fecha|dia|날짜|일자|근무일",
    "meal": r"(?:meal|lunch|break)(?:\s*\(?min\w*\)?)?|(?:comida|almuerzo|descanso)(?:\s*\(?min\w*\)?)?|식사|휴게",
    "start": r"(?:clock\s*|time\s*|punch\s*)?in\s*\d?|start(?:\s*time)?|entrada|hora\s*de\s*entrada|출근|시작",
    "end":
         r"(?:clock\s*|time\s*|punch\s*)?out\s*\d?|(?:end|finish)(?:\s*time)?|salida|hora\s*de\s*salida|"
         r"퇴근|끝|종료",
    "hours": r"(?:total\s*|regular\s*)?hours?(?:\s*worked)?|horas(?:\s*trabajadas)?|(?:근무|총)?\s*시간",
}  # fmt: skip
_HOURS = re.compile(r"(\d{1,2})(?:[.,](\d{1,2})|:(\d\d))?(?:\s*(?:hours?|hrs?|horas?|h|시간))?")


@dataclass(frozen=True)
class Wrong:
    """A row that was not read: its number (the heading is row 1), why, and the cell."""

    row: int
    code: str
    cell: str


@dataclass
class TableReading:
    """What a table says, and the rows that were not understood."""

    days: dict[date, Day] = field(default_factory=dict)
    payments: list[Payment] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


class CellError(ValueError):
    """A cell cannot be read: `code` says why, `cell` is its text."""

    def __init__(self, code: str, cell: str) -> None:
        super().__init__(code)
        self.code, self.cell = code, cell


def columns_of(header: Iterable[str]) -> list[str]:
    """What each column is, by its heading; "" for those that say nothing we need."""
    found = []
    for heading in header:
        plain = re.sub(r"[_\-.:#]+", " ", folded(heading)).strip()
        found.append(next((name for name, words in HEADINGS.items() if re.fullmatch(words, plain)), ""))
    return found


def is_payroll(columns: Sequence[str]) -> bool:
    """Whether a table with these columns lists payments."""
    return "amount" in columns and bool({"paid_on", "last", "date"} & set(columns))


def is_hours(columns: Sequence[str]) -> bool:
    """Whether it lists days of work."""
    return "date" in columns and ("hours" in columns or ("start" in columns and "end" in columns))


def read_table(header: Sequence[str], rows: Iterable[Sequence[str]], today: date) -> TableReading:
    """The days or payments of a table; ValueError("columns") where its headings tell neither."""
    columns, reading = columns_of(header), TableReading()
    payroll = is_payroll(columns)
    if not payroll and not is_hours(columns):
        raise ValueError("columns")
    for number, row in enumerate(rows, start=2):
        cells = [(name, text.strip()) for name, text in zip(columns, row, strict=False) if name and text.strip()]
        if not cells:
            continue
        try:
            if payroll:
                reading.payments.append(_payment(dict(cells), today))
            else:
                _add_day(reading.days, cells, today)
        except CellError as error:
            reading.wrong.append(Wrong(number, error.code, error.cell))
    return reading


def _payment(cells: dict[str, str], today: date) -> Payment:
    last_text = cells.get("last") or cells.get("paid_on") or cells.get("date")
    if not last_text:
        raise CellError("no_day", "")
    last = day_of(last_text, today)
    paid_on = day_of(cells.get("paid_on") or cells.get("date") or last_text, today)
    first = day_of(cells["first"], today) if "first" in cells else last
    amount = cents_of(re.sub(r"[$\s]", "", cells.get("amount", "")))
    if not amount:
        raise CellError("no_amount", cells.get("amount", ""))
    if last < first:
        raise CellError("ends_before_start", last_text)
    return Payment(first, last, paid_on, amount, source="import")


def _add_day(days: dict[date, Day], cells: list[tuple[str, str]], today: date) -> None:
    told = dict(cells)
    day = day_of(told.get("date", ""), today)
    if day > today:
        raise CellError("day_to_come", told["date"])
    starts = [time_of_cell(text) for name, text in cells if name == "start"]
    ends = [time_of_cell(text) for name, text in cells if name == "end"]
    if len(starts) != len(ends):
        raise CellError("one_time_missing", told["date"])
    meals = None if "meal" not in told else _meals(told["meal"])
    lines = [
        Line((), start, end, None, meals if n == 0 else None)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    if not lines:
        lines = [Line((), minutes=_length(told.get("hours", "")), meals=meals)]
    if any(line.start and line.start == line.end for line in lines):
        raise CellError("no_hours", told["date"])
    before = days.get(day)
    lines = [*(before.lines if before else ()), *lines]
    days[day] = Day("hours", tuple(lines), source="import") if before is None else replace(before, lines=tuple(lines))


def day_of(text: str, today: date) -> date:
    """The day a cell says."""
    plain = folded(text)
    for one in DATE_RULES:
        match = one.pattern.match(plain)
        said: Said | None = one.make(match) if match else None
        if said and said.day:
            try:
                return said.first(today)
            except ValueError:
                raise CellError("no_such_day", text) from None
    raise CellError("no_such_day", text)


def time_of_cell(text: str) -> str:
    """The time a cell says: 10:30, 10:30:00, 10:30 PM, 오후 10시 30분."""
    plain = re.sub(r"(\d:\d\d):\d\d(?:\.\d+)?", r"\1", folded(text))
    plain = re.sub(r"^\d{4}-\d\d-\d\d\s+", "", plain)
    match = TIME.match(plain)
    half = half_of(match, 1) if match else None
    if half is None:
        raise CellError("no_such_time", text)
    return clock(half.minutes)


def _meals(text: str) -> tuple[Meal, ...]:
    match = re.fullmatch(r"(\d{1,3})(?:\.0+)?\s*(?:min\w*|분)?", folded(text))
    if not match:
        raise CellError("no_minutes", text)
    return (Meal(int(match[1])),) if int(match[1]) else ()


def _length(text: str) -> int:
    match = _HOURS.fullmatch(folded(text))
    if not match:
        raise CellError("no_hours", text)
    minutes = int(match[1]) * 60 + (int(match[3]) if match[3] else round(int((match[2] or "0").ljust(2, "0")) * 0.6))
    if not 0 < minutes <= 1440:
        raise CellError("over_24_hours" if minutes else "no_hours", text)
    return minutes
