"""`wagelaw claim CASE.json [--json | --table] [--jsonl] [--lang en|es|ko]`: computes one case or many."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wagelaw.case.document import LARGEST, load_many
from wagelaw.case.problems import CaseError, Problem
from wagelaw.cli import chosen_language, without_language
from wagelaw.words import claim_words

OPTIONS = {"--json", "--table", "--words", "--jsonl"}


def run(argv: Sequence[str]) -> int:
    """Prints the claims; 0, or 2 with one line a problem on standard error."""
    language = chosen_language(argv)
    words = without_language(argv)
    options, names = {one for one in words if one.startswith("--")}, [one for one in words if one[:2] != "--"]
    if "--help" in options:
        print(claim_words(language)["usage"]["claim"])
        return 0
    if options - OPTIONS or len(names) != 1:
        print(claim_words(language)["usage"]["claim"], file=sys.stderr)
        return 2
    return _compute(names[0], options, language)


def _compute(name: str, options: set[str], language: str) -> int:
    try:
        documents = load_many(_text(name), "--jsonl" in options)
    except CaseError as error:
        print("\n".join(error.lines(language)), file=sys.stderr)
        return 2
    many = len(documents) > 1 or "--jsonl" in options
    code = 0
    for number, document in enumerate(documents, 1):
        try:
            print(_printed(document, options, language, many))
        except CaseError as error:
            prefix = claim_words(language)["usage"]["in_row"].format(number=number) + ": " if many else ""
            print("\n".join(prefix + line for line in error.lines(language)), file=sys.stderr)
            code = 2
    return code


def _printed(document: Any, options: set[str], language: str, one_line: bool) -> str:
    from wagelaw import claim
    from wagelaw.working import table

    found = claim(document)
    if "--table" in options:
        return table(found, language)
    if "--words" in options:
        return found.render(language)
    return json.dumps(found.as_json(language), ensure_ascii=False, indent=None if one_line else 1)


def _text(name: str) -> str:
    """The text of a file or of standard input, at most a little more than may be read; a mark of UTF-8 may lead it."""
    most = 4 * LARGEST + 4
    try:
        if name == "-":
            content = sys.stdin.buffer.read(most)
        else:
            with Path(name).open("rb") as stream:
                content = stream.read(most)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CaseError([Problem("", "not_json", {"at": "?"})]) from None
    except OSError:
        raise CaseError([Problem("", "no_file", {"found": name})]) from None
