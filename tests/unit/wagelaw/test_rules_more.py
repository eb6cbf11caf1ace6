"""Rules beside the common ones: learners, exemptions from overtime, vacation, records, late interest, exposure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.cases import amount, case, day, document, hourly, paid, shift, why
from wagelaw import claim
from wagelaw.case import CaseError
from wagelaw.rules import civil_penalties, sick_leave
from wagelaw.rules.minimum_wage import learner_rate

WEEKS = range(4)


def weekdays(minutes=480, weeks=WEEKS):
    return [shift(7 * week + number, minutes) for week in weeks for number in range(1, 6)]


def exposed(found, code):
    return next((one["amount"] for one in found["exposure"] if one["code"] == code), None)


# Learners: 85 percent of 16.50 is 14.025, the nearest nickel 14.05; 160 hours are the first four weeks.


def test_a_learner_may_be_paid_less_for_160_hours_and_no_longer():
    months = {"pay": [hourly("14.05", 0, 40)], "computed_on": day(60)}
    four = document(learner=True, shifts=weekdays(), **months)
    five = document(learner=True, shifts=weekdays(weeks=range(5)), **months)
    assert amount(four, "minimum_wage") is None
    assert amount(five, "minimum_wage") == str(40 * (Decimal("16.50") - Decimal("14.05")))


def test_the_160th_hour_may_end_in_the_middle_of_a_stretch():
    shifts = [*weekdays(), shift(29, 480)]
    shifts[0]["minutes"] = 420
    found = document(learner=True, shifts=shifts, pay=[hourly("14.05", 0, 40)])
    assert amount(found, "minimum_wage") == str(7 * (Decimal("16.50") - Decimal("14.05")))


def test_a_learner_below_the_lower_rate_is_owed_the_rest():
    found = document(learner=True, shifts=[shift(1, 480)], pay=[hourly("10.00")])
    assert amount(found, "minimum_wage") == str(8 * Decimal("4.05"))


def test_the_local_minimum_wage_is_not_lowered():
    found = document(place="US-CA-oakland", learner=True, shifts=[shift(1, 480)], pay=[hourly("10.00")])
    plain = document(place="US-CA-oakland", shifts=[shift(1, 480)], pay=[hourly("10.00")])
    assert amount(found, "minimum_wage") == amount(plain, "minimum_wage")


@given(st.integers(70_000, 400_000))
def test_the_nearest_nickel(rate):
    found = learner_rate(rate, Fraction(85, 100))
    assert found % 500 == 0
    assert -250 < found - rate * Fraction(85, 100) <= 250


# Exemptions from overtime.


def seller(commission, **more):
    bonus = [{"from": day(0), "to": day(6), "kind": "commission", "amount": commission}]
    return document(
        overtime_exemption="inside_sales", wage_order=7, shifts=weekdays(600, [0]), remuneration=bonus,
        **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("commission", "owes"),
    [
        ("1000.02", False),  # 50 hours: 1000 by the hour; more than half; 2000 is above 1.5 × 16.50 × 50 = 1237.50
        ("1000.00", True),  # exactly half is not more than half
        ("100.00", True),
    ],
)
def test_inside_sales_need_more_than_half_commission(commission, owes):
    found = seller(commission)
    assert (amount(found, "overtime") is not None) == owes
    assert any("overtime is computed there" in note for note in found["notes"]) == owes


def test_inside_sales_need_more_than_one_and_a_half_minimum_wages():
    low = {"pay": [hourly("10.00")]}  # 500 by the hour
    assert amount(seller("737.50", **low), "overtime") is not None  # 1237.50 in all: not above
    assert amount(seller("737.51", **low), "overtime") is None


def test_each_workweek_of_a_seller_stands_alone():
    bonus = [{"from": day(0), "to": day(6), "kind": "commission", "amount": "3000.00"}]
    found = document(overtime_exemption="inside_sales", wage_order=4, shifts=weekdays(600, [0, 1]), remuneration=bonus)
    assert [week["overtime_minutes"] for week in found["weeks"]] == [0, 600]


def test_inside_sales_are_known_to_two_orders_only():
    with pytest.raises(CaseError) as caught:
        claim(case(overtime_exemption="inside_sales", wage_order=9))
    assert [problem.path for problem in caught.value.problems] == ["wage_order"]


def test_drivers_under_the_hours_rules_have_no_overtime_but_the_rest():
    found = document(overtime_exemption="driver", shifts=weekdays(780, [0]), pay=[hourly("15.00")])
    assert amount(found, "overtime") is None
    assert amount(found, "minimum_wage") is not None
    assert found["federal"]["adds"] == "0.00"
    assert why(found, "federal_overtime")


def test_ambulance_agreements_leave_the_weekly_limit():
    shifts = [shift(number, 960) for number in (1, 3, 5)]
    found = document(overtime_exemption="ambulance_24h", shifts=shifts)
    assert found["weeks"][0]["overtime_minutes"] == 480
    assert found["weeks"][0]["double_minutes"] == 0


# Pay on top that grows with hours.


@pytest.mark.parametrize("kind", ["per_diem_by_hours", "retroactive_raise"])
def test_it_enters_the_regular_rate_like_a_production_bonus(kind):
    def with_kind(name):
        bonus = [{"from": day(0), "to": day(6), "kind": name, "amount": "100.00"}]
        return document(shifts=weekdays(600, [0]), remuneration=bonus)

    found, like = with_kind(kind), with_kind("production_bonus")
    assert found["weeks"] == like["weeks"]
    assert amount(found, "overtime") == amount(like, "overtime") == "310.00"  # 300 and a half of 2.00 for ten hours
    assert amount(with_kind("expense_reimbursement"), "overtime") == "300.00"


# Vacation.

ENDED = {"start": day(-400), "end": day(6), "separation": "discharged"}


def test_unused_vacation_is_paid_at_the_last_rate_with_the_last_wages():
    found = document(shifts=weekdays(480, [0]), payments=[paid("800.00")], employment=ENDED, vacation_minutes=1230)
    assert amount(found, "vacation") == "410.00"
    assert found["totals"]["wages"] == "410.00"
    assert amount(found, "interest") == str((Decimal("410.00") * 54 / 3650).quantize(Decimal("0.01")))
    assert amount(found, "waiting_time") == "4800.00"


def test_what_was_paid_for_vacation_at_the_end_is_taken_off():
    paid_out = paid("400.00", 0, 6, 6, **{"for": "vacation"})
    taken_before = paid("160.00", -20, -14, -10, **{"for": "vacation"})
    found = document(
        shifts=weekdays(480, [0]), payments=[paid("800.00"), paid_out, taken_before], employment=ENDED,
        vacation_minutes=1230,
    )  # fmt: skip
    assert amount(found, "vacation") == "10.00"


def test_vacation_waits_for_the_end_of_the_job():
    found = document(shifts=weekdays(480, [0]), vacation_minutes=1230)
    assert amount(found, "vacation") is None
    assert "employment" in why(found, "vacation")


# Requests for records.


@pytest.mark.parametrize(
    ("what", "answered", "owed"),
    [
        ("payroll", 21, None),
        ("payroll", 22, "750.00"),
        ("personnel", 30, None),
        ("personnel", 31, "750.00"),
        ("payroll", None, "750.00"),
    ],
)
def test_records_that_came_too_late(what, answered, owed):
    request = {"received_on": day(0), "what": what, "answered_on": None if answered is None else day(answered)}
    assert amount(document(records_requests=[request]), "records_request") == owed


def test_households_owe_no_payroll_penalty_and_old_requests_expire():
    request = {"received_on": day(0)}
    assert amount(document(records_requests=[request], household_employer=True), "records_request") is None
    late = document(records_requests=[request], computed_on=day(21 + 366))
    assert [item["time_barred"] for item in late["items"]] == ["750.00"]


# Interest on wages that came late.


def test_late_wages_carry_interest_only_where_the_switch_says_so():
    facts = {"shifts": weekdays(480, [0]), "payments": [paid("800.00", on=44)]}
    facts["paydays"] = {"every": "week", "days_after": 1}  # due on day 7, 37 days late
    assert amount(document(**facts), "interest") is None
    found = document(**facts, switches={"interest_on_late_payments": True})
    assert amount(found, "interest") == "8.11"  # 800 × 10 % × 37 ÷ 365 = 8.1095…


# Federal law's reach.


@pytest.mark.parametrize(
    ("facts", "covered"),
    [
        ({"annual_sales": "499999.99", "institution": False, "in_commerce": False}, False),
        ({"annual_sales": "500000.00", "institution": False, "in_commerce": False}, True),
        ({"annual_sales": "1.00", "institution": True, "in_commerce": False}, True),
        ({"annual_sales": "1.00", "institution": False, "in_commerce": True}, True),
        ({"annual_sales": "1.00", "institution": False}, True),  # not known: taken to be covered
    ],
)
def test_federal_law_reaches_enterprises_and_commerce(facts, covered):
    found = document(shifts=weekdays(600, [0]), flsa_coverage=facts)
    assert bool(found["federal"]["items"]) == covered
    assert (why(found, "federal_law") is None) == covered
    assert amount(found, "overtime") == "300.00"
    alone = document(place="US", shifts=weekdays(600, [0]), flsa_coverage=facts)
    assert bool(alone["items"]) == covered
    elsewhere = document(place="US-NY", shifts=weekdays(600, [0]), flsa_coverage=facts)
    assert amount(elsewhere, "unpaid_wages") == "800.00"
    assert (amount(elsewhere, "overtime") is not None) == covered


# Civil penalties, apart.


@pytest.mark.parametrize(
    ("violation", "steps", "weekly", "dollars"),
    [
        ("default", "none", False, 1000),
        ("default", "none", True, 500),
        ("harmless_statement", "none", False, 250),
        ("isolated", "none", False, 500),
        ("found_unlawful", "none", False, 2000),
        ("default", "before_notice", False, 150),
        ("default", "after_notice", True, 150),
    ],
)
def test_paga_by_violation_and_steps(violation, steps, weekly, dollars):
    assert civil_penalties.paga(10, civil_penalties.REFORM, weekly, violation, steps) == dollars


def test_paga_before_the_reform_knows_two_amounts():
    before = civil_penalties.REFORM.replace(day=18)
    assert civil_penalties.paga(10, before, True, "isolated", "before_notice") == 1000
    assert civil_penalties.paga(10, before, False, "found_unlawful") == 2000


def test_paga_in_a_claim():
    notice = {"notice_on": day(40), "violation": "isolated", "steps": "after_notice"}
    found = document(shifts=weekdays(600, [0, 1]), payments=[paid("1.00"), paid("1.00", 7, 13, 19)], paga=notice)
    assert exposed(found, "paga") == "30.00"  # 2 × 50 × 30 %


def test_wage_statements_and_misclassification_stand_apart():
    payments = [paid("800.00", 7 * week, 7 * week + 6, 7 * week + 12, statement="missing") for week in range(3)]
    found = document(shifts=weekdays(480, range(3)), payments=payments, misclassification={"violations": 2})
    assert exposed(found, "civil_226_3") == "2250.00"
    assert exposed(found, "civil_226_8") == "10000.00"
    pattern = document(misclassification={"pattern": True})
    assert exposed(pattern, "civil_226_8") == "10000.00"
    assert pattern["exposure"][0]["working"][0]["inputs"]["most"] == "25000.00"
    assert found["totals"]["penalties"] == "250.00"


@pytest.mark.parametrize(
    ("withheld", "dollars"), [("50", 250), ("83.33", 250), ("84", 252), ("1333.34", 4000), ("5000", 4000)]
)
def test_refused_sick_leave_threefold(withheld, dollars):
    assert sick_leave.refused(Fraction(withheld)) == dollars


def test_refused_sick_leave_in_a_claim():
    facts = {
        "shifts": weekdays(480, [0]),
        "payments": [paid("800.00")],
        "sick_leave": [{"date": day(3), "minutes": 480}],
    }
    found = document(**facts, employment={"start": day(-200)}, sick_leave_harm_days=3)
    assert amount(found, "sick_leave") == "160.00"
    assert exposed(found, "sick_leave_248_5") == "630.00"  # three times 160, and 3 × 50


@settings(max_examples=30, deadline=None)
@given(days=st.integers(0, 200))
def test_other_harm_has_a_cap(days):
    assert sick_leave.other_harm(days) == min(4000, 50 * days)


# Eight and eighty: a federal rule, which California does not know.


def test_eighty_hours_in_fourteen_days_instead_of_forty():
    long = [shift(number, 480) for number in range(1, 7)]
    short = [shift(7 + number, 480) for number in range(1, 5)]
    alone = document(place="US", shifts=[*long, *short], eight_and_eighty=day(0))
    assert [week["overtime_minutes"] for week in alone["weeks"]] == [0, 0]
    usual = document(place="US", shifts=[*long, *short])
    assert [week["overtime_minutes"] for week in usual["weeks"]] == [480, 0]
    more = document(place="US", shifts=[*long, *short, shift(12, 480)], eight_and_eighty=day(0))
    assert [week["overtime_minutes"] for week in more["weeks"]] == [0, 480]


def test_eight_hours_a_day_and_one_rate_for_fourteen_days():
    shifts = [shift(7 * week + number, 600) for week in range(2) for number in range(1, 5)]
    terms = [hourly("20.00", 0, 6), hourly("30.00", 7, 13)]
    found = document(place="US", shifts=shifts, pay=terms, eight_and_eighty=day(0))
    assert [week["overtime_minutes"] for week in found["weeks"]] == [480, 480]
    assert {week["regular_rate"] for week in found["weeks"]} == {"25.000000"}
    assert amount(found, "overtime") == "600.00"  # 8 × 20 + 8 × 30, and the half of 25 for 16 hours


def test_before_the_agreement_and_in_california_nothing_changes():
    long = [shift(number, 480) for number in range(1, 7)]
    later = document(place="US", shifts=long, eight_and_eighty=day(14))
    assert later["weeks"][0]["overtime_minutes"] == 480
    assert document(shifts=long, eight_and_eighty=day(0))["weeks"] == document(shifts=long)["weeks"]


def test_fourteen_days_begin_with_a_workweek():
    with pytest.raises(CaseError) as caught:
        claim(case(eight_and_eighty=day(1)))
    assert [problem.path for problem in caught.value.problems] == ["eight_and_eighty"]
