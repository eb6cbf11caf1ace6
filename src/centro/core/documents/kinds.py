"""The kinds of papers we print. A module above adds its own line by `register_kind`."""

from dataclasses import dataclass

from centro.core.classes import FieldClass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its template, the text it carries, how secret it is, and how its opening is logged.

    The text stands in `content/<folder>/<text>.<language>.md`. One that is `for_hand` gathers what several modules
    hold, for the person alone: it is sealed under a key of its own, opens only for whoever printed it, and is
    destroyed after a day.
    """

    code: str
    template: str
    text: str
    klass: FieldClass = FieldClass.C3
    access: str = "print"
    folder: str = "print"
    for_hand: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind of this code; `KeyError` when no module registered it."""
    return _kinds[code]


def kinds_for_hand() -> list[str]:
    """The codes of papers that only whoever printed them opens, for a day."""
    return [kind.code for kind in _kinds.values() if kind.for_hand]


register_kind(Kind("person_file", template="person_file", text="person_file", klass=FieldClass.C2))
register_kind(Kind("whole_file", template="person_file", text="person_file", klass=FieldClass.C2, for_hand=True))
