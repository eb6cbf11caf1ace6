"""The law's dated values: one on a date, or an error that names parameter, place and date; never a default.

The values come from the tables that `wagelaw law --build` makes out of `law/<place>/*.yaml`; a place's table
is read when it is first asked for. Amounts are exact `Fraction`s in the unit each value names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from wagelaw.sizes import NO_LIMIT, fits, size_range

TABLES = Path(__file__).parent / "law" / "_tables"
MINIMUM_WAGE = "minimum_wage"


class LawError(LookupError):
    """The tables hold no value: `parameter`, `place`, `on`; its words also say `why`, where that helps.

    `held`: the days they do hold, as in "2007-07-24 …" or "… 2026-12-31", for words in any language.
    """

    def __init__(self, parameter: str, place: str, on: date | None, why: str = "", held: str = "") -> None:
        day = on.isoformat() if on else "any date"
        super().__init__(f"no value of {parameter} for {place} on {day}{': ' + why if why else ''}")
        self.parameter, self.place, self.on, self.held = parameter, place, on, held


class UnknownPlace(LawError):
    """No table has this place code."""


class SizeNeeded(LawError):
    """The value depends on the employer's headcount and none was given."""


class IndustryNeeded(LawError):
    """The industry's word is not one of the tables, or a more exact one is needed: `words` lists them."""

    def __init__(self, parameter: str, place: str, on: date, words: Iterable[str]) -> None:
        self.words = tuple(sorted(words))
        super().__init__(parameter, place, on, f"say which: {', '.join(self.words)}")


@dataclass(frozen=True)
class Value:
    """One row of the tables: what holds from `from_on` to `until_on` (None: until changed), and where."""

    amount: Fraction
    unit: str
    from_on: date
    until_on: date | None
    citation: str
    source: str
    state: str  # read | memory | projected
    words: str
    parameter: str = ""
    place: str = ""
    applies_to: str = "general"
    note: str = ""
    checked_on: date = date.min

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies between the value's first and last day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class Row:
    """A value, or the statement that there is none (`word` = none) or none is known (`word` = unknown)."""

    value: Value
    word: str = ""


@dataclass(frozen=True)
class Series:
    """All rows of one parameter for one place and one group of employers, oldest first."""

    parameter: str
    applies_to: str
    role: str  # "", floor or variant: how a minimum wage for some employers meets the general one
    before: str  # unknown | none: what held before the first row
    rows: tuple[Row, ...]


# What holds: nothing (None), or a value. Not known is an error.
Found = Value | None


@cache
def _index() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((TABLES / "index.json").read_text(encoding="utf-8"))
    return content


@cache
def table(place: str) -> tuple[Series, ...]:
    """Every series of one place (not of those above it)."""
    if place not in _index()["places"]:
        raise UnknownPlace("place", place, None)
    content = json.loads((TABLES / f"{place}.json").read_text(encoding="utf-8"))
    return tuple(_series(place, one) for one in content["series"])


def _series(place: str, one: Mapping[str, Any]) -> Series:
    rows = tuple(_row(place, one, row) for row in one["rows"])
    return Series(one["parameter"], one["applies_to"], one["role"], one["before"], rows)


def _row(place: str, one: Mapping[str, Any], row: list[Any]) -> Row:
    start, until, amount, state, source, words, citation, note, checked_on = row
    word = amount if amount in ("unknown", "none") else ""
    value = Value(
        Fraction(0 if word else amount),
        one["unit"],
        date.fromisoformat(start),
        date.fromisoformat(until) if until else None,
        citation,
        source,
        state,
        words,
        one["parameter"],
        place,
        one["applies_to"],
        note,
        date.fromisoformat(checked_on),
    )
    return Row(value, word)


def places() -> Mapping[str, str]:
    """Every place code with its English name."""
    return MappingProxyType({code: names["en"] for code, names in _index()["places"].items()})


def place_name(place: str, language: str = "en") -> str:
    """A place's name in en, es or ko."""
    if place not in _index()["places"]:
        raise UnknownPlace("place", place, None)
    name: str = _index()["places"][place][language]
    return name


def law_version() -> str:
    """Short hash of all tables: equal versions give equal claims."""
    version: str = _index()["version"]
    return version


def is_california(place: str) -> bool:
    """Whether California law holds there: `US-CA` and every place in it."""
    return place == "US-CA" or place.startswith("US-CA-")


