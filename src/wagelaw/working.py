"""The working of a claim in words, in English, Spanish and Korean: items, steps, weeks, notes, switches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from wagelaw.case.fields import SWITCHES
from wagelaw.claims.inputs import dated, input_text
from wagelaw.money import RATE_UNITS, cents, decimal_text, dollars
from wagelaw.parameters import place_name
from wagelaw.words import claim_words

if TYPE_CHECKING:
    from wagelaw.claims.lines import Line
    from wagelaw.claims.result import Claim, Item


def item_name(code: str, language: str = "en") -> str:
    """The short name of an item."""
    name: str = claim_words(language)["items"][code][0]
    return name


def explained(code: str, language: str = "en") -> str:
    """Name of an item and what it is, in plain words, and the statutes it comes from; KeyError for no code."""
    from wagelaw.claims.citations import CITATIONS, EXPOSURE

    words = claim_words(language)
    name, meaning = words["items"][code]
    law = {**CITATIONS, **EXPOSURE}[code]
    return f"{name}\n\n{meaning}\n\n{words['titles']['from']}: {'; '.join(law)}"


def switch_questions(language: str = "en") -> dict[str, dict[str, Any]]:
    """Every switch with its legal question and its default."""
    questions = claim_words(language)["switches"]
    return {name: {"question": questions[name], "default": default} for name, default in SWITCHES.items()}


def note_words(name: str, values: Mapping[str, str], language: str) -> str:
    """A note in words."""
    words = claim_words(language)
    if name == "switch":
        values = {**values, "question": words["switches"][values["switch"]]}
    text: str = words["notes"][name].format(**values)
    return text


def reason_words(name: str, language: str) -> str:
    """Why something is not covered, and who helps."""
    text: str = claim_words(language)["reasons"][name]
    return text


def line_words(line: Line, language: str) -> str:
    """One line of working as a sentence."""
    values = {name: _written(kind, value) for name, (kind, value) in line.inputs.items()}
    text: str = claim_words(language)["steps"][line.step].format(**values)
    return text


def hours_text(minutes: int | Fraction) -> str:
    """Minutes as hours and minutes: 465 → 7:45 h."""
    whole, rest = divmod(minutes, 60)
    return f"{whole}:{int(rest):02d} h"


def _written(kind: str, value: Any) -> str:
    if kind == "money":
        return dollars(cents(value))
    if kind == "minutes":
        return hours_text(value)
    if kind == "days":
        return ", ".join(f"{day.isoformat()} (${dollars(cents(amount))})" for day, amount in dated(*value))
    if kind == "rate":
        return decimal_text(Fraction(value) / RATE_UNITS, 4)
    if kind == "weeks":
        return ""
    return str(input_text(kind, value))


def claim_in_words(claim: Claim, language: str = "en") -> str:
    """The whole claim for reading: items with their lines, weeks, totals, notes."""
    words = claim_words(language)
    titles = words["titles"]
    heading = titles["claim"].format(
        date=claim.case.computed_on.isoformat(), place=place_name(claim.case.place, language)
    )
    parts = [[heading], [titles["nothing"]] if not claim.items else []]
    parts += [list(_item_words(item, language)) for item in claim.items]
    parts += [list(_total_words(claim.totals(), language)), list(_week_table(claim, titles))]
    parts += [list(_other_words(claim, language))]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _item_words(item: Item, language: str) -> Iterator[str]:
    titles = claim_words(language)["titles"]
    barred = f" ({titles['barred']}: ${dollars(item.barred_cents)})" if item.barred_cents else ""
    yield f"{item_name(item.code, language)}: ${dollars(item.cents)}{barred}"
    yield f"  {titles['law']}: {'; '.join(item.law)}"
    for line in item.lines:
        when = titles["payday"].format(date=line.due, first=line.first, last=line.last)
        until = _file_by(line, titles)
        barred = "" if line.cents else " " + titles["barred"]
        yield f"  {when}: ${dollars(line.cents or line.barred_cents)}{barred}{until}"
        yield f"    {line_words(line, language)}"


def _file_by(line: Line, titles: Mapping[str, str]) -> str:
    """The last day to file for it; where parts of it end on different days, each day with its amount."""
    ends = list(line.ends())
    days = [f"{day} (${dollars(part)})" if len(ends) > 1 else f"{day}" for day, part in ends]
    return f", {titles['file_by'].format(date=' / '.join(days))}" if days else ""


def _total_words(totals: Mapping[str, int], language: str) -> Iterator[str]:
    groups = claim_words(language)["groups"]
    for group, amount in totals.items():
        if amount or group == "total":
            yield f"{groups[group]}: ${dollars(amount)}"


def _week_table(claim: Claim, titles: Mapping[str, str]) -> Iterator[str]:
    """A statement of hours: one row a workweek."""
    if not claim.weeks:
        return
    names = ("week", "hours", "regular", "overtime", "double", "rate", "minimum", "due", "paid", "left")
    rows = [tuple(titles[name] for name in names)]
    for week in claim.as_json_weeks():
        rows.append(
            (
                week["start"],
                *(hours_text(week[name])[:-2] for name in _MINUTES),
                week["regular_rate"][:-2],
                *(week[name] for name in ("minimum_wage", "due", "paid", "owed")),
            )
        )
    yield titles["weeks"]
    yield from _aligned(rows)


_MINUTES = ("minutes_worked", "regular_minutes", "overtime_minutes", "double_minutes")


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(" " * (width - _width(cell)) + cell for cell, width in zip(row, widths, strict=True))


def _width(text: str) -> int:
    """Columns on a terminal: Hangul takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if "\u1100" <= letter <= "\uffdc" else 1 for letter in text)


