"""Words and numbers that must not be kept: found in free text, shown to whoever typed them, taken out.

Numbers (social security, A-number, bank card) are never stored. Words about immigration status are asked about
once, because they may be part of a story that is about something else.
"""

import re
from dataclasses import dataclass

_NUMBERS = (
    ("ssn", re.compile(r"\b\d{3}[-. ]{1,3}\d{2}[-. ]{1,3}\d{4}\b")),
    ("a_number", re.compile(r"\bA[-# ]{0,2}\d{8,9}\b", re.IGNORECASE)),
    ("ssn", re.compile(r"\b(?:SSN|ITIN|seguro social|사회보장번호)\D{0,12}\d{9}\b", re.IGNORECASE)),
)
_CARD = re.compile(r"\b(?:\d[ -]{0,3}){13,19}\b")
_STATUS = re.compile(
    r"undocumented|illegal (?:alien|immigrant)|green card|immigration status|visa (?:overstay|expired)|"
    r"indocumentad[oa]s?|sin papeles|estatus migratorio|tarjeta verde|residencia permanente|"
    r"불법\s?체류|서류\s?미비|미등록\s?이주|체류\s?신분|영주권",
    re.IGNORECASE,
)
REMOVED = "[…]"


@dataclass(frozen=True)
class Found:
    """What a text holds that should not be kept: exact pieces, as typed."""

    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.numbers or self.words)


def _is_card(digits: str) -> bool:
    """The check digit of bank cards (ISO/IEC 7812, Luhn)."""
    total = 0
    for place, digit in enumerate(int(c) for c in reversed(digits)):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return 13 <= len(digits) <= 19 and total % 10 == 0


def numbers(text: str) -> list[tuple[str, int, int]]:
    """Every number that must not be kept: its kind (ssn, a_number, card), where it begins and where it ends."""
    found = [(kind, *match.span()) for kind, pattern in _NUMBERS for match in pattern.finditer(text)]
    cards = [match for match in _CARD.finditer(text) if _is_card(re.sub(r"\D", "", match.group()))]
    return found + [("card", match.start(), match.start() + len(match.group().rstrip(" -"))) for match in cards]


def find(text: str) -> Found:
    """Everything in a text that should not be kept."""
    pieces = [text[start:end] for _kind, start, end in numbers(text)]
    return Found(tuple(dict.fromkeys(pieces)), tuple(dict.fromkeys(m.group() for m in _STATUS.finditer(text))))


def without(text: str, found: Found, *, words_too: bool) -> str:
    """The text with the numbers taken out, and the words too if the typist says so."""
    for piece in (*found.numbers, *(found.words if words_too else ())):
        text = text.replace(piece, REMOVED)
    return text
