"""The vocabulary of merge fields (fields.yaml), and how a value is written in a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils import formats, translation
from django.utils.translation import gettext as _

from centro.core.money import dollars

LANGUAGES = ("en", "es", "ko")


@dataclass(frozen=True)
class Field:
    """One field: who says what it holds (worker, clinic, program), its kind, and its words by language."""

    code: str
    source: str
    kind: str
    group: str
    words: Mapping[str, str]

    @property
    def is_told(self) -> bool:
        """Whether it is told twice: in English and in the worker's language."""
        return self.kind == "words"

    def label(self, language: str) -> str:
        return self.words[language if language in self.words else "en"]


@cache
def vocabulary() -> dict[str, Field]:
    """Every field by its code, in the order in which facts are read to the worker."""
    return {row["code"]: _field(row) for row in _table()["fields"]}


@cache
def groups() -> dict[str, Mapping[str, str]]:
    """The groups of facts with their names."""
    found: dict[str, Mapping[str, str]] = _table()["groups"]
    return found


def field(code: str) -> Field:
    """The field of this code; `KeyError` when there is none."""
    return vocabulary()[code]


def _field(row: Mapping[str, str]) -> Field:
    words = {language: row[language] for language in LANGUAGES if language in row}
    return Field(row["code"], row["from"], row["kind"], row.get("group", ""), words)


@cache
def _table() -> Any:
    return yaml.safe_load(Path(__file__).with_name("fields.yaml").read_text(encoding="utf-8"))


def written(kind: str, value: Any, language: str) -> str:
    """A value as a paper prints it: days in full, money in dollars, yes and no in words."""
    if value in (None, ""):
        return ""
    with translation.override(language):
        if kind == "day":
            day = value if isinstance(value, date) else date.fromisoformat(value)
            return formats.date_format(day, "F j, Y" if language == "en" else "DATE_FORMAT")
        if kind == "money":
            return dollars(int(value))
        if kind == "yes_no":
            return _("Yes") if value == "yes" else _("No")
    return str(value)
