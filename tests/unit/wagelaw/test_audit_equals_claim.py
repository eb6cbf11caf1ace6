"""The audit and a claim of the same worker agree to the cent when both round by the workweek."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import EXAMPLES
from wagelaw import claim
from wagelaw.audit.kernel import MONEY, Terms, audit_rows
from wagelaw.audit.law import Floors
from wagelaw.audit.options import WORKER_CLASSES, Options

PLACES = ["US-CA", "US-CA-los-angeles", "US-CA-san-francisco"]
FIRST_DAYS = [date(2025, 6, 22), date(2025, 12, 21), date(2025, 2, 23), date(2025, 10, 19)]  # Sundays near a change


def minute(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def clock(minutes):
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def columns_of(case):
    """The shifts of a case as the rows the audit reads, sorted by time."""
    shifts = sorted(case["shifts"], key=lambda one: (one["date"], one.get("start", "")))
    rows = {"worker": [], "row": [], "day": []}
    named = {
        "start": lambda one: minute(one["start"]) if "start" in one else -1,
        "end": lambda one: minute(one["end"]) if "end" in one else -1,
        "minutes": lambda one: one.get("minutes", -1),
        "meal_start": lambda one: minute(one["meals"][0]["start"]) if one.get("meals") else -1,
        "meal_end": lambda one: minute(one["meals"][0]["end"]) if one.get("meals") else -1,
        "meal2_start": lambda one: minute(one["meals"][1]["start"]) if len(one.get("meals", [])) > 1 else -1,
        "meal2_end": lambda one: minute(one["meals"][1]["end"]) if len(one.get("meals", [])) > 1 else -1,
        "rest_periods": lambda one: one.get("rest_periods", -1),
        "rate": lambda one: round(float(one["rate"]) * 10000) if "rate" in one else -1,
        "paid_minutes": lambda one: one.get("paid_minutes", -1),
        "scheduled_minutes": lambda one: one.get("scheduled_minutes", -1),
        "place": lambda one: PLACES.index(one["place"]) if "place" in one else -1,
    }
    for at, one in enumerate(shifts):
        rows["worker"].append(0)
        rows["row"].append(at)
        rows["day"].append(date.fromisoformat(one["date"]).toordinal())
    for name, read in named.items():
        rows[name] = [read(one) for one in shifts]
    return {name: np.array(values, dtype=np.int64) for name, values in rows.items()}


def payments_of(case):
    rows = {"worker": [0] * len(case["payments"])}
    rows["from"] = [date.fromisoformat(one["from"]).toordinal() for one in case["payments"]]
    rows["to"] = [date.fromisoformat(one["to"]).toordinal() for one in case["payments"]]
    rows["amount"] = [round(float(one["amount"]) * 10000) for one in case["payments"]]
    return {name: np.array(values, dtype=np.int64) for name, values in rows.items()}


def terms_of(case):
    key = [date.fromisoformat(one["from"]).toordinal() for one in case["pay"]]
    last = [date.fromisoformat(one["to"]).toordinal() for one in case["pay"]]
    rate = [round(float(one["amount"]) * 10000) for one in case["pay"]]
    return Terms(*(np.array(values, dtype=np.int64) for values in (key, last, rate)))


def audited(case):
    options = Options(
        place=case["place"],
        worker_class=case["worker_class"],
        workweek_start=case["workweek_start"],
        employer_headcount=case["employer_headcount"],
    )
    result = audit_rows(columns_of(case), terms_of(case), payments_of(case), Floors(options, PLACES), options)
    assert not len(result.set_aside)
    return result.columns


def claimed(case):
    """Cents by code; what is time-barred counts too, for the audit bars nothing."""
    document = claim(case).as_json()
    return {
        item["code"]: round(float(item["amount"]) * 100) + round(float(item["time_barred"]) * 100)
        for item in document["items"]
        if item["code"] in MONEY
    }


def assert_equal(case):
    columns = audited(case)
    found = {code: int(columns[code].sum()) for code in MONEY if code in columns}
    expected = claimed(case)
    assert {code: amount for code, amount in found.items() if amount} == expected
    weeks = [week for week in claim(case).as_json()["weeks"] if week["minutes_worked"]]
    assert columns["minutes"].tolist() == [week["minutes_worked"] for week in weeks]
    assert columns["overtime_minutes"].tolist() == [week["overtime_minutes"] for week in weeks]
    assert columns["double_minutes"].tolist() == [week["double_minutes"] for week in weeks]
    rates = [f"{value // 10**6}.{value % 10**6:06d}" for value in columns["regular_rate"].tolist()]
    assert rates == [week["regular_rate"] for week in weeks]


@st.composite
def shifts_of_a_day(draw, day, by_clock, earliest):
    """One or two stretches of a day, perhaps past midnight, with meals and extras; and when the last one ends."""
    if not by_clock:
        one = {"date": str(day), "minutes": draw(st.integers(60, 960))} | draw(extras())
        return [one | ({"paid_minutes": draw(st.integers(0, 60))} if draw(st.booleans()) else {})], 0
    start = earliest + draw(st.integers(0, 600))
    end, stretches = start, []
    for _ in range(draw(st.integers(1, 2))):
        length = draw(st.integers(60, 480))
        end = start + length
        one = {"date": str(day), "start": clock(start), "end": clock(end)}
        if draw(st.booleans()):
            meal = start + draw(st.integers(1, length - 40))
            one["meals"] = [{"start": clock(meal), "end": clock(meal + draw(st.integers(10, 35)))}]
        stretches.append(one | draw(extras()))
        start = end + draw(st.integers(10, 150))
        if start >= 1380:
            break
    alone = len(stretches) == 1 and earliest == 0 and end <= 1440 and "meals" not in stretches[0]
    if alone and draw(st.booleans()):
        stretches[0]["paid_minutes"] = draw(st.integers(0, 25))
    return stretches, max(0, end - 1440)


@st.composite
def extras(draw):
    """What a stretch may say beside its hours."""
    more = {}
    if draw(st.integers(0, 3)) == 0:
        more["rate"] = draw(st.sampled_from(["9.00", "17.87", "22.3456", "31"]))
    if draw(st.booleans()):
        more["rest_periods"] = draw(st.integers(0, 3))
    if draw(st.integers(0, 4)) == 0:
        more["scheduled_minutes"] = draw(st.integers(0, 600))
    if draw(st.integers(0, 5)) == 0:
        more["place"] = draw(st.sampled_from(PLACES))
    return more


@st.composite
def cases(draw):
    """A worker with three weeks of work near a change of law or of the clocks, paid by the week or not at all."""
    sunday = draw(st.sampled_from(FIRST_DAYS))
    by_clock = draw(st.booleans())
    start = draw(st.sampled_from(["sunday", "wednesday"]))
    first = sunday if start == "sunday" else sunday + timedelta(days=3)
    shifts, earliest = [], 0
    for day in range(21):
        if draw(st.integers(0, 5)):
            more, earliest = draw(shifts_of_a_day(first + timedelta(days=day), by_clock, earliest))
            shifts += more
        else:
            earliest = 0
    pay = [{"from": str(first), "to": str(first + timedelta(days=9)), "basis": "hourly", "amount": "16.25"}]
    pay.append({**pay[0], "from": str(first + timedelta(days=10)), "to": str(first + timedelta(days=40))})
    pay[1]["amount"] = draw(st.sampled_from(["16.25", "19.1111", "40.00"]))
    payments = []
    for week in range(3):
        if draw(st.integers(0, 4)):
            begin, end = first + timedelta(days=7 * week), first + timedelta(days=7 * week + 6)
            amount = f"{draw(st.integers(0, 150000)) / 100:.2f}"
            payments.append({"from": str(begin), "to": str(end), "paid_on": str(end), "amount": amount})
    return {
        "place": draw(st.sampled_from(PLACES)),
        "worker_class": draw(st.sampled_from(WORKER_CLASSES)),
        "workweek_start": start,
        "employer_headcount": draw(st.sampled_from([10, 30])),
        "computed_on": "2026-02-15",
        "paydays": {"every": "week", "days_after": 0},
        "pay": pay,
        "shifts": shifts,
        "payments": payments,
    }  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases())
def test_the_audit_equals_the_claim(case):
    if case["shifts"]:
        assert_equal(case)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cases(), st.sampled_from([10, 14, 21]), st.integers(0, 4000))
def test_a_pay_period_of_several_weeks_comes_to_the_same_sum(case, length, dollars):
    """A claim rounds by payday, the audit by week: the sums differ by less than half a cent a line."""
    if not case["shifts"]:
        return
    first = date.fromisoformat(case["pay"][0]["from"])
    last = first + timedelta(days=length - 1)
    amount = f"{dollars}.00"
    case = {**case, "payments": [{"from": str(first), "to": str(last), "paid_on": str(last), "amount": amount}]}
    columns, expected = audited(case), claimed(case)
    for code in ("unpaid_wages", "overtime", "minimum_wage"):
        assert abs(int(columns[code].sum()) - expected.get(code, 0)) <= 3, code


def test_a_meal_that_ends_in_the_hour_the_clocks_skip():
    """On 9 March 2025 two o'clock was three: of 1:50 to 3:00 with a meal to 2:01 only the first minute was worked."""
    night = {"date": "2025-03-09", "start": "01:50", "end": "03:00", "meals": [{"start": "01:51", "end": "02:01"}]}
    case = {
        "place": "US-CA",
        "worker_class": "general",
        "workweek_start": "sunday",
        "employer_headcount": None,
        "computed_on": "2026-02-15",
        "paydays": {"every": "week", "days_after": 0},
        "pay": [{"from": "2025-03-02", "to": "2025-03-15", "basis": "hourly", "amount": "16.25"}],
        "shifts": [{"date": "2025-03-07", "start": "09:00", "end": "10:00"}, night],
        "payments": [],
    }
    assert audited(case)["minutes"].tolist() == [60, 1]
    assert_equal(case)


