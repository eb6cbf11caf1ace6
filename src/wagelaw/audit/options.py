"""What holds for a whole audit, where its rows do not say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagelaw.case.fields import WEEKDAYS
from wagelaw.parameters import IndustryNeeded, is_california, minimum_wage_series, places

WORKER_CLASSES = ("general", "personal_attendant", "live_in_domestic", "minor", "agricultural")
ROWS_A_CHUNK = 1 << 16  # few enough for the fast memory of a core; 1 << 17 takes 40 MiB more and 5 percent less time


class BadOption(ValueError):
    """An option with a word that does not exist: `name`, `found`, `known`."""

    def __init__(self, name: str, found: object, known: Iterable[str]) -> None:
        self.name, self.found, self.known = name, found, tuple(known)
        super().__init__(f"{name}: {found!r} is not one of {', '.join(self.known)}")


@dataclass(frozen=True)
class Options:
    """Defaults of an audit; each has the meaning and the default it has in a case file.

    `place` is California or a place in it. BadOption where a word is not known.
    """

    place: str = "US-CA"
    worker_class: str = "general"
    industry: str | None = None
    employer_headcount: int | None = None
    workweek_start: str = "sunday"
    rows_a_chunk: int = ROWS_A_CHUNK
    threads: int = 1

    def __post_init__(self) -> None:
        for name, value, choices in (
            ("place", self.place, [code for code in places() if is_california(code)]),
            ("worker_class", self.worker_class, WORKER_CLASSES),
            ("workweek_start", self.workweek_start, WEEKDAYS),
        ):
            if value not in choices:
                raise BadOption(name, value, choices)
        try:
            minimum_wage_series(self.place, headcount=self.employer_headcount, industry=self.industry)
        except IndustryNeeded as error:
            raise BadOption("industry", self.industry, error.words) from None
        for name in ("rows_a_chunk", "threads"):
            if getattr(self, name) < 1:
                raise BadOption(name, getattr(self, name), ["1 …"])

    @property
    def first_weekday(self) -> int:
        """0 for Monday … 6 for Sunday."""
        return WEEKDAYS.index(self.workweek_start)
