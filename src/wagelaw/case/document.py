"""Reads the text of a case document: strict JSON, no key twice, no NaN, of bounded size; several documents too."""

from __future__ import annotations

import json
from typing import Any

from wagelaw.case.problems import CaseError, Problem

LARGEST = 5_000_000  # characters; three years of single shifts have about 150,000


def load(text: str) -> Any:
    """The JSON document in a text; CaseError where it is none."""
    if len(text) > LARGEST:
        raise CaseError([Problem("", "too_large", {"limit": str(LARGEST)})])
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_without_doubles)
    except CaseError:
        raise
    except json.JSONDecodeError as error:
        at = f"{error.lineno}:{error.colno}"
    except (ValueError, RecursionError):
        at = "?"
    raise CaseError([Problem("", "not_json", {"at": at})])


def load_many(text: str, one_a_line: bool) -> list[Any]:
    """The documents of a text: one, an array of them, or one a line."""
    if one_a_line:
        return [load(line) for line in text.splitlines() if line.strip()]
    document = load(text)
    return document if isinstance(document, list) else [document]


def _no_constant(name: str) -> Any:
    raise CaseError([Problem("", "not_json_number", {"found": name})])


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise CaseError([Problem("", "twice", {"found": twice[:60]})])
    return found
