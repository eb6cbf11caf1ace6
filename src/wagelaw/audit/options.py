"""What holds for a whole audit, where its rows do not say otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wagelaw.case.fields import WEEKDAYS
from wagelaw.parameters import IndustryNeeded, is_california, minimum_wage_series, places

WORKER_CLASSES = ("general", "personal_attendant", "live_in_domestic", "minor", "agricultural")
ROWS_A_CHUNK = 1 << 16  # few enough for the fast memory of a core
ROWS_OF_THREADS = 3 << 15  # with several: they hand over to each other at each array, however long it is


class BadOption(ValueError):
    """An option with a word that does not exist: `name`, `found`, `known`."""

    def __init__(self, name: str, found: object, known: Iterable[str]) -> None:
        self.name, self.found, self.known = name, found, tuple(known)
        super().__init__(f"{name}: {found!r} is not one of {', '.join(self.known)}")


@dataclass(frozen=True)
class Options:
    """Defaults of an audit; each has the meaning and the default it has in a case file.

    `place` is California or a place in it. `rows_a_chunk`: None for as many as are fastest. BadOption where a word is
    not known.
    """

    place: str = "US-CA"
    worker_class: str = "general"
    industry: str | None = None
    employer_headcount: int | None = None
    workweek_start: str = "sunday"
    rows_a_chunk: int | None = None
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
            number = getattr(self, name)
            if number is not None and number < 1:
                raise BadOption(name, number, ["1 …"])

    @property
    def chunk(self) -> int:
        """About how many rows are computed at once."""
        return self.rows_a_chunk or (ROWS_A_CHUNK if self.threads == 1 else ROWS_OF_THREADS)

    @property
    def first_weekday(self) -> int:
        """0 for Monday … 6 for Sunday."""
        return WEEKDAYS.index(self.workweek_start)