def test_a_night_that_begins_with_a_meal_keeps_its_own_day():
    """On duty only from half past midnight; its rest premium is of the night it began, its meal came in time."""
    night = {"start": "23:30", "end": "07:00", "meals": [{"start": "23:30", "end": "00:30"}], "rest_periods": 0}
    for day in ("2025-06-11", "2025-06-14"):  # within a week, and over its end
        case = {
            "place": "US-CA",
            "worker_class": "general",
            "workweek_start": "sunday",
            "employer_headcount": None,
            "computed_on": "2026-02-15",
            "paydays": {"every": "week", "days_after": 0},
            "pay": [{"from": "2025-06-08", "to": "2025-06-21", "basis": "hourly", "amount": "20.00"}],
            "shifts": [
                {"date": "2025-06-08", "start": "09:00", "end": "13:00", "rest_periods": 1},
                {"date": day, **night},
            ],
            "payments": [],
        }
        assert (audited(case)["meal_premium"] == 0).all()
        assert_equal(case)


def test_a_claim_of_three_years_by_hand():
    """Twelve hours a day, six days a week, at the minimum wage, paid for forty hours: 52 weeks of 2025."""
    first = date(2024, 12, 29)
    shifts = [
        {"date": str(first + timedelta(days=7 * week + day)), "start": "08:00", "end": "20:00"}
        for week in range(52)
        for day in range(1, 7)
    ]
    case = {
        "place": "US-CA",
        "worker_class": "general",
        "workweek_start": "sunday",
        "employer_headcount": None,
        "computed_on": "2026-02-15",
        "paydays": {"every": "week", "days_after": 0},
        "pay": [{"from": "2024-12-29", "to": "2025-12-31", "basis": "hourly", "amount": "16.50"}],
        "shifts": shifts,
        "payments": [
            {"from": str(day), "to": str(day + timedelta(days=6)), "paid_on": str(day), "amount": "660.00"}
            for day in (first + timedelta(days=7 * week) for week in range(52))
        ],
    }
    columns = audited(case)
    assert columns["overtime_minutes"].tolist() == [32 * 60] * 52
    assert columns["overtime"].tolist() == [32 * 2475] * 52  # 32 h × 16.50 × 1.5
    assert columns["meal_premium"].tolist() == [6 * 1650] * 52
    assert columns["unpaid_wages"].sum() == 0
    assert_equal(case)
