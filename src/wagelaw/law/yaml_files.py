"""Reads the YAML of one place and says, file by file, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

LAW = Path(__file__).parent
KINDS = ("federal", "state", "county", "city")
STATES = ("read", "memory", "projected")
NO_NUMBER = ("unknown", "none")
LANGUAGES = ("en", "es", "ko")
FILE_KEYS = {"place", "name", "kind", "checked_on", "series"}
SERIES_KEYS = {"parameter", "applies_to", "unit", "citation", "rows", "role", "before", "known_to", "note"}
ROW_KEYS = {"from", "amount", "state", "source", "words", "citation", "note", "checked_on"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with the tables: `where` (file and row), `code` (a key of the words), `detail`."""

    where: str
    code: str
    detail: str = ""


@dataclass
class Place:
    """All YAML of one place, joined; each row of `series` with its `checked_on`."""

    code: str
    name: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    series: list[dict[str, Any]] = field(default_factory=list)


def place_folders(law: Path = LAW) -> list[Path]:
    """Folders of the places, in the order of their codes."""
    return sorted(path for path in law.iterdir() if path.is_dir() and path.name.split("-")[0] == "US")


def read_place(folder: Path) -> tuple[Place, list[Fault]]:
    """Joins the files of one folder; what does not fit the format is a fault and is left out."""
    place, faults = Place(folder.name), []
    for path in sorted(folder.glob("*.yaml")):
        where = f"{folder.name}/{path.name}"
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except (yaml.YAMLError, ValueError) as error:  # a month 13 is a ValueError
            faults.append(Fault(where, "not_yaml", str(error).replace("\n", " ")))
            continue
        faults += _join(place, content, where)
    if not place.name or place.kind not in KINDS:
        faults.append(Fault(folder.name, "no_name_or_kind"))
    return place, faults


def _join(place: Place, content: Any, where: str) -> list[Fault]:
    faults = list(_shape_faults(content, FILE_KEYS, {"place", "series"}, where))
    if faults:
        return faults
    if content["place"] != place.code:
        return [Fault(where, "wrong_place", str(content["place"]))]
    if "name" in content:
        name = content["name"]
        place.name = name if isinstance(name, dict) else dict.fromkeys(LANGUAGES, str(name))
    place.kind = content.get("kind", place.kind)
    for number, series in enumerate(content["series"] or []):
        place_in_file = f"{where} {_title(series, number)}"
        bad = list(_series_faults(series, content.get("checked_on"), place_in_file))
        faults += bad
        if not bad:
            dated = [{"checked_on": content.get("checked_on"), **row} for row in series["rows"]]
            place.series.append({"applies_to": "general", **series, "rows": dated, "where": place_in_file})
    return faults


def _title(series: Any, number: int) -> str:
    if not isinstance(series, dict):
        return f"series {number + 1}"
    return f"{series.get('parameter', number + 1)}/{series.get('applies_to', 'general')}"


def _shape_faults(mapping: Any, known: set[str], needed: set[str], where: str) -> Iterator[Fault]:
    if not isinstance(mapping, dict):
        yield Fault(where, "not_a_mapping")
        return
    for key in sorted(str(key) for key in mapping if key not in known):
        yield Fault(where, "unknown_key", key)
    for key in sorted(needed - mapping.keys()):
        yield Fault(where, "missing_key", key)


def _series_faults(series: Any, checked_on: Any, where: str) -> Iterator[Fault]:
    faults = list(_shape_faults(series, SERIES_KEYS, {"parameter", "unit", "citation", "rows"}, where))
    yield from faults
    if faults:
        return
    if not isinstance(series["rows"], list) or not series["rows"]:
        yield Fault(where, "no_rows")
        return
    if series.get("role", "floor") not in ("floor", "variant"):
        yield Fault(where, "bad_word", f"role: {series['role']}")
    if series.get("before", "none") not in ("unknown", "none"):
        yield Fault(where, "bad_word", f"before: {series['before']}")
    if not isinstance(series.get("known_to", date.min), date):
        yield Fault(where, "bad_date", str(series["known_to"]))
    for number, row in enumerate(series["rows"]):
        yield from _row_faults(row, checked_on, f"{where} row {number + 1}")


def _row_faults(row: Any, checked_on: Any, where: str) -> Iterator[Fault]:
    faults = list(_shape_faults(row, ROW_KEYS, {"from", "amount", "state", "source"}, where))
    yield from faults
    if faults:
        return
    for day in (row["from"], row.get("checked_on", checked_on)):
        if type(day) is not date:
            yield Fault(where, "bad_date", str(day))
    if row["state"] not in STATES:
        yield Fault(where, "bad_word", f"state: {row['state']}")
    if not str(row["source"] or "").strip():
        yield Fault(where, "no_source")
    if not is_amount(row["amount"]):
        yield Fault(where, "bad_amount", str(row["amount"]))


def is_amount(text: Any) -> bool:
    """An exact number in quotes, or one of the two words for no number. A bare 17.87 is a float: refused."""
    if type(text) is int or text in NO_NUMBER:
        return True
    if not isinstance(text, str):
        return False
    try:
        return Fraction(text) is not None
    except (ValueError, ZeroDivisionError):
        return False
