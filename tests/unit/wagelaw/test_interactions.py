"""How the rules meet, number by number as in the law's own list: what never stacks, what never offsets, what may stand
side by side. Overtime, premiums and crediting have their tests beside their rules too; here each number stands once.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.wagelaw.cases import amount, day, document, hourly, paid, shift
from wagelaw import CaseError, schema

WEEK = [shift(number, 480) for number in range(1, 6)]
LONG = [shift(number, 600) for number in range(1, 6)]
ENDED = {"start": day(0), "end": day(6), "separation": "discharged"}


def total(found):
    """What a document comes to."""
    return Decimal(found["totals"]["total"])


def test_1_one_hour_has_one_multiple():
    """Seven days of nine hours: every hour over eight, over forty and on the seventh day, and each counted once."""
    week = document(shifts=[shift(number, 540) for number in range(7)])["weeks"][0]
    assert week["regular_minutes"] + week["overtime_minutes"] + week["double_minutes"] == 7 * 540
    assert (week["regular_minutes"], week["double_minutes"]) == (40 * 60, 60)


def test_2_premium_hours_build_no_overtime_and_no_rate():
    bare = document(shifts=WEEK)["weeks"]
    full = document(shifts=[{**one, "meal_violation": True, "rest_violation": True} for one in WEEK])
    assert full["weeks"] == bare
    assert (amount(full, "meal_premium"), amount(full, "rest_premium")) == ("100.00", "100.00")


def test_3_a_meal_worked_through_is_pay_and_premium():
    worked = [shift(1, start="08:00", end="16:30")]
    taken = [shift(1, start="08:00", end="16:30", meals=[{"start": "12:00", "end": "12:30"}])]
    claims = {"claims": ["unpaid_wages", "overtime", "meal_premium"]}
    assert amount(document(shifts=worked, **claims), "overtime") == "15.00"  # the half hour is over eight
    assert amount(document(shifts=worked, **claims), "meal_premium") == "20.00"
    assert amount(document(shifts=taken, **claims), "meal_premium") is None


def test_4_one_period_and_one_kind_of_pay_never_offset_another():
    weeks = [*WEEK, *(shift(number, 480) for number in range(8, 13))]
    over = document(shifts=weeks, payments=[paid("1600.00"), paid("0.00", 7, 13, 19)], claims=["unpaid_wages"])
    assert amount(over, "unpaid_wages") == "800.00"
    payments = [paid("800.00"), paid("300.00", **{"for": "overtime"}), paid("0.00", 7, 13, 19)]
    more = [*LONG, *(shift(number, 600) for number in range(8, 13))]
    found = document(shifts=more, payments=payments, claims=["overtime"])
    assert amount(found, "overtime") == "300.00"  # of the second week; the first has had its own


def test_5_damages_and_interest_stand_together_in_california_only():
    unpaid = {"shifts": WEEK, "payments": [paid("0.00")]}
    state, federal = document(**unpaid), document(place="US", **unpaid)
    assert amount(state, "liquidated_damages")
    assert amount(state, "interest")
    assert amount(federal, "liquidated_damages") == "290.00"  # 40 × 7.25
    assert amount(federal, "interest") is None


def test_6_penalties_stand_side_by_side():
    found = document(shifts=WEEK, payments=[paid("0.00", statement="missing")], employment=ENDED)
    assert all(amount(found, code) for code in ("waiting_time", "wage_statement", "liquidated_damages"))


@pytest.mark.parametrize(
    ("language", "late", "bounced"),
    [("en", "either", "1719"), ("es", "una u otra", "1719"), ("ko", "하나", "1719")],
)
def test_6_either_the_one_penalty_or_the_other(language, late, bounced):
    """§ 210 or PAGA; § 203.1 or Civil Code § 1719: the claim says that the worker must choose."""
    from wagelaw import claim

    case = {
        "place": "US-CA",
        "computed_on": day(60),
        "pay": [hourly()],
        "shifts": WEEK,
        "paydays": {"every": "week", "days_after": 6},
        "payments": [paid("800.00", on=20)],
    }
    alone = claim(case).as_json(language)["notes"]
    assert not any("PAGA" in note or "1719" in note for note in alone)
    with_notice = claim({**case, "paga": {"notice_on": day(40)}}).as_json(language)["notes"]
    assert any("§ 210" in note and "PAGA" in note and late in note for note in with_notice)
    checks = [{"date": day(12), "amount": "800.00"}]
    with_check = claim({**case, "bounced_checks": checks}).as_json(language)["notes"]
    assert any("§ 203.1" in note and bounced in note for note in with_check)


def test_7_federal_money_is_reported_beside_and_never_added():
    found = document(shifts=LONG, payments=[paid("800.00")])
    assert found["federal"]["totals"]["total"] != "0.00"
    without = document(shifts=LONG, payments=[paid("800.00")], flsa_coverage=NOT_COVERED)
    assert total(found) == total(without)


NOT_COVERED = {"annual_sales": "100000.00", "institution": False, "in_commerce": False}


def test_8_paid_leave_is_wages_but_no_hours():
    """A refused sick day of eight hours is owed as wages; the week's hours, overtime and rate stay as they were."""
    leave = {"sick_leave": [{"date": day(5), "minutes": 480}], "employment": {"start": "2024-01-01"}}
    four = [shift(number, 660) for number in range(1, 5)]
    bare, sick = document(shifts=four), document(shifts=four, **leave)
    assert sick["weeks"] == bare["weeks"]
    assert amount(sick, "sick_leave") == "160.00"
    assert Decimal(sick["totals"]["wages"]) - Decimal(bare["totals"]["wages"]) == 160
    assert amount(sick, "overtime") == amount(bare, "overtime")


