"""What the door calls people: never more than one needs to find somebody in a row of names.

The name is read by the program, because whoever notes an answer may not open it, and sealed again under the same key.
"""

from collections.abc import Iterable
from uuid import UUID

from centro.core import access, policy
from centro.people import names
from centro.people.models import Person


def door_names(people: Iterable[UUID]) -> dict[UUID, str]:
    """`Rosa Q.`, `Young-hee K. 영희`, `Chayo · María L.` for each of these people."""
    with access.viewing(policy.system("names at the door")):
        return {person.pk: _door_name(person) for person in Person.objects.filter(pk__in=list(people))}


def _door_name(person: Person) -> str:
    initial = f"{str(person.family)[:1]}." if person.family else ""
    given = " ".join(part for part in (str(person.given), initial) if person.given and part)
    native = names.split_hangul(str(person.native))[1] if person.native else ""
    liked = str(person.call_me) if person.call_me and str(person.call_me) not in given else ""
    shown = " ".join(part for part in (given, native if native not in given else "") if part)
    return " · ".join(part for part in (liked, shown if shown != liked else "") if part)[:80] or str(person.native)[:80]


def fits(words: str, call_name: str) -> bool:
    """Whether every word typed begins a word of this name; an initial is begun by any longer name."""
    parts = names.fold(call_name).split()
    return all(
        any(part.startswith(word) or (len(part) == 1 and word.startswith(part)) for part in parts)
        for word in names.fold(words).split()
    )


def begins(words: str, call_name: str) -> bool:
    """Whether the words begin words of this name themselves, not only its initial: these come first."""
    parts = names.fold(call_name).split()
    return any(part.startswith(word) for word in names.fold(words).split() for part in parts)
