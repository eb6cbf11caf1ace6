"""What can happen in a case: the tables of `routes/*.yaml`, read once, checked, and asked by everything that moves.

A table is written for lawyers (routes/README.md). Nothing here knows of the database: given a state and a role, it says
which moves there are, what each asks for and what must be true first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from centro.clinic.choices import CaseState
from centro.clinic.choices import Route as RouteCode
from centro.core.classes import Role
from centro.core.policy import Actor, may
from wagelaw import clocks

FOLDER = Path(__file__).parent / "routes"
INTAKE = "intake"
PAPERS = "papers"
LANGUAGES = ("en", "es", "ko")
# Steps that are taken with an intake, before there is a case: whoever leads intakes takes them.
AT_THE_DOOR = frozenset({"triage", "clear", "find_conflict", "start_interview"})
WHO = frozenset({"worker", "intake", "counsellor", "attorney", "interpreter", "employer", "agency"})
VERIFIED = frozenset({"read", "memory"})

Words = Mapping[str, str]


class Guard(StrEnum):
    """What must be true before a move."""

    CONFLICT_CLEARED = "conflict_cleared"
    CONSENT_KEEP = "consent_keep"
    SAFE_CONTACT = "safe_contact"
    EMPLOYER_CONTACT_OK = "employer_contact_ok"
    ATTORNEY_APPROVAL = "attorney_approval"
    WORKER_CONFIRMED = "worker_confirmed"
    DEADLINES_TOLD = "deadlines_told"


class BadTable(Exception):
    """A table is wrong; the text names every fault of it."""


@dataclass(frozen=True)
class Next:
    """What follows by itself: an action (or a wait), `days` from today or `before` the day that was asked for."""

    is_wait: bool
    days: int
    before: int | None
    words: Words

    def due_on(self, today: date, asked: date | None) -> date:
        """The day it is due: never before today, so that preparing begins at once when there is little time."""
        if self.before is None or asked is None:
            return today + timedelta(days=self.days)
        return max(today, asked - timedelta(days=self.before))


@dataclass(frozen=True)
class State:
    """What a matter can be. `waits`: long waits are normal; `address`: an agency must hear of a new address."""

    code: str
    words: Words
    is_end: bool
    waits: bool
    reports_address: bool
    mind: Words


@dataclass(frozen=True)
class Move:
    """Something that may happen: from where to where, who may note it, what it asks for, what must be true first."""

    event: str
    sources: frozenset[str]
    to: str
    who: tuple[str, ...]
    roles: frozenset[Role]
    noted_by: frozenset[Role]  # who may note that the attorney did it
    title: Words
    asks: str
    meets: frozenset[str]
    papers: tuple[str, ...]
    guards: tuple[Guard, ...]
    next: Next | None
    mind: Words
    source: str
    verified: str


@dataclass(frozen=True)
class Table:
    """One route: its states in their order, its moves, where it begins."""

    code: str
    words: Words
    source: str
    checked: date
    start: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]

    def state(self, code: str) -> State:
        return self.states[code]

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """What can happen next, in the order of the table."""
        return tuple(move for move in self.moves if state in move.sources)

    def find(self, event: str, state: str) -> Move | None:
        """The move of this name, if it can happen in this state."""
        return next((move for move in self.moves_from(state) if move.event == event), None)


def said(words: Words, language: str) -> str:
    """The words in a language; in English where the reader's language is none of the three."""
    return words.get(language) or words.get("en", "")


def table(route: str) -> Table:
    """The table of a route; KeyError when there is none."""
    return tables()[route]


@cache
def tables() -> dict[str, Table]:
    """Every table by its route. `BadTable` with every fault of every table."""
    files = [path for path in sorted(FOLDER.glob("*.yaml")) if path.stem != PAPERS]
    raw = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files}
    faults = [f"{code}: {fault}" for code, text in raw.items() for fault in faults_of(code, text)]
    faults += [f"{code}: there is no table" for code in sorted({INTAKE, *RouteCode.values} - set(raw))]
    if faults:
        raise BadTable("\n".join(faults))
    return {code: read(text) for code, text in raw.items()}


@cache
def papers() -> Mapping[str, Words]:
    """What moves call for, in words; `letter` names the letter that this program writes for it."""
    rows: dict[str, Words] = yaml.safe_load((FOLDER / f"{PAPERS}.yaml").read_text(encoding="utf-8"))
    faults = [fault for code, row in rows.items() for fault in _word_faults(code, row)]
    if faults:
        raise BadTable("\n".join(faults))
    return rows


