"""Wages: minimum wage, regular rate by every kind of pay, crediting of payments."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.wagelaw.cases import amount, barred, case, day, document, hourly, paid, shift
from wagelaw import claim

WEEK = [shift(number, 480) for number in range(1, 6)]
LONG = [shift(number, 600) for number in range(1, 6)]


def due(found, week=0):
    return found["weeks"][week]["due"]


def rate(found, week=0):
    return found["weeks"][week]["regular_rate"]


def term(basis, amount_, per=None, **more):
    return {"from": day(0), "to": day(27), "basis": basis, "amount": amount_, "per": per, **more}


def extra(kind, amount_, first=0, last=6):
    return {"from": day(first), "to": day(last), "kind": kind, "amount": amount_}


def test_nothing_paid_is_owed_in_full():
    found = document(shifts=LONG)
    assert amount(found, "unpaid_wages") == "800.00"
    assert amount(found, "overtime") == "300.00"
    assert due(found) == "1100.00"


def test_unpaid_hours_are_never_averaged_away():
    """An unpaid hour is unpaid even where the week averages above the minimum wage."""
    found = document(shifts=[shift(1, 480, paid_minutes=420), *WEEK[1:]], payments=[paid("5000.00")])
    assert amount(found, "unpaid_wages") == "20.00"
    assert amount(found, "liquidated_damages").startswith("16.")


def test_uncounted_minutes_of_a_long_day_are_overtime():
    found = document(shifts=[shift(1, 540, paid_minutes=480)], payments=[paid("160.00")])
    assert amount(found, "unpaid_wages") is None
    assert amount(found, "overtime") == "30.00"


def test_agreed_below_the_minimum():
    found = document(pay=[hourly("10.00")], shifts=WEEK, payments=[paid("300.00")])
    assert amount(found, "unpaid_wages") == "100.00"
    assert amount(found, "minimum_wage") == "260.00"
    found = document(pay=[hourly("10.00")], shifts=WEEK, payments=[paid("660.00")])
    assert found["items"] == []


def test_no_agreement_means_the_minimum_wage():
    found = document(pay=[], shifts=LONG)
    assert amount(found, "minimum_wage") == "660.00"
    assert amount(found, "overtime") == "247.50"
    assert rate(found) == "16.500000"


def test_overpaid_periods_do_not_pay_others():
    """No crediting across periods (29.4)."""
    second = [shift(number + 7, 480) for number in range(1, 6)]
    found = document(shifts=[*WEEK, *second], payments=[paid("2000.00"), paid("700.00", 7, 13, 19)])
    assert amount(found, "unpaid_wages") == "100.00"


def test_overtime_payments_pay_overtime_only():
    extra_pay = paid("300.00", **{"for": "overtime"})
    found = document(shifts=LONG, payments=[paid("700.00"), extra_pay])
    assert amount(found, "unpaid_wages") == "100.00"
    assert amount(found, "overtime") is None


def test_straight_time_payments_do_not_pay_premiums():
    found = document(shifts=LONG, payments=[paid("1100.00", **{"for": "straight_time"})])
    assert amount(found, "overtime") == "100.00"


def test_vacation_pay_pays_nothing_else():
    found = document(shifts=WEEK, payments=[paid("800.00", **{"for": "vacation"})])
    assert amount(found, "unpaid_wages") == "800.00"


def test_splitting_a_payment_changes_nothing():
    whole = document(shifts=LONG, payments=[paid("900.00")])
    parts = document(shifts=LONG, payments=[paid("250.00"), paid("650.00")])
    assert whole == parts


def test_order_of_rows_never_matters():
    second = [shift(number + 7, 540) for number in range(1, 6)]
    payments = [paid("900.00"), paid("650.00", 7, 13, 19)]
    one = document(shifts=[*LONG, *second], payments=payments)
    other = document(shifts=[*second[::-1], *LONG[::-1]], payments=payments[::-1])
    assert one == other


@pytest.mark.parametrize(
    ("kind", "expected", "overtime"),
    [
        ("production_bonus", "22.000000", "110.00"),
        ("commission", "22.000000", "110.00"),
        ("shift_differential", "22.000000", "110.00"),
        ("flat_sum_bonus", "22.500000", "137.50"),
        ("percentage_bonus", "20.000000", "100.00"),
        ("discretionary_bonus", "20.000000", "100.00"),
        ("expense_reimbursement", "20.000000", "100.00"),
    ],
)
def test_pay_on_top_enters_the_rate_as_its_kind_says(kind, expected, overtime):
    found = document(shifts=LONG, payments=[paid("1000.00")], remuneration=[extra(kind, "100.00")])
    assert rate(found) == expected
    assert amount(found, "overtime") == overtime


def test_a_deferred_bonus_is_spread_over_its_weeks():
    second = [shift(number + 7, 480) for number in range(1, 6)]
    found = document(shifts=[*LONG, *second], remuneration=[extra("production_bonus", "90.00", 0, 13)])
    assert rate(found, 0) == rate(found, 1) == "21.000000"


def test_a_flat_sum_with_double_time():
    found = document(shifts=[shift(1, 840)], payments=[paid("280.00")], remuneration=[extra("flat_sum_bonus", "80.00")])
    assert rate(found) == "30.000000"
    # 4 h × ½ × 20 + 2 h × 20, and 10 an hour × (4 × 1½ + 2 × 2)
    assert amount(found, "overtime") == "180.00"


def test_two_rates_are_averaged():
    shifts = [shift(number, 480, rate="20.00") for number in range(1, 5)] + [shift(5, 960, rate="30.00")]
    found = document(shifts=shifts)
    assert rate(found) == "23.333333"
    # the last 8 hours at 30, 23.33 × (½ × 4 + 4)
    assert amount(found, "overtime") == "380.00"


def test_a_rate_change_in_mid_week():
    terms = [hourly("20.00", 0, 3), hourly("30.00", 4, 27)]
    found = document(pay=terms, shifts=WEEK)
    assert amount(found, "unpaid_wages") == "960.00"


@pytest.mark.parametrize(
    ("amount_", "per", "weekly"),
    [
        ("1000.00", "week", "25.000000"),
        ("2000.00", "two_weeks", "25.000000"),
        ("52000.00", "year", "25.000000"),
        ("4333.33", "month", "24.999981"),
        ("2166.67", "half_month", "25.000038"),
    ],
)
def test_a_salary_buys_forty_hours(amount_, per, weekly):
    found = document(pay=[term("salary", amount_, per, covers_hours=50)], shifts=LONG)
    assert rate(found) == weekly


def test_salary_paid_leaves_overtime():
    found = document(pay=[term("salary", "1000.00", "week")], shifts=LONG, payments=[paid("1000.00")])
    assert amount(found, "unpaid_wages") is None
    assert amount(found, "overtime") == "375.00"
    assert due(found) == "1375.00"


def test_salary_below_the_minimum_wage():
    found = document(pay=[term("salary", "400.00", "week")], shifts=LONG, payments=[paid("400.00")])
    assert amount(found, "minimum_wage") == "260.00"
    assert amount(found, "overtime") == "247.50"


def test_a_month_of_salary_leaves_nothing_over():
    shifts = [
        {"date": f"2025-04-{number:02d}", "minutes": 600}
        for number in range(1, 31)
        if number not in (5, 6, 12, 13, 19, 20, 26, 27)
    ]
    salary = {
        "from": "2025-03-30",
        "to": "2025-05-03",
        "basis": "salary",
        "amount": "5200.00",
        "per": "month",
    }
    payment = {"from": "2025-04-01", "to": "2025-04-30", "paid_on": "2025-05-05", "amount": "5200.00"}
    found = document(pay=[salary], shifts=shifts, payments=[payment], computed_on="2025-06-01")
    assert amount(found, "unpaid_wages") is None
    assert amount(found, "overtime") == "1980.00"  # 44 hours at 1½ × 30


def test_a_day_rate_is_a_switch():
    found = document(pay=[term("day_rate", "240.00", "day")], shifts=LONG, payments=[paid("1200.00")])
    assert rate(found) == "30.000000"
    assert amount(found, "overtime") == "450.00"
    assert any("day_rate_over_regular_hours" in note for note in found["notes"])
    other = document(
        pay=[term("day_rate", "240.00", "day")],
        shifts=LONG,
        payments=[paid("1200.00")],
        switches={"day_rate_over_regular_hours": False},
    )
    assert rate(other) == "24.000000"
    assert amount(other, "overtime") == "120.00"


def test_pieces_need_their_own_rest_and_idle_pay():
    shifts = [shift(number, 480, pieces=200, rest_periods=2, nonproductive_minutes=60) for number in range(1, 6)]
    found = document(pay=[term("piece", "1.00", "unit")], shifts=shifts, payments=[paid("1000.00")])
    # idle: 5 h × 16.50; rest: (1000 + 82.50) over 38⅓ h × 1⅔ h
    assert amount(found, "piece_rate_nonproductive") == "129.57"


def test_pieces_below_the_minimum_wage():
    shifts = [shift(number, 480, pieces=10) for number in range(1, 6)]
    found = document(pay=[term("piece", "1.00", "unit")], shifts=shifts, payments=[paid("50.00")])
    assert amount(found, "minimum_wage") == "610.00"


def test_an_agreed_commission():
    found = document(pay=[term("commission", "1200.00", "week")], shifts=LONG, payments=[paid("1200.00")])
    assert rate(found) == "24.000000"
    assert amount(found, "overtime") == "120.00"


def test_two_cities_have_two_minimum_wages():
    shifts = [shift(1, 480), shift(2, 480, place="US-CA-los-angeles")]
    found = document(pay=[hourly("16.50")], shifts=shifts, payments=[paid("264.00")], computed_on=day(60))
    assert amount(found, "minimum_wage") == "6.24"  # 17.28 in the city


def test_lodging_counts_only_when_agreed_in_writing():
    more = {"pay": [hourly("10.00")], "shifts": WEEK, "payments": [paid("400.00")], "employer_headcount": 3}
    room = {"from": day(0), "to": day(6), "kind": "room_alone", "count": 1}
    assert amount(document(**more, meals_lodging=[room]), "minimum_wage") == "260.00"
    found = document(**more, meals_lodging=[{**room, "written_agreement": True}])
    assert amount(found, "minimum_wage") == "182.42"  # 260.00 − 77.58
    assert any("ca_credit_room_alone" in note for note in found["notes"])


def test_exempt_only_while_the_salary_test_is_met():
    salary = [term("salary", "1319.99", "week")]
    found = document(pay=salary, shifts=LONG, payments=[paid("1319.99")], worker_class="exempt")
    assert amount(found, "overtime") == "495.00"
    assert any("nonexempt" in note for note in found["notes"])
    salary = [term("salary", "1320.00", "week")]
    found = document(pay=salary, shifts=LONG, payments=[paid("1320.00")], worker_class="exempt")
    assert found["items"] == []


def test_huge_amounts_stay_exact():
    """Beyond what int64 holds, Python's own integers compute: 8 h, 4 h at 1½, 3 h at double."""
    found = document(pay=[hourly("900000000.0001")], shifts=[shift(1, 900)])
    assert due(found) == "18000000000.00"
    assert rate(found) == "900000000.000100"


