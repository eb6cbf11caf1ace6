"""The calendar: its verbs, what cannot be, the case file it becomes, and tables and stamps that people bring."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wagelaw
from centro.clinic.calendar import changes
from centro.clinic.calendar.compiling import compile_case
from centro.clinic.calendar.model import Anchor, Calendar, Day, Job, Line, Meal, Payment, Term, Week
from centro.clinic.calendar.problems import problems_of
from centro.clinic.calendar.records import columns_of, read_table
from centro.clinic.calendar.stamps import read_stamps
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.clinic.calendar.week_words import WEEKDAYS

TODAY = date(2026, 11, 23)
BEGAN, ENDED = date(2024, 3, 4), date(2026, 10, 31)
JOB = Job("US-CA-los-angeles", headcount=12, start=BEGAN, end=ENDED, separation="discharged")
WEEK = read_week("Mon–Sat 10:30–22:00, one 20-minute meal, no rests", TODAY)
PARTY = (Line((), "09:00", "17:00", meals=(Meal(30, "12:00"),)),)
MONTHLY = Term(280000, "month", every="month", method="cash", statement="missing")


def cook(**parts: Any) -> Calendar:
    return Calendar(**{"job": JOB, "weeks": (Week(BEGAN, None, WEEK.lines),), "pay": (MONTHLY,), **parts})


def codes(calendar: Calendar) -> list[tuple[str, str, Any]]:
    return [(one.code, one.part, one.key) for one in problems_of(calendar, TODAY)]


def minutes(calendar: Calendar, day: date) -> int:
    return calendar.minutes_on(day)


def test_a_calendar_is_the_same_after_being_kept() -> None:
    calendar = cook(
        days={date(2025, 1, 1): Day("holiday"), date(2025, 1, 2): Day("hours", PARTY, note="party")},
        anchors=(Anchor("church on Sundays"), Anchor("photo", date(2025, 1, 2))),
        payments=(Payment(BEGAN, date(2024, 3, 31), date(2024, 4, 1), 280000),),
        switches={"covid_tolling": False},
    )  # fmt: skip
    assert Calendar.of(json.loads(json.dumps(calendar.as_document()))) == calendar


def test_a_usual_week_holds_until_the_next_one_begins() -> None:
    later = Week(date(2025, 6, 1), None, read_week("Mon-Fri 9-5", TODAY).lines)
    calendar = changes.set_week(cook(), later)
    assert minutes(calendar, date(2025, 5, 31)) == 670
    assert minutes(calendar, date(2025, 6, 2)) == 480
    assert minutes(calendar, date(2025, 6, 7)) == 0
    assert minutes(changes.remove_week(calendar, later.first), date(2025, 6, 7)) == 670


def test_after_the_job_nothing_was_worked() -> None:
    assert minutes(cook(), ENDED) == 670
    assert minutes(cook(), date(2026, 11, 2)) == 0


def test_days_are_struck_out_only_where_there_was_work() -> None:
    sunday, monday = date(2025, 1, 5), date(2025, 1, 6)
    calendar = changes.strike_days(cook(), [sunday, monday], Day("sick"))
    assert set(calendar.days) == {monday}
    assert minutes(calendar, monday) == 0
    assert changes.clear_days(calendar, [monday]) == cook()


def test_several_long_days_have_no_sunday_more() -> None:
    span = [date(2025, 1, day) for day in range(4, 8)]  # Saturday to Tuesday
    long = Day("hours", (Line((), "10:30", "23:30"),))
    assert set(changes.change_days(cook(), span, long).days) == {span[0], span[2], span[3]}
    assert set(changes.change_days(cook(), span, Day("off")).days) == {span[0], span[2], span[3]}
    assert set(changes.change_days(cook(), span[1:2], long).days) == {span[1]}
    assert set(changes.change_days(cook(weeks=()), span, long).days) == set(span)
    assert changes.change_days(changes.change_days(cook(), span, long), span, None) == cook()


def test_a_week_is_copied_and_days_that_become_usual_are_no_exceptions() -> None:
    party = date(2025, 1, 9)
    calendar = changes.set_days(
        cook(), {party: Day("hours", (Line((), "10:30", "23:15"),)), date(2025, 1, 14): Day("off")}
    )
    copied = changes.copy_week(calendar, party, date(2025, 1, 12), date(2025, 1, 25))
    assert set(copied.days) == {party, date(2025, 1, 16), date(2025, 1, 23)}
    assert minutes(copied, date(2025, 1, 23)) == 765
    assert copied.days[date(2025, 1, 23)].source == "copy"


def test_a_copy_has_an_end() -> None:
    calendar = changes.set_days(cook(), {BEGAN: Day("off")})
    copied = changes.copy_week(calendar, BEGAN, BEGAN, date(2090, 1, 1))
    assert len(copied.days) == changes.MOST_COPIES


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (Line(("monday",), "22:00", "10:30"), None),
        (Line(("monday",), "10:30", "09:00"), "end_before_start"),
        (Line(("monday",), "05:00", "22:00"), "long_stretch"),
        (Line(("monday",), "10:00", "10:00"), "no_hours"),
        (Line(("monday",), minutes=1500), "over_24_hours"),
        (Line(("monday",), minutes=0), "no_hours"),
        (Line(("monday",), "10:00", "12:00", meals=(Meal(120),)), "meal_outside"),
        (Line(("monday",), "10:00", "12:00", meals=(Meal(30, "13:00"),)), "meal_outside"),
    ],
)
def test_hours_that_cannot_be_are_named_at_their_week(typed: Line, code: str | None) -> None:
    found = codes(cook(weeks=(Week(BEGAN, None, (typed,)),)))
    assert {one[0] for one in found} == ({code} if code else set())
    assert all(one[1:] == ("week", BEGAN) for one in found)


def test_other_things_that_cannot_be() -> None:
    line = Line((), minutes=800)
    assert codes(cook(days={date(2025, 1, 1): Day("hours", (line, line))})) == [
        ("over_24_hours", "day", date(2025, 1, 1))
    ]
    assert codes(cook(days={date(2027, 1, 1): Day("hours", (line,))}))[0][0] == "day_to_come"
    twice = (Line((), "09:00", "12:00"), Line((), "11:00", "14:00"))
    assert codes(cook(days={BEGAN: Day("hours", twice)})) == [("stretches_overlap", "day", BEGAN)]
    assert codes(cook(pay=(Term(0, "month"),))) == [("pay_of_zero", "pay", 0)]
    assert codes(cook(pay=())) == [("no_pay_told", "pay", None)]
    assert codes(cook(pay=(MONTHLY, MONTHLY))) == [("pay_from_when", "pay", 1)]
    assert codes(cook(job=Job())) == [("no_place", "job", None)]
    wrong = Job("US-CA", start=ENDED, end=BEGAN, separation="discharged")
    assert ("ends_before_start", "job", None) in codes(cook(job=wrong))
    assert codes(cook(job=Job("US-CA", separation="discharged"))) == [("no_last_day", "job", None)]
    late = Payment(BEGAN, BEGAN, date(2027, 1, 1), 100)
    assert codes(cook(payments=(late,))) == [("paid_in_future", "payment", 0)]


def test_the_cook_becomes_a_case_that_the_law_computes() -> None:
    calendar = changes.strike_days(cook(), [date(2024, 12, 25)], Day("holiday"))
    compiled = compile_case(calendar, TODAY)
    assert compiled.problems == []
    assert compiled.case == {
        "format": "wagelaw/case/1",
        "computed_on": "2026-11-23",
        "place": "US-CA-los-angeles",
        "worker_class": "general",
        "employer_headcount": 12,
        "employment": {"start": "2024-03-04", "end": "2026-10-31", "separation": "discharged"},
        "forum": "labor_commissioner",
        "patterns": [
            {
                "from": "2024-03-04",
                "to": "2026-10-31",
                "weekdays": list(WEEKDAYS[:6]),
                "start": "10:30",
                "end": "22:00",
                "meals": [{"minutes": 20}],
                "rest_periods": 0,
                "except": ["2024-12-25"],
                "confidence": "sure",
            }
        ],
        "pay": [{"from": "2024-03-04", "to": "2026-10-31", "basis": "salary", "amount": "2800.00", "per": "month"}],
        "payment_patterns": [
            {"from": "2024-03-04", "to": "2026-10-31", "every": "month", "amount": "2800.00", "method": "cash",
             "statement": "missing"}
        ],
    }  # fmt: skip
    claim = wagelaw.claim(compiled.case)
    assert {item.code for item in claim.items} >= {"minimum_wage", "overtime", "meal_premium", "rest_premium"}
    assert claim.weeks[0].minutes == 6 * 670


def test_what_was_not_asked_is_not_claimed() -> None:
    lines = read_week("Mon–Sat 10:30–22:00", TODAY).lines
    compiled = compile_case(cook(weeks=(Week(BEGAN, None, lines),)), TODAY)
    assert {item.code for item in wagelaw.claim(compiled.case).items} & {"meal_premium", "rest_premium"} == set()


def test_hours_without_a_clock_can_still_miss_meals() -> None:
    lines = read_week("12 hours a day Mon-Sat, no meals, no rests", TODAY).lines
    compiled = compile_case(cook(weeks=(Week(BEGAN, None, lines),)), TODAY)
    assert {item.code for item in wagelaw.claim(compiled.case).items} >= {"meal_premium", "rest_premium", "overtime"}


@pytest.mark.parametrize(
    ("typed", "each"),
    [
        ("$15 an hour every week", 6 * 670 * 15 / 60),
        ("$120 a day cash", 6 * 120),
    ],
)
def test_who_is_paid_by_the_hour_or_day_got_that_and_no_overtime(typed: str, each: float) -> None:
    compiled = compile_case(cook(pay=read_pay(typed, TODAY).terms), TODAY)
    assert compiled.case is not None
    assert float(compiled.case["payments"][1]["amount"]) == each
    assert "payment_patterns" not in compiled.case
    codes_of_claim = {item.code for item in wagelaw.claim(compiled.case).items}
    assert "overtime" in codes_of_claim
    assert "unpaid_wages" not in codes_of_claim


def test_a_salary_in_other_parts_than_it_was_agreed() -> None:
    compiled = compile_case(cook(pay=(Term(280000, "month", every="half_month"),)), TODAY)
    assert compiled.case is not None
    assert compiled.case["payment_patterns"][0]["amount"] == "1400.00"
    compiled = compile_case(cook(pay=(Term(70000, "week", every="month"),)), TODAY)
    assert (compiled.case, [one.code for one in compiled.problems]) == (None, ["how_much_each_payday"])


def test_never_paid_is_never_credited() -> None:
    compiled = compile_case(cook(pay=(Term(80000, "week", every="week", received="nothing"),)), TODAY)
    assert compiled.case is not None
    assert not {"payments", "payment_patterns"} & set(compiled.case)


def test_a_payment_known_by_itself_stands_for_its_period() -> None:
    stub = Payment(date(2024, 4, 1), date(2024, 4, 30), date(2024, 5, 3), 250000, "check", "complete")
    compiled = compile_case(cook(payments=(stub,)), TODAY)
    assert compiled.case is not None
    april = [one for one in compiled.case["payments"] if one["to"] == "2024-04-30"]
    assert [(one["paid_on"], one["amount"], one["statement"]) for one in april] == [
        ("2024-05-03", "2500.00", "complete")
    ]
    assert len(compiled.case["payments"]) == 32
    assert compiled.origin("payments[0].amount") == ("payment", 0)


def test_a_known_payment_invents_no_payday_that_is_still_to_come() -> None:
    stub = Payment(date(2024, 4, 1), date(2024, 4, 30), date(2024, 5, 3), 250000, "check", "complete")
    still_there = Job("US-CA-los-angeles", headcount=12, start=BEGAN, separation="current")
    case = compile_case(cook(job=still_there, payments=(stub,)), TODAY).case
    assert case is not None
    assert max(one["to"] for one in case["payments"]) == "2026-10-31"


def test_problems_of_the_law_find_their_day() -> None:
    compiled = compile_case(cook(days={date(2025, 1, 1): Day("hours", (Line((), minutes=60),))}), TODAY)
    assert compiled.origin("shifts[0].minutes") == ("day", date(2025, 1, 1))
    assert compiled.origin("patterns[0]") == ("week", BEGAN)
    assert compiled.origin("employer_headcount") == ("job", None)


def test_nothing_told_is_no_case() -> None:
    assert "nothing_told" in [one.code for one in compile_case(Calendar(job=JOB), TODAY).problems]


times = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")
lines = st.builds(
    Line,
    st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(lambda names: tuple(sorted(names))),
    times,
    times,
    meals=st.none() | st.lists(st.builds(Meal, st.integers(1, 90)), max_size=2).map(tuple),
    rests=st.none() | st.integers(0, 3),
)


@given(
    st.lists(lines, min_size=1, max_size=3),
    st.integers(1, 10_000_00),
    st.sampled_from(["hour", "day", "week", "month"]),
)
def test_whatever_is_told_is_computed_or_said_to_be_impossible(told: list[Line], amount: int, per: str) -> None:
    every = "month" if per == "month" else "week"
    calendar = Calendar(
        Job("US-CA", headcount=30), (Week(date(2026, 9, 1), None, tuple(told)),), pay=(Term(amount, per, every=every),)
    )
    compiled = compile_case(calendar, TODAY)
    if compiled.case is None:
        assert compiled.problems
        return
    try:
        wagelaw.claim(compiled.case)
    except ValueError as error:  # nights of one day that run into the next: said by the law, found in its week
        where = {compiled.origin(one.path)[0] for one in error.problems}  # type: ignore[attr-defined]
        assert where == {"week"}


# --- tables and stamps -------------------------------------------------------------------------------------


def test_headings_are_understood_in_three_languages() -> None:
    assert columns_of(["Date", "Clock In", "Clock Out", "Lunch (min)", "Boss"]) == ["date", "start", "end", "meal", ""]
    assert columns_of(["Fecha", "Entrada", "Salida", "Horas"]) == ["date", "start", "end", "hours"]
    assert columns_of(["날짜", "출근", "퇴근", "근무 시간"]) == ["date", "start", "end", "hours"]
    assert columns_of(["Pay date", "Period start", "Period end", "Gross pay"]) == ["paid_on", "first", "last", "amount"]


def test_a_table_of_hours_keeps_good_rows_and_names_bad_ones() -> None:
    rows = [
        ["3/4/2025", "10:30 AM", "10:00 PM", "20"],
        ["2025-03-05 00:00:00", "10:30:00", "22:00:00", "0"],
        ["2/30/2025", "9:00", "17:00", ""],
        ["3/6/2025", "9:00", "", ""],
        ["3/7/2025", "late", "17:00", ""],
        ["", "", "", ""],
    ]
    reading = read_table(["Date", "In", "Out", "Lunch (min)"], rows, TODAY)
    assert reading.days == {
        date(2025, 3, 4): Day("hours", (Line((), "10:30", "22:00", meals=(Meal(20),)),), source="import"),
        date(2025, 3, 5): Day("hours", (Line((), "10:30", "22:00", meals=()),), source="import"),
    }
    found = [(one.row, one.code, one.cell) for one in reading.wrong]
    assert found == [(4, "no_such_day", "2/30/2025"), (5, "one_time_missing", "3/6/2025"), (6, "no_such_time", "late")]


def test_a_table_of_hours_by_length() -> None:
    reading = read_table(
        ["Fecha", "Horas"], [["2025-03-04", "11.5"], ["2025-03-05", "11:30"], ["2025-03-06", "30"]], TODAY
    )
    assert [day.lines[0].minutes for day in reading.days.values()] == [690, 690]
    assert reading.wrong[0].code == "over_24_hours"


def test_a_payroll_table_becomes_payments() -> None:
    header = ["Pay date", "Period start", "Period end", "Gross pay"]
    rows = [
        ["4/2/2025", "3/1/2025", "3/31/2025", "$2,800.00"],
        ["5/2/2025", "4/30/2025", "4/1/2025", "$1"],
        ["x", "", "", "5"],
    ]
    reading = read_table(header, rows, TODAY)
    assert reading.payments == [Payment(date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 2), 280000, source="import")]
    assert [one.code for one in reading.wrong] == ["ends_before_start", "no_such_day"]


def test_a_table_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        read_table(["Fruit", "Colour"], [["banana", "yellow"]], TODAY)


def test_stamps_become_days() -> None:
    text = """2025-03-04 10:28 in
        2025-03-04 22:05 out
        3/5 10:31 22:10
        2025-03-06 18:00
        2025-03-07 02:10
        hello
        3월 8일
        오전 10시 30분 출근
        오후 10시 퇴근
        2025-03-10 09:00:11"""
    reading = read_stamps(text, TODAY)
    hours = {day: [(line.start, line.end) for line in told.lines] for day, told in reading.days.items()}
    assert hours == {
        date(2025, 3, 4): [("10:28", "22:05")],
        date(2025, 3, 5): [("10:31", "22:10")],
        date(2025, 3, 6): [("18:00", "02:10")],
        date(2025, 3, 8): [("10:30", "22:00")],
    }
    assert reading.unread == ["hello"]
    assert reading.alone == [datetime(2025, 3, 10, 9, 0)]  # noqa: DTZ001


def test_two_stretches_of_one_day_are_two_lines() -> None:
    reading = read_stamps("3/5/2025 10:00 14:00 17:00 22:00", TODAY)
    assert len(reading.days[date(2025, 3, 5)].lines) == 2
