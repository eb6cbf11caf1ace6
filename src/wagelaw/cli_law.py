"""`wagelaw law [PLACE] [--on DATE]`: what holds, with sources and age; `--build --check` after a table was edited."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from wagelaw.arguments import Parser
from wagelaw.cli import chosen_language
from wagelaw.parameters import (
    LawError,
    Row,
    Series,
    SizeNeeded,
    Value,
    minimum_wage,
    parents,
    place_name,
    places,
    table,
)


def run(argv: Sequence[str]) -> int:
    """0; 1 when `--check` or `--build` finds something to mend; 2 for a place or day that cannot be read."""
    asked = _arguments(argv)
    say = _words(asked.lang)
    if asked.build or asked.check:
        failed = _build(say) if asked.build else 0
        return failed or (_check(say) if asked.check else 0)
    try:
        on = date.fromisoformat(asked.on) if asked.on else today()
    except ValueError:
        print(say["bad_day"].format(day=asked.on), file=sys.stderr)
        return 2
    if asked.place and asked.place not in places():
        print(say["unknown_place"].format(place=asked.place), file=sys.stderr)
        return 2
    lines = _what_holds(asked.place, on, asked.lang) if asked.place else _every_place(on, asked.lang)
    print("\n".join(lines))
    return 0


def today() -> date:
    """The reader's own day, wherever the program runs."""
    return date.today()  # noqa: DTZ011


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    language = chosen_language(argv)
    say = _words(language)
    parser = Parser("wagelaw law", language, say["usage"])
    parser.add_argument("place", nargs="?", metavar="PLACE", help=say["help_place"])
    parser.add_argument("--on", metavar="DATE", help=say["help_on"])
    parser.add_argument("--build", action="store_true", help=say["help_build"])
    parser.add_argument("--check", action="store_true", help=say["help_check"])
    return parser.parse_args(argv)


@cache
def _words(language: str) -> dict[str, Any]:
    path = Path(__file__).parent / "words" / f"law_{language}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _every_place(on: date, language: str) -> Iterator[str]:
    for place in places():
        yield _words(language)["list_row"].format(
            place=f"{place:<40}", name=place_name(place, language), amount=_minimum(place, on)
        )


def _minimum(place: str, on: date) -> str:
    """The general minimum wage; a span where the employer's size decides; a dash where the tables do not reach."""
    try:
        return decimal(minimum_wage(place, on).amount.as_integer_ratio())
    except SizeNeeded:
        small, large = (minimum_wage(place, on, headcount=count).amount for count in (1, 10**9))
        return f"{decimal(small.as_integer_ratio())} – {decimal(large.as_integer_ratio())}"
    except LawError:
        return "–"


def _what_holds(place: str, on: date, language: str) -> Iterator[str]:
    say = _words(language)
    for code in parents(place):
        yield say["title"].format(name=place_name(code, language), place=code, on=on)
        series = sorted(table(code), key=lambda one: (one.parameter != "minimum_wage", one.parameter))
        for _, family in groupby(series, key=lambda one: one.parameter):
            for one in family:
                yield from _series_lines(one, on, say)
        yield ""


def _series_lines(one: Series, on: date, say: dict[str, Any]) -> Iterator[str]:
    row = in_force(one, on)
    if row is None:
        return
    title = say["parameters"].get(one.parameter, one.parameter)
    what = title if one.applies_to == "general" else say["for"].format(title=title, applies_to=one.applies_to)
    if row.word == "unknown":
        yield "  " + say["not_known"].format(what=what, on=on, note=row.value.note)
    elif not row.word:
        yield "  " + _value_line(row.value, what, say)
        yield "      " + _basis_line(row.value, say)


def in_force(one: Series, on: date) -> Row | None:
    """The row that holds on a day, or None before the first and after the last."""
    return next((row for row in one.rows if row.value.holds_on(on)), None)


def _value_line(value: Value, what: str, say: dict[str, Any]) -> str:
    until = say["until"].format(day=value.until_on) if value.until_on else ""
    amount = decimal(value.amount.as_integer_ratio())
    unit = say["units"].get(value.unit, value.unit)
    line: str = say["row"].format(what=what, amount=amount, unit=unit, since=value.from_on, until=until)
    return line


def _basis_line(value: Value, say: dict[str, Any]) -> str:
    words = f" “{value.words}”" if value.words else ""
    note = f" ({value.note})" if value.note else ""
    age = (today() - value.checked_on).days
    ago = say.get(f"ago_{age}", say["ago"]).format(age=age)
    basis: str = say["basis"].format(citation=value.citation, state=say[value.state], ago=ago, source=value.source)
    return basis + words + note


def decimal(ratio: tuple[int, int]) -> str:
    """A ratio as a decimal of two places or more where it ends, else as the ratio itself."""
    numerator, denominator = ratio
    for places_after in range(2, 9):
        scaled = numerator * 10**places_after
        if scaled % denominator == 0:
            sign, digits = "-" * (scaled < 0), f"{abs(scaled) // denominator:0{places_after + 1}d}"
            return f"{sign}{digits[:-places_after]}.{digits[-places_after:]}"
    return f"{numerator}/{denominator}"


def _build(say: dict[str, Any]) -> int:
    from wagelaw import worded
    from wagelaw.law.build import build  # needs a YAML reader, which the package does not need at run time

    faults = build()
    for fault in faults:
        print(f"{fault.where}: {say[fault.code].format(detail=fault.detail)}", file=sys.stderr)
    for path in worded.build():
        print(say["changed"].format(name=path.name))
    if not faults:
        print(say["built"])
    return 1 if faults else 0


def _check(say: dict[str, Any]) -> int:
    from wagelaw import worded
    from wagelaw.law.check import faults, reminders  # needs a YAML reader, as above

    problems = [f"{fault.where}: {say[fault.code].format(detail=fault.detail)}" for fault in faults(today())]
    problems += worded.check(today())
    for problem in problems:
        print(problem, file=sys.stderr)
    for one in reminders(today()):
        what = say[one.code].format(detail=one.detail)
        print(say["reminder"].format(where=one.where, what=what))
    if not problems:
        print(say["checked"].format(count=len(places())))
    return 1 if problems else 0