def test_money_claimed_once():
    """What a week owes is the sum of its items: no dollar under two codes."""
    found = document(pay=[hourly("10.00")], shifts=LONG, payments=[paid("350.00")])
    owed = sum(Decimal(amount(found, code) or 0) for code in ("unpaid_wages", "minimum_wage", "overtime"))
    assert owed == Decimal(found["weeks"][0]["owed"])


def test_written_agreements_reach_farther():
    old = "2022-02-06"
    terms = {"from": old, "to": "2022-02-12", "basis": "hourly", "amount": "40.00"}
    one = {"date": "2022-02-07", "minutes": 480}
    payment = {"from": old, "to": "2022-02-12", "paid_on": "2022-02-18", "amount": "0.00"}
    more = {"shifts": [one], "payments": [payment], "computed_on": "2025-01-10", "employer_headcount": 30}
    oral = document(pay=[terms], **more)
    # 15 an hour is statutory (three years), the 25 above it an oral promise (two years)
    assert (amount(oral, "unpaid_wages"), barred(oral, "unpaid_wages")) == ("120.00", "200.00")
    written = document(pay=[{**terms, "agreement": "written"}], **more)
    assert (amount(written, "unpaid_wages"), barred(written, "unpaid_wages")) == ("320.00", "0.00")
    # a contract that begins in the middle of its first week is no less in writing
    begun = document(pay=[{**terms, "from": "2022-02-07", "agreement": "written"}], **more)
    assert amount(begun, "unpaid_wages") == "320.00"
    mixed = [{**terms, "to": "2022-02-06", "agreement": "written"}, {**terms, "from": "2022-02-07"}]
    assert amount(document(pay=mixed, **more), "unpaid_wages") == "120.00"


