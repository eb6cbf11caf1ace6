"""Catalogues: what the program says, in Spanish and Korean. English stands in the source.

`centro messages` collects every sentence from Python and templates (Babel and Django's `templatize`; GNU
gettext is not needed), writes it into locale/<language>/LC_MESSAGES/django.po and compiles the .mo beside it.
"""

import fcntl
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.env import ROOT

SOURCES = ROOT / "src" / "centro"
LOCALE = ROOT / "locale"
# Language → how many plural forms it has and which one a number takes.
PLURALS = {"es": "nplurals=2; plural=(n != 1);", "ko": "nplurals=1; plural=0;"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w+")

Key = tuple[str, str | None]  # first form of the sentence, context
Words = str | list[str] | tuple[str, ...]  # one sentence, or one for each plural form


@dataclass
class Sentence:
    """One thing the program says, and the files that say it."""

    msgid: Words
    context: str | None
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return _first(self.msgid), self.context


class Broken(Exception):
    """A source file that cannot be read for its sentences."""


def _first(words: Words) -> str:
    return words if isinstance(words, str) else words[0]


def _forms(words: Words | None) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words or ())


# --- collecting ---------------------------------------------------------------------------------------------


def source_files(root: Path = SOURCES) -> list[Path]:
    """Python files and templates that may speak, in a fixed order."""
    python = [path for path in root.rglob("*.py") if "migrations" not in path.parts]
    templates = [path for kind in ("html", "txt") for path in root.rglob(f"templates/**/*.{kind}")]
    return sorted(python) + sorted(templates)


def _as_python(path: Path) -> bytes:
    """The file as Python source that calls gettext where the file does, line for line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text.encode()
    # Indentation of a page means nothing, but would to Python's tokenizer.
    return "\n".join(line.strip() for line in templatize(text, origin=str(path)).split("\n")).encode()


def sentences_in(path: Path) -> Iterator[tuple[Words, str | None, list[str]]]:
    """What one file says: sentence (or singular and plural), context, translators' notes."""
    try:
        found = list(extract("python", BytesIO(_as_python(path)), KEYWORDS, ["Translators:"]))
    except (SyntaxError, ValueError) as error:  # tokenize's errors and templatize's are of these
        raise Broken(f"{path}: {error}") from error
    for _line, msgid, notes, context in found:
        yield (msgid if isinstance(msgid, str) else tuple(msgid)), context, list(notes)


def collect(files: Iterable[Path], *, skip_broken: bool = False) -> dict[Key, Sentence]:
    """Every sentence of `files`, in reading order; `skip_broken` passes over a file that is being edited."""
    sentences: dict[Key, Sentence] = {}
    for path in files:
        try:
            found = list(sentences_in(path))
        except Broken as error:
            if not skip_broken:
                raise
            print(f"centro messages: passed over {error}", file=sys.stderr)
            continue
        name = path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
        for msgid, context, notes in found:
            one = sentences.setdefault((_first(msgid), context), Sentence(msgid, context))
            if isinstance(one.msgid, str):
                one.msgid = msgid
            one.files += [name] * (name not in one.files)
            one.notes += [note for note in notes if note not in one.notes]
    return sentences


# --- reading and writing catalogues -------------------------------------------------------------------------


def po_path(language: str, locale: Path = LOCALE) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def read_words(path: Path) -> dict[Key, Message]:
    """Every entry of a catalogue, also those that the program no longer says."""
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file)
    entries = [*catalog.obsolete.values(), *(message for message in catalog if message.id)]
    return {(_first(message.id), message.context): message for message in entries}


def _catalog(language: str, sentences: dict[Key, Sentence], words: dict[Key, Message]) -> Catalog:
    """The catalogue of one language: what the program says in reading order, then what it no longer says."""
    catalog = Catalog(locale=language)
    for key, sentence in sentences.items():
        held = words.get(key)
        string = _fitting(held.string, sentence.msgid, language) if held else None
        catalog.add(
            sentence.msgid,
            string,
            locations=[(name, 0) for name in sentence.files],
            flags=["fuzzy"] if held and held.fuzzy else [],
            auto_comments=sentence.notes,
            user_comments=held.user_comments if held else [],
            context=sentence.context,
        )
    for key in sorted(words.keys() - sentences.keys(), key=str):
        if any(_forms(words[key].string)):
            catalog.obsolete[cast(Any, key)] = words[key]
    return catalog


def _fitting(string: Words | None, msgid: Words, language: str) -> Words:
    """A held translation in the number of forms that the sentence now has."""
    if isinstance(msgid, str):
        return "".join(_forms(string)[:1])
    count = 1 if language == "ko" else 2
    return tuple(_forms(string)[:count]) + ("",) * (count - len(_forms(string)))


