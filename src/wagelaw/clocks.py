"""Every deadline that may run from dated events, the earliest plausible first.

The rules stand in `law/clocks/*.yaml` (period, statute, body, what stops it, verification); this
module counts days. `on` is the day to plan on: no days for mail, no moving past weekends. `extended_on` is the
last day that mail and court holidays would give; it is shown so that nobody thinks all is lost, never to be
relied on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from wagelaw.conditions import Facts, Truth
from wagelaw.facts import DIALECT, BadFacts, Problem, read, schema_of, shown
from wagelaw.holidays import later_month, next_court_day, step_court_days
from wagelaw.worded import load

FORMAT = "wagelaw/clocks/1"
MOST_EVENTS = 1000
AS_OF = {"key": "as_of", "kind": "date"}
T = TypeVar("T")
COMMON = (
    {"key": "kind", "kind": "choice", "required": True},
    {"key": "on", "kind": "date", "required": True},
    {"key": "id", "kind": "text"},
    {"key": "confidence", "kind": "choice", "choices": ["sure", "rough", "guess"]},
    {"key": "note", "kind": "text"},
)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; `index` is its place in the document, `facts` what else it says."""

    index: int
    kind: str
    on: date
    confidence: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Clock:
    """One deadline. `on` is None where no period is known; `provisional`: the reasons, none = certain."""

    rule: str
    on: date | None
    extended_on: date | None
    extensions: tuple[str, ...]
    event: Event
    provisional: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether the event, the facts and the rule are all known."""
        return not self.provisional

    def as_json(self, language: str = "en", as_of: date | None = None) -> dict[str, Any]:
        """One deadline of docs/wage-clocks.md with its words in `language`."""
        table = load("clocks")
        phrases = table["phrases"]
        return {
            **described(self.rule, language),
            "on": self.on and self.on.isoformat(),
            "extended_on": self.extended_on and self.extended_on.isoformat(),
            "extensions": [table["extensions"][name][language] for name in self.extensions],
            "event": {"index": self.event.index, "kind": self.event.kind, "on": self.event.on.isoformat()},
            "event_name": _event(self.event.kind)[language],
            "certainty": "certain" if self.certain else "provisional",
            "why_provisional": [phrases[name][language] for name in self.provisional],
            "needs": list(self.needs),
            "passed": None if as_of is None or self.on is None else self.on < as_of,
        }


def described(rule: str, language: str = "en") -> dict[str, Any]:
    """What a deadline is, in words: what, where, by which statute, what ends it, its source; KeyError if unknown."""
    row, table = _rule(rule), load("clocks")
    phrases = table["phrases"]
    return {
        "clock": rule,
        "what": row[language],
        "body": row["body"],
        "body_name": table["bodies"][row["body"]][language],
        "citation": row["citation"],
        "whose": row["whose"],
        "kind": row["kind"],
        "stops": [phrases[name][language] for name in row.get("stops", ())],
        "notes": [phrases[name][language] for name in row.get("notes", ())],
        "source": row["source"],
        "state": row["state"],
        "checked": row["checked"],
    }


def clocks(document: Any) -> tuple[Clock, ...]:
    """Every deadline that may run from the events of `document`; BadFacts where they cannot be read.

    `document` is a list of events or `{"events": […], "facts": {…}, "as_of": date}` (docs/wage-clocks.md).
    """
    facts, events = read_events(document)
    found: dict[tuple[str, date | None], Clock] = {}
    for event in events:
        for clock in _running(event, facts):
            found.setdefault((clock.rule, clock.on or event.on), clock)
    return tuple(sorted(found.values(), key=_earliest_first))


def read_events(document: Any) -> tuple[dict[str, Any], tuple[Event, ...]]:
    """The facts (with those assumed filled in) and the events of a document; BadFacts with every problem."""
    whole = {"events": document} if isinstance(document, list) else document
    if not isinstance(whole, Mapping):
        raise BadFacts([Problem("$", "not_an_object")])
    problems = [
        Problem(shown(key), "unknown_key", {"known": "as_of, events, facts"})
        for key in whole
        if key not in ("events", "facts", "as_of")
    ]
    given = _tried(lambda: _facts(whole), problems)
    events = _tried(lambda: tuple(_events(whole)), problems)
    _tried(lambda: as_of(whole), problems)
    if given is None or events is None or problems:
        raise BadFacts(problems)
    return given, events


def _tried(part: Callable[[], T], problems: list[Problem]) -> T | None:
    """What `part` gives; None with its problems added, so that one answer names them all."""
    try:
        return part()
    except BadFacts as error:
        problems.extend(error.problems)
        return None


def as_of(document: Any) -> date | None:
    """The day from which the document looks at its deadlines, None where it names none."""
    if not isinstance(document, Mapping) or document.get("as_of") is None:
        return None
    day: date = read({"as_of": document["as_of"]}, [AS_OF])["as_of"]
    return day


def as_json(document: Any, language: str = "en") -> dict[str, Any]:
    """The whole answer as a document: format, `as_of`, clocks in order."""
    day = as_of(document)
    return {
        "format": FORMAT,
        "as_of": day and day.isoformat(),
        "clocks": [clock.as_json(language, day) for clock in clocks(document)],
    }


def event_kinds() -> tuple[dict[str, Any], ...]:
    """The kinds of events with their own fields and names in each language; for a form or a schema."""
    return tuple(load("clocks")["events"])


def schema() -> dict[str, Any]:
    """The JSON Schema of the document of events."""
    table = load("clocks")
    events = {
        "type": "array",
        "maxItems": MOST_EVENTS,
        "items": {"oneOf": [_event_schema(kind) for kind in event_kinds()]},
    }
    document = {
        "type": "object",
        "additionalProperties": False,
        "required": ["events"],
        "properties": {
            "events": events,
            "facts": {"anyOf": [schema_of(table["facts"]), {"type": "null"}]},
            "as_of": schema_of([AS_OF])["properties"]["as_of"],
        },
    }
    return {"$schema": DIALECT, "title": "wagelaw clocks events", "anyOf": [events, document]}


def _event_schema(kind: Mapping[str, Any]) -> dict[str, Any]:
    of_kind = {**COMMON[0], "choices": [kind["id"]]}
    return {"title": kind["en"], **schema_of([of_kind, *COMMON[1:], *kind.get("fields", ())])}


def _facts(whole: Mapping[str, Any]) -> dict[str, Any]:
    table = load("clocks")["facts"]
    facts = whole.get("facts")
    given = read({} if facts is None else facts, table, "facts")
    assumed = {fact["key"]: fact["assume"] for fact in table if "assume" in fact}
    return assumed | given


def _events(whole: Mapping[str, Any]) -> Iterator[Event]:
    listed = whole.get("events")
    if not isinstance(listed, list):
        raise BadFacts([Problem("events", "not_a_list")])
    if len(listed) > MOST_EVENTS:
        raise BadFacts([Problem("events", "too_many", {"limit": str(MOST_EVENTS)})])
    problems: list[Problem] = []
    for index, entry in enumerate(listed):
        try:
            yield _read_event(index, entry)
        except BadFacts as error:
            problems.extend(error.problems)
    if problems:
        raise BadFacts(problems)


def _read_event(index: int, entry: Any) -> Event:
    path = f"events[{index}]"
    kinds = [event["id"] for event in load("clocks")["events"]]
    kind_field = {**COMMON[0], "choices": kinds}
    if not isinstance(entry, Mapping):
        raise BadFacts([Problem(path, "not_an_object")])
    kind = read({"kind": entry.get("kind")}, [kind_field], path)["kind"]
    own = _event(kind).get("fields", ())
    values = read(entry, [kind_field, *COMMON[1:], *own], path)
    facts = {field["key"]: values.get(field["key"]) for field in own}
    return Event(index, kind, values["on"], values.get("confidence") or "sure", facts)


def _running(event: Event, facts: Mapping[str, Any]) -> Iterator[Clock]:
    """Every rule that this event starts, unless a fact rules it out."""
    known = Facts({**facts, **_event_facts(event)})
    for row in load("clocks")["clocks"]:
        if event.kind not in _starts(row) or not _in_force(row, event.on):
            continue
        truth = known.test(row.get("when", {}))
        if truth.holds is not False:
            yield _clock(row, event, truth)


def _event_facts(event: Event) -> dict[str, Any]:
    """The event's own facts by `event.<key>`; a field that another kind of event has is answered "" (no)."""
    everything = {field["key"] for kind in load("clocks")["events"] for field in kind.get("fields", ())}
    return {f"event.{key}": event.facts.get(key) if key in event.facts else "" for key in everything}


