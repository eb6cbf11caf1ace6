"""The federal layer: forty hours, the minimum wage over the week, equal damages; beside California and alone."""

from __future__ import annotations

from decimal import Decimal

from tests.unit.wagelaw.cases import amount, barred, day, document, hourly, paid, shift, why

LONG = [shift(number, 600) for number in range(1, 6)]
US = {"place": "US"}


def test_alone_it_has_no_daily_overtime():
    found = document(shifts=[shift(1, 840)], **US)
    assert found["weeks"][0]["overtime_minutes"] == 0
    assert "federal" not in found


def test_time_and_a_half_and_equal_damages_without_interest():
    found = document(shifts=LONG, payments=[paid("800.00")], **US)
    assert amount(found, "overtime") == "300.00"
    assert amount(found, "liquidated_damages") == "300.00"
    assert amount(found, "interest") is None
    assert (
        amount(
            document(shifts=LONG, payments=[paid("800.00")], good_faith_defense=True, **US),
            "liquidated_damages",
        )
        is None
    )


def test_the_minimum_wage_is_averaged_over_the_week():
    found = document(shifts=[shift(number, 480) for number in range(1, 6)], payments=[paid("300.00")], **US)
    assert amount(found, "minimum_wage") is None or Decimal(amount(found, "minimum_wage")) <= Decimal("290.00")
    low = document(pay=[hourly("5.00")], shifts=LONG[:4], payments=[paid("200.00")], **US)
    assert amount(low, "minimum_wage") == "90.00"


def test_agreed_pay_is_left_to_state_law():
    assert "state" in why(document(shifts=LONG, **US), "unpaid_wages")
    texas = document(shifts=LONG, place="US-TX")
    assert amount(texas, "unpaid_wages") == "800.00"
    assert why(texas, "state_law")
    assert texas["federal"]["adds"] == "0.00"
    york = document(pay=[hourly("16.00")], shifts=LONG, payments=[paid("800.00")], place="US-NY-new-york-city")
    assert amount(york, "minimum_wage") == "20.00"
    assert all(item["code"] != "minimum_wage" for item in york["federal"]["items"])


def test_it_reaches_two_years_or_three():
    terms = [{"from": "2022-01-01", "to": "2025-12-31", "basis": "hourly", "amount": "20.00"}]
    shifts = [{"date": f"2023-02-{number:02d}", "minutes": 600} for number in range(6, 11)]
    more = {"pay": terms, "shifts": shifts, "claims": ["overtime"], "computed_on": "2025-06-01", **US}
    assert (amount(document(**more), "overtime"), barred(document(**more), "overtime")) == ("0.00", "300.00")
    assert amount(document(**more, flsa_willful=True), "overtime") == "300.00"


def test_beside_california_it_never_lowers_and_overlaps_are_not_added():
    """Federal overtime is not added to the state's; only its damages on overtime add, and that is a switch (29.7)."""
    found = document(shifts=LONG, payments=[paid("800.00")])
    federal = found["federal"]
    assert federal["totals"]["total"] == "600.00"
    overtime, interest = Decimal(amount(found, "overtime")), Decimal(amount(found, "interest"))
    assert Decimal(federal["adds"]) == 600 - overtime - interest
    assert any("federal_liquidated_on_overtime_adds = true" in note for note in found["notes"])
    off = document(shifts=LONG, payments=[paid("800.00")], switches={"federal_liquidated_on_overtime_adds": False})
    assert off["federal"]["adds"] == "0.00"
    assert off["totals"] == found["totals"]


def test_farm_work_and_live_in_work_have_no_federal_overtime():
    for name in ("agricultural", "live_in_domestic"):
        found = document(shifts=LONG, worker_class=name, employer_headcount=50)
        assert all(item["code"] != "overtime" for item in found["federal"]["items"])


def test_a_salary_agreed_for_fifty_hours():
    salary = {
        "from": day(0),
        "to": day(27),
        "basis": "salary",
        "amount": "1000.00",
        "per": "week",
        "covers_hours": 50,
    }
    found = document(pay=[salary], shifts=LONG, payments=[paid("1000.00")], **US)
    assert found["weeks"][0]["regular_rate"] == "20.000000"
    assert amount(found, "overtime") == "100.00"  # only the half is left
