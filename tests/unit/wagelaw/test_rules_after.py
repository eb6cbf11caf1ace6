"""What follows from unpaid wages: liquidated damages, interest, penalties, limitation, what expires, exposure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.unit.wagelaw.cases import amount, barred, case, day, document, hourly, paid, shift, why
from wagelaw import claim
from wagelaw.parameters import value
from wagelaw.rules import civil_penalties, limitation
from wagelaw.rules.waiting_time import days_late, due_on

WEEK = [shift(number, 480) for number in range(1, 6)]
LONG = [shift(number, 600) for number in range(1, 6)]


def test_interest_runs_from_each_payday():
    found = document(shifts=WEEK, payments=[paid("0.00", on=12)], computed_on="2026-02-14", filed_on="2026-02-14")
    assert amount(found, "unpaid_wages") == "800.00"
    assert amount(found, "interest") == "80.00"  # a year


def test_premiums_bear_seven_percent():
    """Meal and rest premiums bear 7, wages 10 percent."""
    shifts = [shift(1, 480, meal_violation=True)]
    more = {"payments": [paid("160.00")], "computed_on": "2026-02-14", "filed_on": "2026-02-14"}
    found = document(shifts=shifts, **more)
    assert amount(found, "interest") == "1.40"


def test_state_damages_and_interest_go_together():
    """California: both (29.5); 40 hours at 16.50 and 10 percent of it."""
    found = document(shifts=WEEK, payments=[paid("0.00")], computed_on="2026-02-14", filed_on="2026-02-14")
    assert amount(found, "liquidated_damages") == "726.00"


def test_overtime_is_outside_liquidated_damages_unless_switched():
    found = document(shifts=LONG, payments=[paid("800.00")], computed_on=day(12))
    assert amount(found, "liquidated_damages") is None
    assert any("liquidated_on_unpaid_overtime = false" in note for note in found["notes"])
    switched = document(
        shifts=LONG,
        payments=[paid("800.00")],
        computed_on=day(12),
        switches={"liquidated_on_unpaid_overtime": True},
    )
    assert amount(switched, "liquidated_damages") == "165.00"


def test_good_faith_leaves_damages_out():
    assert amount(document(shifts=WEEK, good_faith_defense=True), "liquidated_damages") is None


def test_deductions_below_the_minimum_wage_are_doubled():
    taken = [{"date": day(6), "amount": "200.00", "what": "register"}]
    found = document(shifts=WEEK, payments=[paid("800.00")], deductions=taken, computed_on=day(12))
    assert amount(found, "deductions") == "200.00"
    assert amount(found, "liquidated_damages").startswith("60.")  # 800 − 200 is 60 below 660


def job(separation, end=13, **more):
    return {"start": day(0), "end": day(end), "separation": separation, **more}


@pytest.mark.parametrize(
    ("separation", "notice", "due"),
    [
        ("discharged", None, "2025-03-14"),
        ("laid_off", None, "2025-03-14"),
        ("quit_without_notice", None, "2025-03-17"),
        ("quit_with_notice", date(2025, 3, 1), "2025-03-14"),
        ("quit_with_notice", date(2025, 3, 13), "2025-03-16"),
    ],
)
def test_when_final_wages_fall_due(separation, notice, due):
    assert str(due_on(separation, date(2025, 3, 14), notice)) == due


def test_days_late_are_capped():
    assert days_late(date(2025, 1, 1), date(2025, 6, 1)) == 30
    assert days_late(date(2025, 1, 1), date(2024, 6, 1)) == 0


def test_waiting_time_runs_while_anything_is_owed():
    more = {"shifts": WEEK, "employment": job("discharged", 6), "final_payment": {"paid_on": day(6)}}
    assert amount(document(**more, payments=[paid("800.00", on=6)]), "waiting_time") is None
    short = document(**more, payments=[paid("799.00", on=6)])
    assert amount(short, "waiting_time") == "4800.00"
    assert amount(document(**more, payments=[paid("799.00", on=6)], willful_nonpayment=False), "waiting_time") is None


def test_expenses_are_no_wages_for_waiting_time():
    expenses = [{"date": day(5), "amount": "50.00"}]
    found = document(
        shifts=WEEK,
        payments=[paid("800.00", on=6)],
        expenses=expenses,
        employment=job("discharged", 6),
        final_payment={"paid_on": day(6)},
    )
    assert amount(found, "expenses") == "50.00"
    assert amount(found, "waiting_time") is None


def test_premiums_owed_count_for_waiting_time():
    """Naranjo: an unpaid meal premium keeps the clock running."""
    shifts = [*WEEK[:4], shift(5, 480, meal_violation=True)]
    found = document(
        shifts=shifts,
        payments=[paid("800.00", on=6)],
        employment=job("discharged", 6),
        final_payment={"paid_on": day(6)},
    )
    assert amount(found, "waiting_time") == "4800.00"


def test_a_salary_day_is_a_fifth_of_its_week():
    salary = {"from": day(0), "to": day(27), "basis": "salary", "amount": "52000.00", "per": "year"}
    found = document(pay=[salary], shifts=WEEK, employment=job("discharged", 6), claims=["waiting_time"])
    assert amount(found, "waiting_time") == "6000.00"


def statements(count, **more):
    payments = [
        {
            "from": day(7 * one),
            "to": day(7 * one + 6),
            "paid_on": day(7 * one + 7),
            "amount": "0.00",
            "statement": "missing",
        }
        for one in range(count)
    ]
    return amount(
        document(payments=payments, computed_on="2025-12-31", filed_on="2025-12-31", **more), "wage_statement"
    )


def test_wage_statements():
    assert statements(1) == "50.00"
    assert statements(3) == "250.00"
    assert statements(40) == "3950.00"
    assert statements(41) == "4000.00"
    assert statements(3, household_employer=True) is None
    assert statements(3, knowing_statement_violation=False) is None


def test_statements_a_year_before_filing_are_barred():
    old = {
        "from": "2024-01-07",
        "to": "2024-01-13",
        "paid_on": "2024-01-19",
        "amount": "1.00",
        "statement": "missing",
    }
    found = document(payments=[old], computed_on="2025-01-20", filed_on="2025-01-20")
    assert (amount(found, "wage_statement"), barred(found, "wage_statement")) == ("0.00", "50.00")


def test_penalties_may_stand_side_by_side():
    """203, 226 and liquidated damages coexist (29.6)."""
    found = document(shifts=WEEK, payments=[paid("0.00", statement="defective")], employment=job("discharged", 6))
    for code in ("liquidated_damages", "waiting_time", "wage_statement"):
        assert amount(found, code)


def test_a_bounced_check_never_made_good():
    checks = [{"date": day(12), "amount": "800.00"}]
    found = document(shifts=WEEK, payments=[paid("800.00")], bounced_checks=checks, filed_on=day(22))
    assert amount(found, "bounced_check") == "1600.00"


def test_late_pay_is_counted_by_payday():
    paydays = {"every": "week", "days_after": 6}
    parts = [paid("400.00", on=20), paid("400.00", on=21)]
    more = {"shifts": WEEK, "paydays": paydays, "claims": ["late_pay"]}
    assert amount(document(**more, payments=parts), "late_pay") == "400.00"  # 200 and a quarter of 800
    assert amount(document(**more, payments=[paid("800.00", on=20)]), "late_pay") == "400.00"
    assert amount(document(**more, payments=[paid("800.00", on=12)]), "late_pay") is None


@pytest.mark.parametrize(
    ("code", "forum", "agreement", "years"),
    [
        ("overtime", "labor_commissioner", "oral", 3),
        ("overtime", "court", "oral", 4),
        ("unpaid_wages", "labor_commissioner", "oral", 2),
        ("unpaid_wages", "labor_commissioner", "written", 4),
        ("meal_premium", "court", "oral", 3),
        ("liquidated_damages", "court", "oral", 3),
        ("waiting_time", "court", "oral", 3),
        ("late_pay", "court", "oral", 1),
        ("expenses", "court", "oral", 4),
    ],
)
def test_years_of_limitation(code, forum, agreement, years):
    assert limitation.years(code, forum, agreement) == years


def test_premiums_as_restitution_is_a_switch():
    assert limitation.years("rest_premium", "court", premiums_as_restitution=True) == 4


def test_the_day_itself_is_in_time():
    assert limitation.is_open(date(2022, 1, 20), date(2025, 1, 20), 3, False)
    assert not limitation.is_open(date(2022, 1, 19), date(2025, 1, 20), 3, False)
    assert limitation.last_day(date(2022, 1, 20), 3, False) == date(2025, 1, 20)
    assert limitation.last_day(date(2020, 2, 29), 3, False) == date(2023, 2, 28)


def test_the_emergency_rule_adds_178_days():
    assert limitation.tolled_days(date(2019, 1, 1)) == 178
    assert limitation.tolled_days(date(2020, 9, 30)) == 1
    assert limitation.tolled_days(date(2020, 10, 1)) == 0


def test_barred_money_is_shown_apart():
    terms = [{"from": "2020-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}]
    shifts = [{"date": one, "minutes": 600} for one in ("2021-02-08", "2023-02-06")]
    found = document(
        shifts=shifts,
        pay=terms,
        employer_headcount=30,
        computed_on="2025-06-01",
        filed_on="2025-06-01",
        claims=["overtime"],
    )
    assert (amount(found, "overtime"), barred(found, "overtime")) == ("60.00", "60.00")
    assert found["totals"]["total"] == "60.00"


def test_what_expires_in_each_month():
    terms = [{"from": "2022-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}]
    shifts = [{"date": one, "minutes": 600} for one in ("2022-08-08", "2022-09-06")]
    more = {"shifts": shifts, "pay": terms, "employer_headcount": 30, "claims": ["overtime"]}
    found = document(**more, computed_on="2025-06-01")
    # Lab. Code § 204: overtime of 1–15 August is due on 10 September, of 1–15 September on 10 October
    assert found["expiring"] == [
        {"month": "2025-09", "amount": "60.00"},
        {"month": "2025-10", "amount": "60.00"},
    ]
    assert document(**more, computed_on="2025-06-01", filed_on="2025-05-01")["expiring"] == []


def test_each_part_of_a_line_expires_on_its_own_day():
    """Forty hours at $20 by word of mouth: 3.50 an hour above the minimum wage, for two years; 16.50, for three."""
    found = document(shifts=WEEK, payments=[paid("0.00")], claims=["unpaid_wages", "interest"])
    interest = Decimal(amount(found, "interest"))
    months = {one["month"]: Decimal(one["amount"]) for one in found["expiring"]}
    assert list(months) == ["2027-02", "2028-02"]
    assert months["2027-02"] - Decimal("140.00") == (interest * 140 / 800).quantize(Decimal("0.01"))
    assert sum(months.values()) == 800 + interest
    (step,) = next(item["working"] for item in found["items"] if item["code"] == "unpaid_wages")
    assert step["parts"] == [
        {"amount": "140.00", "file_by": "2027-02-14"},
        {"amount": "660.00", "file_by": "2028-02-14"},
    ]
    words = claim(case(shifts=WEEK, payments=[paid("0.00")])).render("es")
    assert "presentar a más tardar el 2027-02-14 ($140.00) / 2028-02-14 ($660.00)" in words
    written = document(shifts=WEEK, payments=[paid("0.00")], pay=[hourly(agreement="written")], claims=["unpaid_wages"])
    assert written["expiring"] == [{"month": "2029-02", "amount": "800.00"}]


def test_in_court_premiums_expire_before_wages():
    shifts = [shift(1, 600, meal_violation=True)]
    more = {"shifts": shifts, "payments": [paid("160.00")], "forum": "court", "claims": ["overtime", "meal_premium"]}
    assert document(**more)["expiring"] == [
        {"month": "2028-02", "amount": "20.00"},
        {"month": "2029-02", "amount": "60.00"},
    ]


def test_expiring_adds_up_to_the_claim():
    found = document(shifts=LONG, employment=job("discharged", 6))
    assert sum(Decimal(one["amount"]) for one in found["expiring"]) == Decimal(found["totals"]["total"])


def test_expenses_bear_interest_from_their_day():
    found = document(expenses=[{"date": "2024-02-14", "miles": 100}], computed_on="2025-02-13", filed_on="2025-02-13")
    assert amount(found, "expenses") == "67.00"
    assert amount(found, "interest") == "6.70"


def test_tips_and_deductions_are_wages():
    row = [{"date": day(5), "amount": "10.00"}]
    found = document(tips_taken=row, deductions=row)
    assert found["totals"]["wages"] == "20.00"


def test_sick_leave():
    asked = [{"date": day(20), "minutes": 480}]
    more = {"sick_leave": asked, "claims": ["sick_leave"], "shifts": WEEK}
    assert amount(document(**more, employment={"start": "2024-01-01"}), "sick_leave") == "160.00"
    early = document(**more, employment={"start": day(0)})
    assert amount(early, "sick_leave") is None
    assert any("90" in note for note in early["notes"])
    long = [{"date": day(number), "minutes": 480} for number in range(7, 14)]
    found = document(**{**more, "sick_leave": long}, employment={"start": "2024-01-01"})
    assert amount(found, "sick_leave") == "800.00"  # five days a year


def test_app_drivers():
    period = {
        "from": day(0),
        "to": day(13),
        "engaged_minutes": 600,
        "engaged_miles": "100.5",
        "earnings": "150.00",
    }
    found = document(worker_class="app_driver", app_periods=[period], pay=[])
    # 1.2 × 16.50 × 10 + 0.36 × 100.5 − 150
    assert amount(found, "app_driver_guarantee") == "84.18"
    assert not any("prop22" in note for note in found["notes"])
    year_after = {**period, "from": "2026-02-01", "to": "2026-02-14"}
    foretold = document(worker_class="app_driver", app_periods=[year_after], pay=[], computed_on="2026-03-01")
    assert any("prop22" in note and "projected" in note for note in foretold["notes"])


def test_union_contracts_public_works_and_garment_work_are_left_to_others():
    contract = {"from": day(0), "to": day(27), "base_rate_ok": True}
    found = document(shifts=LONG, cba=contract, public_works=True, garment=True)
    assert amount(found, "overtime") is None
    assert "union" in why(found, "overtime")
    assert "Labor Commissioner" in why(found, "prevailing_wage")
    assert "Garment Worker Center" in why(found, "garment_guarantee")
    assert amount(document(shifts=LONG, cba={**contract, "base_rate_ok": False}), "overtime") == "300.00"


def test_civil_penalties_stand_apart():
    found = document(shifts=LONG, payments=[paid("800.00")], paga={"notice_on": day(40), "frequency": "week"})
    exposure = {one["code"]: one["amount"] for one in found["exposure"]}
    assert exposure["paga"] == "50.00"
    assert exposure["civil_558"] == "50.00"
    assert "paga" not in {item["code"] for item in found["items"]}
    assert civil_penalties.paga(10, date(2024, 6, 18), True) == 1000
    assert civil_penalties.paga(10, date(2024, 6, 19), True) == 500
    assert civil_penalties.overtime_and_meals(3) == 250
    assert civil_penalties.minimum_wage(3) == 600


def test_notes_tell_values_that_are_not_checked(monkeypatch):
    """As if nobody had read the rate of interest: which rows are still unread changes with every source read."""
    assert not any("not yet checked" in note for note in document(shifts=WEEK)["notes"])
    monkeypatch.setattr("wagelaw.claims.law.value", lambda *asked: replace(value(*asked), state="memory"))
    notes = document(shifts=WEEK)["notes"]
    assert any("ca_unpaid_wage_interest" in one and "is not yet checked against its source" in one for one in notes)


def test_remarks_are_echoed_and_never_compute():
    plain = document(shifts=WEEK)
    noted = document(shifts=[{**WEEK[0], "note": "rain", "confidence": "guess"}, *WEEK[1:]])
    assert noted.pop("remarks") == [{"date": day(1), "note": "rain", "confidence": "guess"}]
    assert noted == plain


def test_a_week_later_under_constant_law():
    def moved(days):
        shifts = [shift(number + days, 600) for number in range(1, 6)]
        payments = [paid("700.00", days, days + 6, days + 12)]
        return claim(case(pay=[hourly(first=days)], shifts=shifts, payments=payments, computed_on=day(days + 60)))

    assert [(one.code, one.cents) for one in moved(0).items] == [(one.code, one.cents) for one in moved(7).items]
