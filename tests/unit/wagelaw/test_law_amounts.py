"""Amounts that the rules hold as constants stand in the tables too, for a lawyer to read: both must agree."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from wagelaw.money import from_cents
from wagelaw.parameters import sized_value, value
from wagelaw.rules import civil_penalties, late_pay, limitation, wage_statement, waiting_time

CA = "US-CA"
TODAY = date(2026, 11, 23)


def amount(parameter, applies_to="general", on=TODAY, place=CA):
    return value(parameter, place, on, applies_to).amount


def grains(parameter):
    return from_cents(int(amount(parameter) * 100))


def test_penalties():
    assert amount("ca_waiting_time_days") == waiting_time.MOST_DAYS
    assert grains("ca_wage_statement_first") == wage_statement.FIRST
    assert grains("ca_wage_statement_later") == wage_statement.LATER
    assert grains("ca_wage_statement_cap") == wage_statement.CAP
    assert grains("ca_late_pay_first") == late_pay.FIRST
    assert grains("ca_late_pay_later") == late_pay.LATER
    assert amount("ca_late_pay_share") == late_pay.SHARE


def test_the_states_penalty_and_its_division():
    before, since = date(2024, 6, 18), date(2024, 6, 19)
    assert civil_penalties.paga(1, since, weekly=False) == amount("ca_paga_default")
    for day in (before, since):
        assert civil_penalties.paga_worker_share(day) == amount("ca_paga_worker_share", on=day)


def test_years_of_limitation():
    def years(applies_to, place=CA):
        return amount("limitation_years", applies_to, place=place)

    assert limitation.years("overtime", "labor_commissioner") == years("statutory_wages")
    assert limitation.years("overtime", "court") == years("restitution_in_court")
    assert limitation.years("unpaid_wages", "labor_commissioner", "written") == years("written_contract")
    assert limitation.years("unpaid_wages", "labor_commissioner", "oral") == years("oral_contract")
    assert limitation.years("meal_premium", "court") == years("meal_and_rest_premiums")
    assert limitation.years("waiting_time", "court") == years("waiting_time")
    assert limitation.years("wage_statement", "court") == years("penalties")
    assert (years("flsa", "US"), years("flsa_willful", "US")) == (2, 3)


def test_credits_grow_with_the_minimum_wage():
    """Labor Code 1182.13: from 10.50 to 16.90 the credit for a room grew by the same share, to a few cents."""
    room_2017 = sized_value("ca_credit_room_alone", CA, date(2017, 5, 1), 30).amount
    room_2026 = sized_value("ca_credit_room_alone", CA, date(2026, 5, 1), 30).amount
    assert abs(room_2026 - room_2017 * Fraction("16.90") / Fraction("10.50")) < Fraction("0.05")
    assert sized_value("ca_credit_dinner", CA, date(2017, 5, 1), 12).amount == Fraction("6.68")


def test_hotels_in_santa_monica_pay_what_los_angeles_sets():
    for place in ("US-CA-los-angeles", "US-CA-santa-monica"):
        days = (date(2021, 7, 1), date(2022, 8, 11), date(2022, 8, 12), date(2025, 7, 1), date(2025, 9, 8))
        wages = [amount("minimum_wage", "hotel", on, place) for on in days]
        assert wages == [Fraction(one) for one in ("17.64", "18.17", "18.86", "21.01", "22.50")]


def test_interest_on_wages_has_been_read():
    assert value("ca_unpaid_wage_interest", CA, TODAY, "wages_due").state == "read"
