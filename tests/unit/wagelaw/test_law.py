"""The command `wagelaw law`: what holds, the build, and a check that finds every planted fault."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from wagelaw import cli_law
from wagelaw.law import check
from wagelaw.law.build import TABLES, build, built_texts
from wagelaw.law.yaml_files import LAW
from wagelaw.sizes import covers_all_sizes, fits, size_range

TODAY = date(2026, 11, 23)
CITY = """\
place: US-CA-testville
name: {en: Testville, es: Testville, ko: 테스트빌}
kind: city
checked_on: 2026-11-23
series:
- parameter: minimum_wage
  applies_to: general
  unit: USD/hour
  citation: Testville Code § 1
  rows:
  - {from: 2024-01-01, amount: "17.00", state: read, source: "a page"}
  - {from: 2025-01-01, amount: "17.50", state: read, source: "a page", words: "rises to $17.50 an hour"}
"""
TIER = """\
- parameter: minimum_wage
  applies_to: {tier}
  unit: USD/hour
  citation: Testville Code § 1
  rows:
  - {{from: {start}, amount: "16.00", state: read, source: "a page"}}
"""


@pytest.fixture
def law(tmp_path):
    """A folder of tables with the federal place and one city."""
    folder = tmp_path / "law"
    shutil.copytree(LAW / "US", folder / "US")
    (folder / "US-CA-testville").mkdir()
    (folder / "US-CA-testville" / "minimum_wage.yaml").write_text(CITY, encoding="utf-8")
    return folder


def write(law, text):
    (law / "US-CA-testville" / "minimum_wage.yaml").write_text(text, encoding="utf-8")


def codes(law, today=TODAY):
    tables = law / "_tables"
    build(law, tables)
    tables.mkdir(exist_ok=True)
    return {fault.code for fault in check.faults(today, law, tables)}


def test_a_sound_table_has_no_faults(law):
    assert codes(law) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"17.50"', "17.50", "bad_amount"),
        ('"17.50"', '"17.5O"', "bad_amount"),
        ("state: read, source: \"a page\"}", "state: read, source: \"\"}", "no_source"),
        ("state: read, source: \"a page\"}", "state: seen, source: \"a page\"}", "bad_word"),
        ("amount: \"17.00\", ", "", "missing_key"),
        ("  unit:", "  units:", "unknown_key"),
        ("citation: Testville Code § 1", "citation: Testville Code § 1\n  known_to: soon", "bad_date"),
        ("from: 2025-01-01", "from: 2025-13-01", "not_yaml"),
        ("from: 2025-01-01", "from: 2024-01-01", "overlap"),
        ("from: 2025-01-01", "from: 2023-01-01", "out_of_order"),
        ("citation: Testville Code § 1", "citation: Testville Code § 1\n  known_to: 2026-10-31", "ended"),
        ("citation: Testville Code § 1", "citation: Testville Code § 1\n  known_to: 2024-10-31", "overlap"),
        ("checked_on: 2026-11-23", "checked_on: 2025-11-22", "old"),
        ("$17.50 an hour", "$17.05 an hour", "words_disagree"),
        ('"17.50", state: read, source: "a page", words: "rises to $17.50 an hour"',
         '"71.50", state: read, source: "a page"', "odd_step"),
        ('"17.50", state: read, source: "a page", words: "rises to $17.50 an hour"',
         '"15.70", state: read, source: "a page"', "odd_step"),
        ("place: US-CA-testville", "place: US-CA-elsewhere", "wrong_place"),
        ("kind: city", "kind: village", "no_name_or_kind"),
        ("series:\n", "series: [\n", "not_yaml"),
        ("- parameter: minimum_wage", "- minimum_wage", "not_yaml"),
    ],
)  # fmt: skip
def test_each_planted_fault_is_found(law, old, new, code):
    assert old in CITY
    write(law, CITY.replace(old, new, 1))
    assert code in codes(law)


def test_a_series_given_twice_is_found(law):
    write(law, CITY + CITY.split("series:\n")[1])
    assert "series_twice" in codes(law)


def test_a_gap_for_one_size_is_found(law):
    tiers = TIER.format(tier="employer_ge_26", start="2026-01-01")
    tiers += TIER.format(tier="employer_le_25", start="2026-07-01")
    write(law, CITY.replace("17.", "15.") + tiers)
    assert codes(law) == {"gap"}
    write(law, CITY.replace("17.", "15.") + tiers.replace("2026-07-01", "2026-01-01"))
    assert codes(law) == set()


def test_a_stale_table_is_found(law):
    tables = law / "_tables"
    assert build(law, tables) == []
    write(law, CITY.replace('"17.00"', '"17.10"'))
    found = check.faults(TODAY, law, tables)
    assert [(fault.where, fault.code) for fault in found] == [
        ("_tables/US-CA-testville.json", "stale"),
        ("_tables/index.json", "stale"),
    ]
    (tables / "US-CA-gone.json").write_text("{}")
    build(law, tables)
    assert check.faults(TODAY, law, tables) == []


def test_a_faulty_folder_is_not_built(law):
    tables = law / "_tables"
    build(law, tables)
    before = (tables / "US-CA-testville.json").read_text()
    write(law, CITY.replace('"17.50"', "17.50"))
    assert [fault.code for fault in build(law, tables)] == ["bad_amount"]
    assert (tables / "US-CA-testville.json").read_text() == before


def test_a_new_city_takes_one_file(law):
    texts, faults = built_texts(law)
    assert faults == []
    table = json.loads(texts["US-CA-testville.json"])
    assert [row[:3] for row in table["series"][0]["rows"]] == [
        ["2024-01-01", "2024-12-31", "17.00"],
        ["2025-01-01", None, "17.50"],
    ]
    assert json.loads(texts["index.json"])["places"]["US-CA-testville"]["ko"] == "테스트빌"


@pytest.mark.parametrize(("built", "found", "code"), [(0, 0, 0), (1, 0, 1), (0, 1, 1)])
def test_tables_are_built_and_checked_in_one_go(monkeypatch, built, found, code):
    """What does not build is not checked: its faults have been told already."""
    done = []
    monkeypatch.setattr(cli_law, "_build", lambda say: done.append("build") or built)
    monkeypatch.setattr(cli_law, "_check", lambda say: done.append("check") or found)
    assert cli_law.run(["--build", "--check"]) == code
    assert done == (["build"] if built else ["build", "check"])


def test_a_rate_that_ends_soon_is_a_reminder_not_a_fault(law):
    write(law, CITY.replace("  rows:", "  known_to: 2026-12-31\n  rows:"))
    assert codes(law) == set()
    assert [one.code for one in check.reminders(TODAY, law) if "testville" in one.where] == ["ends_soon"]


def test_the_tables_of_the_package_are_sound_and_fresh():
    assert check.faults(TODAY) == []
    texts, _ = built_texts()
    assert {path.name for path in TABLES.glob("*.json")} == set(texts)


def test_every_series_of_the_package_says_where_it_stands():
    for path in LAW.glob("US*/*.yaml"):
        for series in yaml.safe_load(path.read_text(encoding="utf-8"))["series"]:
            assert series["citation"].strip(), path
            for row in series["rows"]:
                assert row["state"] != "memory" or len(row["source"]) > 8, path


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_the_words_are_the_same_messages_in_every_language(language):
    folder = Path(cli_law.__file__).parent / "words"
    english = json.loads((folder / "law_en.json").read_text(encoding="utf-8"))
    own = json.loads((folder / f"law_{language}.json").read_text(encoding="utf-8"))
    assert own.keys() == english.keys()
    for key in ("parameters", "units"):
        assert own.pop(key).keys() == english.pop(key).keys()
    for key, text in english.items():
        assert sorted(_fields(own[key])) == sorted(_fields(text)), key


def test_every_parameter_and_unit_has_a_name_for_people():
    words = json.loads((Path(cli_law.__file__).parent / "words" / "law_en.json").read_text(encoding="utf-8"))
    for path in LAW.glob("US*/*.yaml"):
        for series in yaml.safe_load(path.read_text(encoding="utf-8"))["series"]:
            assert series["parameter"] in words["parameters"], path
            assert series["unit"] in words["units"], path


def _fields(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "law in force on"), ("es", "ley vigente el"), ("ko", "현재 적용되는 법")],
)
def test_it_prints_what_holds(capsys, language, words):
    assert cli_law.run(["US-CA-los-angeles", "--on", "2025-08-01", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert words in out
    assert "17.87" in out
    assert "17.28" not in out
    assert "16.50" in out
    assert "§ 1182.12" in out


def test_it_lists_the_places(capsys):
    assert cli_law.run(["--on", "2026-08-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 101
    assert any("Los Angeles (city)" in line and line.endswith("18.42") for line in lines)


def test_bad_words_are_refused_in_a_line(capsys):
    assert cli_law.run(["US-CA-nowhere", "--lang", "es"]) == 2
    assert "no hay tabla para US-CA-nowhere" in capsys.readouterr().err
    assert cli_law.run(["US-CA", "--on", "yesterday"]) == 2
    assert "yesterday" in capsys.readouterr().err


def test_amounts_print_exactly():
    assert cli_law.decimal((35, 2)) == "17.50"
    assert cli_law.decimal((7, 200)) == "0.035"
    assert cli_law.decimal((-1, 4)) == "-0.25"
    assert cli_law.decimal((1, 3)) == "1/3"


def test_words_for_sizes():
    assert size_range("employer_26_99") == (26, 99)
    assert size_range("hotel_ge_300_rooms") is None
    assert fits("employer_le_25", 25)
    assert not fits("employer_ge_26", 25)
    assert covers_all_sizes(["employer_ge_100", "employer_le_25", "employer_26_99"])
    assert not covers_all_sizes(["employer_ge_100", "employer_le_25"])
    assert not covers_all_sizes(["employer_le_14"])
