"""The questions of the intake, read from `*.yaml` beside this file and checked: languages, order, nothing banned."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from centro.core import inventory
from centro.people.jurisdictions import JURISDICTIONS
from wagelaw import coverage

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "es", "ko")
PARTS = ("before", "dates", "names", "job", "topics", "proof", "goal")
KINDS = {"words", "lines", "names", "phone", "email", "zip", "choice", "choices", "flag", "day", "time", "money"} | {
    "count",
    "county",
    "place",
}
WITH_CHOICES = {"choice", "choices"}
YES_NO = (
    {"id": "yes", "en": "Yes", "es": "Sí", "ko": "예"},
    {"id": "no", "en": "No", "es": "No", "ko": "아니요"},
)
# What is never asked (security.md 3.5; Lab. Code 1171.5), as a question would say it.
FORBIDDEN = re.compile(
    r"immigration status|\bvisas?\b|work permit|social security|\b(?:SSN|ITIN)\b|\bA-number|country of birth|"
    r"where were you born|nationality|citizen|passport|green card|criminal|arrested|\bI-9\b|e-verify|diagnosis|"
    r"enter(?:ed)? the (?:country|united states)|estatus migratorio|permiso de trabajo|seguro social|"
    r"pa[ií]s de nacimiento|d[oó]nde naci|nacionalidad|ciudadan|pasaporte|antecedentes|diagn[oó]stico|"
    r"체류\s?신분|비자|취업\s?허가|사회보장|출생지|출생\s?국|국적|시민권|여권|영주권|전과|병명",
    re.IGNORECASE,
)


class BadQuestions(ValueError):
    """The data cannot be used: what is wrong, and where."""


@dataclass(frozen=True)
class Said:
    """The same words in the three languages."""

    en: str
    es: str
    ko: str

    def in_(self, language: str) -> str:
        """The words in a language; English for one that nobody wrote."""
        return str(getattr(self, language, self.en))


@dataclass(frozen=True)
class Choice:
    """One of the answers a question offers."""

    id: str
    label: Said


@dataclass(frozen=True)
class Question:
    """One question: its words, the kind of its answer, and the answers after which it is asked."""

    id: str
    kind: str
    ask: Said
    choices: tuple[Choice, ...] = ()
    when: Mapping[str, tuple[str, ...]] = None  # type: ignore[assignment]
    limit: int = 200
    is_needed: bool = False
    is_past: bool = False
    law: str = ""  # the fact of `wagelaw.coverage` that it answers


@dataclass(frozen=True)
class Screen:
    """One idea: a title, why we ask, and the few questions that belong together."""

    id: str
    part: str
    step: int
    is_desk: bool  # the front desk may ask it: identity and contact, no story
    title: Said
    why: Said
    questions: tuple[Question, ...]
    when: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def screens() -> tuple[Screen, ...]:
    """Every screen in its order; `BadQuestions` when the data is wrong."""
    files = sorted(HERE.glob("[0-9]*.yaml"))
    found = tuple(screen for file in files for screen in read(yaml.safe_load(file.read_text(encoding="utf-8"))))
    check(found)
    return found


def screen(name: str) -> Screen:
    """The screen of this name; `KeyError` when there is none."""
    return next((one for one in screens() if one.id == name), None) or _absent(name)


def question(name: str) -> Question:
    """The question of this name; `KeyError` when there is none."""
    return _by_id().get(name) or _absent(name)


def _absent(name: str) -> Any:
    raise KeyError(name)


@lru_cache(maxsize=1)
def _by_id() -> dict[str, Question]:
    return {one.id: one for each in screens() for one in each.questions}


def read(document: Mapping[str, Any]) -> list[Screen]:
    """The screens of one file, as they stand there."""
    try:
        return [_screen(document["part"], entry) for entry in document["screens"]]
    except (KeyError, TypeError) as error:
        raise BadQuestions(f"{document.get('part')}: {error} is missing") from error


def _screen(part: str, entry: Mapping[str, Any]) -> Screen:
    return Screen(
        id=entry["id"],
        part=part,
        step=entry["step"],
        is_desk=bool(entry.get("desk")),
        title=_said(entry["title"], entry["id"]),
        why=_said(entry["why"], entry["id"]),
        questions=tuple(_question(one) for one in entry["questions"]),
        when=_when(entry),
    )


def _question(entry: Mapping[str, Any]) -> Question:
    offered = _offered(entry)
    return Question(
        id=entry["id"],
        kind=entry["kind"],
        ask=_said(_law_words(entry["law"]) if "law" in entry else entry, entry["id"]),
        choices=tuple(Choice(str(one["id"]), _said(one, f"{entry['id']}.{one['id']}")) for one in offered),
        when=_when(entry),
        limit=entry.get("limit", 200),
        is_needed=bool(entry.get("needed")),
        is_past=bool(entry.get("past")),
        law=entry.get("law", ""),
    )


def _offered(entry: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    if entry["kind"] == "flag":
        return YES_NO
    if entry["kind"] == "county":
        return counties()
    if entry["kind"] == "place":
        return [{"id": code, **dict.fromkeys(LANGUAGES, name)} for code, name in JURISDICTIONS if code != "US"]
    found: list[Mapping[str, Any]] = entry.get("choices", [])
    return found


@lru_cache(maxsize=1)
def counties() -> list[dict[str, str]]:
    """The counties of California, Los Angeles first, and “elsewhere” at the end."""
    rows = yaml.safe_load((HERE / "counties.yaml").read_text(encoding="utf-8"))
    known = [{"id": code, **dict.fromkeys(LANGUAGES, name)} for code, name in rows]
    known.sort(key=lambda row: row["id"] not in {"los-angeles", "orange"})
    return [*known, {"id": "other", "en": "Outside California", "es": "Fuera de California", "ko": "캘리포니아 밖"}]


def _law_words(fact: str) -> Mapping[str, str]:
    found = next((row for row in coverage.facts_table() if row["key"] == fact), None)
    if found is None:
        raise BadQuestions(f"the wage law asks nothing called {fact}")
    return found


def _said(words: Mapping[str, Any], where: str) -> Said:
    missing = [code for code in LANGUAGES if not str(words.get(code) or "").strip()]
    if missing:
        raise BadQuestions(f"{where} has no words in {', '.join(missing)}")
    return Said(*(str(words[code]) for code in LANGUAGES))


def _when(entry: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(str(value) for value in values) for name, values in entry.get("when", {}).items()}


# --- the check ------------------------------------------------------------------------------------------------------


def check(found: tuple[Screen, ...]) -> None:
    """`BadQuestions` with every fault: names used twice, unknown kinds, conditions nobody meets, banned words."""
    faults = [*_names(found), *_order(found), *_conditions(found)]
    for each in found:
        for one in each.questions:
            faults += list(_faults_of(one))
        faults += _banned(each.id, (each.title,))
    if faults:
        raise BadQuestions("; ".join(faults))


def _names(found: tuple[Screen, ...]) -> Iterable[str]:
    names = [each.id for each in found]
    names += [f"{one.id}?" for each in found for one in each.questions]
    yield from (f"{name} stands twice" for name in sorted({name for name in names if names.count(name) > 1}))


def _order(found: tuple[Screen, ...]) -> Iterable[str]:
    """Fear first, dates early, money last: safety before work, dates before any story, pay at the end of the job."""
    parts = [each.part for each in found]
    if [part for index, part in enumerate(parts) if index == 0 or parts[index - 1] != part] != list(PARTS):
        yield "the parts are not in their order"
    if any(each.part in {"topics", "proof", "goal"} and each.is_desk for each in found):
        yield "the front desk does not hear the story"
    if any(not each.is_desk for each in found if each.part in {"before", "dates", "names"}):
        yield "before the conflict check the front desk can ask everything"
    job = [each.id for each in found if each.part == "job"]
    if job and job[-1] != "pay":
        yield "pay is the last thing asked about the job"


def _conditions(found: tuple[Screen, ...]) -> Iterable[str]:
    asked: dict[str, Question] = {}
    for each in found:
        yield from _unmet(each.id, each.when, asked)
        for one in each.questions:
            yield from _unmet(one.id, one.when, asked)
            asked[one.id] = one


def _unmet(name: str, when: Mapping[str, tuple[str, ...]], asked: Mapping[str, Question]) -> Iterable[str]:
    for other, values in when.items():
        if other not in asked:
            yield f"{name} depends on {other}, which is not asked before"
        elif unknown := set(values) - {choice.id for choice in asked[other].choices}:
            yield f"{name} waits for answers that {other} does not offer: {', '.join(sorted(unknown))}"


def _faults_of(one: Question) -> Iterable[str]:
    if one.kind not in KINDS:
        yield f"{one.id} is of an unknown kind: {one.kind}"
    if one.kind in WITH_CHOICES and not one.choices:
        yield f"{one.id} offers no answers"
    if inventory.must_never_be_held(one.id):
        yield f"{one.id} must never be held"
    yield from _banned(one.id, (one.ask, *(choice.label for choice in one.choices)))


def _banned(name: str, words: Iterable[Said]) -> list[str]:
    texts = [said.in_(language) for said in words for language in LANGUAGES]
    return [f"{name} asks what is never asked: {text}" for text in texts if FORBIDDEN.search(text)]
