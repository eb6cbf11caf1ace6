"""How a sum is split over days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centro.clinic.installments import Every, Standing, due_days, missing, plan, split, standing


@given(st.integers(1, 120), st.integers(0, 10**10))
def test_the_parts_add_up_and_differ_only_in_the_last(count: int, extra: int) -> None:
    parts = split(count + extra, count)
    assert sum(parts) == count + extra
    assert len(set(parts[:-1])) <= 1
    assert min(parts) >= 1
    assert parts[-1] - parts[0] < count


@pytest.mark.parametrize(("total", "count"), [(100, 0), (100, 121), (2, 3), (0, 1)])
def test_what_cannot_be_split_is_refused(total: int, count: int) -> None:
    with pytest.raises(ValueError, match="between 1 and 120"):
        split(total, count)


def test_a_month_keeps_its_day_or_takes_the_last() -> None:
    assert due_days(date(2027, 12, 31), 4, Every.MONTH) == [
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
    ]


@pytest.mark.parametrize(("every", "days"), [(Every.WEEK, 7), (Every.TWO_WEEKS, 14)])
def test_weeks_are_weeks(every: Every, days: int) -> None:
    first, second = due_days(date(2026, 11, 27), 2, every)
    assert second - first == timedelta(days=days)


def test_a_plan_in_words() -> None:
    parts = plan(100_00, date(2026, 12, 1), 3, Every.MONTH)
    assert [(part.number, part.due_on.isoformat(), part.cents) for part in parts] == [
        (1, "2026-12-01", 3333),
        (2, "2027-01-01", 3333),
        (3, "2027-02-01", 3334),
    ]


TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "received", "expected"),
    [
        (TODAY, 0, Standing.DUE),
        (TODAY - timedelta(days=1), 0, Standing.LATE),
        (TODAY - timedelta(days=1), 99, Standing.LATE),
        (TODAY - timedelta(days=1), 100, Standing.PAID),
        (TODAY + timedelta(days=9), 100, Standing.PAID),
    ],
)
def test_late_from_the_day_after(due_on: date, received: int, expected: Standing) -> None:
    assert standing(due_on=due_on, cents=100, received=received, today=TODAY) is expected


def test_too_much_on_one_does_not_pay_another() -> None:
    assert missing([(100, 150), (100, 40)]) == 60
