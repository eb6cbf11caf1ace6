"""What holds for a whole audit, where its rows do not say otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from wagelaw.case.fields import WEEKDAYS
from wagelaw.parameters import IndustryNeeded, is_california, minimum_wage_series, places

WORKER_CLASSES = ("general", "personal_attendant", "live_in_domestic", "minor", "agricultural")
ROWS_A_CHUNK = 1 << 18


@dataclass(frozen=True)
class Options:
    """Defaults of an audit; each has the meaning and the default it has in a case file.

    `place` is California, a place in it, or `US` (federal law alone). ValueError where a word is not known.
    """

    place: str = "US-CA"
    worker_class: str = "general"
    industry: str | None = None
    employer_headcount: int | None = None
    workweek_start: str = "sunday"
    rows_a_chunk: int = ROWS_A_CHUNK
    threads: int = 1

    def __post_init__(self) -> None:
        known = places()
        for name, value, choices in (
            ("place", self.place, [code for code in known if code == "US" or is_california(code)]),
            ("worker_class", self.worker_class, WORKER_CLASSES),
            ("workweek_start", self.workweek_start, WEEKDAYS),
        ):
            if value not in choices:
                raise ValueError(f"{name}: {value!r} is not one of {', '.join(choices)}")
        try:
            minimum_wage_series(self.place, headcount=self.employer_headcount, industry=self.industry)
        except IndustryNeeded as error:
            raise ValueError(f"industry: {self.industry!r} is not one of {', '.join(error.words)}") from None
        if self.rows_a_chunk < 1 or self.threads < 1:
            raise ValueError("rows_a_chunk and threads begin at 1")

    @property
    def first_weekday(self) -> int:
        """0 for Monday … 6 for Sunday."""
        return WEEKDAYS.index(self.workweek_start)
