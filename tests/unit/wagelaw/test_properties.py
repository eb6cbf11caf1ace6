"""What must hold of every claim, whatever the case: orders, splits, added hours, moved weeks, full payment."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import RULE, broken_day, cases, minutes_shift, payment, timed_shift
from wagelaw import claim
from wagelaw.case.problems import CaseError

DATES = {"date", "from", "to", "paid_on", "computed_on"}
FACTS = ["unpaid_wages", "minimum_wage", "overtime", "meal_premium", "rest_premium", "split_shift"]


def document(case):
    return claim(case).as_json()


def total(case, codes=FACTS):
    """Dollars owed under these codes."""
    found = document({**case, "claims": codes})
    return sum(Decimal(item["amount"]) for item in found["items"])


def result(found):
    """What a claim comes to, without the words of its working."""
    return (
        [(item["code"], item["amount"], item["time_barred"]) for item in found["items"]],
        [{key: week[key] for key in week if key != "start"} for week in found["weeks"]],
        found["totals"],
    )


@RULE
@given(case=cases(), data=st.data())
def test_the_order_of_rows_never_matters(case, data):
    mixed = {key: data.draw(st.permutations(case[key])) for key in ("shifts", "payments", "remuneration", "pay")}
    assert result(document({**case, **mixed})) == result(document(case))


@RULE
@given(case=cases(), data=st.data())
def test_splitting_a_payment_never_changes_what_is_owed(case, data):
    parts = []
    for whole in case["payments"]:
        amount = Decimal(whole["amount"])
        first = Decimal(data.draw(st.integers(0, int(amount * 100)))) / 100
        parts += [{**whole, "amount": f"{part:.2f}"} for part in (first, amount - first)]
    assert result(document({**case, "payments": parts})) == result(document(case))


@RULE
@given(case=cases(rates=False, bonuses=False, kinds=(minutes_shift,)), data=st.data())
def test_adding_an_hour_never_lowers_what_is_owed(case, data):
    """Under one rate and one minimum wage: an hour at a lower one lowers the week's average, and so a premium."""
    case = _in_may(case)
    longer = list(case["shifts"])
    number = data.draw(st.integers(0, len(longer) - 1))
    longer[number] = {**longer[number], "minutes": longer[number]["minutes"] + data.draw(st.integers(1, 60))}
    assert total({**case, "shifts": longer}) >= total(case)


@RULE
@given(case=cases(rates=False, bonuses=False, kinds=(timed_shift, broken_day)), data=st.data())
def test_adding_a_day_of_work_never_lowers_what_is_owed(case, data):
    case = _in_may(case)
    worked = {shift["date"] for shift in case["shifts"]}
    first, last = (date.fromisoformat(case["pay"][0][end]) for end in ("from", "to"))
    free = [
        day for number in range((last - first).days + 1) if str(day := first + timedelta(days=number)) not in worked
    ]
    if free:
        more = {"date": str(data.draw(st.sampled_from(free))), "minutes": data.draw(st.integers(1, 600))}
        assert total({**case, "shifts": [*case["shifts"], more]}) >= total(case)


def test_an_hour_at_the_lower_of_two_minimum_wages_lowers_the_average():
    """Found by the long run: seven more minutes of 2023 at 15.50, in a week whose other minutes earned 16.00."""
    case = {
        "place": "US-CA",
        "computed_on": "2024-02-05",
        "pay": [{"from": "2023-12-24", "to": "2024-01-06", "basis": "hourly", "amount": "8.00"}],
        "paydays": {"every": "week", "days_after": 0},
        "payments": [{"from": "2023-12-31", "to": "2024-01-06", "paid_on": "2024-01-06", "amount": "62.36"}],
    }
    work = [{"date": "2023-12-31", "minutes": 222, "rest_periods": 0}, {"date": "2024-01-03", "minutes": 12}]
    more = [{**work[0], "minutes": 229}, work[1]]
    premiums = [total({**case, "shifts": shifts}, ["rest_premium"]) for shifts in (work, more)]
    assert premiums == [Decimal("15.53"), Decimal("15.52")]  # (222 × 15.50 + 12 × 16) ÷ 234, and with 229 ÷ 241


def moved(found, days):
    """The same facts with every date so many days later."""
    if isinstance(found, dict):
        return {key: _later(value, days) if key in DATES else moved(value, days) for key, value in found.items()}
    return [moved(each, days) for each in found] if isinstance(found, list) else found


def _later(day, days):
    return str(date.fromisoformat(day) + timedelta(days=days))


