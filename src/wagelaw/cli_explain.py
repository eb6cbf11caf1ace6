"""`wagelaw explain CODE [--lang en|es|ko]`: what an item is and where it comes from, for a worker."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from wagelaw.cli import chosen_language, without_language
from wagelaw.words import claim_words


def run(argv: Sequence[str]) -> int:
    """Prints the explanation; 0, or 2 for a code that does not exist."""
    from wagelaw import explain

    language = chosen_language(argv)
    names = without_language(argv)
    words = claim_words(language)
    codes = ", ".join(words["items"])
    if len(names) != 1:
        print(words["usage"]["explain"].format(codes=codes), file=sys.stderr)
        return 2
    if names[0] not in words["items"]:
        print(words["usage"]["no_code"].format(found=names[0][:60], codes=codes), file=sys.stderr)
        return 2
    print(explain(names[0], language))
    return 0
