"""Reading typed words piece by piece: what was understood, and exactly which words were not."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_ALIKE = {"～": "~", "〜": "~", "∼": "~", "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "、": ",", "’": "'"}
_WORD = re.compile(r"[^\W\d_]+|\d+|\S")
_EDGES = " \t\r\n.,;:!?·/()[]\"'…-–—~*•"


@dataclass(frozen=True)
class Token:
    """One understood piece: its kind, what it says, and where it stood in the text."""

    kind: str
    value: Any
    at: int
    end: int


Make = Callable[[re.Match[str]], Any]


@dataclass(frozen=True)
class Rule:
    """A kind of token: its pattern, and what a match of it says (None: it was no such thing after all)."""

    kind: str
    pattern: re.Pattern[str]
    make: Make


def rule(kind: str, pattern: str, make: Make | Any = None) -> Rule:
    """A rule; a `make` that is no function is the value itself."""
    return Rule(kind, re.compile(pattern), make if callable(make) else lambda _: make)


def folded(text: str) -> str:
    """The same text letter by letter, in small letters and without accents, so that positions stay."""
    return "".join(_folded_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _folded_letter(letter: str) -> str:
    letter = _ALIKE.get(letter, letter)
    if "\uff01" <= letter <= "\uff5e":
        letter = chr(ord(letter) - 0xFEE0)
    if letter < "\u0250":
        letter = unicodedata.normalize("NFD", letter)[0]
    small = letter.lower()
    return small if len(small) == 1 else letter


def tokens_of(text: str, rules: Iterable[Rule]) -> Iterator[Token]:
    """The pieces of a text in order; what no rule knows becomes an `unread` token, and spaces nothing."""
    plain, at, known = folded(text), 0, tuple(rules)
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        token = _first(plain, at, known)
        if token is None:
            match = _WORD.match(plain, at)
            end = match.end() if match else at + 1
            token = Token("unread", plain[at:end], at, end)
        yield token
        at = token.end


def _first(plain: str, at: int, rules: tuple[Rule, ...]) -> Token | None:
    for one in rules:
        match = one.pattern.match(plain, at)
        if match and match.end() > at:
            value = one.make(match)
            if value is not None:
                return Token(one.kind, value, at, match.end())
    return None


def unread_words(text: str, tokens: Iterable[Token]) -> tuple[str, ...]:
    """The words of the text that nobody understood, neighbours together, as they were typed."""
    whole = unicodedata.normalize("NFC", text)
    runs: list[list[int]] = []
    for token in tokens:
        if token.kind != "unread":
            continue
        if runs and not whole[runs[-1][1] : token.at].strip():
            runs[-1][1] = token.end
        else:
            runs.append([token.at, token.end])
    words = (whole[first:last].strip(_EDGES) for first, last in runs)
    return tuple(word for word in words if word)


def one_of(words: Mapping[str, Any] | Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
