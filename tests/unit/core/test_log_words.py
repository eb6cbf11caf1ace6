"""Every kind of entry that the program writes into its two logs has a sentence, in three languages."""

import re
from pathlib import Path

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from centro.core import policy, words
from centro.people import words as people_words

SOURCES = Path(__file__).resolve().parents[3] / "src" / "centro"
EVENT = re.compile(r"""(?:record_event|\bevent)\(\s*"(\w+\.\w+)\"""")
OPENING = re.compile(r"""(?:record_access\(\s*|(?:seen|now)\.kind = |\baccess(?:: str )?\s?= ?)"(\w+)\"""")
# Where the kind is put together, or handed on as a variable: every literal of these families in the file is one.
PUT_TOGETHER = {
    "core/accounts.py": ("user", "factor"),
    "clinic/actions/papers.py": ("letter",),
    "clinic/actions/clocks.py": ("clock",),
    "clinic/actions/cases.py": ("case", "matter"),
    "organizing/actions/events.py": ("event",),
}
PARTS = ("phone", "email", "residency", "employment")
STEPS = ("asked", "maybe", "yes", "confirmed", "cancelled", "attended", "no_show", "tried")


def sources() -> dict[str, str]:
    files = [path for path in SOURCES.rglob("*.py") if "demo" not in path.parts]
    return {str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8") for path in files}


def events_written(texts: dict[str, str]) -> set[str]:
    found = {kind for text in texts.values() for kind in EVENT.findall(text)}
    for name, families in PUT_TOGETHER.items():
        pattern = rf'"((?:{"|".join(families)})\.\w+)"'
        found |= set(re.findall(pattern, texts.get(name, ""))) - policy.VERBS
    found |= {f"person.{part}_{done}" for part in PARTS for done in ("added", "edited", "removed")}
    return found | {f"event.{step}" for step in STEPS}


def openings_written(texts: dict[str, str]) -> set[str]:
    return {"open", *(kind for text in texts.values() for kind in OPENING.findall(text))}


def without_words(kinds: set[str], known: dict[str, words.Words]) -> list[str]:
    return sorted(kinds - known.keys())


def test_every_event_is_said_in_words() -> None:
    kinds = events_written(sources())
    assert len(kinds) > 200
    assert without_words(kinds, words.EVENTS) == []


def test_every_way_of_opening_is_said_in_words() -> None:
    kinds = openings_written(sources())
    assert {"open", "search", "reveal", "print", "export", "refuse", "verify", "role", "job"} <= kinds
    assert without_words(kinds, words.OPENINGS) == []


def test_a_new_kind_without_words_would_be_seen() -> None:
    kinds = events_written({"people/actions.py": 'record_event(\n        "person.waved_at", by=by)'})
    assert "person.waved_at" in without_words(kinds, words.EVENTS)


@pytest.mark.parametrize("language", ["es", "ko"])
def test_each_is_said_in_each_language(language: str) -> None:
    said = {**words.EVENTS, **words.OPENINGS}
    with override("en"):
        english = {kind: str(text) for kind, text in said.items()}
    with override(language):
        same = [kind for kind, text in said.items() if str(text) == english[kind]]
    assert same == []
    assert all(isinstance(text, Promise) for text in said.values())


def test_the_timeline_speaks_the_words_of_the_log() -> None:
    assert people_words.SENTENCES is words.EVENTS
