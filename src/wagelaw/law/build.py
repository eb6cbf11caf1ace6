"""Turns the YAML of the places into the checked-in tables: one JSON file a place, and an index of names.

A row is `[from, until, amount, state, source, words, citation, note, checked_on]`; `until` is null for open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wagelaw.law.yaml_files import LANGUAGES, LAW, Fault, Place, place_folders, read_place
from wagelaw.sizes import covers_all_sizes, size_range

TABLES = LAW / "_tables"
INDEX = "index.json"
DAY = timedelta(days=1)


def build(law: Path = LAW, tables: Path = TABLES) -> list[Fault]:
    """Writes every table that changed and the index; on a fault writes nothing and returns the faults."""
    texts, faults = built_texts(law)
    if faults:
        return faults
    tables.mkdir(exist_ok=True)
    for stale in {path.name for path in tables.glob("*.json")} - texts.keys():
        (tables / stale).unlink()
    for name, text in texts.items():
        path = tables / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    return []


def built_texts(law: Path = LAW) -> tuple[dict[str, str], list[Fault]]:
    """What the table files should hold, by file name, and the faults of the YAML."""
    places, faults = read_places(law)
    texts = {f"{place.code}.json": _place_text(place) for place in places}
    names = {place.code: {"kind": place.kind, **_names(place)} for place in places}
    version = hashlib.sha256("".join(texts.values()).encode()).hexdigest()[:12]
    words = {one["applies_to"] for place in places for one in place.series if one.get("role")}
    head = {"version": version, "industries": sorted(words)}
    texts[INDEX] = _lines(head, "places", [f'"{c}": {_json(n)}' for c, n in names.items()], "{}")
    return texts, faults


def read_places(law: Path = LAW) -> tuple[list[Place], list[Fault]]:
    """All places of the folder, and every fault found while reading them."""
    pairs = [read_place(folder) for folder in place_folders(law)]
    return [place for place, _ in pairs], [fault for _, faults in pairs for fault in faults]


def _names(place: Place) -> dict[str, str]:
    english = place.name.get("en", place.code)
    return {language: place.name.get(language, english) for language in LANGUAGES}


def _place_text(place: Place) -> str:
    series = sorted(place.series, key=lambda one: (one["parameter"], one["applies_to"]))
    texts = []
    for one in series:
        head = {
            "parameter": one["parameter"],
            "applies_to": one["applies_to"],
            "unit": one["unit"],
            "role": one.get("role", ""),
            "before": one.get("before", default_before(place.kind, one)),
        }
        rows = [_json(row) for row in table_rows(one, place.series)]
        texts.append(_lines(head, "rows", rows, "[]"))
    return _lines({"place": place.code}, "series", texts, "[]")


def default_before(kind: str, series: Mapping[str, Any]) -> str:
    """No local rate or industry floor held before its first row; a state's older rates are not known."""
    local = kind in ("city", "county") or series.get("role") == "floor"
    return "none" if local and series["parameter"] == "minimum_wage" else "unknown"


def table_rows(series: Mapping[str, Any], siblings: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Rows of one series with the last day of each worked out."""
    rows = sorted(series["rows"], key=lambda row: row["from"])
    starts = [row["from"] for row in rows]
    closing = _closing_days(series, siblings)
    result = []
    for row, following in zip(rows, [*starts[1:], None], strict=True):
        ends = [day - DAY for day in [following, *closing] if day is not None and day > row["from"]]
        if following is None and series.get("known_to"):
            ends.append(series["known_to"])
        result.append(_table_row(series, row, min(ends, default=None)))
    return result


def _table_row(series: Mapping[str, Any], row: Mapping[str, Any], until: date | None) -> list[Any]:
    note = "; ".join(text for text in (series.get("note"), row.get("note")) if text)
    return [
        row["from"].isoformat(),
        until and until.isoformat(),
        str(row["amount"]),
        row["state"],
        row["source"],
        row.get("words", ""),
        row.get("citation", series["citation"]),
        note,
        row["checked_on"].isoformat(),
    ]


def _closing_days(series: Mapping[str, Any], siblings: Iterable[Mapping[str, Any]]) -> list[date]:
    """First days of rows that take over: `general` from tiers, tiers of every size from `general`."""
    family = [one for one in siblings if one["parameter"] == series["parameter"] and one is not series]
    if series["applies_to"] == "general":
        tiers = [one for one in family if size_range(one["applies_to"])]
        if not covers_all_sizes([one["applies_to"] for one in tiers]):
            return []
        return [row["from"] for one in tiers for row in one["rows"]]
    if not size_range(series["applies_to"]) and series.get("role") != "variant":
        return []
    return [row["from"] for one in family if one["applies_to"] == "general" for row in one["rows"]]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(head: Mapping[str, Any], key: str, lines: list[str], brackets: str) -> str:
    """JSON with one entry of the list a line, so that a change of one rate is a change of one line."""
    start = _json(dict(head))[:-1]
    body = ",\n".join(lines)
    return f'{start}, "{key}": {brackets[0]}\n{body}\n{brackets[1]}}}\n'
