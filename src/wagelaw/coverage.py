"""Who is covered by which wage law: facts of a worker's situation in, answers with their reasons out.

The law stands in `law/coverage/*.yaml`, one row an answer, written for lawyers; this module reads the rows
from the top. Where a fact is missing and the possible rows disagree, the answer is `needs_fact` and names the
questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from wagelaw.conditions import Facts
from wagelaw.facts import DIALECT, BadFacts, Problem, read, schema_of
from wagelaw.parameters import LawError, places, value
from wagelaw.worded import load

FORMAT = "wagelaw/coverage/1"
ANSWERS = ("protected", "left_out", "unsettled", "needs_fact")
IMMIGRATION = {
    "en": "Immigration status changes none of these answers (Lab. Code § 1171.5); it is never asked.",
    "es": "El estatus migratorio no cambia estas respuestas (Lab. Code § 1171.5); nunca se pregunta.",
    "ko": "체류 신분은 이 답을 바꾸지 않습니다(Lab. Code § 1171.5). 저희는 묻지 않습니다.",
}


@dataclass(frozen=True)
class Answer:
    """One law's answer. `rows`: the row it rests on, or with `needs_fact` those still possible."""

    law: str
    answer: str  # one of ANSWERS
    rows: tuple[str, ...]
    needs: tuple[str, ...] = ()  # facts that would settle it, only with `needs_fact`


@dataclass(frozen=True)
class Coverage:
    """All answers for one situation on one day, in the order of the table."""

    on: date
    place: str
    answers: tuple[Answer, ...]
    assumed: Mapping[str, Any]
    case: Mapping[str, Any]  # what the answers settle for a case file: worker_class, wage_order

    def answer(self, law: str) -> str | None:
        """The answer of one law by id, None where the law has no bearing here."""
        return next((each.answer for each in self.answers if each.law == law), None)

    def as_json(self, language: str = "en") -> dict[str, Any]:
        """The document of docs/wage-coverage.md, with words in `language`."""
        return {
            "format": FORMAT,
            "on": self.on.isoformat(),
            "place": self.place,
            "answers": [_shown(each, language) for each in self.answers],
            "assumed": {key: _plain(found) for key, found in self.assumed.items()},
            "case": dict(self.case),
            "notes": [IMMIGRATION[language]],
        }


def coverage(facts: Mapping[str, Any]) -> Coverage:
    """Which laws cover the worker whom `facts` describe; BadFacts where they cannot be read."""
    given = read(facts, load("coverage")["facts"])
    if given["place"] not in places():
        raise BadFacts([Problem("place", "unknown_place", {"found": given["place"]})])
    table = load("coverage")["facts"]
    assumed = {fact["key"]: fact["assume"] for fact in table if "assume" in fact and fact["key"] not in given}
    known = Facts({**assumed, **given, "in_california": _in_california(given["place"])}, _figures(given))
    answers = tuple(_answers(known))
    return Coverage(given["on"], given["place"], answers, _used(assumed, given), _case(answers))


def facts_table() -> tuple[dict[str, Any], ...]:
    """The facts that may be given: key, kind, choices, question in each language; for a form or a schema."""
    return tuple(load("coverage")["facts"])


def schema() -> dict[str, Any]:
    """The JSON Schema of the facts document."""
    return {"$schema": DIALECT, "title": "wagelaw coverage facts", **schema_of(load("coverage")["facts"])}


def _in_california(place: str) -> bool:
    return place == "US-CA" or place.startswith("US-CA-")


def _figures(given: Mapping[str, Any]) -> Any:
    """Looks up the yearly dollars of a salary test on the day asked about."""

    def figure(name: str) -> Fraction | str:
        place = "US-CA" if name.startswith("ca_") else "US"
        headcount = given.get("employer_headcount")
        sizes = [] if headcount is None else ["employer_ge_26" if headcount >= 26 else "employer_le_25"]
        for applies_to in ["general", "executive_administrative_professional", *sizes]:
            try:
                found = value(name, place, given["on"], applies_to)
            except LawError:
                continue
            return found.amount * (52 if found.unit == "USD/week" else 1)
        return "on" if sizes else "employer_headcount"

    return figure


def _answers(known: Facts) -> list[Answer]:
    """Every law that has a bearing, asked in order; each answer is a fact for the laws after it."""
    answers = []
    for law in load("coverage")["laws"]:
        if known.test(law.get("only_when", {})).holds is False:
            continue
        answer = _ask(law, known)
        unsure = answer.answer == "needs_fact"
        known.learn(f"answer.{law['id']}", None if unsure else answer.answer, frozenset(answer.needs))
        answers.append(answer)
    return answers


def _ask(law: Mapping[str, Any], known: Facts) -> Answer:
    """The first row that holds; rows above it that may hold matter only if they would answer otherwise."""
    possible: list[Mapping[str, Any]] = []
    needs: set[str] = set()
    settled = False
    for row in law["rows"]:
        truth = known.test(row["when"])
        if truth.holds is False:
            continue
        possible.append(row)
        needs |= truth.needs
        if truth.holds:
            settled = True
            break
    rows = tuple(row["id"] for row in possible)
    found = {row["answer"] for row in possible}
    if settled and len(found) == 1:
        return Answer(law["id"], found.pop(), rows if len(rows) == 1 else (rows[-1],))
    return Answer(law["id"], "needs_fact", rows, _ordered(needs))


def _ordered(needs: set[str]) -> tuple[str, ...]:
    order = [fact["key"] for fact in load("coverage")["facts"]]
    return tuple(key for key in order if key in needs)


def _used(assumed: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Assumptions worth telling: those about other kinds of work than the one given say nothing."""
    elsewhere = {
        "home": ("occasional_sitter", "under_18", "home_over_threshold"),
        "farm": ("local_hand_harvest", "herds_on_range"),
    }
    silent = {key for work, keys in elsewhere.items() if given.get("work", work) != work for key in keys}
    return {key: found for key, found in assumed.items() if key not in silent}


def _case(answers: tuple[Answer, ...]) -> dict[str, Any]:
    """Hints for a case file from the rows that settled an answer."""
    hints: dict[str, Any] = {}
    for answer in answers:
        if answer.answer != "needs_fact":
            hints.update(_row(answer.law, answer.rows[0]).get("case", {}))
    return hints


def _law(law: str) -> dict[str, Any]:
    return next(entry for entry in load("coverage")["laws"] if entry["id"] == law)


def _row(law: str, row: str) -> dict[str, Any]:
    return next(entry for entry in _law(law)["rows"] if entry["id"] == row)


def _shown(answer: Answer, language: str) -> dict[str, Any]:
    """One answer with its words, source and state of verification."""
    law = _law(answer.law)
    shown: dict[str, Any] = {
        "law": answer.law,
        "name": law[language],
        "answer": answer.answer,
        "citation": law["citation"],
        "rows": [_row_shown(_row(answer.law, row), language) for row in answer.rows],
    }
    if answer.needs:
        questions = {fact["key"]: fact[language] for fact in load("coverage")["facts"]}
        shown["needs"] = [{"fact": key, "question": questions[key]} for key in answer.needs]
    return shown


def _row_shown(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    remains = load("coverage")["remains"]
    return {
        "row": row["id"],
        "answer": row["answer"],
        "why": row[language],
        "remains": [remains[name][language] for name in row.get("remains", ())],
        "source": row["source"],
        "state": row["state"],
        "checked": row["checked"],
    }


def _plain(found: Any) -> Any:
    return found if isinstance(found, (bool, int, str)) or found is None else str(found)
