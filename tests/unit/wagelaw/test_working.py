"""The working in words: every step, note, reason and switch in three languages; a lawyer can follow each line."""

from __future__ import annotations

import json
import string
from decimal import Decimal
from pathlib import Path

import pytest

from tests.unit.wagelaw.cases import case, day, paid, shift
from wagelaw import claim, explain, switches
from wagelaw.case.fields import ITEM_CODES, SWITCHES
from wagelaw.claims.citations import CITATIONS, EXPOSURE, FEDERAL, FORMULAS
from wagelaw.claims.result import GROUPS
from wagelaw.words import LANGUAGES, claim_words
from wagelaw.working import hours_text, line_words, table

EXAMPLES = json.loads((Path(__file__).parents[2] / "cases" / "worked_examples.json").read_text(encoding="utf-8"))
LONG = [shift(number, start="08:00", end="18:30", meals=[], rest_periods=0) for number in range(1, 6)]


def fields(text):
    """The names that stand in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts(node, path=()):
    """Every text of a catalogue with its place."""
    if isinstance(node, str):
        yield path, node
    else:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from texts(value, (*path, key))


@pytest.mark.parametrize("language", ["es", "ko"])
def test_catalogues_have_the_same_texts_with_the_same_fields(language):
    english, other = dict(texts(claim_words("en"))), dict(texts(claim_words(language)))
    assert english.keys() == other.keys()
    for place, text in english.items():
        assert fields(text) == fields(other[place]), place
        same_word = place[0] in ("titles", "groups") and text in ("Total", "1½")
        assert same_word or text != other[place], place


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_can_be_said(language):
    for example in EXAMPLES:
        found = claim(example["case"])
        text = found.render(language)
        assert "{" not in text
        for item in found.items:
            assert claim_words(language)["items"][item.code][0] in text
        assert table(found, language)


def test_every_code_has_words_law_and_formulas():
    items = claim_words("en")["items"]
    assert set(items) == {*ITEM_CODES, *EXPOSURE}
    assert CITATIONS.keys() == FEDERAL.keys() == set(ITEM_CODES)
    assert claim_words("en")["steps"].keys() == FORMULAS.keys()
    assert claim_words("en")["groups"].keys() == {*GROUPS, "total"}
    assert {code for codes in GROUPS.values() for code in codes} == set(ITEM_CODES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [*ITEM_CODES, *EXPOSURE])
def test_explanations_are_plain_and_name_their_law(language, code):
    name, meaning, source = explain(code, language).split("\n\n")
    assert 2 <= len(name) <= 60
    assert meaning.endswith(".")
    assert "§" in source or "sec." in source


def test_a_code_that_does_not_exist():
    with pytest.raises(KeyError):
        explain("moonlight")


@pytest.mark.parametrize("language", LANGUAGES)
def test_switches_ask_a_legal_question(language):
    found = switches(language)
    assert found.keys() == SWITCHES.keys()
    assert all(one["question"].rstrip().endswith("?") for one in found.values())
    assert all(isinstance(one["default"], bool) for one in found.values())


def test_overtime_can_be_followed_by_hand():
    found = claim(case(shifts=LONG, payments=[paid("1050.00")])).as_json()
    step = next(item for item in found["items"] if item["code"] == "overtime")["working"][0]
    week = step["inputs"]["weeks"][0]
    assert (week["overtime"], week["double"], week["regular_rate"]) == (750, 0, "20.000000")
    assert Decimal(week["due"]) == Decimal("12.5") * 30
    assert Decimal(step["inputs"]["due"]) - Decimal(step["inputs"]["paid"]) == Decimal(step["result"])
    assert step["law"] == "Cal. Lab. Code § 510(a)"
    assert step["file_by"] == "2028-02-14"


def test_liquidated_damages_can_be_followed_by_hand():
    found = claim(case(shifts=LONG, pay=[], payments=[paid("0.00")])).as_json()
    step = next(item for item in found["items"] if item["code"] == "liquidated_damages")["working"][0]
    inputs = step["inputs"]
    exact = Decimal(inputs["base"]) * Decimal("0.10") * inputs["days"] / 365
    assert abs(exact - Decimal(inputs["interest"])) < Decimal("0.000001")
    assert abs(Decimal(inputs["base"]) + exact - Decimal(step["result"])) <= Decimal("0.005")


def test_days_of_premiums_are_named():
    found = claim(case(shifts=LONG, payments=[paid("1000.00")]))
    line = next(item for item in found.items if item.code == "meal_premium").lines[0]
    assert day(3) in line_words(line, "es")


def test_hours_are_written_as_on_a_statement():
    assert hours_text(465) == "7:45 h"
    assert hours_text(0) == "0:00 h"


def test_weeks_add_up():
    found = claim(case(shifts=LONG, payments=[paid("900.00")])).as_json()["weeks"][0]
    assert Decimal(found["due"]) - Decimal(found["paid"]) == Decimal(found["owed"])
    assert found["minutes_worked"] == sum(found[f"{kind}_minutes"] for kind in ("regular", "overtime", "double"))


def test_the_same_case_gives_the_same_document():
    made = [json.dumps(claim(case(shifts=LONG)).as_json()) for _ in range(2)]
    assert made[0] == made[1]
