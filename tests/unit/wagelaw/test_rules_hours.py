"""Hours and their split: workdays, workweeks, clock changes, seventh days, classes of workers, phase-ins."""

from __future__ import annotations

import pytest

from tests.unit.wagelaw.cases import case, day, document, shift
from wagelaw import claim


def split(found, week=0):
    """Regular, overtime and double hours of a week."""
    row = found["weeks"][week]
    return tuple(row[f"{kind}_minutes"] / 60 for kind in ("regular", "overtime", "double"))


def of(shifts, **more):
    return split(document(shifts=shifts, **more))


def days(*hours):
    """One stretch a day from Sunday on, in hours."""
    return [shift(number, int(60 * one)) for number, one in enumerate(hours) if one]


def test_no_hour_gets_two_premiums():
    """Daily, weekly and seventh-day premiums never stack (29.1)."""
    assert of(days(0, 10, 10, 10, 10, 10)) == (40, 10, 0)
    assert of(days(0, 9, 9, 9, 9, 9, 9)) == (40, 14, 0)
    assert of(days(14, 14, 14, 14, 14, 14, 14)) == (40, 40, 18)


def test_seventh_day_belongs_to_one_workweek():
    assert of(days(8, 8, 8, 8, 8, 8, 10)) == (40, 16, 2)
    found = document(shifts=[shift(number, 480) for number in range(3, 11)])
    assert split(found, 0) == (32, 0, 0)
    assert split(found, 1) == (32, 0, 0)


def test_a_short_seven_day_week_is_a_switch():
    week = days(4, 4, 4, 4, 4, 4, 4)
    assert of(week) == (28, 0, 0)
    found = document(shifts=week, switches={"seventh_day_short_week": True})
    assert split(found) == (24, 4, 0)
    assert any("seventh_day_short_week = true" in note for note in found["notes"])


def test_the_workweek_begins_when_the_employer_says():
    week = [shift(number, 480) for number in range(1, 8)]  # Monday to Sunday
    assert split(document(shifts=week, workweek_start="monday")) == (40, 16, 0)
    assert split(document(shifts=week), 0) == (40, 8, 0)


def test_work_past_midnight_belongs_to_the_next_workday():
    nights = [shift(1, start="20:00", end="06:00")]
    assert of(nights) == (10, 0, 0)
    assert of(nights, workday_start="12:00") == (8, 2, 0)


def test_a_saturday_night_reaches_into_the_next_week():
    found = document(shifts=[shift(6, start="22:00", end="03:00")])
    assert [week["minutes_worked"] for week in found["weeks"]] == [120, 180]


