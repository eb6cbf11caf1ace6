"""The last day to claim: what is shown as open until a day is open on that day, and lost on the next."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wagelaw.rules import limitation

DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


@given(due=DAYS, reach=st.integers(1, 4))
def test_open_until_the_last_day_and_not_one_longer(due: date, reach: int) -> None:
    last = limitation.last_day(due, reach, False)
    assert limitation.is_open(due, last, reach, False)
    assert not limitation.is_open(due, last + timedelta(days=1), reach, False)


@pytest.mark.parametrize(("reach", "last"), [(3, date(2027, 2, 28)), (4, date(2028, 2, 29))])
def test_what_was_due_on_a_leap_day_expires_before_march(reach: int, last: date) -> None:
    assert limitation.last_day(date(2024, 2, 29), reach, False) == last
