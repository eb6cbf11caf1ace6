"""What is wrong with the tables: stale builds, gaps, overlaps, slips of the pen, old rows.

A *fault* makes `wagelaw law --check` fail. A *reminder* (a rate that ends soon, one that nobody has found) does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from wagelaw.law.build import TABLES, built_texts, read_places, table_rows
from wagelaw.law.yaml_files import LAW, NO_NUMBER, Fault, Place
from wagelaw.sizes import NO_LIMIT, fits, size_range

OLDEST = timedelta(days=365)
SOON = timedelta(days=60)
LARGEST_STEP = Fraction(2, 5)  # a minimum wage that grows by more in one step is a slip of the pen until checked


def faults(today: date, law: Path = LAW, tables: Path = TABLES) -> list[Fault]:
    """Everything that must be mended, in the order of the places."""
    places, found = read_places(law)
    for place in places:
        found += _place_faults(place, today)
    return found or _stale(law, tables)


def reminders(today: date, law: Path = LAW) -> list[Fault]:
    """What a person should look at soon: rates that end within two months, and rates known to be missing."""
    places, _ = read_places(law)
    return [one for place in places for series in place.series for one in _reminders(series, today)]


def _stale(law: Path, tables: Path) -> list[Fault]:
    """Tables that differ from what the YAML says now."""
    texts, _ = built_texts(law)
    present = {path.name: path.read_text(encoding="utf-8") for path in tables.glob("*.json")}
    names = sorted(texts.keys() | present.keys())
    return [Fault(f"_tables/{name}", "stale") for name in names if texts.get(name) != present.get(name)]


def _place_faults(place: Place, today: date) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for series in place.series:
        key = (series["parameter"], series["applies_to"])
        if key in seen:
            yield Fault(series["where"], "series_twice")
        seen.add(key)
        for look in (_order, _overlaps, _ended, _old, _words_disagree):
            yield from look(series, today)
        yield from _steps(series, place.series)
    by_parameter = sorted(place.series, key=lambda series: str(series["parameter"]))
    for _, family in groupby(by_parameter, key=lambda series: str(series["parameter"])):
        yield from _gaps([series for series in family if not series.get("role")])


def _order(series: Mapping[str, Any], _: date) -> Iterator[Fault]:
    for one, following in pairwise(series["rows"]):
        if following["from"] < one["from"]:
            yield Fault(series["where"], "out_of_order", str(following["from"]))


def _overlaps(series: Mapping[str, Any], _: date) -> Iterator[Fault]:
    days = [row["from"] for row in series["rows"]]
    for day in sorted({day for day in days if days.count(day) > 1}):
        yield Fault(series["where"], "overlap", str(day))
    known_to = series.get("known_to")
    if known_to and known_to < max(days):
        yield Fault(series["where"], "overlap", f"known_to {known_to}")


def _ended(series: Mapping[str, Any], today: date) -> Iterator[Fault]:
    known_to = series.get("known_to")
    if known_to and known_to < today:
        yield Fault(series["where"], "ended", str(known_to))


def _old(series: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """Rows in force today or later that nobody has compared with their source for a year."""
    rows = sorted(series["rows"], key=lambda row: row["from"])
    in_force = [row for row in rows if row["from"] <= today][-1:] + [row for row in rows if row["from"] > today]
    for row in in_force:
        if today - row["checked_on"] > OLDEST:
            yield Fault(series["where"], "old", f"{row['from']}: {row['checked_on']}")


def _words_disagree(series: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """Where the source's words are kept, the amount must stand in them as a number of its own."""
    for row in series["rows"]:
        if row.get("words") and row["amount"] not in NO_NUMBER and not _stands_in(row["amount"], row["words"]):
            yield Fault(series["where"], "words_disagree", f"{row['from']}: {row['amount']}")


def _stands_in(amount: str | int, words: str) -> bool:
    numbers = "".join(sign if sign.isdigit() or sign in ".,/" else " " for sign in words).replace(",", "")
    wanted = Fraction(amount)
    parts = [part.strip("./") for part in numbers.split()]
    found = {Fraction(part) for part in parts if part and part.count(".") < 2 and not part.count("/")}
    found |= {number / 100 for number in found}  # 72.5 cents, 85 per cent
    return wanted in found


def _steps(series: Mapping[str, Any], siblings: list[dict[str, Any]]) -> Iterator[Fault]:
    """A minimum wage never falls and seldom leaps; a row with a note of its own has been thought about."""
    if series["parameter"] != "minimum_wage":
        return
    for one, following in pairwise(table_rows(series, siblings)):
        adjacent = one[1] and date.fromisoformat(one[1]) + timedelta(days=1) == date.fromisoformat(following[0])
        if adjacent and not {one[2], following[2]} & set(NO_NUMBER):
            growth = Fraction(following[2]) / Fraction(one[2]) - 1
            if not 0 <= growth <= LARGEST_STEP and not following[7]:
                yield Fault(series["where"], "odd_step", f"{one[2]} → {following[2]}")


def _gaps(family: list[dict[str, Any]]) -> Iterator[Fault]:
    """Days between two rows on which an employer of some size has no rate."""
    if not any(series["applies_to"] == "general" or size_range(series["applies_to"]) for series in family):
        return
    for headcount in _telling_sizes(family):
        spans = [span for series in family if _is_for(series, headcount) for span in _spans(series, family)]
        reached = date.min
        for start, end in sorted(spans):
            if date.min < reached < start - timedelta(days=1):
                yield Fault(family[0]["where"], "gap", f"{reached} – {start} ({headcount})")
            reached = max(reached, end)


def _is_for(series: Mapping[str, Any], headcount: int) -> bool:
    return bool(series["applies_to"] == "general" or fits(series["applies_to"], headcount))


def _telling_sizes(family: list[dict[str, Any]]) -> list[int]:
    spans = [span for span in (size_range(series["applies_to"]) for series in family) if span]
    return sorted({edge for span in spans for edge in span} - {0, NO_LIMIT}) or [1]


def _spans(series: Mapping[str, Any], family: list[dict[str, Any]]) -> Iterator[tuple[date, date]]:
    for row in table_rows(series, family):
        yield date.fromisoformat(row[0]), date.fromisoformat(row[1]) if row[1] else date.max


def _reminders(series: Mapping[str, Any], today: date) -> Iterator[Fault]:
    known_to = series.get("known_to")
    if known_to and today <= known_to <= today + SOON:
        yield Fault(series["where"], "ends_soon", str(known_to))
    last = series["rows"][-1]
    if last["amount"] == "unknown" and last["from"] <= today:
        yield Fault(series["where"], "not_found", f"{last['from']}: {last.get('note', '')}")
