"""The tables in words: who is covered (`law/coverage`) and which clock runs (`law/clocks`).

The YAML files are the source, written for lawyers. `build()` turns them into one checked-in JSON file a table
under `law/_tables/worded`, which `load()` reads without a YAML parser. `check()` says what is wrong or stale.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from wagelaw.facts import LANGUAGES

LAW = Path(__file__).parent / "law"
TABLES = ("coverage", "clocks")
STATES = ("read", "memory")
OLDEST = timedelta(days=365)


@cache
def load(name: str) -> dict[str, Any]:
    """The built table `coverage` or `clocks`: section → list of rows or mapping by id."""
    table: dict[str, Any] = json.loads(_built(name).read_text(encoding="utf-8"))
    return table


def build() -> tuple[Path, ...]:
    """Writes the built tables anew; returns the paths that changed."""
    return tuple(_built(name) for name in TABLES if _write(_built(name), _text(name)))


def check(today: date) -> tuple[str, ...]:
    """One line a problem: a stale table, a row without words, source or state, or not checked for a year."""
    problems: list[str] = []
    for name in TABLES:
        path = _built(name)
        if not path.exists() or path.read_text(encoding="utf-8") != _text(name):
            problems.append(f"law/{name}: the built table is stale; run `wagelaw law --build`")
        problems.extend(f"law/{name}: {problem}" for problem in _faults(_source(name), today))
    return tuple(problems)


def ages(today: date) -> tuple[tuple[str, str, int], ...]:
    """(table, row, days since somebody checked it) for every sourced row."""
    return tuple(
        (name, row["id"], (today - date.fromisoformat(row["checked"])).days)
        for name in TABLES
        for row in _sourced(load(name))
    )


def _built(name: str) -> Path:
    return LAW / "_tables" / "worded" / f"{name}.json"


def _write(path: Path, text: str) -> bool:
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _text(name: str) -> str:
    return json.dumps(_source(name), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"


def _source(name: str) -> dict[str, Any]:
    """All files of one table, in the order of their names; sections of the same name are joined."""
    import yaml  # only needed to build, never at run time

    joined: dict[str, Any] = {}
    for path in sorted((LAW / name).glob("*.yaml")):
        for section, rows in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if isinstance(rows, dict):
                joined.setdefault(section, {}).update(rows)
            else:
                joined.setdefault(section, []).extend(rows)
    return joined


def _sourced(table: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row that states law: the rows of each law of coverage, the rules of clocks."""
    for law in table.get("laws", ()):
        yield from law["rows"]
    yield from table.get("clocks", ())


def _faults(table: Mapping[str, Any], today: date) -> Iterator[str]:
    seen: set[str] = set()
    for row in _sourced(table):
        if row["id"] in seen:
            yield f"{row['id']}: the id stands twice"
        seen.add(row["id"])
        yield from (f"{row['id']}: {fault}" for fault in _row_faults(row, today))
    for where, words in _worded(table):
        missing = [language for language in LANGUAGES if not str(words.get(language) or "").strip()]
        if missing:
            yield f"{where}: no words in {', '.join(missing)}"
    yield from _unknown_names(table)


def _row_faults(row: Mapping[str, Any], today: date) -> Iterator[str]:
    if row.get("state") not in STATES:
        yield f"state must be one of {', '.join(STATES)}"
    if not row.get("source"):
        yield "no source"
    try:
        if today - date.fromisoformat(str(row.get("checked"))) > OLDEST:
            yield "not checked for more than a year"
    except ValueError:
        yield "checked must be a date"


def _worded(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every entry that is shown to people, with a name to find it by."""
    for section in ("facts", "events", "laws", "clocks"):
        for entry in table.get(section, ()):
            yield f"{section} {entry.get('id') or entry.get('key')}", entry
            for row in entry.get("rows", ()):
                yield f"{section} {row['id']}", row
    for section in ("remains", "phrases", "bodies"):
        for name, words in table.get(section, {}).items():
            yield f"{section} {name}", words


def _unknown_names(table: Mapping[str, Any]) -> Iterator[str]:
    """Conditions may name only facts of the table or earlier answers; phrases named by rows must exist."""
    known = {fact["key"] for fact in table.get("facts", ())} | {"in_california", "any", "not"}
    for law in table.get("laws", ()):
        for where, condition in _conditions(law):
            yield from (f"{where}: unknown fact {name}" for name in _names(condition) if name not in known)
        known.add(f"answer.{law['id']}")
    for row in table.get("clocks", ()):
        own = known | _fields_of(table, row)
        yield from (f"{row['id']}: unknown fact {n}" for n in _names(row.get("when", {})) if n not in own)
        yield from (f"{row['id']}: unknown phrase {n}" for n in _phrases(row) if n not in table["phrases"])
        if row["body"] not in table["bodies"]:
            yield f"{row['id']}: unknown body {row['body']}"
    for law in table.get("laws", ()):
        for row in law["rows"]:
            unknown = [name for name in row.get("remains", ()) if name not in table["remains"]]
            yield from (f"{row['id']}: unknown phrase {name}" for name in unknown)


def _conditions(law: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield law["id"], law.get("only_when", {})
    for row in law["rows"]:
        yield row["id"], row["when"]


def _names(condition: Mapping[str, Any]) -> Iterator[str]:
    for name, expected in condition.items():
        if name == "any":
            for one in expected:
                yield from _names(one)
        elif name == "not":
            yield from _names(expected)
        else:
            yield name


def _fields_of(table: Mapping[str, Any], row: Mapping[str, Any]) -> set[str]:
    """The event's own fields, named `event.<key>` in conditions."""
    starts = [row["starts"]] if isinstance(row["starts"], str) else row["starts"]
    events = [event for event in table["events"] if event["id"] in starts]
    return {f"event.{field['key']}" for event in events for field in event.get("fields", ())}


def _phrases(row: Mapping[str, Any]) -> Iterator[str]:
    yield from row.get("stops", ())
    yield from row.get("notes", ())
    yield from row.get("provisional", ())
