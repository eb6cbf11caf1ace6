"""What a worker said: values by question, where "I don't know" and "rather not say" are answers too.

An answer is a text; a list of texts (several choices, names); a day with how sure it is; or a `Silence`. It travels
as plain JSON, so that it can be sealed as one text.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from centro.clinic.intake.questions import Question, Said, Screen, question, screens

UNKNOWN, UNSAID = "unknown", "unsaid"
# The two silences and how sure somebody is, in the worker's language.
SILENT = {
    UNKNOWN: Said(en="I don’t know", es="No sé", ko="모르겠어요"),
    UNSAID: Said(en="I’d rather not say", es="Prefiero no decir", ko="말하고 싶지 않아요"),
}
HOW_SURE = {
    "sure": Said(en="I am sure", es="Con seguridad", ko="확실해요"),
    "rough": Said(en="Roughly", es="Más o menos", ko="대략이에요"),
    "guess": Said(en="A guess", es="Es un cálculo", ko="짐작이에요"),
}
SEEN = "_seen"  # screens that were sent, with or without an answer
SILENCES = (UNKNOWN, UNSAID)


@dataclass(frozen=True)
class Day:
    """A day as remembered: `confidence` is sure, rough or guess."""

    on: date
    confidence: str = "sure"


@dataclass
class Answers:
    """Answers by the id of their question."""

    given: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def from_text(cls, text: str) -> "Answers":
        return cls(json.loads(text) if text else {})

    def as_text(self) -> str:
        return json.dumps(self.given, ensure_ascii=False, sort_keys=True)

    def with_(self, values: Mapping[str, Any]) -> "Answers":
        """The same with these answers put in; an empty one takes the old away."""
        merged = {**self.given, **values}
        return Answers({name: value for name, value in merged.items() if value not in ("", [], None)})

    def after(self, screen: Screen, values: Mapping[str, Any]) -> "Answers":
        """The same once a screen was sent with these answers."""
        return self.with_({**values, SEEN: sorted({*self.many(SEEN), screen.id})})

    def __or__(self, other: "Answers") -> "Answers":
        return Answers({**self.given, **other.given})

    def is_silent(self, name: str) -> str:
        """`unknown` or `unsaid` where the worker said so; empty otherwise."""
        value = self.given.get(name)
        return str(value.get("not", "")) if isinstance(value, dict) else ""

    def text(self, name: str) -> str:
        """A single answer; empty when there is none."""
        value = self.given.get(name)
        return value if isinstance(value, str) else ""

    def many(self, name: str) -> tuple[str, ...]:
        """Several choices, or names; a single answer counts as one."""
        value = self.given.get(name)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(value) if isinstance(value, list) else ()

    def yes(self, name: str) -> bool | None:
        """True, False, or None where it is not known."""
        return {"yes": True, "no": False}.get(self.text(name))

    def day(self, name: str) -> Day | None:
        value = self.given.get(name)
        if not isinstance(value, dict) or "on" not in value:
            return None
        return Day(date.fromisoformat(value["on"]), value.get("confidence", "sure"))

    def holds(self, when: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether every condition holds: one of its values is among the answers."""
        return all(set(self.many(name)) & set(values) for name, values in (when or {}).items())

    def has(self, name: str) -> bool:
        return name in self.given

    # --- the way through the questions ---------------------------------------------------------------------------

    def way(self) -> list[Screen]:
        """The screens that these answers lead to, in their order."""
        return [screen for screen in screens() if self.holds(screen.when)]

    def asked_on(self, screen: Screen) -> list[Question]:
        return [one for one in screen.questions if self.holds(one.when)]

    def is_done(self, screen: Screen) -> bool:
        """Whether the screen was sent, or the web form answered all of it, and every needed question has an answer."""
        asked = self.asked_on(screen)
        was_there = screen.id in self.many(SEEN) or (bool(asked) and all(self.has(one.id) for one in asked))
        return was_there and all(self.has(one.id) for one in asked if one.is_needed)

    def only_way(self) -> "Answers":
        """Without the answers to questions that are no longer asked, because an earlier answer was corrected."""
        asked = {SEEN, *(one.id for screen in self.way() for one in self.asked_on(screen))}
        return Answers({name: value for name, value in self.given.items() if name in asked})


def split(answers: Answers) -> tuple[Answers, Answers]:
    """What the front desk may read, and the story."""
    desk = {SEEN, *(one.id for screen in screens() if screen.is_desk for one in screen.questions)}
    mine = {name: value for name, value in answers.given.items() if name in desk}
    return Answers(mine), Answers({name: value for name, value in answers.given.items() if name not in desk})


def spoken(answers: Answers, name: str, language: str) -> Iterator[str]:
    """An answer in words: choices by their labels, everything else as it was said."""
    labels = {choice.id: choice.label.in_(language) for choice in question(name).choices}
    for value in answers.many(name):
        yield labels.get(value, value)
