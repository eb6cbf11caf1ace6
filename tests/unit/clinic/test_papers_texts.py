"""The clinic's long texts: what lawyers edit must stay whole, say the same in three languages, and name its sources."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from centro.clinic.choices import AdviceTopic, Route
from centro.clinic.papers import letters
from centro.clinic.papers.fields import LANGUAGES, groups, vocabulary
from centro.core import content
from wagelaw import clocks
from wagelaw.worded import load

TOPICS = [topic.value for topic in AdviceTopic]
KINDS = sorted(letters.kinds())
HANGUL, ACCENTS = re.compile("[가-힣]"), re.compile("[áéíóúñ¿]")


def head_of(folder: str, name: str, language: str) -> dict[str, Any]:
    text = (Path(settings.CONTENT) / folder / f"{name}.{language}.md").read_text(encoding="utf-8")
    head: dict[str, Any] = yaml.safe_load(text.split("---\n", 2)[1])
    return head


@pytest.mark.parametrize(("folder", "name"), [*(("advice", t) for t in TOPICS), *(("letters", k) for k in KINDS)])
def test_a_text_is_the_same_one_in_three_languages(folder: str, name: str) -> None:
    heads = [head_of(folder, name, language) for language in LANGUAGES]
    titles = {head.pop("title") for head in heads}
    assert len(titles) == 3
    assert heads[0] == heads[1] == heads[2]
    assert heads[0]["id"] == name
    assert all(source["state"] in {"read", "memory"} and source["source"] for source in heads[0]["sources"])


@pytest.mark.parametrize(("folder", "name"), [*(("advice", t) for t in TOPICS), *(("letters", k) for k in KINDS)])
def test_each_language_is_its_own(folder: str, name: str) -> None:
    english, spanish, korean = (content.text(folder, name, language).body_markdown for language in LANGUAGES)
    assert not HANGUL.search(english)
    assert not ACCENTS.search(english)
    assert ACCENTS.search(spanish)
    assert not HANGUL.search(spanish)
    assert len(HANGUL.findall(korean)) > 60


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_names_the_days_that_the_clocks_count(topic: str, language: str) -> None:
    """Every deadline that a sheet promises to name stands in it with its number and its unit, as in `wagelaw`."""
    units = {
        "en": {"years": "years?", "months": "months?", "days": "days?"},
        "es": {"years": "años?", "months": "mes(?:es)?", "days": "días?"},
        "ko": {"years": "년", "months": "개월", "days": "일"},
    }[language]
    steps = {row["id"]: row.get("after", []) for row in load("clocks")["clocks"]}
    body = content.text("advice", topic, language).body_markdown
    for rule in head_of("advice", topic, language)["clocks"]:
        assert clocks.described(rule)["state"] == "read"
        ((unit, number),) = steps[rule][0].items()
        if number:
            assert re.search(rf"\b{number} ?{units[unit]}", body), (rule, number)


@pytest.mark.parametrize("topic", TOPICS)
def test_what_is_only_remembered_is_said_as_ask_us(topic: str) -> None:
    rules = head_of("advice", topic, "en")["ask_us"]
    assert all(clocks.described(rule)["state"] == "memory" for rule in rules)
    body = content.text("advice", topic, "en").body_markdown
    assert "ask us" in body


def test_a_sheet_that_rests_on_memory_says_so() -> None:
    asked = {topic: head_of("advice", topic, "en")["ask_us"] for topic in TOPICS}
    assert {"retaliation", "whistleblowing", "sexual_harassment"} <= {topic for topic, rules in asked.items() if rules}


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_merges_the_same_known_fields_in_three_languages(kind: str) -> None:
    found = [letters.fields_in(letters.template(kind, language).body_markdown) for language in LANGUAGES]
    assert found[0] == found[1] == found[2]
    for language in LANGUAGES:
        letters.check(letters.template(kind, language).body_markdown)


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_used_by_routes_that_exist(kind: str) -> None:
    head = letters.kind_of(kind)
    assert set(head.routes) <= set(Route.values)
    assert head.author in {"worker", "clinic", "attorney"}


def test_whoever_demands_or_threatens_default_is_read_by_an_attorney() -> None:
    assert {name for name, kind in letters.kinds().items() if kind.needs_attorney} == {
        "demand",
        "default_notice",
        "settlement",
    }


def test_every_field_has_its_words_and_is_used() -> None:
    used = {name for kind in KINDS for name in letters.fields_in(letters.template(kind, "en").body_markdown)}
    for code, field in vocabulary().items():
        assert set(field.words) == set(LANGUAGES), code
        assert field.group in groups() or field.source == "program", code
    assert used <= set(vocabulary())


def test_the_unemployment_appeal_has_a_line_for_the_pen_and_no_field_for_the_number() -> None:
    for language in LANGUAGES:
        text = letters.template("ui_appeal", language).body_markdown
        line = next(line for line in text.split("\n") if "ocial" in line or "사회보장" in line)
        assert line.endswith("____")
        assert "{{" not in line


def test_the_page_that_the_employer_sees_stands_alone_and_names_no_witness() -> None:
    for language in LANGUAGES:
        ours, theirs = letters.template("retaliation_summary", language).body_markdown.split("\n---\n")
        assert "witnesses" in letters.fields_in(ours)
        assert set(letters.fields_in(theirs)) == {
            "worker_name", "employer_name", "protected_on", "protected_act_short", "adverse_on",
            "adverse_act_short", "remedy",
        }  # fmt: skip
