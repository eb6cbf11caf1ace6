"""The calendar in words: what the program writes of hours it can read again, in each language."""

import pytest
from django.utils import translation

from centro.clinic import hours_words
from centro.clinic.calendar.model import Line, Meal
from centro.clinic.calendar.problems import Problem
from centro.clinic.calendar.typed_week import read_hours, read_week
from centro.clinic.calendar.week_words import WEEKDAYS
from centro.core import clock

LINES = [
    Line(WEEKDAYS[:6], "10:30", "22:00", None, (Meal(20),), 0),
    Line(("monday", "wednesday", "friday"), "18:00", "02:00", None, (), 2),
    Line(WEEKDAYS, "09:00", "17:00", None, (Meal(30, "12:30"),), 1),
    Line(("tuesday",), "06:00", "14:00"),
    Line(WEEKDAYS[5:], minutes=690),
]


@pytest.mark.parametrize("language", ["en", "es", "ko"])
@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_line_that_is_written_can_be_typed_again(line: Line, language: str) -> None:
    with translation.override(language):
        text = hours_words.typed_text(line)
    reading = read_week(text, clock.today())
    assert (reading.lines, reading.unread) == ((line,), ())


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_hours_of_a_day_can_be_typed_again(language: str) -> None:
    line = Line((), "10:30", "23:15", None, (Meal(20),), 0)
    with translation.override(language):
        text = hours_words.typed_text(line)
    assert read_hours(text, clock.today()).lines == (line,)


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_every_problem_is_a_sentence_without_holes(language: str) -> None:
    day = clock.today()
    values = {"day": day, "first": day, "last": day, "start": "10:30", "end": "9:00", "hours": 22, "minutes": 30}
    with translation.override(language):
        said = [hours_words.problem_words(Problem(code, "week", day, values=values)) for code in hours_words._SENTENCES]
    assert all(text and "%" not in text for text in said)


def test_lengths_and_days_are_short() -> None:
    assert hours_words.hours_text(69 * 60 + 35) == "69 h 35"
    assert hours_words.hours_text(4140) == "69 h"
    assert hours_words.weekdays_text(("monday", "tuesday", "thursday")) == "Mon, Tue, Thu"
    assert hours_words.weekdays_text(WEEKDAYS) == "every day"
