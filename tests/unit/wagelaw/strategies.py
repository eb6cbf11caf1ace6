"""Hypothesis strategies of case files that the oracle knows: odd shifts, rate changes in mid-week, holes, bonuses.

A rule is tried on 100 cases; `WAGELAW_EXAMPLES=2000` in the environment makes the long run.
"""

import os
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("WAGELAW_EXAMPLES", "100"))


def tries(count: int) -> int:
    """Cases of a rule that is tried on more, or fewer, than the others; the long run is as long for all."""
    return EXAMPLES if EXAMPLES > 100 else count


RULE = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
SUNDAYS = [
    date(2023, 12, 24),
    date(2024, 2, 25),
    date(2024, 12, 22),
    date(2025, 4, 6),
    date(2025, 10, 26),
    date(2025, 12, 28),
]
CLOCKS_CHANGE = {date(2024, 3, 10), date(2025, 11, 2)}
RATES = st.integers(800, 4500).map(lambda whole: f"{whole // 100}.{whole % 100:02d}")
GROWING = ("per_diem_by_hours", "retroactive_raise")
RESTS = st.none() | st.integers(0, 4)


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@st.composite
def timed_shift(draw, day):
    """One stretch within the day with no, one or two meals, some too short or too late; or a night's end."""
    if day in CLOCKS_CHANGE:  # a clock time of the changing hour may not exist, or exist twice
        night = {"date": str(day), "start": "00:30", "end": clock(draw(st.integers(240, 1200))), "meals": []}
        return [with_rests(night, draw(RESTS))]
    start = draw(st.integers(0, 8 * 60))
    end = draw(st.integers(start + 1, 24 * 60 - 1))
    meals, at = [], start
    for length in draw(st.lists(st.sampled_from([10, 20, 29, 30, 31, 60]), max_size=2)):
        begins = at + draw(st.integers(1, 330))
        if begins + length < end:
            meals.append({"start": clock(begins), "end": clock(begins + length)})
            at = begins + length
    shift = {"date": str(day), "start": clock(start), "end": clock(end), "meals": meals}
    return [with_rests(shift, draw(RESTS))]


@st.composite
def minutes_shift(draw, day):
    """One stretch of which only the length is known."""
    shift = {"date": str(day), "minutes": draw(st.integers(0, 17 * 60))}
    if draw(st.booleans()):
        shift["rate"] = draw(RATES)
    return [with_rests(shift, draw(RESTS))]


@st.composite
def broken_day(draw, day):
    """Two stretches with a gap; whether a meal was missed is said outright."""
    lengths = draw(st.tuples(st.integers(1, 240), st.integers(1, 230)))
    start, gap = draw(st.integers(180, 6 * 60)), draw(st.integers(61, 400))
    told, rests = draw(st.booleans()), draw(RESTS)
    first = {"date": str(day), "start": clock(start), "end": clock(start + lengths[0]), "meal_violation": told}
    again = start + lengths[0] + gap
    second = {"date": str(day), "start": clock(again), "end": clock(again + lengths[1]), "meal_violation": told}
    if draw(st.booleans()):
        second["rate"] = draw(RATES)
    return [with_rests(first, rests), with_rests(second, rests)]


def with_rests(shift, rests):
    return shift if rests is None else {**shift, "rest_periods": rests}


@st.composite
def cases(draw, *, rates=True, bonuses=True, kinds=(timed_shift, minutes_shift, broken_day)):
    """A case in California of one to four weeks, some days and whole weeks without work, paid by the week."""
    first = draw(st.sampled_from(SUNDAYS))
    weeks = draw(st.integers(1, 4))
    days = [first + timedelta(days=number) for number in range(7 * weeks)]
    shifts = []
    for day in days:
        kind = draw(st.sampled_from([None, *kinds]))
        shifts += draw(kind(day)) if kind else []
    if not shifts:
        shifts = draw(kinds[0](first))
    after = draw(st.integers(0, 20))
    return {
        "place": "US-CA",
        "computed_on": str(days[-1] + timedelta(days=draw(st.integers(30, 500)))),
        "pay": draw(terms(days[0], days[-1], rates)),
        "shifts": draw(st.permutations([plain_rate(shift, rates) for shift in shifts])),
        "paydays": {"every": "week", "days_after": after},
        "payments": draw(payments(first, weeks, after)),
        "remuneration": draw(rewards(first, weeks)) if bonuses else [],
    }


def plain_rate(shift, rates):
    return shift if rates else {key: found for key, found in shift.items() if key != "rate"}


@st.composite
def terms(draw, first, last, change):
    """One hourly rate, or two with a change on any day."""
    turn = first + timedelta(days=draw(st.integers(1, (last - first).days))) if change and draw(st.booleans()) else None
    spans = [(first, last)] if turn is None else [(first, turn - timedelta(days=1)), (turn, last)]
    return [
        {"from": str(start), "to": str(end), "basis": "hourly", "amount": draw(RATES), "per": "hour"}
        for start, end in spans
    ]


@st.composite
def payments(draw, first, weeks, after):
    """Each week: not paid, underpaid, or paid more than enough."""
    found = []
    for number in range(weeks):
        amount = draw(st.none() | st.integers(0, 300_000))
        if amount is not None:
            found.append(payment(first + timedelta(days=7 * number), after, amount))
    return found


def payment(start, after, amount):
    end = start + timedelta(days=6)
    paid_on = end + timedelta(days=after)
    return {
        "from": str(start),
        "to": str(end),
        "paid_on": str(paid_on),
        "amount": f"{amount // 100}.{amount % 100:02d}",
    }


@st.composite
def rewards(draw, first, weeks):
    """Production and flat bonuses of one to three workweeks, also over a new year."""
    found = []
    for number in range(weeks):
        kind = draw(st.none() | st.sampled_from(["production_bonus", "flat_sum_bonus", *GROWING]))
        if kind:
            start = first + timedelta(days=7 * number)
            amount = f"{draw(st.integers(1, 500))}.{draw(st.integers(0, 99)):02d}"
            span = draw(st.integers(1, min(3, weeks - number)))
            end = start + timedelta(days=7 * span - 1)
            found.append({"from": str(start), "to": str(end), "kind": kind, "amount": amount})
    return found
