"""The case parser: unknown keys, wrong types and senseless facts are refused, with path and remedy."""

from __future__ import annotations

import dataclasses
import json

import pytest

from tests.unit.wagelaw.cases import case, day, hourly, paid, shift
from wagelaw import claim
from wagelaw.case import CaseError, parse_case
from wagelaw.case.document import LARGEST, load, load_many
from wagelaw.case.fields import CASE, SWITCHES, Field
from wagelaw.case.records import Case
from wagelaw.words import LANGUAGES, claim_words


def problems(**more):
    """Path and message of everything wrong with a case."""
    with pytest.raises(CaseError) as caught:
        claim(case(**more))
    return {(problem.path, problem.message) for problem in caught.value.problems}


def test_a_sound_case_is_read():
    found = parse_case(case(shifts=[shift(1, start="08:30", end="17:00")], payments=[paid("160.25")]))
    assert found.shifts[0].start == 8 * 60 + 30
    assert found.payments[0].amount == 1_602_500
    assert found.worker_class == "general"


def test_null_is_the_default():
    assert parse_case(case(worker_class=None, shifts=None)).worker_class == "general"


@pytest.mark.parametrize(
    ("part", "path", "message"),
    [
        ({"colour": "red"}, "colour", "unknown_key"),
        ({"shifts": [{"date": day(1), "minutes": 60, "boss": 1}]}, "shifts[0].boss", "unknown_key"),
        ({"shifts": [{"minutes": 60}]}, "shifts[0].date", "missing"),
        ({"shifts": [{"date": "2025-02-30", "minutes": 60}]}, "shifts[0].date", "not_date"),
        ({"shifts": [{"date": "20250203", "minutes": 60}]}, "shifts[0].date", "not_date"),
        ({"shifts": [shift(1, start="24:00", end="08:00")]}, "shifts[0].start", "not_clock"),
        ({"shifts": [shift(1, 1500)]}, "shifts[0].minutes", "not_count"),
        ({"shifts": [shift(1, -5)]}, "shifts[0].minutes", "not_count"),
        ({"shifts": [shift(1, 8.5)]}, "shifts[0].minutes", "not_count"),
        ({"shifts": [shift(1, True)]}, "shifts[0].minutes", "not_count"),
        ({"shifts": {}}, "shifts", "not_list"),
        ({"payments": [paid("-5.00")]}, "payments[0].amount", "not_money"),
        ({"payments": [paid(5)]}, "payments[0].amount", "not_money"),
        ({"payments": [paid("1e3")]}, "payments[0].amount", "not_money"),
        ({"payments": [paid("٣")]}, "payments[0].amount", "not_money"),
        ({"place": "Los Angeles"}, "place", "not_place"),
        ({"place": "US-CA-atlantis"}, "place", "unknown_place"),
        ({"forum": "king"}, "forum", "not_choice"),
        ({"willful_nonpayment": "yes"}, "willful_nonpayment", "not_flag"),
        ({"claims": ["overtime", "overtime"]}, "claims", "twice_in_list"),
        ({"switches": {"unknown": True}}, "switches.unknown", "unknown_key"),
        ({"pay": [hourly(last=-1)]}, "pay[0].to", "ends_before_start"),
        ({"pay": [hourly(), hourly("21.00", 5)]}, "pay[1].from", "terms_overlap"),
        ({"pay": [hourly(per="week")]}, "pay[0].per", "not_choice"),
        ({"shifts": [shift(1)]}, "shifts[0]", "clock_or_minutes"),
        ({"shifts": [shift(1, 60, start="08:00", end="09:00")]}, "shifts[0]", "clock_or_minutes"),
        ({"shifts": [shift(1, 60, pieces=5)]}, "shifts[0].pieces", "no_piece_rate"),
        ({"shifts": [shift(1, 60, paid_minutes=61)]}, "shifts[0].paid_minutes", "longer_than_stretch"),
        ({"shifts": [shift(70, 60)]}, "shifts[0].date", "after_computation"),
        ({"expenses": [{"date": day(1)}]}, "expenses[0]", "amount_or_miles"),
        ({"employment": {"separation": "discharged"}}, "employment.end", "missing"),
        (
            {"bounced_checks": [{"date": day(9), "amount": "5", "made_good_on": day(3)}]},
            "bounced_checks[0].to",
            "ends_before_start",
        ),
    ],
)
def test_is_refused(part, path, message):
    assert (path, message) in problems(**part)


