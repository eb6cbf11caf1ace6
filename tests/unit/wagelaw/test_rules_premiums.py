"""Premiums of a day: meals, rests, split shifts, reporting time."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.unit.wagelaw.cases import amount, day, document, hourly, paid, shift, why
from wagelaw.rules.reporting_time import call_in, first_report
from wagelaw.rules.rest_periods import required

MEALS, RESTS = ["meal_premium"], ["rest_premium"]


def worked(start, end, *meals, **more):
    """A Monday stretch with meals as (start, end)."""
    return shift(1, start=start, end=end, meals=[{"start": one, "end": other} for one, other in meals], **more)


def meal_premium(*shifts, **more):
    return amount(document(shifts=list(shifts), claims=MEALS, **more), "meal_premium")


@pytest.mark.parametrize(
    ("one", "owed"),
    [
        (worked("08:00", "13:00"), None),  # exactly five hours
        (worked("08:00", "13:01"), "20.00"),
        (worked("08:00", "16:30", ("12:00", "12:30")), None),
        (worked("08:00", "16:30", ("13:00", "13:30")), None),  # begins at the end of the fifth hour
        (worked("08:00", "16:30", ("13:01", "13:31")), "20.00"),  # late
        (worked("08:00", "16:30", ("12:00", "12:29")), "20.00"),  # short
        (worked("08:00", "18:30", ("12:00", "12:30")), None),  # ten hours worked
        (worked("08:00", "18:31", ("12:00", "12:30")), "20.00"),  # no second meal
        (worked("08:00", "19:00", ("12:00", "12:30"), ("17:00", "17:30")), None),
        (worked("08:00", "20:00", ("12:00", "12:30"), ("18:31", "19:01")), "20.00"),  # second late
        (worked("08:00", "13:01", meal_violation=False), None),
        (worked("08:00", "12:00", meal_violation=True), "20.00"),
    ],
)
def test_meal_periods(one, owed):
    found = meal_premium(one)
    assert (found is None) == (owed is None)
    # long days have overtime; the premium is one hour at the regular rate either way
    assert found == owed


def test_meals_after_so_many_minutes():
    late = shift(1, start="08:00", end="16:30", meals=[{"minutes": 30, "after_minutes": 301}])
    assert meal_premium(late) == "20.00"
    early = shift(1, start="08:00", end="16:30", meals=[{"minutes": 30, "after_minutes": 300}])
    assert meal_premium(early) is None


def test_waivers_hold_only_within_their_limits():
    waivers = {"meal_waivers": [{"from": day(0), "to": day(6), "first": True, "second": True}]}
    assert meal_premium(worked("08:00", "14:00"), **waivers) is None
    assert meal_premium(worked("08:00", "14:01"), **waivers) == "20.00"
    taken = ("12:00", "12:30")
    assert meal_premium(worked("08:00", "20:30", taken), **waivers) is None
    assert meal_premium(worked("08:00", "20:31", taken), **waivers) == "20.00"
    hospital = {"wage_order": 5, "industry": "health_care_other"}
    assert meal_premium(worked("08:00", "20:31", taken), **waivers, **hospital) is None


def test_on_duty_agreement():
    assert meal_premium(worked("08:00", "16:00"), on_duty_meal_agreement=True) is None


def test_a_gap_between_stretches_is_time_off():
    assert meal_premium(worked("08:00", "12:00"), worked("15:00", "18:00")) is None


def test_minutes_alone_cannot_tell():
    found = document(shifts=[shift(1, 480)], claims=MEALS)
    assert "clock" in why(found, "meal_premium")
    assert why(document(shifts=[shift(1, 300)], claims=MEALS), "meal_premium") is None
    assert why(document(shifts=[shift(1, 480)], claims=["overtime"]), "meal_premium") is None


def test_one_meal_and_one_rest_premium_a_day_at_most():
    one = worked("06:00", "19:00", rest_periods=0)
    found = document(shifts=[one], claims=MEALS + RESTS, payments=[paid("1000.00")])
    assert amount(found, "meal_premium") == amount(found, "rest_premium") == "20.00"
    assert found["totals"]["premiums"] == "40.00"


def test_a_meal_worked_through_is_wages_and_premium():
    """Wages for the thirty minutes, which may be overtime, and the premium (29.3)."""
    found = document(shifts=[worked("08:00", "16:30", paid_minutes=480)], payments=[paid("160.00")])
    assert amount(found, "overtime") == "15.00"
    assert amount(found, "meal_premium") == "20.00"


def test_premiums_follow_the_regular_rate_and_the_minimum_wage():
    bonus = {"from": day(0), "to": day(6), "kind": "production_bonus", "amount": "40.00"}
    assert meal_premium(worked("08:00", "16:00"), remuneration=[bonus]) == "25.00"
    assert meal_premium(worked("08:00", "16:00"), pay=[hourly("10.00")]) == "16.50"


def test_premium_payments_are_credited():
    one = worked("08:00", "16:00")
    assert meal_premium(one, payments=[paid("12.00", **{"for": "premium"})]) == "8.00"


def test_personal_attendants_are_a_switch():
    attendant = {"worker_class": "personal_attendant"}
    assert meal_premium(worked("08:00", "16:00"), **attendant) is None
    assert meal_premium(worked("08:00", "16:00"), **attendant, switches={"attendant_meal_periods": True}) == "20.00"
    note = document(shifts=[worked("08:00", "16:00")], **attendant)["notes"]
    assert any("attendant_meal_periods = false" in one for one in note)


@pytest.mark.parametrize(
    ("minutes", "count"),
    [
        (0, 0),
        (209, 0),
        (210, 1),
        (240, 1),
        (360, 1),
        (361, 2),
        (480, 2),
        (600, 2),
        (601, 3),
        (840, 3),
        (841, 4),
    ],
)
def test_rest_periods_due(minutes, count):
    assert required(minutes) == count


def test_rests_not_known_are_not_claimed():
    assert amount(document(shifts=[shift(1, 480)]), "rest_premium") is None
    assert amount(document(shifts=[shift(1, 480, rest_periods=1)]), "rest_premium") == "20.00"
    assert amount(document(shifts=[shift(1, 480, rest_violation=True)]), "rest_premium") == "20.00"
    assert amount(document(shifts=[shift(1, 480, rest_periods=0, rest_violation=False)]), "rest_premium") is None


def test_recovery_periods_share_the_rest_premium_unless_switched():
    one = shift(1, 480, rest_violation=True, recovery_violation=True)
    assert amount(document(shifts=[one]), "rest_premium") == "20.00"
    apart = document(shifts=[one], switches={"recovery_premium_apart": True})
    assert amount(apart, "rest_premium") == "40.00"


def split(rate="17.00", gap="15:00", **more):
    shifts = [worked("08:00", "12:00"), shift(1, start=gap, end="18:00")]
    return amount(document(shifts=shifts, pay=[hourly(rate)], **more), "split_shift")


def test_split_shift():
    assert split() == "13.00"  # 8 × 16.50 − 7 × 17
    assert split("20.00") is None
    assert split(gap="13:00") is None  # an hour is no split
    assert split(gap="13:01") is not None
    assert split(resident=True) is None
    assert split("10.00") == "16.50"  # the shortfall itself is minimum wage


def test_split_shift_minimum_is_a_switch():
    more = {"place": "US-CA-los-angeles"}
    assert split(**more) == "17.28"  # 7 × 28 cents are minimum wage
    assert split(**more, switches={"split_shift_at_state_minimum": True}) == "11.04"


@pytest.mark.parametrize(
    ("scheduled", "worked_", "minutes"),
    [
        (480, 60, 180),
        (480, 239, 1),
        (480, 240, 0),
        (240, 30, 90),
        (180, 0, 120),
        (600, 0, 240),
        (90, 45, 0),
        (90, 44, 76),
    ],
)
def test_reporting_time(scheduled, worked_, minutes):
    assert first_report(scheduled, worked_) == minutes


def test_reporting_for_nothing():
    found = document(shifts=[shift(1, 0, scheduled_minutes=480)])
    assert amount(found, "reporting_time") == "80.00"
    assert found["weeks"][0]["minutes_worked"] == 0


def test_calls_without_a_schedule():
    assert call_in(30) == Fraction(90)
    assert amount(document(shifts=[shift(1, 30, call_in=True)]), "reporting_time") == "30.00"
    second = [shift(1, start="08:00", end="16:00"), shift(1, start="20:00", end="20:30", call_in=True)]
    assert amount(document(shifts=second, payments=[paid("500.00")]), "reporting_time") == "30.00"