@cache
def parents(place: str) -> tuple[str, ...]:
    """The place itself and those around it, outwards: US-CA-los-angeles, US-CA, US."""
    if place not in _index()["places"]:
        raise UnknownPlace("place", place, None)
    parts = place.split("-", 2)
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


@cache
def _find(parameter: str, place: str, applies_to: str) -> Series | None:
    for one in table(place):
        if one.parameter == parameter and one.applies_to == applies_to:
            return one
    return None


def value(parameter: str, place: str, on: date, applies_to: str = "general") -> Value:
    """The value in force on a day at `place` or the nearest place around it that has one; else LawError."""
    for code in parents(place):
        one = _find(parameter, code, applies_to)
        found = _held(one, code, on) if one else None
        if found is not None:
            return found
    raise LawError(parameter, place, on, "" if applies_to == "general" else f"for {applies_to}")


def series(parameter: str, place: str, applies_to: str = "general") -> tuple[Value, ...]:
    """All values of the nearest place that has the parameter, oldest first; LawError where none has.

    Days without a value lie between one value's `until_on` and the next one's `from_on`.
    """
    for code in parents(place):
        one = _find(parameter, code, applies_to)
        if one:
            return tuple(row.value for row in one.rows if not row.word)
    raise LawError(parameter, place, None, "" if applies_to == "general" else f"for {applies_to}")


def _held(one: Series, place: str, on: date) -> Found:
    """The series' value on a day; None where no rule held; LawError where it is not known what held."""
    for row in reversed(one.rows):
        if row.value.from_on > on:
            continue
        if row.value.until_on is not None and on > row.value.until_on:
            return _after(one, row, place, on)
        if row.word == "unknown":
            raise LawError(one.parameter, place, on, row.value.note)
        return None if row.word else row.value
    if one.before == "unknown":
        first = one.rows[0].value.from_on
        raise LawError(one.parameter, place, on, f"the tables begin on {first}", f"{first} …")
    return None


def _after(one: Series, row: Row, place: str, on: date) -> Found:
    """After the last day of a row: nothing if other rows of the place took over, else past what is known."""
    until = row.value.until_on or date.max
    taken_over = any(
        other.value.from_on - timedelta(days=1) == until
        for sibling in table(place)
        if sibling.parameter == one.parameter and sibling is not one and sibling.role != "floor"
        for other in sibling.rows
    )
    if taken_over:
        return None
    raise LawError(one.parameter, place, on, f"the tables reach to {until}", f"… {until}")


def sized_value(parameter: str, place: str, on: date, headcount: int | None) -> Value:
    """The value for an employer of that size; SizeNeeded when the size matters that day and is not given."""
    found = _same_for_all_sizes(
        lambda count: _nearest_sized(parameter, place, on, count), parameter, place, on, headcount
    )
    if found is None:
        raise LawError(parameter, place, on)
    return found


def _nearest_sized(parameter: str, place: str, on: date, headcount: int) -> Found:
    for code in parents(place):
        found = _for_size(parameter, code, on, headcount)
        if found is not None:
            return found
    return None


def _for_size(parameter: str, place: str, on: date, headcount: int) -> Found:
    """One place's value for a size: the tier that fits, else `general`. Of two tiers that fit, the higher."""
    family = [one for one in table(place) if one.parameter == parameter and not one.role]
    tiers = [one for one in family if fits(one.applies_to, headcount)]
    found = _highest(_held(one, place, on) for one in tiers)
    if found is not None:
        return found
    return _highest(_held(one, place, on) for one in family if one.applies_to == "general")


def _highest(candidates: Iterable[Found]) -> Found:
    """The value with the largest amount; the first of equals."""
    known = [one for one in candidates if one is not None]
    return max(known, key=lambda one: one.amount, default=None)


def _same_for_all_sizes(
    find: Callable[[int], Found], parameter: str, place: str, on: date, headcount: int | None
) -> Found:
    """`find(headcount)`; without a headcount, the answer that every size gives, or SizeNeeded."""
    if headcount is not None:
        return find(headcount)
    answers = [find(count) for count in _telling_sizes(parameter, place)]
    if len({one and one.amount for one in answers}) > 1:
        raise SizeNeeded(parameter, place, on, "the employer's headcount decides")
    return answers[0]


