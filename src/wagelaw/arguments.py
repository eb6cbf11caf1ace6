"""Arguments of a command, with its help and its complaints in the chosen language."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from wagelaw.words import LANGUAGES

# What argparse says, and the name of our own words for it; the groups fill their blanks in order.
COMPLAINTS = (
    (r"the following arguments are required: (.+)", "required"),
    (r"unrecognized arguments: (.+)", "unknown"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "choice"),
    (r"argument (.+?): invalid .+ value: (.+)", "value"),
    (r"argument (.+?): expected .*argument.*", "nothing"),
    (r"argument (.+?): not allowed with argument (.+)", "not_both"),
    (r"argument (.+?): ignored explicit argument (.+)", "no_value"),
)


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` with `--lang`; exits with 2 and two lines where the words make no sense."""

    def __init__(self, prog: str, language: str, description: str | None = None) -> None:
        self.say = say = _words(language)

        class Formatter(argparse.HelpFormatter):
            def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
                super().add_usage(usage, actions, groups, prefix or f"{say['usage']}: ")

        super().__init__(prog=prog, description=description, formatter_class=Formatter, add_help=False)
        self.allow_abbrev = False
        self._positionals.title, self._optionals.title = say["arguments"], say["options"]
        self.add_argument("-h", "--help", action="help", help=say["help"])
        self.add_argument("--lang", choices=LANGUAGES, default="en", help=say["lang"])

    def error(self, message: str) -> NoReturn:
        """Prints the usage and what is wrong, and leaves with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {self._in_words(message)}\n")

    def _in_words(self, message: str) -> str:
        for pattern, name in COMPLAINTS:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                return self.say[name].format(*_shortened(match.groups()))
        return self.say["not_understood"]


def _shortened(texts: Iterable[str]) -> list[str]:
    return [text if len(text) <= 80 else text[:77] + "…" for text in (" ".join(text.split()) for text in texts)]


@cache
def _words(language: str) -> dict[str, str]:
    path = Path(__file__).parent / "words" / f"arguments_{language}.json"
    texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return texts
