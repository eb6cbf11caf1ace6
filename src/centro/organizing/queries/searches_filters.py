"""The coded filters of a campaign's people, as they stand in an address and in a saved search."""

from dataclasses import asdict, dataclass
from typing import Any, Self
from urllib.parse import urlencode

PAGE = 50
OLD_DAYS = 60  # an assessment older than this is shown as old
RECENT_DAYS = 7  # contacted within: hold off


@dataclass(frozen=True)
class Filters:
    """Coded filters that combine: all of them hold at once. Empty means everybody."""

    language: str = ""  # a code, or "mine": one that whoever searches speaks
    value: str = ""  # "1".."7", or "none"
    age: str = ""  # of the assessment: "fresh", "old"
    basis: str = ""
    contact: str = ""  # "never", "recent", "old"
    kind: str = ""  # of contact
    days: str = ""  # within so many days
    who: str = ""  # the id of the colleague who made contact
    missing: str = ""  # "on": no such contact
    issue: str = ""
    workplace: str = ""  # ids
    department: str = ""
    building: str = ""
    tie: str = ""
    step: str = ""  # the id of a step of the ladder, or "none"
    event: str = ""  # "yes", "came", "twice", "missed"
    due: str = ""  # "late", "open": steps of one's own
    zip: str = ""
    mine: str = ""  # "on": in my care
    order: str = ""  # "place": by ZIP and street
    after: str = ""  # where the page before this one ended

    def codes(self) -> dict[str, str]:
        """What is set, without the place on the way through the list."""
        return {name: value for name, value in asdict(self).items() if value and name != "after"}

    @classmethod
    def of(cls, codes: dict[str, Any]) -> Self:
        """From codes that were kept; one that is no longer known is left out."""
        known = cls.__dataclass_fields__
        return cls(**{name: str(value) for name, value in codes.items() if name in known})

    @property
    def asks_for_contact(self) -> bool:
        return bool(self.kind or self.who or (self.days and not self.contact))

    def address(self, after: str = "") -> str:
        """The same filters for another page."""
        return "?" + urlencode(self.codes() | ({"after": after} if after else {}))

    @property
    def has_more(self) -> bool:
        """Whether something beyond the plain filters is set."""
        return bool(
            self.codes().keys() - {"value", "contact", "language", "workplace", "zip", "mine", "tie", "building"}
        )
