"""The kinds of papers we print. A module above adds its own line by `register_kind`."""

from dataclasses import dataclass

from centro.core.classes import FieldClass


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its template, the text it carries, how secret it is, and how its opening is logged.

    The text stands in `content/<folder>/<text>.<language>.md`.
    """

    code: str
    template: str
    text: str
    klass: FieldClass = FieldClass.C3
    access: str = "print"
    folder: str = "print"


_kinds: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """The kind of this code; `KeyError` when no module registered it."""
    return _kinds[code]


register_kind(Kind("person_file", template="person_file", text="person_file", klass=FieldClass.C2))