HEADER = """\
# Centro in {language}. Written by `centro messages`.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def po_text(language: str, sentences: dict[Key, Sentence], words: dict[Key, Message]) -> bytes:
    """The catalogue as a .po file; the same words give the same bytes."""
    body = BytesIO()
    write_po(body, _catalog(language, sentences, words), width=110, omit_header=True, include_lineno=False)
    return HEADER.format(language=language, plurals=PLURALS[language]).encode() + body.getvalue().lstrip()


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; leave it alone when nothing changed."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".new")
    draft.write_bytes(data)
    draft.replace(path)


@contextmanager
def alone() -> Iterator[None]:
    """One writer of catalogues at a time."""
    lock = ROOT / "instance" / "messages.lock"
    lock.parent.mkdir(exist_ok=True, mode=0o700)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_newer(compiled: Path, source: Path) -> bool:
    return compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime


def compile_all(locale: Path = LOCALE) -> None:
    """Make each .mo that is missing or older than its .po."""
    for language in PLURALS:
        source = po_path(language, locale)
        compiled = source.with_suffix(".mo")
        if not source.is_file() or (compiled.is_file() and compiled.stat().st_mtime >= source.stat().st_mtime):
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=language)
        data = BytesIO()
        write_mo(data, catalog)
        _replace(compiled, data.getvalue())
        compiled.touch()


def update(
    additions: dict[str, Any] | None = None,
    *,
    prune: bool = False,
    root: Path = SOURCES,
    locale: Path = LOCALE,
) -> list[str]:
    """Bring both catalogues up to what the program says; returns notes for the one who asked.

    Translations of sentences that left the program are kept at the end of the file until `prune`, so that two
    people at work do not lose each other's words.
    """
    notes = []
    with alone():
        sentences = collect(source_files(root), skip_broken=True)
        new = {language: _additions(additions or {}, language) for language in PLURALS}
        for language in PLURALS:
            words = read_words(po_path(language, locale)) | new[language]
            if prune:
                words = {key: message for key, message in words.items() if key in sentences}
            _replace(po_path(language, locale), po_text(language, sentences, words))
            missing = sum(1 for key in sentences if not _is_whole(sentences[key], words.get(key), language))
            notes.append(f"{language}: {len(sentences)} sentences, {missing} without translation")
        compile_all(locale)
    waiting = sorted({key[0] for language in PLURALS for key in new[language] if key not in sentences})
    return notes + [f"not said by the program (kept until it is): {msgid}" for msgid in waiting]


def _additions(given: dict[str, Any], language: str) -> dict[Key, Message]:
    """Translations handed in as {"sentence": {"es": …}}; lists under "singular|plural" are plural forms."""
    entries: dict[Key, Message] = {}
    for msgid, words in given.items():
        if language not in words:
            continue
        string = words[language]
        source: Words = msgid if isinstance(string, str) else tuple(msgid.split("|", 1))
        context = words.get("context")
        entries[_first(source), context] = Message(
            source, string if isinstance(string, str) else tuple(string), context=context
        )
    return entries


# --- checking -----------------------------------------------------------------------------------------------


def _is_whole(sentence: Sentence, held: Message | None, language: str) -> bool:
    return held is not None and all(_forms(_fitting(held.string, sentence.msgid, language)))


def check(root: Path = SOURCES, locale: Path = LOCALE) -> list[str]:
    """Everything wrong with the catalogues, one line each; an empty list means complete."""
    try:
        sentences = collect(source_files(root))
    except Broken as error:
        return [str(error)]
    faults = [f"stray spaces, write `blocktranslate trimmed`: {m!r}" for m, _ in sentences if m != " ".join(m.split())]
    for language in PLURALS:
        words = read_words(po_path(language, locale))
        for key, sentence in sentences.items():
            faults += [f"{language}: {fault}: {key[0]!r}" for fault in _faults(sentence, words.get(key), language)]
        unused = words.keys() - sentences.keys()
        faults += [f"{language}: no longer said (centro messages --prune): {key[0]!r}" for key in unused]
    return sorted(faults)


def _faults(sentence: Sentence, held: Message | None, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    if held is None or not _is_whole(sentence, held, language):
        yield "not translated"
        return
    if held.fuzzy:
        yield "marked fuzzy"
    source, forms = _forms(sentence.msgid), _forms(_fitting(held.string, sentence.msgid, language))
    for pattern, name in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        allowed = {part for text in source for part in pattern.findall(text)}
        if set(pattern.findall(forms[-1])) != set(pattern.findall(source[-1])):
            yield f"other {name} than the English sentence"
        elif any(set(pattern.findall(form)) - allowed for form in forms):
            yield f"{name} that the English sentence has not"


# --- the command --------------------------------------------------------------------------------------------


def run(add: Path | None, *, prune: bool, only_check: bool) -> int:
    """`centro messages`: exit code 0, or 1 when the check found something."""
    if only_check:
        faults = check()
        for fault in faults:
            print(fault, file=sys.stderr)
        print("catalogues complete" if not faults else f"{len(faults)} faults in the catalogues")
        return 1 if faults else 0
    additions = json.loads(add.read_text(encoding="utf-8")) if add else None
    for note in update(additions, prune=prune):
        print(note)
    return 0