def table(claim: Claim, language: str = "en") -> str:
    """The claim for the terminal: one row an item, the totals, the weeks, and what stands beside."""
    words = claim_words(language)
    titles = words["titles"]
    rows = [(item_name(item.code, language), "$" + dollars(item.cents), _barred(item, titles)) for item in claim.items]
    heading = titles["claim"].format(
        date=claim.case.computed_on.isoformat(), place=place_name(claim.case.place, language)
    )
    parts = [
        [heading],
        _left_aligned(rows) if rows else [titles["nothing"]],
        list(_total_words(claim.totals(), language)),
        list(_week_table(claim, titles)),
        list(_other_words(claim, language)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


def _barred(item: Item, titles: Mapping[str, str]) -> str:
    return f"{titles['barred']} ${dollars(item.barred_cents)}" if item.barred_cents else ""


def _left_aligned(rows: list[tuple[str, str, str]]) -> list[str]:
    name = max(_width(row[0]) for row in rows)
    amount = max(len(row[1]) for row in rows)
    return [f"{row[0]}{' ' * (name - _width(row[0]))}  {row[1]:>{amount}}  {row[2]}".rstrip() for row in rows]


def _other_words(claim: Claim, language: str) -> Iterator[str]:
    words = claim_words(language)
    titles = words["titles"]
    yield from _section(titles["expiring"], (f"{month}: ${dollars(amount)}" for month, amount in claim.expiring()))
    if claim.federal:
        names = (f"{item_name(item.code, language)}: ${dollars(item.cents)}" for item in claim.federal)
        yield from _section(titles["federal"], [*names, f"{titles['adds']}: ${dollars(claim.federal_adds)}"])
    yield from _section(
        titles["exposure"],
        (f"{item_name(one.code, language)}: ${dollars(cents(one.amount))}" for one in claim.exposure),
    )
    yield from _section(
        titles["not_covered"],
        (f"{_code_name(code, words)}: {reason_words(why, language)}" for code, why in claim.not_covered),
    )
    yield from _section(titles["notes"], (note_words(name, values, language) for name, values in claim.notes))


def _code_name(code: str, words: Mapping[str, Any]) -> str:
    named = words["items"].get(code)
    return str(named[0]) if named else code


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    kept = [f"  {line}" for line in lines]
    if kept:
        yield title
        yield from kept
