"""Printing the root key for two safe places, and proving that both papers were really written."""

from collections.abc import Callable

KITS = 2
_TRIES = 3


def show(key: bytes, kit: int) -> str:
    """One kit as text: the key in four lines, and four words that prove this paper was read."""
    from centro.core.vault import paper

    words = " ".join(paper.words(key, kit))
    body = "\n".join(f"    {line}" for line in paper.lines(key))
    return (
        f"--- CENTRO ROOT KEY, kit {kit} of {KITS} ---\n{body}\n    words: {words}\n"
        "Whoever holds this paper and a copy of the data reads everything. Lock it away from both.\n"
    )


def prove(key: bytes, kit: int, ask: Callable[[str], str], say: Callable[[str], None]) -> bool:
    """Ask for the words of a kit until they are right; False after three tries."""
    from centro.core.vault import paper

    for _ in range(_TRIES):
        typed = ask(f"Type the four words of kit {kit} from the paper: ")
        if typed.lower().split() == paper.words(key, kit):
            return True
        say("Those are not the words of this kit.")
    return False


def hand_out(key: bytes, ask: Callable[[str], str], say: Callable[[str], None]) -> bool:
    """Show both kits and have both typed back: set-up is not finished before. False when it was given up."""
    for kit in range(1, KITS + 1):
        say(show(key, kit))
        ask("Print it or write it down, then press Enter or type “done”. The screen will be cleared. ")
        say("\033[2J\033[H")
        if not prove(key, kit, ask, say):
            return False
    return True
