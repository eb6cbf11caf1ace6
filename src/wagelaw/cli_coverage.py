"""`wagelaw coverage FACTS.json [--json | --table] [--lang en|es|ko]`: which laws cover a worker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from wagelaw.answer_cli import answer
from wagelaw.coverage import coverage

TITLES = {
    "en": {
        "protected": "COVERED",
        "left_out": "LEFT OUT",
        "unsettled": "UNSETTLED",
        "needs_fact": "NOT KNOWN YET",
        "remains": "What remains",
        "ask": "To know, answer",
        "source": "Source",
        "assumed": "Assumed",
    },
    "es": {
        "protected": "CUBRE",
        "left_out": "DEJA FUERA",
        "unsettled": "SIN RESOLVER",
        "needs_fact": "FALTA SABER",
        "remains": "Lo que queda",
        "ask": "Para saberlo, responda",
        "source": "Fuente",
        "assumed": "Se supone",
    },
    "ko": {
        "protected": "적용됨",
        "left_out": "빠짐",
        "unsettled": "미정",
        "needs_fact": "아직 모름",
        "remains": "남은 권리",
        "ask": "알려면 답해 주세요",
        "source": "출처",
        "assumed": "가정",
    },
}


def run(argv: Sequence[str]) -> int:
    """Prints the answers; 0, or 2 when the facts cannot be read."""
    return answer(argv, "coverage", lambda document, language: coverage(document).as_json(language), _table)


def _table(found: dict[str, Any], language: str) -> str:
    titles = TITLES[language]
    lines = [f"{found['place']} · {found['on']}", ""]
    for each in found["answers"]:
        lines.append(f"[{titles[each['answer']]}] {each['name']} ({each['citation']})")
        lines.extend(_reasons(each, titles))
        lines.append("")
    if found["assumed"]:
        lines.append(
            f"{titles['assumed']}: " + ", ".join(f"{key} = {value}" for key, value in found["assumed"].items())
        )
    return "\n".join([*lines, *found["notes"]])


def _reasons(each: dict[str, Any], titles: dict[str, str]) -> Iterator[str]:
    for need in each.get("needs", ()):
        yield f"    {titles['ask']}: {need['question']} ({need['fact']})"
    if each["answer"] == "needs_fact":
        return
    for row in each["rows"]:
        yield f"    {row['why']}"
        yield from (f"    {titles['remains']}: {phrase}" for phrase in row["remains"])
        yield f"    {titles['source']}: {row['source']} ({row['state']}, {row['checked']})"
