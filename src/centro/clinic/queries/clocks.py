"""Clocks: what `wagelaw.clocks` is asked about a case."""

from collections.abc import Mapping
from typing import Any

from centro.clinic.models import Case, Happening


def document_of(case: Case, happenings: list[Happening]) -> dict[str, Any]:
    """What `wagelaw.clocks` is asked: the dated facts of a case, without a word of its story."""
    place = case.workplace.jurisdiction if case.workplace_id and case.workplace else ""
    facts: Mapping[str, Any] = {"place": place} if place else {}
    events = [
        {"kind": row.kind, "on": row.on.isoformat(), "confidence": row.confidence, **row.facts} for row in happenings
    ]
    return {"facts": facts, "events": events}
