"""The package's words in English, Spanish and Korean, one file a subject and language."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es", "ko")


@cache
def claim_words(language: str) -> dict[str, Any]:
    """The catalogue of claims: problems, items, steps, notes, switches, table."""
    path = Path(__file__).parent / f"claim_{language}.json"
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return texts