def _clock(row: Mapping[str, Any], event: Event, truth: Truth) -> Clock:
    reasons = [*row.get("provisional", ())]
    reasons += ["fact_missing"] if truth.holds is None else []
    reasons += ["date_not_sure"] if event.confidence != "sure" else []
    reasons += ["service_unknown"] if row.get("mail") and not event.facts.get("served") else []
    reasons += ["not_checked"] if row["state"] != "read" and row["kind"] != "practice" else []
    on = _after(event.on, row["after"]) if "after" in row else None
    extended, why = _extended(row, event, on)
    needs = tuple(sorted(name.removeprefix("event.") for name in truth.needs))
    return Clock(row["id"], on, extended, why, event, tuple(dict.fromkeys(reasons)), needs)


def _after(day: date, steps: list[Mapping[str, int]]) -> date:
    """`day` moved by each step in turn; 29 February is clamped backwards."""
    for step in steps:
        day = later_month(day, 12 * step.get("years", 0) + step.get("months", 0))
        day += timedelta(days=step.get("days", 0))
    return day


def _extended(row: Mapping[str, Any], event: Event, on: date | None) -> tuple[date | None, tuple[str, ...]]:
    """The last day with mail and court holidays, None where nothing is added; and the reasons."""
    if on is None or row.get("roll", "none") == "none":
        return None, ()
    day, why, court = on, [], row["roll"]
    served = event.facts.get("served") if row.get("mail") else None
    if served and served in load("clocks")["extensions"]:
        extra = load("clocks")["extensions"][served]
        day = step_court_days(day + timedelta(days=extra.get("days", 0)), extra.get("court_days", 0), court)
        why.append(served)
    open_day = next_court_day(day, court)
    if open_day != day:
        why.append("next_court_day")
    return (open_day, tuple(why)) if why else (None, ())


def _earliest_first(clock: Clock) -> tuple[date, str, int]:
    return clock.on or date.max, clock.rule, clock.event.index


def _starts(row: Mapping[str, Any]) -> list[str]:
    return [row["starts"]] if isinstance(row["starts"], str) else list(row["starts"])


def _in_force(row: Mapping[str, Any], day: date) -> bool:
    """Whether the rule holds for events of that day."""
    starts, ends = row.get("from", "0001-01-01"), row.get("until", "9999-12-31")
    return bool(starts <= day.isoformat() <= ends)


def _rule(rule: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((row for row in load("clocks")["clocks"] if row["id"] == rule), None)
    if found is None:
        raise KeyError(rule)
    return found


def _event(kind: str) -> dict[str, Any]:
    return next(event for event in load("clocks")["events"] if event["id"] == kind)
