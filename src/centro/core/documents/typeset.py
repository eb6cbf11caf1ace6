"""From data to PDF with Typst: our templates, our letters, no network, no code in the data."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from centro.core import clock

CORE = Path(__file__).resolve().parent.parent
TEMPLATES, FONTS = CORE / "typst", CORE / "fonts"
# Letters that change nothing but how a line reads: control marks, and marks that turn its direction.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class NoSuchTemplate(LookupError):
    """There is no template of this name."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def render(template: str, data: Mapping[str, Any], language: str, *, at: datetime | None = None) -> bytes:
    """Set a template with data and return the PDF: tagged, PDF/UA-1, the same bytes at the same instant.

    Data is text, numbers, lists and dictionaries; it travels as JSON and is never read as code. A text with
    letters that our font lacks still prints, with empty boxes for them, and the file is then not PDF/UA.
    """
    source = TEMPLATES / f"{template}.typ"
    if not template.isidentifier() or not source.is_file():
        raise NoSuchTemplate(template)
    inputs = {"data": json.dumps({**_printable(data), "language": language}, ensure_ascii=False)}
    try:
        return _compile(source, inputs, at or clock.now(), ["ua-1"])
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1 error"):
            raise
        return _compile(source, inputs, at or clock.now(), [])


def _compile(source: Path, inputs: dict[str, str], at: datetime, standards: list[Any]) -> bytes:
    # Both package folders point at the templates: there are no packages, and nothing is fetched.
    compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts(), package_path=TEMPLATES, package_cache_path=TEMPLATES)
    pdf = compiler.compile(
        source,
        format="pdf",
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def _printable(value: Any) -> Any:
    """The same data without marks that cannot or should not be printed."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value).replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    if isinstance(value, Mapping):
        return {str(name): _printable(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    return value
