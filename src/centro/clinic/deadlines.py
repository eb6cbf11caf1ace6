"""What is known of a deadline by its rule: words in a language, whose it is, and which route keeps it."""

from functools import cache
from typing import Any

from django.db.models import Q

from centro.clinic.choices import ClockState, Route
from wagelaw import clocks

# States in which a deadline still runs.
LIVE = (ClockState.PROVISIONAL, ClockState.CONFIRMED, ClockState.ATTORNEY_SET)
# Deadlines that somebody still has to keep: of a case as a whole, or of a matter that is open.
STILL_OURS = Q(matter=None) | Q(matter__closed_at=None)
# Which route a deadline belongs to, by the body it is kept before; the others belong to the case as a whole.
ROUTE_OF_BODY = {
    "labor_commissioner": Route.WAGE_CLAIM,
    "labor_commissioner_or_court": Route.WAGE_CLAIM,
    "retaliation_unit": Route.RETALIATION,
    "osha": Route.RETALIATION,
    "nlrb": Route.RETALIATION,
    "crd": Route.DISCRIMINATION,
    "eeoc": Route.DISCRIMINATION,
    "agency_eeo": Route.DISCRIMINATION,
    "edd": Route.UNEMPLOYMENT,
    "cuiab": Route.UNEMPLOYMENT,
    "lwda": Route.PAGA,
}
_LANGUAGES = ("en", "es", "ko")


@cache
def described(rule: str, language: str) -> dict[str, Any]:
    """The words of a rule (`wagelaw.clocks.described`). A rule that is in the law no more still shows its code."""
    try:
        return clocks.described(rule, language if language in _LANGUAGES else "en")
    except KeyError:
        gone = {"clock": rule, "what": rule, "body": "", "body_name": "", "citation": "", "whose": "worker"}
        return {**gone, "kind": "filing", "stops": [], "notes": [], "source": "", "state": "memory", "checked": ""}


@cache
def is_for_worker(rule: str) -> bool:
    """Whether it is the worker who must do something by then."""
    words = described(rule, "en")
    return bool(words["whose"] == "worker" and words["kind"] == "filing")


@cache
def route_of(rule: str) -> Route | None:
    """The route whose filing keeps this deadline, if it is one of ours."""
    return ROUTE_OF_BODY.get(described(rule, "en")["body"])


@cache
def event_words(kind: str, language: str) -> str:
    """The name of a kind of dated event."""
    found = next((row for row in clocks.event_kinds() if row["id"] == kind), None)
    return str(found[language if language in _LANGUAGES else "en"]) if found else kind


@cache
def event_fields(kind: str) -> tuple[dict[str, Any], ...]:
    """What else a kind of event may say: its fields with their choices (codes)."""
    found = next((row for row in clocks.event_kinds() if row["id"] == kind), None)
    return tuple(found.get("fields", ())) if found else ()
