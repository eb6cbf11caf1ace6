"""Reads a small JSON document of facts by a table of fields, and says in three languages what is wrong.

A field is a mapping `{key, kind, choices?, required?}`; kinds: `date`, `place`, `choice`, `choices` (a list),
`flag`, `count`, `money`, `text`. A value of null means "not known" and is kept as None. Nothing is guessed: a
key outside the table, a wrong type or a date that does not exist is a `Problem` with its path and the remedy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es", "ko")
LARGEST_DOCUMENT = 1_000_000  # characters; a page of facts has a thousand
PLACE = re.compile(r"US(-[A-Z]{2}(-[a-z0-9]+)*)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONEY = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
LONGEST_TEXT = 2000
LARGEST_COUNT = 10_000_000
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a document: where (`path`), which message, and the words to put into it."""

    path: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self, language: str = "en") -> str:
        """`path: what is wrong; what is expected`, on one line."""
        text = messages(language)[self.message].format(**self.values)
        return f"{self.path}: {text}" if self.path else text


class BadFacts(ValueError):
    """The document cannot be used; `problems` says why, all of them at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.words() for problem in self.problems))


@cache
def messages(language: str) -> dict[str, str]:
    """The catalogue of messages of this package's fact documents in `language`."""
    path = Path(__file__).parent / "words" / f"facts_{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts


def parse(text: str) -> Any:
    """The JSON document in `text`; BadFacts where it is none, is too long or too deep."""
    if len(text) > LARGEST_DOCUMENT:
        raise BadFacts([Problem("", "too_long", {"limit": str(LARGEST_DOCUMENT)})])
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
    except BadFacts:
        raise
    except (ValueError, RecursionError) as error:
        raise BadFacts([Problem("", "not_json", {"at": _place_of(error)})]) from None


def _refuse_constant(name: str) -> Any:
    raise BadFacts([Problem("", "not_a_number", {"found": name})])


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that names a key twice contradicts itself."""
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise BadFacts([Problem(shown(key), "twice")])
        result[key] = value
    return result


def _place_of(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.lineno}:{error.colno}"
    return "?"


def read(document: Any, fields: Iterable[Mapping[str, Any]], path: str = "") -> dict[str, Any]:
    """The values of `document` by key; absent keys stay absent. BadFacts with every problem found."""
    table = {entry["key"]: entry for entry in fields}
    if not isinstance(document, Mapping):
        raise BadFacts([Problem(path or "$", "not_an_object")])
    problems = [
        Problem(_join(path, shown(key)), "unknown_key", {"known": ", ".join(sorted(table))})
        for key in document
        if key not in table
    ]
    values: dict[str, Any] = {}
    for key, entry in table.items():
        if key in document and document[key] is not None:
            try:
                values[key] = _value(document[key], entry, _join(path, key))
            except BadFacts as error:
                problems.extend(error.problems)
        elif entry.get("required"):
            problems.append(Problem(_join(path, key), "missing", {"expected": _expected(entry)}))
        elif key in document:
            values[key] = None
    if problems:
        raise BadFacts(problems)
    return values


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def shown(value: object) -> str:
    """What stood there, on one short line that is safe to print."""
    text = "".join(each if each.isprintable() else " " for each in str(value)[:200])
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:57] + "..."


def schema_of(fields: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of what `read` accepts; that a place is in the tables is asked later."""
    table = list(fields)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [entry["key"] for entry in table if entry.get("required")],
        "properties": {entry["key"]: _field_schema(entry) for entry in table},
    }


def _field_schema(entry: Mapping[str, Any]) -> dict[str, Any]:
    choices = {"type": "string", "enum": list(entry.get("choices", ()))}
    shapes: dict[str, dict[str, Any]] = {
        "date": {"type": "string", "format": "date", "pattern": r"^(?:199[0-9]|2[01][0-9]{2}|2200)-[0-9]{2}-[0-9]{2}$"},
        "place": {"type": "string", "maxLength": LONGEST_TEXT, "pattern": f"^(?:{PLACE.pattern})$"},
        "choice": choices,
        "choices": {"type": "array", "items": choices},
        "flag": {"type": "boolean"},
        "count": {"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT},
        "money": {"type": "string", "pattern": f"^(?:{MONEY.pattern})$"},
        "text": {"type": "string", "maxLength": LONGEST_TEXT},
    }
    shape = shapes[entry["kind"]]
    schema = shape if entry.get("required") else {"anyOf": [shape, {"type": "null"}]}
    return {"description": entry["en"], **schema} if "en" in entry else schema


def _expected(entry: Mapping[str, Any]) -> str:
    kind = str(entry["kind"])
    return " · ".join(entry["choices"]) if kind in ("choice", "choices") else EXAMPLES[kind]


def _value(found: Any, entry: Mapping[str, Any], path: str) -> Any:
    try:
        return READERS[entry["kind"]](found, entry)
    except (ValueError, TypeError):
        values = {"found": shown(found), "expected": _expected(entry)}
        raise BadFacts([Problem(path, str(entry["kind"]), values)]) from None


def _date(found: Any, entry: Mapping[str, Any]) -> date:
    if not DAY.fullmatch(_text(found, entry)):
        raise ValueError
    day = date.fromisoformat(found)
    if not 1990 <= day.year <= 2200:
        raise ValueError
    return day


def _place(found: Any, entry: Mapping[str, Any]) -> str:
    if not PLACE.fullmatch(_text(found, entry)):
        raise ValueError
    return str(found)


def _choice(found: Any, entry: Mapping[str, Any]) -> str:
    if _text(found, entry) not in entry["choices"]:
        raise ValueError
    return str(found)


def _choices(found: Any, entry: Mapping[str, Any]) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise TypeError
    return tuple(_choice(one, entry) for one in found)


def _flag(found: Any, entry: Mapping[str, Any]) -> bool:
    if not isinstance(found, bool):
        raise TypeError
    return found


def _count(found: Any, entry: Mapping[str, Any]) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= LARGEST_COUNT:
        raise ValueError
    return found


def _money(found: Any, entry: Mapping[str, Any]) -> Decimal:
    if not MONEY.fullmatch(_text(found, entry)):
        raise ValueError
    return Decimal(found)


def _text(found: Any, entry: Mapping[str, Any]) -> str:
    if not isinstance(found, str) or len(found) > LONGEST_TEXT:
        raise TypeError
    return found


READERS: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {
    "date": _date,
    "place": _place,
    "choice": _choice,
    "choices": _choices,
    "flag": _flag,
    "count": _count,
    "money": _money,
    "text": _text,
}
EXAMPLES = {
    "date": "2026-01-31",
    "place": "US-CA-los-angeles",
    "flag": "true · false · null",
    "count": "12",
    "money": '"1234.56"',
    "text": '"..."',
}
