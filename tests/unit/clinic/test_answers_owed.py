"""How long somebody waits for our answer: days at the center, and the working days among them."""

from datetime import UTC, date, datetime

import pytest

from centro.clinic.models import Case, LogLine
from centro.clinic.queries.night import Owed, working_days

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [(MONDAY, MONDAY, 0), (FRIDAY, MONDAY, 1), (date(2026, 11, 18), MONDAY, 3), (date(2026, 11, 21), MONDAY, 1)],
)
def test_weekends_are_no_working_days(since: date, until: date, expected: int) -> None:
    assert working_days(since, until) == expected


def test_the_evening_before_is_the_day_before_also_when_london_is_ahead() -> None:
    written = LogLine(at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC))  # Sunday, seven in the evening, at the center
    owed = Owed(written, Case())
    assert owed.since == date(2026, 11, 22)
    assert (owed.days, owed.is_late) == (1, False)


def test_after_two_working_days_it_is_late() -> None:
    assert Owed(LogLine(at=datetime(2026, 11, 18, 20, 0, tzinfo=UTC)), Case()).is_late
