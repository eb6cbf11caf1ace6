"""Clocks: what `wagelaw.clocks` is asked about a case, and the deadlines as a page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from centro.clinic.deadlines import LIVE, described, event_words, is_for_worker
from centro.clinic.models import Case, Clock, Happening, Matter
from centro.clinic.queries.matters import without_hidden
from centro.core import clock as core_clock
from centro.core.policy import Actor, Refused
from centro.people import queries as people
from wagelaw import clocks


def document_of(case: Case, happenings: list[Happening]) -> dict[str, Any]:
    """What `wagelaw.clocks` is asked: the dated facts of a case, without a word of its story."""
    place = case.workplace.jurisdiction if case.workplace_id and case.workplace else ""
    facts: Mapping[str, Any] = {"place": place} if place else {}
    events = [
        {"kind": row.kind, "on": row.on.isoformat(), "confidence": row.confidence, **row.facts} for row in happenings
    ]
    return {"facts": facts, "events": events}


@dataclass(frozen=True)
class Line:
    """A deadline as a page shows it, in one language.

    `earliest` is the day first computed: it stays, whatever an attorney sets. `days` are left until `on`; below zero
    it has passed. `why` says why it is not sure.
    """

    row: Clock
    words: Mapping[str, Any]
    event: str
    event_on: date | None
    days: int | None
    why: list[str]
    extensions: list[str]
    decided_by: str

    @property
    def is_live(self) -> bool:
        return self.row.state in LIVE

    @property
    def is_workers(self) -> bool:
        """Whether it is the worker who must do something by then, and not the employer or an agency."""
        return is_for_worker(self.row.rule)

    @property
    def is_passed(self) -> bool:
        return self.is_live and self.days is not None and self.days < 0

    @property
    def is_near(self) -> bool:
        return self.is_live and self.days is not None and 0 <= self.days < 30

    @property
    def is_moved(self) -> bool:
        """Whether it stands on another day than the one first computed."""
        return self.row.on != self.row.first_on

    @property
    def is_read(self) -> bool:
        """Whether somebody read the rule in a source; otherwise it rests on memory."""
        return bool(self.words["state"] == "read")


def lines(actor: Actor, case: Case, language: str) -> list[Line]:
    """The deadlines of a case, without those of matters this actor may not open: running ones first, by day."""
    rows = without_hidden(actor, case.clocks.select_related("happening", "matter"))
    return _as_lines(actor, case, rows, language)


def of_matter(actor: Actor, matter: Matter, language: str) -> list[Line]:
    """The deadlines of one matter that still count: what runs for the worker, what others owe and have not yet."""
    rows = matter.case.clocks.filter(matter=matter).select_related("happening", "matter")
    found = _as_lines(actor, matter.case, rows, language)
    return [line for line in found if line.is_live and (line.is_workers or not line.is_passed)]


def _as_lines(actor: Actor, case: Case, rows: Iterable[Clock], language: str) -> list[Line]:
    shown = list(rows)
    names = people.names_of_staff(actor, [row.decided_by_id for row in shown])
    computed = _computed(case, [row.happening for row in shown if row.happening is not None], language)
    for row in shown:
        row.case = case
    made = [_line(row, language, names, computed.get((row.happening_id or row.pk, row.rule), {})) for row in shown]
    return sorted(made, key=lambda line: (not line.is_live, line.row.on or date.max, line.row.rule))


def _line(row: Clock, language: str, names: Mapping[UUID, str], computed: Mapping[str, Any]) -> Line:
    happening = row.happening
    return Line(
        row=row,
        words=described(row.rule, language),
        event=event_words(happening.kind, language) if happening else "",
        event_on=happening.on if happening else None,
        days=(row.on - core_clock.today()).days if row.on else None,
        why=list(computed.get("why_provisional", ())),
        extensions=list(computed.get("extensions", ())),
        decided_by=names.get(row.decided_by_id, "") if row.decided_by_id else "",
    )


def _computed(case: Case, happenings: list[Happening], language: str) -> dict[tuple[UUID, str], dict[str, Any]]:
    """What the law says today about each deadline: why it is not sure, what could make it later."""
    found: dict[tuple[UUID, str], dict[str, Any]] = {}
    for happening in {row.pk: row for row in happenings}.values():
        try:
            answer = clocks.as_json(document_of(case, [happening]), language)
        except ValueError:
            continue
        found |= {(happening.pk, row["clock"]): row for row in answer["clocks"]}
    return found


def get_clock(actor: Actor, case: Case, clock: UUID) -> Clock:
    """A deadline of a case that a query fetched for the actor."""
    row = without_hidden(actor, case.clocks.filter(pk=clock).select_related("happening", "matter")).first()
    if row is None:
        raise Refused("clock")
    row.case = case
    return row


def nearest(found: Iterable[Line], count: int = 5) -> list[Line]:
    """The running deadlines of the worker that come (or passed) first."""
    return [line for line in found if line.is_live and line.is_workers][:count]


def happenings(case: Case, language: str) -> list[tuple[Happening, str]]:
    """The dated facts of a case with their names, the latest first."""
    return [(row, event_words(row.kind, language)) for row in case.happenings.order_by("-on", "id")]


def get_happening(case: Case, happening: UUID) -> Happening:
    """A dated fact of a case that a query fetched for the actor."""
    row = case.happenings.filter(pk=happening).first()
    if row is None:
        raise Refused("happening")
    row.case = case
    return row
