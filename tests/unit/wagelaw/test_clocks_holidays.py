"""Court days against calendars that the courts printed, and the built tables against their source."""

from datetime import date

import pytest

from wagelaw import worded
from wagelaw.holidays import holidays, is_court_day, later_month, next_court_day, step_court_days


def test_californias_court_holidays_of_2026():
    assert sorted(holidays(2026, "california")) == [
        date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 12), date(2026, 2, 16), date(2026, 3, 31),
        date(2026, 5, 25), date(2026, 6, 19), date(2026, 7, 3), date(2026, 9, 7), date(2026, 9, 25),
        date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 25),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2023, "1-2 1-16 2-13 2-20 3-31 5-29 6-19 7-4 9-4 9-22 11-10 11-23 11-24 12-25"),
        (2024, "1-1 1-15 2-12 2-19 4-1 5-27 6-19 7-4 9-2 9-27 11-11 11-28 11-29 12-25"),
        (2025, "1-1 1-20 2-12 2-17 3-31 5-26 6-19 7-4 9-1 9-26 11-11 11-27 11-28 12-25"),
    ],
)
def test_californias_court_holidays_of_the_years_before(year, days):
    """As the superior courts of Tuolumne (2023) and Sutter (2024, 2025) printed them."""
    assert [f"{day.month}-{day.day}" for day in sorted(holidays(year, "california"))] == days.split()


def test_the_federal_holidays_of_2026():
    assert sorted(holidays(2026, "federal")) == [
        date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16), date(2026, 5, 25), date(2026, 6, 19),
        date(2026, 7, 3), date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26),
        date(2026, 12, 25),
    ]  # fmt: skip


def test_new_years_day_on_a_saturday_is_kept_in_the_old_year():
    assert date(2021, 12, 31) in holidays(2021, "california")
    assert date(2022, 1, 1) not in holidays(2022, "california")


def test_a_sunday_holiday_is_kept_on_monday():
    assert date(2027, 7, 5) in holidays(2027, "california")


def test_juneteenth_and_native_american_day_began_when_they_began():
    assert date(2022, 6, 20) in holidays(2022, "federal")
    assert date(2022, 6, 20) not in holidays(2022, "california")
    assert date(2021, 10, 11) in holidays(2021, "california")
    assert date(2022, 10, 10) not in holidays(2022, "california")


def test_court_days_step_over_the_long_weekend():
    assert next_court_day(date(2026, 11, 26), "california") == date(2026, 11, 30)
    assert next_court_day(date(2026, 11, 26), "federal") == date(2026, 11, 27)
    assert step_court_days(date(2026, 11, 25), 2, "california") == date(2026, 12, 1)
    assert not is_court_day(date(2026, 11, 28), "federal")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
    ],
)
def test_months_are_clamped_backwards(day, months, later):
    assert later_month(day, months) == later


def test_the_built_tables_are_fresh_and_whole():
    assert worded.check(date(2026, 11, 23)) == ()


def test_a_year_later_every_row_asks_to_be_checked_again():
    problems = worded.check(date(2028, 1, 1))
    assert len(problems) == len(worded.ages(date(2028, 1, 1)))
    assert all("not checked" in problem for problem in problems)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"state": "sure"}, "state must be"),
        ({"source": ""}, "no source"),
        ({"checked": "soon"}, "checked must be a date"),
        ({"ko": " "}, "no words in ko"),
        ({"stops": ["prayer"]}, "unknown phrase prayer"),
        ({"body": "nobody"}, "unknown body nobody"),
        ({"when": {"event.weather": "rain"}}, "unknown fact event.weather"),
        ({"id": "wages_oral"}, "the id stands twice"),
    ],
)
def test_a_spoiled_row_is_found(monkeypatch, change, fault):
    table = worded._source("clocks")
    table["clocks"][0] = {**table["clocks"][0], **change}
    monkeypatch.setattr(worded, "_source", lambda name: table if name == "clocks" else worded.load(name))
    assert any(fault in problem for problem in worded.check(date(2026, 11, 23)))