@cache
def _telling_sizes(parameter: str, place: str) -> tuple[int, ...]:
    """One headcount for each range of sizes that the tables tell apart there."""
    sizes = {1, NO_LIMIT}
    for code in parents(place):
        for one in table(code):
            span = size_range(one.applies_to) if one.parameter == parameter else None
            sizes |= {max(1, span[0]), span[1]} if span else set()
    return tuple(sorted(sizes))


@cache
def minimum_wage(place: str, on: date, *, headcount: int | None = None, industry: str | None = None) -> Value:
    """The highest hourly minimum of federal, state, local and industry law; its `place` says which won.

    SizeNeeded when the headcount decides and is None; IndustryNeeded when the industry's word is not exact.
    """
    _check_industry(place, on, industry)
    found = _same_for_all_sizes(
        lambda count: _highest_minimum(place, on, count, industry), MINIMUM_WAGE, place, on, headcount
    )
    if found is None:
        raise LawError(MINIMUM_WAGE, place, on)
    return found


def _highest_minimum(place: str, on: date, headcount: int, industry: str | None) -> Found:
    candidates: list[Found] = []
    for code in parents(place):
        candidates.append(_variant(code, on, industry) or _for_size(MINIMUM_WAGE, code, on, headcount))
        candidates += [_held(one, code, on) for one in _named(code, industry, "floor")]
    return _highest(candidates)


def _variant(place: str, on: date, industry: str | None) -> Found:
    """A rate that takes the place of the general one, for example for nonprofits in San Mateo."""
    return _highest(_held(one, place, on) for one in _named(place, industry, "variant"))


def _named(place: str, industry: str | None, role: str) -> Iterator[Series]:
    """Series of a role for the industry's word or a wider one: hotel holds for hotel_ge_300_rooms too."""
    for one in table(place):
        if industry and one.role == role and f"{industry}_".startswith(f"{one.applies_to}_"):
            yield one


def _check_industry(place: str, on: date, industry: str | None) -> None:
    """Refuses a word no table knows, and one that stands only for several closer words in this place."""
    if industry is None:
        return
    words: Iterable[str] = _index()["industries"]
    for code in parents(place):
        here = {one.applies_to for one in table(code) if one.role}
        closer = {word for word in here if word.startswith(f"{industry}_")}
        if closer and industry not in here:
            raise IndustryNeeded(MINIMUM_WAGE, place, on, closer)
    if not any(f"{word}_".startswith(f"{industry}_") for word in words):
        _refuse_industry(place, on, words)


def _refuse_industry(place: str, on: date, words: Iterable[str]) -> NoReturn:
    raise IndustryNeeded(MINIMUM_WAGE, place, on, words)


@cache
def minimum_wage_series(place: str, *, headcount: int | None = None, industry: str | None = None) -> tuple[Value, ...]:
    """The steps of `minimum_wage` over time, oldest first, for all days the tables know.

    Each value's `from_on` and `until_on` bound the time in which it was the highest. A day between two steps,
    before the first or after the last is one that `minimum_wage` refuses (ask it for the reason).
    """
    days = _turning_days(place)
    steps: list[Value] = []
    for first, following in zip(days, [*days[1:], None], strict=True):
        try:
            found = minimum_wage(place, first, headcount=headcount, industry=industry)
        except IndustryNeeded:
            raise
        except LawError:
            continue
        until = following and following - timedelta(days=1)
        last = steps[-1] if steps else None
        if last and last.until_on == first - timedelta(days=1) and _same_row(last, found):
            steps[-1] = replace(last, until_on=until)
        else:
            steps.append(replace(found, from_on=first, until_on=until))
    return tuple(steps)


def _same_row(one: Value, other: Value) -> bool:
    return (one.amount, one.citation, one.place, one.source) == (
        other.amount,
        other.citation,
        other.place,
        other.source,
    )


@cache
def _turning_days(place: str) -> list[date]:
    """Days on which any minimum wage there begins, or the first day after one ends."""
    days = set()
    for code in parents(place):
        for one in table(code):
            if one.parameter == MINIMUM_WAGE:
                for row in one.rows:
                    days.add(row.value.from_on)
                    if row.value.until_on:
                        days.add(row.value.until_on + timedelta(days=1))
    return sorted(days)
