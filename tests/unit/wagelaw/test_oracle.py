"""The claim against the slow reference, to the cent, on cases that Hypothesis makes up."""

from fractions import Fraction

import pytest
from hypothesis import given

from tests.unit.wagelaw import oracle
from tests.unit.wagelaw.strategies import RULE, broken_day, cases, minutes_shift, timed_shift
from wagelaw import claim


def computed(case, codes):
    """The program's document of the same case, only these items."""
    return claim({**case, "claims": list(codes)}).as_json()


def differences(case, codes):
    """code → (reference, program) wherever they differ."""
    ours, theirs = oracle.claim(case)["items"], {e["code"]: e["amount"] for e in computed(case, codes)["items"]}
    pairs = {code: (ours.get(code), theirs.get(code)) for code in codes}
    return {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}


@RULE
@given(case=cases())
def test_the_weeks_agree_minute_by_minute(case):
    ours, theirs = oracle.claim(case)["weeks"], computed(case, ["overtime"])["weeks"]
    assert len(ours) == len(theirs)
    for mine, found in zip(ours, theirs, strict=True):
        for key in ("minutes_worked", "regular_minutes", "overtime_minutes", "double_minutes"):
            assert found[key] == mine.get(key, 0)


@RULE
@given(case=cases())
def test_the_regular_rate_agrees(case):
    for mine, found in zip(oracle.claim(case)["weeks"], computed(case, ["overtime"])["weeks"], strict=True):
        if mine["minutes_worked"]:
            assert abs(Fraction(found["regular_rate"]) - mine["regular_rate"]) <= Fraction(1, 10**6)
            assert found["due"] == mine["due"]


@RULE
@given(case=cases())
def test_wages_and_overtime_agree_to_the_cent(case):
    assert differences(case, ("unpaid_wages", "minimum_wage", "overtime")) == {}


@RULE
@given(case=cases(kinds=(timed_shift, minutes_shift)))
def test_personal_attendants_agree_to_the_cent(case):
    attendant = {**case, "worker_class": "personal_attendant", "wage_order": 15}
    assert differences(attendant, ("unpaid_wages", "minimum_wage", "overtime")) == {}
    for mine, found in zip(oracle.claim(attendant)["weeks"], computed(attendant, ["overtime"])["weeks"], strict=True):
        assert found["double_minutes"] == 0
        assert found["overtime_minutes"] == mine.get("overtime_minutes", 0)


@RULE
@given(case=cases(kinds=(timed_shift, minutes_shift, broken_day)))
def test_learners_agree_to_the_cent(case):
    codes = ("unpaid_wages", "minimum_wage", "overtime", "meal_premium", "rest_premium", "split_shift", "interest")
    assert differences({**case, "learner": True}, codes) == {}


@RULE
@given(case=cases(kinds=(timed_shift, minutes_shift)))
def test_meal_and_rest_premiums_agree_to_the_cent(case):
    assert differences(case, ("meal_premium", "rest_premium")) == {}


@RULE
@given(case=cases(kinds=(broken_day,)))
def test_split_shifts_agree_to_the_cent(case):
    assert differences(case, ("split_shift", "meal_premium", "rest_premium")) == {}


@RULE
@given(case=cases())
def test_interest_agrees_to_the_cent(case):
    codes = ("unpaid_wages", "minimum_wage", "overtime", "meal_premium", "rest_premium", "split_shift", "interest")
    assert differences(case, codes) == {}


@RULE
@given(case=cases(rates=False, kinds=(timed_shift, minutes_shift)))
def test_liquidated_damages_agree_to_the_cent_where_the_unpaid_hours_are_plain(case):
    weeks = [week for week in oracle.claim(case)["weeks"] if week["minutes_worked"]]
    if all(oracle.is_plain(week, case) for week in weeks):
        assert differences(case, ("unpaid_wages", "minimum_wage", "liquidated_damages")) == {}


@pytest.mark.parametrize(
    ("amount", "text"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("1000", "1000.00")]
)
def test_the_reference_rounds_half_up(amount, text):
    assert oracle.cents(Fraction(amount)) == text


def test_the_reference_knows_a_week_by_hand():
    """Wage-law note, section 4: six ten-hour days and a fourteen-hour seventh day."""
    shifts = [{"date": f"2025-04-{6 + number:02d}", "minutes": 600 if number < 6 else 840} for number in range(7)]
    case = {
        "computed_on": "2025-05-01", "shifts": shifts, "paydays": {"days_after": 6},
        "pay": [{"from": "2025-04-06", "to": "2025-04-12", "amount": "20.00"}],
    }  # fmt: skip
    (week,) = oracle.claim(case)["weeks"]
    assert (week["regular_minutes"], week["overtime_minutes"], week["double_minutes"]) == (2400, 1680, 360)
    assert week["due"] == "1880.00"


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ({"date": "2024-03-09", "start": "22:00"}, "06:00", 420),  # an hour is missing
        ({"date": "2024-03-10", "start": "00:00"}, "02:00", 120),  # two o'clock is the moment of the change
        ({"date": "2025-11-01", "start": "22:00"}, "06:00", 540),  # an hour comes twice
        ({"date": "2025-11-02", "start": "03:00"}, "06:00", 180),
    ],
)
def test_hours_really_passed_in_the_nights_the_clocks_change(start, end, minutes):
    case = {
        "place": "US-CA",
        "computed_on": "2026-01-31",
        "pay": [{"from": "2024-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}],
        "shifts": [{**start, "end": end}],
    }
    assert sum(week["minutes_worked"] for week in claim(case).as_json()["weeks"]) == minutes
