"""The command `wagelaw`: one word chooses a module, which is imported only then."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from importlib import import_module

from wagelaw.words import LANGUAGES

COMMANDS = {
    "claim": "wagelaw.cli_claim",
    "explain": "wagelaw.cli_explain",
    "schema": "wagelaw.cli_schema",
    "law": "wagelaw.cli_law",
    "coverage": "wagelaw.cli_coverage",
    "clocks": "wagelaw.cli_clocks",
    "audit": "wagelaw.cli_audit",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; 0 when it could be done, 2 when it was asked wrongly or the input cannot be used."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] not in COMMANDS:
        from wagelaw.words import claim_words

        asked_for_help = bool(words) and words[0] in ("-h", "--help")
        text = claim_words(chosen_language(words))["usage"]["main"].format(commands=" | ".join(COMMANDS))
        print(text, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    if not _speaks(words):
        print(f"--lang {' | '.join(LANGUAGES)}", file=sys.stderr)
        return 2
    try:
        code: int = import_module(COMMANDS[words[0]]).run(words[1:])
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code


def _speaks(words: Sequence[str]) -> bool:
    """Whether the language asked for, if any, is one of ours."""
    if "--lang" not in words:
        return True
    named = words[words.index("--lang") + 1 :]
    return bool(named) and named[0] in LANGUAGES


def chosen_language(words: Sequence[str]) -> str:
    """The language after `--lang`, English where none or an unknown one is named."""
    for word, following in itertools.pairwise(words):
        if word == "--lang" and following in LANGUAGES:
            return following
    return "en"


def without_language(words: Sequence[str]) -> list[str]:
    """The words without `--lang` and its language."""
    found = list(words)
    if "--lang" in found:
        at = found.index("--lang")
        del found[at : at + 2]
    return found
