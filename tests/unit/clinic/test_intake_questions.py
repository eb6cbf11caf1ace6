"""The questions of the intake: complete in three languages, in their order, and never what must not be asked."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from centro.clinic.choices import Topic
from centro.clinic.intake import questions
from centro.clinic.intake.questions import BadQuestions, check, read, screens
from wagelaw import clocks, coverage

Document = dict[str, Any]


def documents() -> dict[str, Document]:
    files = sorted(Path(questions.HERE).glob("[0-9]*.yaml"))
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def checked(found: dict[str, Document]) -> None:
    check(tuple(screen for document in found.values() for screen in read(document)))


def test_the_data_is_in_order() -> None:
    assert len(screens()) > 40
    assert [screen.id for screen in screens()][:4] == ["name", "reach", "backup", "topics"]


def test_everything_up_to_question_twelve_is_for_the_front_desk_and_nothing_after_it() -> None:
    assert {screen.is_desk for screen in screens() if screen.step <= 12} == {True}
    assert {screen.is_desk for screen in screens() if screen.step > 12} == {False}


def test_the_topics_are_those_of_the_clinic() -> None:
    assert [choice.id for choice in questions.question("topics").choices] == Topic.values


def test_questions_of_the_law_offer_its_own_answers() -> None:
    table = {row["key"]: row for row in coverage.facts_table()}
    asked = [one for screen in screens() for one in screen.questions if one.law]
    assert len(asked) > 20
    for one in asked:
        if one.kind == "choice":
            assert {choice.id for choice in one.choices} == set(table[one.law]["choices"]), one.id
        assert one.ask.ko == table[one.law]["ko"]


def test_letters_and_acts_are_events_that_start_deadlines() -> None:
    kinds = {row["id"]: row for row in clocks.event_kinds()}
    letters = {choice.id for choice in questions.question("letter_from").choices} - {"none", "other"}
    hearings = {choice.id for choice in questions.question("hearing_of").choices} - {"none", "other"}
    assert letters | hearings <= set(kinds)
    fields = {field["key"]: set(field["choices"]) for field in kinds["adverse_act"]["fields"]}
    assert {choice.id for choice in questions.question("act").choices} - {"none"} == fields["act"]
    assert {choice.id for choice in questions.question("because").choices} <= fields["because"]
    ways = kinds["last_day"]["fields"][0]["choices"]
    assert [choice.id for choice in questions.question("how_ended").choices] == ways


def without_korean(found: dict[str, Document]) -> None:
    del found["10-before"]["screens"][0]["title"]["ko"]


def empty_spanish(found: dict[str, Document]) -> None:
    found["20-dates"]["screens"][1]["questions"][0]["es"] = " "


def asked_twice(found: dict[str, Document]) -> None:
    found["70-goal"]["screens"][0]["questions"][0]["id"] = "call_me"


def status_in_english(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][0]["questions"][0]["en"] = "What is your immigration status?"


def status_in_spanish(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][0]["questions"][0]["es"] = "¿Tiene permiso de trabajo?"


def number_in_korean(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][0]["questions"][0]["ko"] = "사회보장번호를 적어 주세요"


def forbidden_name(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][0]["questions"][0]["id"] = "country_of_birth"


def birth_in_an_answer(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][1]["questions"][1]["choices"][0]["en"] = "Depends on my nationality"


def money_first(found: dict[str, Document]) -> None:
    job = found["40-job"]["screens"]
    job.insert(0, job.pop())


def story_before_the_dates(found: dict[str, Document]) -> None:
    found["10-before"]["screens"].append(found["50-topics"]["screens"].pop(0))


def a_condition_on_later(found: dict[str, Document]) -> None:
    found["10-before"]["screens"][0]["when"] = {"topics": ["pay"]}


def a_condition_nobody_meets(found: dict[str, Document]) -> None:
    found["20-dates"]["screens"][5]["when"] = {"topics": ["paid"]}


def no_answers(found: dict[str, Document]) -> None:
    found["70-goal"]["screens"][0]["questions"][0]["choices"] = []


def unknown_kind(found: dict[str, Document]) -> None:
    found["70-goal"]["screens"][0]["questions"][0]["kind"] = "slider"


def unknown_law(found: dict[str, Document]) -> None:
    found["40-job"]["screens"][3]["questions"][0]["law"] = "zodiac"


FAULTS: dict[Callable[[dict[str, Document]], None], str] = {
    without_korean: "no words in ko",
    empty_spanish: "no words in es",
    asked_twice: "stands twice",
    status_in_english: "never asked",
    status_in_spanish: "never asked",
    number_in_korean: "never asked",
    forbidden_name: "must never be held",
    birth_in_an_answer: "never asked",
    money_first: "pay is the last thing",
    story_before_the_dates: "before the conflict check",
    a_condition_on_later: "not asked before",
    a_condition_nobody_meets: "does not offer",
    no_answers: "offers no answers",
    unknown_kind: "unknown kind",
    unknown_law: "the wage law asks nothing",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_in_the_data_is_named(fault: Callable[[dict[str, Document]], None]) -> None:
    found = copy.deepcopy(documents())
    checked(found)
    fault(found)
    with pytest.raises(BadQuestions, match=FAULTS[fault]):
        checked(found)
