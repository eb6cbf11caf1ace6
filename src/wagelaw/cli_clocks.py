"""`wagelaw clocks EVENTS.json [--json | --table] [--lang en|es|ko]`: every deadline that may run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wagelaw.answer_cli import answer
from wagelaw.clocks import as_json

TITLES = {
    "en": {
        "certain": "certain",
        "provisional": "provisional",
        "no_date": "date not known",
        "passed": "PASSED",
        "latest": "at the very latest",
        "from": "from",
        "source": "Source",
        "none": "No deadline found.",
    },
    "es": {
        "certain": "segura",
        "provisional": "provisional",
        "no_date": "fecha no conocida",
        "passed": "YA PASÓ",
        "latest": "a más tardar",
        "from": "desde",
        "source": "Fuente",
        "none": "No se encontró ningún plazo.",
    },
    "ko": {
        "certain": "확정",
        "provisional": "잠정",
        "no_date": "날짜 모름",
        "passed": "지남",
        "latest": "아무리 늦어도",
        "from": "기준",
        "source": "출처",
        "none": "기한을 찾지 못했습니다.",
    },
}


def run(argv: Sequence[str]) -> int:
    """Prints the deadlines, the earliest first; 0, or 2 when the events cannot be read."""
    return answer(argv, "clocks", as_json, _table)


def _table(found: dict[str, Any], language: str) -> str:
    titles = TITLES[language]
    lines = [line for clock in found["clocks"] for line in _lines(clock, titles)]
    return "\n".join(lines or [titles["none"]])


def _lines(clock: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    passed = f" {titles['passed']}" if clock["passed"] else ""
    yield f"{clock['on'] or titles['no_date']}  {clock['what']} · {titles[clock['certainty']]}{passed}"
    yield f"    {clock['body_name']} · {clock['citation']}"
    yield f"    {titles['from']}: {clock['event_name']} ({clock['event']['on']})"
    if clock["extended_on"]:
        yield f"    {titles['latest']} {clock['extended_on']}: {'; '.join(clock['extensions'])}"
    for phrase in (*clock["why_provisional"], *clock["stops"], *clock["notes"]):
        yield f"    {phrase}"
    yield f"    {titles['source']}: {clock['source']} ({clock['state']}, {clock['checked']})"
    yield ""
