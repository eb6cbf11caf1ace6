"""Guides with their places filled in: `{name}`, `{event}` and `{sender}`, and nothing else."""

import re
from uuid import UUID, uuid5

PLACES = ("name", "event", "sender")
_PLACE = re.compile(r"\{\s*([^{}]*?)\s*\}")


def unknown_places(words: str) -> list[str]:
    """What stands in braces and is none of the three; a lone brace counts too."""
    found = [name for name in _PLACE.findall(words) if name not in PLACES]
    rest = _PLACE.sub("", words)
    return [*found, *(brace for brace in "{}" if brace in rest)]


def uses(words: str, place: str) -> bool:
    return place in _PLACE.findall(words)


def filled(words: str, *, name: str, event: str, sender: str) -> str:
    """The words for one person. What a name holds is never read as a place again."""
    values = {"name": name, "event": event, "sender": sender}
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), words)


def id_of_text(assignment: UUID, person: UUID) -> UUID:
    """One text a person and list, however often somebody presses."""
    return uuid5(assignment, f"text {person}")
