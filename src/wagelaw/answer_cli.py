"""What the commands `coverage` and `clocks` share: reading the document, printing, exit codes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from wagelaw.arguments import Parser
from wagelaw.cli import chosen_language
from wagelaw.facts import LARGEST_DOCUMENT, BadFacts, Problem, parse

Answer = Callable[[Any, str], dict[str, Any]]  # document, language → the answer as a JSON document
Print = Callable[[dict[str, Any], str], str]  # answer, language → lines for a terminal


def answer(argv: Sequence[str], command: str, compute: Answer, table: Print) -> int:
    """Computes one document and prints it; 0 when it could be computed, else 2 with a line a problem."""
    asked = _arguments(argv, command)
    try:
        found = compute(parse(_text(asked.document)), asked.lang)
    except BadFacts as error:
        for problem in error.problems:
            print(problem.words(asked.lang), file=sys.stderr)
        return 2
    print(table(found, asked.lang) if asked.table else json.dumps(found, ensure_ascii=False, indent=1))
    return 0


def _arguments(argv: Sequence[str], command: str) -> argparse.Namespace:
    parser = Parser(f"wagelaw {command}", chosen_language(argv))
    parser.add_argument("document", help=parser.say["document"].format(command=command))
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=parser.say["json"])
    shape.add_argument("--table", action="store_true", help=parser.say["table"])
    return parser.parse_args(argv)


def _text(name: str) -> str:
    """The text of the file, at most a little more than may be read; a mark of UTF-8 may lead it."""
    most = 4 * LARGEST_DOCUMENT + 4  # a character has at most four bytes
    try:
        if name == "-":
            return sys.stdin.buffer.read(most).decode("utf-8-sig")
        with Path(name).open("rb") as stream:
            return stream.read(most).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFacts([Problem("", "not_json", {"at": "?"})]) from None
    except OSError:
        raise BadFacts([Problem("", "no_file", {"found": name})]) from None