def test_meals_must_lie_inside():
    meals = [{"start": "18:00", "end": "18:30"}]
    assert problems(shifts=[shift(1, start="08:00", end="17:00", meals=meals)]) == {
        ("shifts[0].meals[0]", "meal_outside")
    }


def test_overlapping_stretches_are_refused():
    late = shift(1, start="20:00", end="06:00")
    assert problems(shifts=[late, shift(2, start="05:59", end="09:00")]) == {("shifts[1]", "overlap")}
    assert claim(case(shifts=[late, shift(2, start="06:00", end="09:00")])).weeks[0].minutes == 780


def test_a_day_has_no_25_hours():
    assert problems(shifts=[shift(1, 1000), shift(1, 600)]) == {("shifts[1]", "day_too_long")}


def test_dates_before_the_tables_are_not_guessed():
    early = {"from": "1950-01-01", "to": "1950-12-31", "basis": "hourly", "amount": "1.00"}
    found = problems(shifts=[{"date": "1950-03-01", "minutes": 60}], pay=[early])
    assert found == {("shifts[0]", "not_in_tables")}


@pytest.mark.parametrize(
    ("language", "says"), [("en", "only for 20"), ("es", "solo para 20"), ("ko", "…의 값만 있습니다")]
)
def test_a_day_outside_the_tables_is_told_in_the_language_with_what_to_do(language, says):
    with pytest.raises(CaseError) as caught:
        claim(case(shifts=[{"date": "1950-03-01", "minutes": 60}]))
    (line,) = caught.value.lines(language)
    assert line.startswith("shifts[0]: ")
    assert says in line
    assert "the tables begin" not in line


def test_a_size_that_matters_is_asked_for():
    old = {"from": "2019-02-03", "to": "2019-02-09", "basis": "hourly", "amount": "20.00"}
    found = problems(shifts=[{"date": "2019-02-04", "minutes": 60}], pay=[old])
    assert found == {("employer_headcount", "size_needed")}


def test_all_problems_are_told_at_once():
    with pytest.raises(CaseError) as caught:
        parse_case({"place": 5, "shifts": [{"date": 1}, {"minutes": "x"}]})
    lines = caught.value.lines("es")
    assert len(lines) == 5
    assert all(line.count("\n") == 0 and ": " in line for line in lines)


def test_many_problems_are_cut():
    with pytest.raises(CaseError) as caught:
        parse_case(case(shifts=[{"date": 0, "minutes": 1}] * 1000))
    lines = caught.value.lines()
    assert len(lines) == 201
    assert "800" in lines[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_words(language):
    assert claim_words(language)["problems"].keys() == claim_words("en")["problems"].keys()
    with pytest.raises(CaseError) as caught:
        parse_case([])
    assert caught.value.lines(language)[0].startswith("$: ")


NO_DOCUMENTS = ["", "{", "[" * 100_000, "NaN", '{"a": NaN}', '{"a": 1, "a": 2}', "\ud800", "1" * 10_000]


@pytest.mark.parametrize("text", NO_DOCUMENTS)
def test_nonsense_is_no_document(text):
    with pytest.raises(CaseError) as caught:
        parse_case(load(text))
    assert len(caught.value.lines()) == 1


def test_ten_megabytes_are_refused_at_once():
    with pytest.raises(CaseError):
        load("x" * (2 * LARGEST))


def test_many_documents():
    one = json.dumps(case())
    assert len(load_many(f"[{one}, {one}]", False)) == 2
    assert len(load_many(f"{one}\n\n{one}\n", True)) == 2
    assert len(load_many(one, False)) == 1


def test_too_many_shifts_are_refused_before_they_are_made():
    weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"]
    patterns = [{"from": "1960-01-01", "to": "2024-01-01", "weekdays": weekdays, "minutes": 5}] * 3
    assert problems(patterns=patterns) == {("patterns[1]", "too_many")}


def test_switches_stand_in_every_language():
    for language in LANGUAGES:
        assert claim_words(language)["switches"].keys() == SWITCHES.keys()


def records(fields):
    """Every record of the table of fields, with what makes it."""
    for field in fields:
        if field.of:
            yield field
            yield from records(field.of)


def test_defaults_stand_twice_and_agree():
    """The schema's default and the record's are one: an absent key takes the record's."""
    for field in [Field("$", "record", of=CASE, make=Case), *records(CASE)]:
        known = {one.name: one.default for one in dataclasses.fields(field.make)}
        for one in field.of:
            if not one.required and one.kind not in ("flags", "number"):
                assert known[one.name] == one.default, f"{field.key}.{one.key}"
