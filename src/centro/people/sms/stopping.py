"""The words that stop texts, in every language that people write to us in."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

WORDS = Path(__file__).with_name("words.yaml")


class Meaning(Enum):
    """What a text asks of us, as far as a list of words can tell."""

    STOP = "stop"
    START = "start"
    MAYBE_STOP = "maybe_stop"  # a person has to read it
    WORDS = "words"


@dataclass(frozen=True)
class Reading:
    """What a text means, in which language that was said, and whether the texting service answers it by itself."""

    meaning: Meaning
    language: str = ""
    is_answered: bool = False


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words: `¡ALTO!` and `alto` are the same."""
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in split if unicodedata.category(c) != "Mn")
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", bare).replace("'", "").replace("’", "")))


@cache
def _phrases(kind: str) -> dict[str, str]:
    """Every phrase of this kind, plain, with its language."""
    return {plain(phrase): language for language, phrases in _words()[kind].items() for phrase in phrases}


@cache
def _beside(kind: str) -> frozenset[str]:
    return frozenset(plain(phrase) for phrase in _words()[kind])


def read(text: str) -> Reading:
    """Whether a text stops, starts, may stop, or says something else."""
    said = _without_courtesy(plain(text))
    for kind, meaning in (("stop", Meaning.STOP), ("start", Meaning.START)):
        if said in _phrases(kind):
            return Reading(meaning, _phrases(kind)[said], is_answered=said in _beside("carrier"))
    for phrase, language in _phrases("ambiguous").items():
        if _holds(plain(text), phrase, language):
            return Reading(Meaning.MAYBE_STOP, language)
    return Reading(Meaning.WORDS)


def _without_courtesy(said: str) -> str:
    """“Stop, thank you” is “stop”."""
    for phrase in sorted(_beside("polite"), key=len, reverse=True):
        said = re.sub(rf"(?:^|(?<= )){re.escape(phrase)}(?= |$)", " ", said)
    return " ".join(said.split())


def _holds(said: str, phrase: str, language: str) -> bool:
    """Korean writes endings onto its words; the others are looked for as whole words."""
    return phrase in said if language == "ko" else f" {phrase} " in f" {said} "
