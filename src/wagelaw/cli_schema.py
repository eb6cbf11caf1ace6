"""`wagelaw schema [case | claim | coverage | clocks]`: the JSON Schema of a document."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from wagelaw.cli import chosen_language, without_language
from wagelaw.words import claim_words

DOCUMENTS = ("case", "claim", "coverage", "clocks")


def run(argv: Sequence[str]) -> int:
    """Prints the schema; 0, or 2 for another name."""
    from wagelaw import schema

    names = without_language(argv) or ["case"]
    if len(names) != 1 or names[0] not in DOCUMENTS:
        print(claim_words(chosen_language(argv))["usage"]["schema"], file=sys.stderr)
        return 2
    print(json.dumps(schema(names[0]), ensure_ascii=False, indent=1))
    return 0
