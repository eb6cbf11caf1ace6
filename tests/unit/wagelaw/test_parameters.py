"""Values on a date: the right row, the highest floor, and an error instead of a guess."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import tries
from wagelaw.parameters import (
    IndustryNeeded,
    LawError,
    SizeNeeded,
    UnknownPlace,
    is_california,
    law_version,
    minimum_wage,
    minimum_wage_series,
    parents,
    place_name,
    places,
    series,
    sized_value,
    value,
)

LA, CA = "US-CA-los-angeles", "US-CA"


def wage(place, day, **more):
    return minimum_wage(place, date.fromisoformat(day), **more).amount


@pytest.mark.parametrize(
    ("place", "day", "more", "amount"),
    [
        ("US", "2025-03-01", {}, "7.25"),
        (CA, "2016-06-30", {}, "10.00"),
        (CA, "2022-12-31", {"headcount": 26}, "15.00"),
        (CA, "2022-12-31", {"headcount": 25}, "14.00"),
        (CA, "2023-01-01", {}, "15.50"),
        (CA, "2026-01-01", {}, "16.90"),
        (LA, "2025-06-30", {}, "17.28"),
        (LA, "2025-07-01", {}, "17.87"),
        (LA, "2026-07-01", {}, "18.42"),
        (LA, "2016-08-01", {"headcount": 10}, "10.00"),  # no local rate for the small before July 2017
        (LA, "2016-08-01", {"headcount": 30}, "10.50"),
        ("US-CA-san-leandro", "2026-01-01", {}, "16.90"),  # the state overtook the city
        (LA, "2026-08-01", {"industry": "hotel"}, "25.00"),
        (LA, "2026-08-01", {"industry": "hotel_no_health_benefits"}, "29.25"),
        (LA, "2015-09-01", {"industry": "hotel_ge_300_rooms"}, "15.37"),
        (LA, "2016-09-01", {"industry": "hotel_ge_300_rooms", "headcount": 200}, "15.37"),
        (CA, "2024-03-31", {"industry": "fast_food"}, "16.00"),
        (CA, "2024-04-01", {"industry": "fast_food"}, "20.00"),
        ("US-CA-san-mateo", "2018-02-01", {"industry": "nonprofit"}, "12.00"),
        ("US-MD", "2021-02-01", {"headcount": 14}, "11.60"),
        ("US-MD", "2021-02-01", {"headcount": 15}, "11.75"),
        ("US-AL", "2025-02-01", {}, "7.25"),
    ],
)
def test_the_highest_floor_on_the_day(place, day, more, amount):
    assert wage(place, day, **more) == Fraction(amount)


def test_the_winner_is_named():
    found = minimum_wage("US-CA-novato", date(2025, 2, 1), headcount=5)
    assert (found.place, found.amount) == (CA, Fraction("16.50"))  # the city's 16.42 is below the state's rate
    assert found.citation == "Cal. Lab. Code § 1182.12"
    assert found.state == "read"


def test_a_value_is_found_in_the_place_around():
    found = value("ca_paid_sick_leave_use_hours", LA, date(2024, 1, 1))
    assert (found.amount, found.unit, found.place) == (40, "hours/year", CA)
    before = value("ca_paid_sick_leave_use_hours", LA, date(2023, 12, 31))
    assert (before.amount, before.until_on) == (24, date(2023, 12, 31))


def test_a_size_decides_in_the_farm_phase_in():
    assert sized_value("ca_ag_overtime_daily_hours", CA, date(2021, 5, 1), 30).amount == Fraction("8.5")
    assert sized_value("ca_ag_overtime_daily_hours", CA, date(2021, 5, 1), 12).amount == 10
    assert sized_value("ca_ag_overtime_daily_hours", CA, date(2025, 5, 1), None).amount == 8
    with pytest.raises(SizeNeeded):
        sized_value("ca_ag_overtime_daily_hours", CA, date(2021, 5, 1), None)
    with pytest.raises(LawError):  # there was no weekly limit before 2019
        sized_value("ca_ag_overtime_weekly_hours", CA, date(2018, 5, 1), 30)


def test_the_size_is_asked_for_only_where_it_matters():
    with pytest.raises(SizeNeeded):
        minimum_wage(CA, date(2022, 12, 31))
    assert wage(CA, "2017-06-01", headcount=3) == 10
    assert wage("US-CA-san-francisco", "2019-09-01") == Fraction("15.59")  # above both tracks of the state


@pytest.mark.parametrize(
    ("place", "day", "more", "why"),
    [
        (CA, "1999-05-01", {}, "begin"),
        ("US-CA-san-francisco", "2014-09-01", {}, "begin"),  # an older ordinance, not in the tables
        ("US-CA-san-diego", "2027-01-01", {}, "reach"),
        (CA, "2028-01-01", {}, "reach"),
        ("US-CA-west-hollywood", "2026-08-01", {"industry": "hotel"}, "not found"),
    ],
)
def test_outside_the_tables_is_an_error_that_names_all(place, day, more, why):
    with pytest.raises(LawError, match=why) as caught:
        wage(place, day, **more)
    assert caught.value.parameter == "minimum_wage"
    assert caught.value.on == date.fromisoformat(day)
    assert place.startswith(caught.value.place)
    assert day in str(caught.value)


def test_a_word_for_an_industry_must_be_exact():
    with pytest.raises(IndustryNeeded) as caught:
        wage("US-CA-oakland", "2026-02-01", industry="hotel")
    assert caught.value.words == ("hotel_no_health_benefits", "hotel_with_health_benefits")
    with pytest.raises(IndustryNeeded, match="fast_food"):
        wage(CA, "2026-02-01", industry="fastfood")
    assert wage("US-CA-san-jose", "2026-02-01", industry="hotel") == Fraction("18.45")  # no hotel floor there


def test_unknown_names_are_errors():
    with pytest.raises(UnknownPlace, match="US-XX"):
        wage("US-XX", "2025-01-01")
    with pytest.raises(LawError, match="no_such_thing"):
        value("no_such_thing", LA, date(2025, 1, 1))
    with pytest.raises(LawError, match="nobody"):
        series("ca_exempt_salary_annual", CA, "nobody")
    with pytest.raises(UnknownPlace):
        place_name("US-XX")


def test_places_have_names_and_parents():
    assert len(places()) == 101
    assert place_name(LA, "ko") == "로스앤젤레스시"
    assert parents("US-CA-los-angeles-county-unincorporated") == (
        "US-CA-los-angeles-county-unincorporated", CA, "US",
    )  # fmt: skip
    assert [is_california(place) for place in (CA, LA, "US", "US-CO", "US-CAX")] == [True, True, False, False, False]
    assert len(law_version()) == 12


@settings(max_examples=tries(150), deadline=None)
@given(
    place=st.sampled_from(sorted(places())),
    on=st.dates(date(2005, 1, 1), date(2029, 12, 31)),
    headcount=st.sampled_from([1, 10, 25, 26, 55, 99, 100, 501]),
    industry=st.sampled_from([None, "hotel", "fast_food", "health_care_large", "nonprofit"]),
)
def test_the_steps_say_what_the_single_lookup_says(place, on, headcount, industry):
    try:
        single = minimum_wage(place, on, headcount=headcount, industry=industry)
    except IndustryNeeded:
        return
    except LawError:
        single = None
    try:
        steps = minimum_wage_series(place, headcount=headcount, industry=industry)
    except IndustryNeeded:
        return
    found = [step for step in steps if step.holds_on(on)]
    assert [step.amount for step in found] == ([single.amount] if single else [])
    assert [step.citation for step in found] == ([single.citation] if single else [])


@pytest.mark.parametrize("place", sorted(places()))
def test_the_steps_never_overlap_and_never_fall(place):
    steps = minimum_wage_series(place, headcount=30)
    for one, following in pairwise(steps):
        assert one.until_on is not None
        assert one.until_on < following.from_on
        assert one.until_on + timedelta(days=1) == following.from_on or place == "US-IL-chicago"
        assert following.amount >= one.amount


def test_without_a_size_the_steps_leave_out_the_days_it_decides():
    steps = minimum_wage_series(CA)
    assert not any(step.holds_on(date(2020, 6, 1)) for step in steps)
    assert any(step.holds_on(date(2024, 6, 1)) for step in steps)


def test_looking_up_needs_neither_yaml_nor_numpy():
    code = (
        "import sys; from datetime import date; from wagelaw.parameters import minimum_wage;"
        "minimum_wage('US-CA', date(2026, 2, 1)); print({'yaml', 'numpy'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
