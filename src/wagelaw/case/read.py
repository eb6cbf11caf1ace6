"""Reads a case document by the table of fields: shapes, types and bounds; unknown keys are refused.

Every problem of a document is found at once. What this module accepts is exactly what the generated JSON Schema
accepts; what only makes no sense (a shift over another) is `wagelaw.case.sense`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from wagelaw.case.fields import CASE, Field
from wagelaw.case.problems import CaseError, Problem
from wagelaw.case.records import Case
from wagelaw.money import parse_units

LONGEST_TEXT = 2000
DAY = r"(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
MONEY = r"\d{1,9}(\.\d{1,4})?"
NUMBER = r"\d{1,7}(\.\d{1,2})?"
PLACE = r"US(-[A-Z]{2}(-[a-z0-9]+)*)?"
WORD = r"[a-z][a-z0-9_]{0,63}"
LARGEST_NUMBER = 9_999_999
MOST_READ = 20_000  # strings of a kind that are remembered with their meaning

_patterns = {
    name: re.compile(text, re.ASCII)
    for name, text in {
        "date": DAY,
        "clock": CLOCK,
        "money": MONEY,
        "number": NUMBER,
        "place": PLACE,
        "word": WORD,
    }.items()
}

EXAMPLES = {
    "date": '"2025-01-31"',
    "clock": '"08:30"',
    "money": '"1234.56"',
    "number": '120, "12.5"',
    "flag": "true, false",
    "text": '"…"',
    "place": '"US", "US-CA", "US-CA-los-angeles"',
    "word": '"fast_food"',
    "record": "{…}",
    "list": "[…]",
    "flags": "{…}",
}

Reader = Callable[[Any], Any]
_read_before: dict[str, dict[str, Any]] = {}  # by kind: strings read once, and what they mean


class Bad(Exception):
    """What is wrong inside a value; the path grows as the error rises."""

    def __init__(self, problems: list[tuple[str, str, dict[str, str]]]) -> None:
        super().__init__()
        self.problems = problems

    def under(self, key: str) -> list[tuple[str, str, dict[str, str]]]:
        """The same problems, seen from one level higher."""
        return [(_join(key, path), message, values) for path, message, values in self.problems]


def read_case(document: object) -> Case:
    """The case in a JSON document; CaseError with every problem of its shape."""
    try:
        case: Case = _case_reader()(document)
    except Bad as bad:
        raise CaseError(Problem(path or "$", message, values) for path, message, values in bad.problems) from None
    return case


def expected(field: Field) -> str:
    """What a field takes, as short words for a message."""
    if field.kind in ("choice", "choices"):
        return " · ".join(field.choices)
    if field.kind == "count":
        return f"{field.low} … {field.high}"
    return EXAMPLES.get(field.kind, '["2025-01-31"]')


def _join(key: str, path: str) -> str:
    if not path or path.startswith("["):
        return key + path
    return f"{key}.{path}"


def _refuse(field: Field, found: object) -> Bad:
    return Bad([("", f"not_{field.kind}", {"found": _shown(found), "expected": expected(field)})])


def _shown(found: object) -> str:
    """What stood there, on one short line."""
    text = " ".join(str(found)[:200].split())
    return text if len(text) <= 60 else text[:57] + "…"


@cache
def _case_reader() -> Reader:
    return _record(Field("$", "record", of=CASE, make=Case))


def _reader(field: Field) -> Reader:
    return _READERS[field.kind](field)


def _record(field: Field) -> Reader:
    """A reader of an object with exactly the table's keys; what is absent or null takes the record's default."""
    readers = {one.key: (one.name, _reader(one), _read_before.get(one.kind, {})) for one in field.of}
    make = field.make
    known = ", ".join(sorted(readers))

    def read(found: Any) -> Any:
        if type(found) is not dict:
            raise _refuse(field, found)
        values: dict[str, Any] = {}
        problems: list[tuple[str, str, dict[str, str]]] = []
        for key, value in found.items():
            known_key = readers.get(key)
            if known_key is None:
                problems.append((_shown(key), "unknown_key", {"known": known}))
            elif value is not None:
                name, reader, before = known_key
                if type(value) is str and (meaning := before.get(value)) is not None:
                    values[name] = meaning
                    continue
                try:
                    values[name] = reader(value)
                except Bad as bad:
                    problems += bad.under(key)
        if not problems:
            try:
                return make(**values)
            except TypeError:  # records have no default for what must be there
                pass
        raise Bad([*problems, *_missing(field, found)])

    return read


def _missing(field: Field, found: Mapping[str, Any]) -> list[tuple[str, str, dict[str, str]]]:
    """Problems of keys that must be there and are not, or are null."""
    absent = (one for one in field.of if one.required and found.get(one.key) is None)
    return [(one.key, "missing", {"expected": expected(one)}) for one in absent]


def _list(field: Field) -> Reader:
    reader = _all_of(field, _record(Field(field.key, "record", of=field.of, make=field.make)))
    return _recalling(reader) if field.recurs else reader


def _recalling(reader: Reader) -> Reader:
    """A reader that recalls the lists it has read, where they hold objects of nothing but strings."""
    seen: dict[object, Any] = {}

    def read(found: Any) -> Any:
        try:
            key = tuple([tuple(one.items()) for one in found]) if type(found) is list else None
            value = seen.get(key)
        except (AttributeError, TypeError):  # no objects, or with more inside: `reader` says what is wrong
            return reader(found)
        if value is None:
            value = reader(found)
            if len(seen) < MOST_READ and all(type(text) is str for one in key or () for _, text in one):
                seen[key] = value
        return value

    return read


def _all_of(field: Field, element: Reader, distinct: bool = False) -> Reader:
    """A reader of a list whose elements `element` reads, at most `field.high` of them."""

    def read(found: Any) -> Any:
        if type(found) is not list:
            raise _refuse(field, found)
        if len(found) > field.high:
            raise Bad([("", "too_many", {"limit": str(field.high), "found": str(len(found))})])
        try:
            values = [element(one) for one in found]
        except Bad:
            raise Bad(_problems_of(found, element)) from None
        if distinct and len(set(values)) < len(values):
            raise Bad([("", "twice_in_list", {})])
        return tuple(values)

    return read


def _problems_of(found: list[Any], element: Reader) -> list[tuple[str, str, dict[str, str]]]:
    """The problems of every element of a list, each with its place."""
    problems = []
    for place, one in enumerate(found):
        try:
            element(one)
        except Bad as bad:
            problems += bad.under(f"[{place}]")
    return problems


def _choices(field: Field) -> Reader:
    return _all_of(field, _choice(field), distinct=True)


def _dates(field: Field) -> Reader:
    return _all_of(field, _date(Field(field.key, "date")))


def _choice(field: Field) -> Reader:
    choices = frozenset(field.choices)
    one = Field(field.key, "choice", choices=field.choices)

    def read(found: Any) -> Any:
        if type(found) is not str or found not in choices:
            raise _refuse(one, found)
        return found

    return read


def _text_of(kind: str, convert: Callable[[str], Any]) -> Callable[[Field], Reader]:
    """Makes readers of strings of a pattern; what was read once is remembered."""
    matches = _patterns[kind].fullmatch
    seen = _read_before.setdefault(kind, {})

    def factory(field: Field) -> Reader:
        def read(found: Any) -> Any:
            if type(found) is not str:
                raise _refuse(field, found)
            if found in seen:
                return seen[found]
            if not matches(found):
                raise _refuse(field, found)
            try:
                value = convert(found)
            except ValueError:
                raise _refuse(field, found) from None
            if len(seen) < MOST_READ:
                seen[found] = value
            return value

        return read

    return factory


def _clock_minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _count(field: Field) -> Reader:
    low, high = field.low, field.high

    def read(found: Any) -> Any:
        if type(found) is not int or not low <= found <= high:
            raise _refuse(field, found)
        return found

    return read


def _flag(field: Field) -> Reader:
    def read(found: Any) -> Any:
        if type(found) is not bool:
            raise _refuse(field, found)
        return found

    return read


def _text(field: Field) -> Reader:
    def read(found: Any) -> Any:
        if type(found) is not str or len(found) > LONGEST_TEXT:
            raise _refuse(field, found)
        return found

    return read


def _number(field: Field) -> Reader:
    matches = _patterns["number"].fullmatch

    def read(found: Any) -> Any:
        if type(found) is int and 0 <= found <= LARGEST_NUMBER:
            return Fraction(found)
        if type(found) is str and matches(found):
            return Fraction(found)
        raise _refuse(field, found)

    return read


def _flags(field: Field) -> Reader:
    flag = _flag(Field("", "flag"))
    known = ", ".join(sorted(field.choices))

    def read(found: Any) -> Mapping[str, bool]:
        if type(found) is not dict:
            raise _refuse(field, found)
        problems: list[tuple[str, str, dict[str, str]]] = []
        for key, value in found.items():
            if key not in field.choices:
                problems.append((_shown(key), "unknown_key", {"known": known}))
                continue
            try:
                flag(value)
            except Bad as bad:
                problems += bad.under(key)
        if problems:
            raise Bad(problems)
        return dict(found)

    return read


_date = _text_of("date", date.fromisoformat)

_READERS: dict[str, Callable[[Field], Reader]] = {
    "date": _date,
    "clock": _text_of("clock", _clock_minutes),
    "money": _text_of("money", parse_units),
    "place": _text_of("place", str),
    "word": _text_of("word", str),
    "number": _number,
    "count": _count,
    "flag": _flag,
    "text": _text,
    "choice": _choice,
    "choices": _choices,
    "dates": _dates,
    "record": _record,
    "list": _list,
    "flags": _flags,
}
