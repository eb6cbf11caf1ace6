"""A usual week and pay as they are typed in three languages: understood, or the words that were not."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centro.clinic.calendar.model import Line, Meal, Term
from centro.clinic.calendar.typed_pay import read_pay
from centro.clinic.calendar.typed_week import read_week
from centro.clinic.calendar.week_words import WEEKDAYS

TODAY = date(2026, 11, 23)
SHORT = dict(zip(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"), WEEKDAYS, strict=True))
MO_SA = "MoTuWeThFrSa"
MO_FR = "MoTuWeThFr"


def said(text: str) -> list[tuple[str, str, list[int] | None, int | None]]:
    """What was read, shortly: days, hours, lengths of meals, rests. Everything must have been understood."""
    reading = read_week(text, TODAY)
    assert (reading.unread, reading.missing, reading.impossible) == ((), (), ())
    return [_short(line) for line in reading.lines]


def _short(line: Line) -> tuple[str, str, list[int] | None, int | None]:
    days = "".join(short for short, name in SHORT.items() if name in line.weekdays)
    hours = f"{line.start}-{line.end}" if line.start else str(line.minutes)
    return days, hours, None if line.meals is None else [meal.minutes for meal in line.meals], line.rests


COOK = [(MO_SA, "10:30-22:00", [20], 0)]


@pytest.mark.parametrize(
    "text",
    [
        "Mon–Sat 10:30–22:00, one 20-minute meal, no rests",
        "Mon–Sat 10:30–22:00 one 20-minute meal no rests",
        "no rests, one 20 minute lunch, Monday through Saturday from 10:30 am until 10 pm",
        "6 days a week 10:30-22:00, Sundays off, a 20 minute meal, without breaks",
        "10:30-10pm every day except Sunday; lunch 20 min; rests: none",
        "lun a sáb 10:30 a 22:00, una comida de 20 minutos, sin descansos",
        "Trabajaba de lunes a sábado de 10:30 de la mañana a 10 de la noche, con 20 minutos para comer y sin descansos",
        "todos los días menos el domingo, 10:30 a 22:00, 20 min de lonche, ningún descanso",
        "Seis días a la semana de 10:30 a 22:00, descanso domingo, 20 minutos para comer, sin descansos",
        "월–토 10:30–22:00, 식사 20분 한 번, 휴식 없음",
        "제가 월요일부터 토요일까지 아침 10시 반부터 밤 10시까지 일했습니다. 식사는 20분이었고 쉬는 시간은 없었습니다.",
        "주 6일 10시반~22시 일요일 빼고 식사 20분 휴식 못 쉬었음",
        "월화수목금토 오전 10시 30분부터 오후 10시까지, 점심 20분, 휴식 없음",
    ],
)
def test_the_cook_says_it_in_many_ways(text: str) -> None:
    assert said(text) == COOK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon-Fri 9-6 one hour lunch; Sat 9-1, no meal",
         [(MO_FR, "09:00-18:00", [60], None), ("Sa", "09:00-13:00", [], None)]),
        ("9-5 Mon-Fri, 10-2 Sat", [(MO_FR, "09:00-17:00", None, None), ("Sa", "10:00-14:00", None, None)]),
        ("Mon-Fri 9-5, 10-2 Sat", [(MO_FR, "09:00-17:00", None, None), ("Sa", "10:00-14:00", None, None)]),
        ("Thu 10:30-23:15", [("Th", "10:30-23:15", None, None)]),
        ("Thu 2-10pm", [("Th", "14:00-22:00", None, None)]),
        ("Mon, Wed, Fri 7pm-3am, two 10-minute rests", [("MoWeFr", "19:00-03:00", None, 2)]),
        ("Mon-Sat 10-14 and 17-22, no meal or rest", [(MO_SA, "10:00-14:00", [], 0), (MO_SA, "17:00-22:00", [], 0)]),
        ("12 hours a day Mon-Sat", [(MO_SA, "720", None, None)]),
        ("weekends 8am to 8pm, 30 minute break", [("SaSu", "08:00-20:00", [30], None)]),
        ("martes y jueves 6 a 2, sin lonche", [("TuTh", "06:00-14:00", [], None)]),
        ("mar 9 a 5", [("Tu", "09:00-17:00", None, None)]),
        ("L-V 8-5, media hora de lonche, dos descansos de 10 minutos", [(MO_FR, "08:00-17:00", [30], 2)]),
        ("viernes a domingo 6 de la tarde a 2 de la mañana", [("FrSaSu", "18:00-02:00", None, None)]),
        ("평일 9시-6시 점심시간 1시간 휴식 10분 두 번", [(MO_FR, "09:00-18:00", [60], 2)]),
        ("월-토 10시~20시 식사도 휴식도 없음", [(MO_SA, "10:00-20:00", [], 0)]),
        ("하루 12시간 월요일부터 토요일까지", [(MO_SA, "720", None, None)]),
        ("매일 11시부터 23시까지, 화요일 휴무", [("MoWeThFrSaSu", "11:00-23:00", None, None)]),
    ],
)  # fmt: skip
def test_weeks_of_other_workers(text: str, expected: list[object]) -> None:
    assert said(text) == expected


def test_a_meal_at_a_time_keeps_the_time() -> None:
    reading = read_week("10:30–22:00 Mon–Sat, lunch 13:00–13:30", TODAY)
    assert reading.lines[0].meals == (Meal(30, "13:00"),)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from 4 March 2024 Mon-Fri 9-5", date(2024, 3, 4), None),
        ("from March Mon-Fri 9-5", date(2026, 3, 1), None),
        ("from December Mon-Fri 9-5", date(2025, 12, 1), None),
        ("desde marzo de 2024 hasta 31 de diciembre de 2025 lun-vie 9 a 5", date(2024, 3, 1), date(2025, 12, 31)),
        ("2024년 3월 4일부터 2025년 2월까지 월수금 9시~18시", date(2024, 3, 4), date(2025, 2, 28)),
        ("3/4/2024 to 12/31/2025: Mon-Fri 9-5", date(2024, 3, 4), date(2025, 12, 31)),
    ],
)
def test_days_from_and_until(text: str, first: date, last: date | None) -> None:
    reading = read_week(text, TODAY)
    assert (reading.first, reading.last, reading.unread) == (first, last, ())


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("Mon-Fri 9-5", "sure"),
        ("about 9-5 Mon-Fri", "rough"),
        ("más o menos de 9 a 5, lun a vie", "rough"),
        ("월-금 9시~18시 정도", "rough"),
        ("maybe 9-5 Mon-Fri", "guess"),
    ],
)
def test_how_sure_somebody_is_is_heard(text: str, confidence: str) -> None:
    assert read_week(text, TODAY).confidence == confidence


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Mon-Sat 10:30-22:00, ate Standing up", ("ate Standing up",)),
        ("lun a vie 9 a 5 con música", ("música",)),
        ("월-금 9시~18시 바나나", ("바나나",)),
        ("Mon-Sat 25:00-26:00", ("25:00-26:00",)),
        ("6 days a week 9-5", ("6 days a week",)),
        ("Mon-Fri 9-5 20 minutes", ("20 minutes",)),
    ],
)
def test_what_is_not_understood_comes_back_as_it_was_typed(text: str, unread: tuple[str, ...]) -> None:
    assert read_week(text, TODAY).unread == unread


def test_what_is_missing_is_named_and_nothing_is_made_up() -> None:
    assert read_week("Mon-Fri", TODAY).missing == ("hours",)
    assert read_week("9-5", TODAY).missing == ("days",)
    assert read_week("", TODAY).missing == ("hours", "days")
    assert read_week("9-5", TODAY).lines == ()


def test_a_day_that_does_not_exist_is_named() -> None:
    assert read_week("from 31 February 2025 Mon-Fri 9-5", TODAY).impossible == ("31 February 2025",)


def test_any_text_at_all_is_answered() -> None:
    for text in ("\x00\ud83d" * 5, "9" * 900, "월" * 900, "- - -", "no no no", "하루 하루 하루", "1/1/1/1/1", "$$$"):
        read_week(text, TODAY)
        read_pay(text, TODAY)


PIECES = [
    "Mon",
    "–",
    "Sat",
    "10:30",
    "22:00",
    "9",
    "to",
    "월",
    "토",
    "부터",
    "식사",
    "20분",
    "없음",
    "no",
    "meal",
    "sin",
    "a",
]
PIECES += [
    "descanso",
    "$2,800",
    "month",
    "from",
    "March",
    "2025",
    ",",
    ";",
    "31/31/2025",
    "하루",
    "하루에",
    "half hour",
    "one",
    "약",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=30).map(" ".join))
def test_whatever_is_typed_is_read_or_handed_back(text: str) -> None:
    week, pay = read_week(text, TODAY), read_pay(text, TODAY)
    for reading in (week, pay):
        assert all(words.strip() for words in reading.unread)
    assert not (week.lines and week.missing)
    for line in week.lines:
        assert line.weekdays


def test_the_longest_text_is_read_at_once() -> None:
    for piece in ("쉬는 시간 ", "a ", "no ", "1:1", "월", "half ", "de la ", "9-", "1 2 "):
        started = time.process_time()
        read_week(piece * 300, TODAY)
        read_pay(piece * 300, TODAY)
        assert time.process_time() - started < 1


RAISE = [
    Term(280000, "month", None, date(2025, 2, 28), "month", "cash"),
    Term(300000, "month", date(2025, 3, 1), None, "month", "cash"),
]


@pytest.mark.parametrize(
    "text",
    [
        "$2,800 cash at the end of the month, then $3,000 from March 2025",
        "2,800 dólares en efectivo a fin de mes, luego 3,000 desde marzo de 2025",
        "월말에 현금 2,800달러, 2025년 3월부터 3,000달러",
        "월급 2천8백 달러 현금으로, 2025년 3월부터 3천 달러",
    ],
)
def test_pay_and_a_raise(text: str) -> None:
    reading = read_pay(text, TODAY)
    assert reading.is_whole
    assert list(reading.terms) == RAISE


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("$15 an hour, check every two weeks", Term(1500, "hour", every="two_weeks", method="check")),
        ("$15.50/hr cash every Friday, no pay stubs",
         Term(1550, "hour", every="week", method="cash", statement="missing")),
        ("$120 a day cash", Term(12000, "day", every="week", method="cash")),
        ("시급 15달러, 2주마다 수표", Term(1500, "hour", every="two_weeks", method="check")),
        ("일당 120달러 현금, 명세서 없음", Term(12000, "day", every="week", method="cash", statement="missing")),
        ("quincena $900 en efectivo sin talones",
         Term(90000, "half_month", every="half_month", method="cash", statement="missing")),
        ("$800 cada semana, nunca me pagaron", Term(80000, "week", every="week", received="nothing")),
        ("$45,000 a year, direct deposit twice a month", Term(4500000, "year", every="half_month", method="deposit")),
        ("$0 a month", Term(0, "month", every="month")),
    ],
)  # fmt: skip
def test_pay_of_other_workers(text: str, term: Term) -> None:
    assert list(read_pay(text, TODAY).terms) == [term]


def test_pay_that_is_not_understood_says_so() -> None:
    assert read_pay("paid in bananas", TODAY).missing == ("amount",)
    assert read_pay("paid in bananas", TODAY).unread == ("bananas",)
    assert read_pay("$500", TODAY).missing == ("per",)
    assert read_pay("$500 a week from 31/31/2025", TODAY).impossible == ("31/31/2025",)


@pytest.mark.parametrize("told", ["월말에", "매달 말", "매 달 말에", "매월 말일에", "달 말에", "매월"])
def test_the_ways_to_say_each_month_in_korean(told: str) -> None:
    reading = read_pay(f"{told} 현금 2,800달러", date(2026, 11, 23))
    assert reading.is_whole, reading.unread
    assert [(term.amount, term.per, term.every) for term in reading.terms] == [(280_000, "month", "month")]