# --- reading --------------------------------------------------------------------------------------------------------


def read(raw: Mapping[str, Any]) -> Table:
    """A table from its text; call `faults_of` first."""
    states = {code: _state(code, row) for code, row in raw["states"].items()}
    return Table(
        code=raw["route"],
        words=raw["name"],
        source=raw["source"],
        checked=date.fromisoformat(raw["checked"]),
        start=raw["start"],
        states=states,
        moves=tuple(_move(row, states) for row in raw["moves"]),
    )


def _state(code: str, row: Mapping[str, Any]) -> State:
    return State(
        code=code,
        words={language: row[language] for language in LANGUAGES},
        is_end=bool(row.get("end")),
        waits=bool(row.get("waits")),
        reports_address=bool(row.get("address")),
        mind=row.get("mind", {}),
    )


def _move(row: Mapping[str, Any], states: Mapping[str, State]) -> Move:
    return Move(
        event=row["event"],
        sources=frozenset(_sources(row, states)),
        to=row["to"],
        who=tuple(row["who"]),
        roles=frozenset(Role(role) for role in row["roles"]),
        noted_by=frozenset(Role(role) for role in row.get("noted_by", ())),
        title=row["title"],
        asks=row.get("asks", ""),
        meets=frozenset(row.get("meets", ())),
        papers=tuple(row.get("papers", ())),
        guards=tuple(Guard(guard) for guard in row.get("guards", ())),
        next=_next(row),
        mind=row.get("mind", {}),
        source=row["source"],
        verified=row["state"],
    )


def _sources(row: Mapping[str, Any], states: Mapping[str, State]) -> Iterable[str]:
    return row["from"] if row["from"] != "any" else [code for code, state in states.items() if not state.is_end]


def _next(row: Mapping[str, Any]) -> Next | None:
    given = row.get("next") or row.get("wait")
    if given is None:
        return None
    words = {language: given[language] for language in LANGUAGES}
    return Next("wait" in row, given.get("days", 0), given.get("before"), words)


# --- checking -------------------------------------------------------------------------------------------------------


def faults_of(code: str, raw: Any) -> list[str]:
    """One line for each thing that is wrong with a table, in plain words; none for a good one."""
    if not isinstance(raw, dict) or not isinstance(raw.get("states"), dict) or not isinstance(raw.get("moves"), list):
        return ["it needs states and moves"]
    faults = [f"{name} is missing" for name in ("route", "name", "source", "checked", "start") if not raw.get(name)]
    if faults:
        return faults
    faults += [] if raw["route"] == code else [f"route is {raw['route']}, the file {code}"]
    faults += _word_faults("name", raw["name"])
    for state, row in raw["states"].items():
        faults += _state_faults(state, row)
    for row in raw["moves"]:
        found = [*_move_faults(row, raw["states"]), *_role_faults(code, row)]
        faults += [f"{row.get('event', '?')}: {fault}" for fault in found]
    return faults or [*_path_faults(raw), *_own_faults(code, raw)]


def _word_faults(where: str, words: Any) -> Iterator[str]:
    if not isinstance(words, Mapping):
        yield f"{where} has no words"
        return
    yield from (f"{where} has no words in “{language}”" for language in LANGUAGES if not words.get(language))


def _state_faults(state: str, row: Any) -> Iterator[str]:
    yield from _word_faults(f"state {state}", row)
    if not isinstance(row, Mapping):
        return
    yield from (
        f"state {state}: unknown key {key}" for key in set(row) - {*LANGUAGES, "end", "waits", "address", "mind"}
    )
    if "mind" in row:
        yield from _word_faults(f"state {state}: mind", row["mind"])


_KEYS = {
    "event",
    "from",
    "to",
    "who",
    "roles",
    "noted_by",
    "title",
    "asks",
    "meets",
    "papers",
    "guards",
    "next",
    "wait",
    "mind",
}
_KEYS |= {"source", "state"}