def test_damages_on_wages_too_old_are_too_old_as_well():
    old = {"from": "2021-02-07", "to": "2021-02-13"}
    terms = [{**old, "basis": "hourly", "amount": "20.00"}]
    found = document(
        shifts=[{"date": "2021-02-08", "minutes": 480}],
        pay=terms,
        payments=[{**old, "paid_on": "2021-02-19", "amount": "0.00"}],
        computed_on="2025-02-18",
        employer_headcount=30,
    )
    assert (amount(found, "unpaid_wages"), barred(found, "unpaid_wages")) == ("0.00", "160.00")
    # eight hours at 14.00 and four years of 10 percent, less a day
    assert (amount(found, "liquidated_damages"), barred(found, "liquidated_damages")) == ("0.00", "156.80")


def test_every_amount_has_its_working():
    found = claim(case(shifts=LONG, payments=[paid("900.00")]))
    for item in found.items:
        assert item.lines
        assert all(line.inputs and line.step for line in item.lines)


def test_a_day_rate_over_all_hours_is_no_piece_work():
    shifts = [{**one, "rest_periods": 2} for one in LONG]
    found = document(
        pay=[term("day_rate", "240.00", "day")],
        shifts=shifts,
        payments=[paid("1200.00")],
        switches={"day_rate_over_regular_hours": False},
    )
    assert amount(found, "piece_rate_nonproductive") is None


def test_shifts_of_no_length_stand_in_their_week():
    found = document(shifts=[shift(1, 480), shift(7, 0, scheduled_minutes=240, rest_periods=1)])
    assert [week["minutes_worked"] for week in found["weeks"]] == [480, 0]
    assert amount(found, "reporting_time") == "40.00"