@pytest.mark.parametrize(("date", "minutes"), [("2025-03-08", 420), ("2025-11-01", 540), ("2025-06-07", 480)])
def test_hours_are_those_that_passed_when_clocks_change(date, minutes):
    terms = [{"from": "2025-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}]
    one = {"date": date, "start": "22:00", "end": "06:00"}
    found = document(shifts=[one], pay=terms, computed_on="2025-12-31")
    assert sum(week["minutes_worked"] for week in found["weeks"]) == minutes


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("00:00", "02:00", 120),
        ("00:00", "03:00", 120),
        ("00:00", "04:00", 180),
        ("03:00", "04:00", 60),
        ("01:00", "02:30", 90),
    ],
)
def test_two_and_three_are_one_moment_in_march(start, end, minutes):
    terms = [{"from": "2025-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}]
    found = document(shifts=[{"date": "2025-03-09", "start": start, "end": end}], pay=terms)
    assert found["weeks"][0]["minutes_worked"] == minutes


def test_two_stretches_make_one_workday():
    assert of([shift(1, start="06:00", end="11:00"), shift(1, start="13:00", end="18:00")]) == (8, 2, 0)


def test_minors_have_only_the_week():
    assert of(days(0, 10, 10, 10, 11), worker_class="minor") == (40, 1, 0)


def test_personal_attendants_nine_and_forty_five():
    assert of(days(0, 9, 9, 9, 9, 9, 9), worker_class="personal_attendant") == (45, 9, 0)
    assert of(days(24), worker_class="personal_attendant") == (9, 15, 0)


def test_live_in_sixth_and_seventh_workday():
    assert of(days(9, 9, 9, 9, 9, 10, 12), worker_class="live_in_domestic") == (45, 18, 4)
    assert of(days(9, 0, 9, 9, 9, 9, 9), worker_class="live_in_domestic") == (45, 9, 0)


@pytest.mark.parametrize(
    ("year", "size", "expected"),
    [
        ("2018", 30, (60, 0, 0)),
        ("2019", 30, (55, 5, 0)),
        ("2020", 30, (50, 10, 0)),
        ("2021", 30, (45, 15, 0)),
        ("2022", 30, (40, 20, 0)),
        ("2021", 10, (60, 0, 0)),
        ("2022", 10, (55, 5, 0)),
        ("2024", 10, (45, 15, 0)),
        ("2025", 10, (40, 20, 0)),
    ],
)
def test_farm_work_is_phased_in_by_size(year, size, expected):
    sunday = {
        "2018": "04",
        "2019": "03",
        "2020": "02",
        "2021": "07",
        "2022": "06",
        "2024": "04",
        "2025": "02",
    }[year]
    shifts = [{"date": f"{year}-02-{int(sunday) + one:02d}", "minutes": 600} for one in range(1, 7)]
    terms = [{"from": f"{year}-01-01", "to": f"{year}-12-31", "basis": "hourly", "amount": "30.00"}]
    found = document(
        shifts=shifts,
        pay=terms,
        worker_class="agricultural",
        employer_headcount=size,
        computed_on=f"{year}-12-31",
    )
    assert split(found) == expected


def test_farm_double_time_only_from_the_last_step():
    terms = [{"from": "2021-01-01", "to": "2022-12-31", "basis": "hourly", "amount": "30.00"}]
    more = {
        "pay": terms,
        "worker_class": "agricultural",
        "employer_headcount": 30,
        "computed_on": "2022-12-31",
    }
    assert of([{"date": "2021-02-08", "minutes": 840}], **more) == (8.5, 5.5, 0)
    assert of([{"date": "2022-02-07", "minutes": 840}], **more) == (8, 4, 2)


def test_alternative_workweek():
    schedule = {"hours": 10, "weekdays": ["monday", "tuesday", "wednesday", "thursday"]}
    assert of(days(0, 10, 10, 10, 10), alternative_workweek=schedule) == (40, 0, 0)
    assert of(days(0, 10, 10, 10, 10, 9), alternative_workweek=schedule) == (40, 8, 1)
    assert of(days(0, 9), alternative_workweek=schedule) == (8, 1, 0)


def test_makeup_time_is_not_daily_overtime():
    assert of([shift(1, 600, makeup_minutes=120)]) == (10, 0, 0)
    assert of([shift(1, 720, makeup_minutes=240)]) == (11, 1, 0)


def test_a_shift_may_have_another_class():
    week = [shift(1, 600), shift(2, 600, worker_class="personal_attendant")]
    assert of(week) == (17, 3, 0)


def test_premium_hours_never_enter_the_week():
    """Hours of premiums are not hours worked (29.2)."""
    week = [shift(number, start="08:00", end="16:00", meals=[], rest_violation=True) for number in range(1, 6)]
    found = document(shifts=week)
    assert split(found) == (40, 0, 0)
    assert found["weeks"][0]["regular_rate"] == "20.000000"


def test_patterns_and_single_shifts():
    pattern = {
        "from": day(0),
        "to": day(13),
        "weekdays": ["monday", "friday"],
        "start": "08:00",
        "end": "12:00",
    }
    found = claim(case(patterns=[{**pattern, "except": [day(5)]}], shifts=[shift(1, start="08:00", end="18:00")]))
    assert [week.minutes for week in found.weeks] == [600, 480]


def test_weeks_run_from_the_first_to_the_last_with_work():
    found = document(shifts=[shift(1, 60), shift(22, 60)])
    assert [week["minutes_worked"] for week in found["weeks"]] == [60, 0, 0, 60]
    assert document()["weeks"] == []
