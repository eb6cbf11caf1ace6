"""What differs between the template and what somebody made of it, word by word."""

import difflib
import re
from dataclasses import dataclass

_PIECES = re.compile(r"\{\{[^}]*\}\}|\S+|\n+| +")


@dataclass(frozen=True)
class Piece:
    """Some words that are the `same` in both, were `added`, or were taken `out`."""

    how: str
    words: str


def compare(before: str, after: str) -> list[Piece]:
    """Both texts as pieces in reading order; all `same` when nothing was changed."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    found: list[Piece] = []
    for step, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(new[c:d])))
            continue
        found += [
            Piece(how, words) for how, words in (("out", "".join(old[a:b])), ("added", "".join(new[c:d]))) if words
        ]
    return found


def is_changed(pieces: list[Piece]) -> bool:
    return any(piece.how != "same" for piece in pieces)
