"""Whatever a case says, the answer is a claim or a list of problems: never another error, never a negative amount."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import EXAMPLES
from wagelaw import claim
from wagelaw.case import CaseError
from wagelaw.case.fields import (
    BASES,
    ITEM_CODES,
    KINDS,
    OVERTIME_EXEMPTIONS,
    PAGA_STEPS,
    PAGA_VIOLATIONS,
    PAY_PERIODS,
    PURPOSES,
    RECORDS,
    SEPARATIONS,
    STATEMENTS,
    SWITCHES,
    WEEKDAYS,
    WORKER_CLASSES,
)

FIRST = date(2023, 12, 20)
DAYS = st.integers(0, 45).map(lambda number: str(FIRST + timedelta(days=number)))
MONEY = st.one_of(
    st.decimals(0, 3000, places=2).map(str), st.sampled_from(["0.0001", "0.00", "16.00", "999999999.9999"])
)
CLOCK = st.builds(lambda hour, minute: f"{hour:02d}:{minute:02d}", st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
MINUTES = st.integers(0, 1440)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def in_order(row):
    """The row with its span turned round where it ended before it began."""
    if "from" in row and row["to"] < row["from"]:
        row = {**row, "from": row["to"], "to": row["from"]}
    return row


def rows(required, optional=None, most=3):
    return st.lists(st.fixed_dictionaries(required, optional=optional or {}).map(in_order), max_size=most)


def lawful(term):
    """The term with a period that its basis can have; mostly."""
    usual = {"salary": "week", "commission": "month"}
    return in_order({**term, "per": usual[term["basis"]]} if term["basis"] in usual else term)


SPAN = {"from": DAYS, "to": DAYS}
MEALS = st.lists(
    st.one_of(
        st.fixed_dictionaries({"start": CLOCK, "end": CLOCK}),
        st.fixed_dictionaries({"minutes": st.integers(1, 90)}, optional={"after_minutes": st.integers(0, 600)}),
    ),
    max_size=2,
)
SAID = {
    "rest_periods": st.integers(0, 4),
    "meal_violation": st.booleans(),
    "rest_violation": st.booleans(),
    "rate": MONEY,
    "pieces": st.integers(0, 500),
    "paid_minutes": st.integers(0, 600),
}
CLOCKED = st.fixed_dictionaries({"date": DAYS, "start": CLOCK, "end": CLOCK}, optional={**SAID, "meals": MEALS})
TIMED = st.fixed_dictionaries(
    {"date": DAYS, "minutes": MINUTES},
    optional={
        **SAID,
        "scheduled_minutes": MINUTES,
        "call_in": st.booleans(),
        "makeup_minutes": st.integers(0, 120),
    },
)
TERMS = st.lists(
    st.fixed_dictionaries(
        {**SPAN, "basis": st.sampled_from(BASES), "amount": MONEY},
        optional={"covers_hours": st.integers(1, 60), "agreement": st.sampled_from(["oral", "written"])},
    ).map(lawful),
    max_size=3,
    unique_by=lambda term: term["basis"],
)


def sensible(case):
    """The case without what would only be refused: pieces with no rate for them, two stretches on one day."""
    case = dict(case)
    days = set()
    kept = []
    has_pieces = any(term["basis"] == "piece" for term in case.get("pay", []))
    for shift in case.get("shifts", []):
        one = shift if has_pieces else {key: value for key, value in shift.items() if key != "pieces"}
        if one["date"] not in days:
            kept.append({**one, "paid_minutes": 0} if "paid_minutes" in one else one)
        days.add(one["date"])
    if "shifts" in case:
        case["shifts"] = kept
    if "eight_and_eighty" in case:
        case["workweek_start"] = WEEKDAYS[date.fromisoformat(case["eight_and_eighty"]).weekday()]
    return case


CASES = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["US-CA", "US-CA-los-angeles", "US", "US-NY", "US-CA"]),
        "computed_on": st.sampled_from(["2024-02-20", "2025-06-01"]),
        "employer_headcount": st.integers(1, 60),
    },
    optional={
        "worker_class": st.sampled_from(WORKER_CLASSES),
        "workweek_start": st.sampled_from(WEEKDAYS),
        "workday_start": CLOCK,
        "forum": st.sampled_from(["court", "labor_commissioner"]),
        "filed_on": st.sampled_from(["2024-02-20", "2025-05-01", "2028-01-01"]),
        "pay": TERMS,
        "shifts": st.lists(st.one_of(CLOCKED, TIMED), max_size=5),
        "patterns": rows(
            {
                **SPAN,
                "weekdays": st.lists(st.sampled_from(WEEKDAYS), unique=True),
                "minutes": st.integers(0, 900),
            },
            most=1,
        ),
        "remuneration": rows({**SPAN, "kind": st.sampled_from(KINDS), "amount": MONEY}),
        "payments": rows(
            {**SPAN, "paid_on": DAYS, "amount": MONEY},
            {"for": st.sampled_from(PURPOSES), "statement": st.sampled_from(STATEMENTS)},
        ),
        "payment_patterns": rows({**SPAN, "every": st.sampled_from(PAY_PERIODS), "amount": MONEY}, most=1),
        "paydays": st.fixed_dictionaries({"every": st.sampled_from(PAY_PERIODS), "days_after": st.integers(0, 10)}),
        "employment": st.fixed_dictionaries(
            {"separation": st.sampled_from([one for one in SEPARATIONS if "with_" not in one]), "end": DAYS}
        ),
        "deductions": rows({"date": DAYS, "amount": MONEY}),
        "expenses": rows({"date": DAYS, "miles": st.integers(0, 500)}),
        "sick_leave": rows({"date": DAYS, "minutes": MINUTES}),
        "bounced_checks": rows({"date": DAYS, "amount": MONEY}),
        "meals_lodging": rows(
            {**SPAN, "kind": st.sampled_from(["dinner", "room_alone"]), "count": st.integers(0, 9)},
            {"written_agreement": st.booleans()},
        ),
        "app_periods": rows(
            {**SPAN, "engaged_minutes": MINUTES, "earnings": MONEY}, {"engaged_miles": st.integers(0, 900)}
        ),
        "alternative_workweek": st.fixed_dictionaries(
            {"hours": st.integers(8, 12), "weekdays": st.lists(st.sampled_from(WEEKDAYS), unique=True)}
        ),
        "cba": st.fixed_dictionaries(SPAN).map(in_order),
        "paga": st.fixed_dictionaries(
            {"notice_on": DAYS},
            optional={"violation": st.sampled_from(PAGA_VIOLATIONS), "steps": st.sampled_from(PAGA_STEPS)},
        ),
        "learner": st.booleans(),
        "overtime_exemption": st.sampled_from(OVERTIME_EXEMPTIONS),
        "wage_order": st.sampled_from([4, 7]),
        "eight_and_eighty": DAYS,
        "flsa_coverage": st.fixed_dictionaries(
            {}, optional={"annual_sales": MONEY, "institution": st.booleans(), "in_commerce": st.booleans()}
        ),
        "misclassification": st.fixed_dictionaries({}, optional={"pattern": st.booleans()}),
        "vacation_minutes": MINUTES,
        "sick_leave_harm_days": MINUTES,
        "records_requests": rows({"received_on": DAYS, "what": st.sampled_from(RECORDS)}, {"answered_on": DAYS}),
        "fluctuating_workweek": st.booleans(),
        "claims": st.lists(st.sampled_from(ITEM_CODES), unique=True),
        "switches": st.dictionaries(st.sampled_from(sorted(SWITCHES)), st.booleans()),
    },
).map(sensible)


def claim_or_lines(case):
    """The claim and nothing, or nothing and the problems in three languages."""
    try:
        return claim(case), []
    except CaseError as error:
        return None, [error.lines(language) for language in ("en", "es", "ko")]


@given(CASES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_claim_or_problems(case):
    found, lines = claim_or_lines(case)
    if found is None:
        assert all(lines)
        return
    document = found.as_json("ko")
    for item in document["items"]:
        assert Decimal(item["amount"]) >= 0
        assert Decimal(item["time_barred"]) >= 0
    assert found.render("es")
    json.dumps(document)


@given(CASES)
@settings(max_examples=EXAMPLES, deadline=None)
def test_wages_owed_never_exceed_what_was_due(case):
    found, _ = claim_or_lines(case)
    for week in found.weeks if found else ():
        assert week.due >= 0
        assert week.regular + week.overtime + week.double == week.minutes
