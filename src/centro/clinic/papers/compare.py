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
    steps = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
    found: list[Piece] = []
    out, added = "", ""
    for step, a, b, c, d in steps:
        same = "".join(new[c:d]) if step == "equal" else ""
        if step != "equal" or (not same.strip() and "\n" not in same and (out or added)):
            out, added = out + "".join(old[a:b]), added + "".join(new[c:d])
            continue
        found += [*_changed(out, added), Piece("same", same)]
        out, added = "", ""
    return [*found, *_changed(out, added)]


def _changed(out: str, added: str) -> list[Piece]:
    """What was taken out, then what stands there now. A space that both end in stays where it is."""
    return [Piece(how, words) for how, words in (("out", out), ("added", added)) if words]


def is_changed(pieces: list[Piece]) -> bool:
    return any(piece.how != "same" for piece in pieces)


def excerpt(pieces: list[Piece]) -> list[Piece]:
    """Only what changed, each with the rest of its line; whole lines that are the same become “…”."""
    found = []
    for at, piece in enumerate(pieces):
        if piece.how != "same" or piece.words.count("\n") < 2:
            found.append(piece)
            continue
        head = "" if at == 0 else piece.words.partition("\n")[0] + "\n"
        tail = "" if at == len(pieces) - 1 else "\n" + piece.words.rpartition("\n")[2]
        found.append(Piece("same", f"{head}…{tail}"))
    return found