def _in_may(case):
    """The case moved into May 2025, far from a new year, a new rate or a change of the clocks."""
    first = date.fromisoformat(case["pay"][0]["from"])
    return {**moved(case, (date(2025, 5, 4) - first).days), "computed_on": "2025-08-20"}


@RULE
@given(case=cases(), weeks=st.integers(1, 4))
def test_moving_every_date_by_weeks_under_constant_law_keeps_the_result(case, weeks):
    here = _in_may(case)
    assert result(document(moved(here, 7 * weeks))) == result(document(here))


@RULE
@given(case=cases(), cents=st.integers(1, 100_000))
def test_a_larger_payment_never_raises_what_is_owed(case, cents):
    first = date.fromisoformat(case["pay"][0]["from"])
    more = payment(first, case["paydays"]["days_after"], cents)
    assert total({**case, "payments": [*case["payments"], more]}) <= total(case)


@RULE
@given(case=cases())
def test_a_week_paid_in_full_owes_no_wages(case):
    first = date.fromisoformat(case["pay"][0]["from"])
    after = case["paydays"]["days_after"]
    weeks = document(case)["weeks"]
    full = [
        payment(date.fromisoformat(week["start"]), after, int(Decimal(week["due"]) * 100) + 1)
        for week in weeks
        if week["minutes_worked"]
    ]
    assert first <= date.fromisoformat(weeks[0]["start"])
    assert total({**case, "payments": full}, ["unpaid_wages", "minimum_wage", "overtime"]) == 0


@RULE
@given(case=cases(), days=st.integers(1, 200))
def test_waiting_longer_never_lowers_interest(case, days):
    later = {**case, "filed_on": case["computed_on"], "computed_on": _later(case["computed_on"], days)}
    now = {**case, "filed_on": case["computed_on"]}
    assert total(later, [*FACTS, "interest"]) >= total(now, [*FACTS, "interest"])


@RULE
@given(case=cases())
def test_a_claim_adds_up(case):
    found = document(case)
    items = sum(Decimal(item["amount"]) for item in found["items"])
    assert items == Decimal(found["totals"]["total"])
    for week in found["weeks"]:
        split = week["regular_minutes"] + week["overtime_minutes"] + week["double_minutes"]
        assert split == week["minutes_worked"]
        assert week["regular_minutes"] <= 40 * 60


@RULE
@given(case=cases())
def test_filing_later_moves_money_from_open_to_barred_and_loses_none(case):
    codes = ["overtime", "meal_premium", "rest_premium"]

    def sums(filed):
        found = document({**case, "claims": codes, "filed_on": filed, "computed_on": "2030-01-01"})["items"]
        return [sum(Decimal(item[key]) for item in found) for key in ("amount", "time_barred")]

    soon, late = sums(case["computed_on"]), sums("2029-12-31")
    assert sum(soon) == sum(late)
    assert late[0] == 0


@RULE
@given(case=cases(), forum=st.sampled_from(["labor_commissioner", "court"]), at=st.integers(0, 5))
def test_what_expires_in_a_month_is_what_filing_after_it_loses(case, forum, at):
    codes = [*FACTS, "liquidated_damages", "interest"]
    asked = {**case, "claims": codes, "forum": forum, "switches": {"covid_tolling": False}}
    expiring = document(asked)["expiring"]
    if not expiring:
        return
    one = expiring[at % len(expiring)]
    year, month = map(int, one["month"].split("-"))
    days = date(year, month, 1), _next_month(year, month)
    before, after = (total({**asked, "filed_on": str(day)}, codes) for day in days)
    lines = 1 + sum(len(item["working"]) for item in document(asked)["items"])
    assert abs(before - after - Decimal(one["amount"])) <= Decimal("0.01") * lines


def _next_month(year, month):
    return date(year + month // 12, month % 12 + 1, 1)


@RULE
@given(case=cases(kinds=(timed_shift,)), data=st.data())
def test_stretches_that_overlap_are_refused(case, data):
    whole = data.draw(st.sampled_from([shift for shift in case["shifts"] if shift["start"] < shift["end"]]))
    with pytest.raises(CaseError) as caught:
        claim({**case, "shifts": [*case["shifts"], {"date": whole["date"], "start": "00:00", "end": "23:59"}]})
    assert caught.value.problems


@RULE
@given(case=cases())
def test_an_empty_stretch_changes_no_money(case):
    first = case["pay"][0]["from"]
    if first not in {shift["date"] for shift in case["shifts"]}:
        empty = {"date": first, "minutes": 0}
        assert total({**case, "shifts": [*case["shifts"], empty]}) == total(case)