def _move_faults(row: Mapping[str, Any], states: Mapping[str, Any]) -> Iterator[str]:
    missing = [key for key in ("event", "from", "to", "who", "roles", "title", "source", "state") if not row.get(key)]
    yield from (f"{key} is missing" for key in missing)
    if missing:
        return
    yield from (f"unknown key {key}" for key in sorted(set(row) - _KEYS))
    sources = [] if row["from"] == "any" else row["from"]
    yield from (f"unknown state {state}" for state in [*sources, row["to"]] if state not in states)
    yield from (f"goes on from {state}, which is an end" for state in sources if states.get(state, {}).get("end"))
    yield from (f"unknown role {role}" for role in row["roles"] if role not in Role.values)
    yield from (f"nobody is called {who}" for who in row["who"] if who not in WHO)
    yield from (f"unknown guard {guard}" for guard in row.get("guards", ()) if guard not in set(Guard))
    if row.get("asks") and row["asks"] not in _event_kinds():
        yield f"no deadline knows the event {row['asks']}"
    yield from (f"no deadline is called {rule}" for rule in row.get("meets", ()) if not _is_rule(rule))
    yield from (f"the paper {paper} has no words" for paper in row.get("papers", ()) if paper not in papers())
    if row["state"] not in VERIFIED:
        yield f"state must be read or memory, not {row['state']}"
    yield from _word_faults("title", row["title"])
    if "mind" in row:
        yield from _word_faults("mind", row["mind"])
    is_shared = Guard.ATTORNEY_APPROVAL in row.get("guards", ()) and set(row["roles"]) != {Role.ATTORNEY}
    if is_shared and not any("letter" in papers().get(paper, ()) for paper in row.get("papers", ())):
        yield "others than attorneys need a letter that an attorney can approve"
    yield from _next_faults(row, bool(states.get(row["to"], {}).get("end")))


def _role_faults(code: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Whoever a table names can do it: they move cases, or it is a step of an intake and they lead intakes."""
    verb = "intake.start" if code == INTAKE and row.get("event") in AT_THE_DOOR else "case.move"
    if row.get("noted_by") and (row.get("roles") != ["attorney"] or "attorney_approval" not in row.get("guards", ())):
        yield "noted_by is for what an attorney does themselves: roles attorney, with the guard attorney_approval"
    for role in [*(row.get("roles") or ()), *row.get("noted_by", ())]:
        if role in Role.values and not (may(Actor(role=Role(role)), verb) or may(Actor(role=Role(role)), "case.move")):
            yield f"{role} may not do this: their role has no {verb}"


def _next_faults(row: Mapping[str, Any], is_over: bool) -> Iterator[str]:
    """Every move says what comes next, unless it ends the matter; only then there is nothing."""
    if "next" in row and "wait" in row:
        yield "next and wait exclude each other"
    given = row.get("next") or row.get("wait")
    if is_over and given is not None:
        yield "it ends here, so nothing is next"
    if not is_over and given is None:
        yield "what comes next is missing"
    if given is None:
        return
    yield from _word_faults("next", given)
    if not isinstance(given.get("days", given.get("before")), int):
        yield "next needs days or before"
    if "before" in given and not row.get("asks"):
        yield "before a day that is not asked for"


def _path_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    """Each state can be reached from the start, and each that is no end can be left; an event is told apart."""
    states, start = raw["states"], raw["start"]
    if start not in states:
        yield f"unknown start {start}"
        return
    moves = [_move(row, {code: _state(code, state) for code, state in states.items()}) for row in raw["moves"]]
    reached = {start}
    while more := {move.to for move in moves if move.sources & reached} - reached:
        reached |= more
    yield from (f"state {state} cannot be reached" for state in states if state not in reached)
    left = {state for move in moves if move.to not in move.sources for state in move.sources}
    yield from (
        f"state {code} cannot be left" for code, row in states.items() if not row.get("end") and code not in left
    )
    seen: set[tuple[str, str]] = set()
    for move in moves:
        pairs = {(state, move.event) for state in move.sources}
        yield from (f"{event} can mean two things in {state}" for state, event in sorted(pairs & seen))
        seen |= pairs


def _own_faults(code: str, raw: Mapping[str, Any]) -> Iterator[str]:
    """The states of the case itself are the codes of its column."""
    if code == INTAKE and set(raw["states"]) != set(CaseState.values):
        odd = sorted(set(raw["states"]) ^ set(CaseState.values))
        yield f"differs from the states of a case: {', '.join(odd)}"


@cache
def _event_kinds() -> frozenset[str]:
    return frozenset(kind["id"] for kind in clocks.event_kinds())


def _is_rule(rule: str) -> bool:
    try:
        return bool(clocks.described(rule))
    except KeyError:
        return False
