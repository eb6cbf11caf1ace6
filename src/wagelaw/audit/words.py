"""The words of an audit in English, Spanish and Korean."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es", "ko")


@cache
def words(language: str) -> dict[str, Any]:
    """Messages by name; `reasons` holds why rows are set aside."""
    path = Path(__file__).parents[1] / "words" / f"audit_{language}.json"
    texts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return texts