@pytest.mark.parametrize(("place", "minimum"), [("US-CA", "16.50"), ("US-CA-los-angeles", "17.28")])
def test_9_a_higher_minimum_wage_raises_what_rests_on_it(place, minimum):
    """The regular rate's floor, premium hours and the split-shift floor, at $15 agreed."""
    floor = Decimal(minimum)
    split = [shift(1, start="08:00", end="12:00"), shift(1, start="15:00", end="19:00", meal_violation=True)]
    found = document(place=place, employer_headcount=30, shifts=split, pay=[hourly("15.00")])
    assert Decimal(found["weeks"][0]["regular_rate"]) == floor
    assert Decimal(amount(found, "meal_premium")) == floor
    assert Decimal(amount(found, "split_shift")) == floor  # nine hours at the minimum less eight lawfully paid
    assert Decimal(amount(found, "minimum_wage")) == 8 * (floor - 15)


def test_9_the_exempt_floor_and_the_drivers_guarantee_rise_with_it():
    def overtime(year, yearly):
        terms = [{"from": f"{year}-01-01", "to": f"{year}-12-31", "basis": "salary", "amount": yearly, "per": "year"}]
        shifts = [{"date": f"{year}-03-0{number}", "minutes": 600} for number in range(4, 9)]
        more = {"shifts": shifts, "pay": terms, "worker_class": "exempt", "employer_headcount": 30}
        return amount(document(computed_on=f"{year}-12-31", **more), "overtime")

    assert overtime(2024, "67000.00") is None  # twice 16.00 × 2080 is 66,560
    assert overtime(2025, "67000.00") is not None  # twice 16.50 × 2080 is 68,640

    def guarantee(year):
        period = {"from": f"{year}-03-01", "to": f"{year}-03-14", "engaged_minutes": 600, "earnings": "0.00"}
        more = {"place": "US-CA", "worker_class": "app_driver", "pay": [], "computed_on": f"{year}-12-31"}
        return amount(document(app_periods=[period], **more), "app_driver_guarantee")

    assert (guarantee(2024), guarantee(2025)) == ("192.00", "198.00")  # 1.2 × 16.00 and 16.50, ten hours


def test_10_nobody_asks_for_immigration_status():
    """It changes nothing that is owed (Lab. Code § 1171.5): no key of the case or the facts can hold it."""
    with pytest.raises(CaseError):
        document(shifts=WEEK, immigration_status="any")
    for name in ("case", "coverage", "clocks"):
        assert "immigration" not in str(schema(name)).lower().replace("immigration status is never asked", "")
