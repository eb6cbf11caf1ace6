"""Days as people say them: “4 March 2024”, “3/4/2024”, “marzo de 2024”, “2024년 3월 4일”, “from March”."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from centro.clinic.calendar.reading import Rule, one_of

MONTHS = {
    **dict.fromkeys(("january", "jan", "enero", "ene"), 1),
    **dict.fromkeys(("february", "feb", "febrero"), 2),
    **dict.fromkeys(("march", "mar", "marzo"), 3),
    **dict.fromkeys(("april", "apr", "abril", "abr"), 4),
    **dict.fromkeys(("may", "mayo"), 5),
    **dict.fromkeys(("june", "jun", "junio"), 6),
    **dict.fromkeys(("july", "jul", "julio"), 7),
    **dict.fromkeys(("august", "aug", "agosto", "ago"), 8),
    **dict.fromkeys(("september", "sept", "sep", "septiembre", "setiembre"), 9),
    **dict.fromkeys(("october", "oct", "octubre"), 10),
    **dict.fromkeys(("november", "nov", "noviembre"), 11),
    **dict.fromkeys(("december", "dec", "diciembre", "dic"), 12),
}
_NAME = one_of(MONTHS)
_LONG = one_of(name for name in MONTHS if len(name) > 4)


@dataclass(frozen=True)
class Said:
    """A day, a month or a year as it was said; what was left out is None."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def first(self, today: date) -> date:
        """Its first day; without a year the latest such day that is not to come. ValueError where there is none."""
        return date(self._year(today), self.month or 1, self.day or 1)

    def last(self, today: date) -> date:
        """Its last day."""
        year, month = self._year(today), self.month or 12
        return date(year, month, self.day or monthrange(year, month)[1])

    def _year(self, today: date) -> int:
        if self.year is not None:
            return self.year
        this_year = (self.month or 1, self.day or 1) <= (today.month, today.day)
        return today.year if this_year else today.year - 1


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _year(text: str | None) -> int | None:
    number = _int(text)
    return number + 2000 if number is not None and number < 100 else number


def _numbers(match: re.Match[str]) -> Said:
    return Said(_year(match["y"]), _int(match["m"]), _int(match.groupdict().get("d")))


def _named(match: re.Match[str]) -> Said:
    parts = match.groupdict()
    return Said(_year(parts.get("y")), MONTHS[match["name"]], _int(parts.get("d")))


_ORDINAL = r"(?:st|nd|rd|th|o)?"
_NO_TIME = r"(?![:.]\d|\s*(?:-|a|to)\s*\d)"  # “mar 9 a 5” is a Tuesday
_OF_YEAR = r"(?:,?\s+(?:of\s+|del?\s+)?(?P<y>(?:19|20)\d\d)\b)?"
DATE_RULES = tuple(
    Rule("date", re.compile(pattern), make)
    for pattern, make in (
        (r"(?P<y>(?:19|20)\d\d)[-./](?P<m>\d{1,2})(?:[-./](?P<d>\d{1,2}))?(?!\d)", _numbers),
        (r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4}|\d\d)(?!\d)", _numbers),
        (r"(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?!\d)", _numbers),
        (r"(?P<y>(?:19|20)?\d\d)년(?:\s*(?P<m>\d{1,2})월)?(?:\s*(?P<d>\d{1,2})일)?", _numbers),
        (r"(?P<m>\d{1,2})월(?:\s*(?P<d>\d{1,2})일)?(?P<y>)", _numbers),
        (
            rf"(?P<d>\d{{1,2}}){_ORDINAL}\s+(?:of\s+|de\s+)?(?P<name>{_NAME})\b\.?{_OF_YEAR}",
            _named,
        ),
        (
            rf"(?P<name>{_NAME})\b\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}(?:,?\s+(?P<y>(?:19|20)\d\d))?\b{_NO_TIME}",
            _named,
        ),
        (rf"(?P<name>{_NAME})\b\.?,?\s+(?:of\s+|del?\s+)?(?P<y>(?:19|20)\d\d)\b", _named),
        (rf"(?P<name>{_LONG})\b", _named),
        (r"(?P<y>(?:19|20)\d\d)(?!\d)(?P<m>)", _numbers),
    )
)
