"""What docs/wage-law.md says, the program does: its worked week, its switches, its columns, its rounding."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

import wagelaw
from wagelaw.audit import WEEKS
from wagelaw.audit.tables import READERS
from wagelaw.cli import COMMANDS
from wagelaw.money import GRAINS, cents, dollars

DOCS = Path(__file__).parents[3] / "docs" / "wage-law.md"
TEXT = DOCS.read_text(encoding="utf-8")


def rows(section):
    """Cells of every table row of a section."""
    part = TEXT.split(f"## {section}", 1)[1].split("\n## ", 1)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"]


def test_the_worked_week_comes_out_as_printed():
    case = json.loads(re.search(r"```json\n(.*?)```", TEXT, re.DOTALL)[1])
    claim = wagelaw.claim(case).as_json()
    printed = {row[0].strip("`"): row[-1] for row in rows("2. One week by hand") if row[0].startswith("`")}
    assert printed == {item["code"]: item["amount"] for item in claim["items"]}
    week = claim["weeks"][0]
    assert (week["due"], week["regular_rate"], week["overtime_minutes"]) == ("990.00", "18.000000", 600)
    assert week["minimum_wage"] in TEXT


def test_every_switch_is_explained_with_its_default():
    printed = {row[0].strip("`"): row[2] == "yes" for row in rows("8. Unsettled law") if row[0].startswith("`")}
    assert printed == {name: one["default"] for name, one in wagelaw.switches().items()}


@pytest.mark.parametrize("table", ["shifts", "payments", "terms"])
def test_every_column_the_audit_reads_is_named(table):
    row = next(row for row in rows("9. Many workers") if row[0] == table)
    named = set(re.findall(r"`(\w+)`", " ".join(row[1:]))) - {"any"}
    assert named == {"employer", "worker", *READERS[table]}


def test_every_column_the_audit_writes_is_named():
    part = TEXT.split("one row a worker-week (", 1)[1].split(")", 1)[0]
    assert re.findall(r"`(\w+)`", part) == WEEKS.names


def test_the_example_of_rounding():
    exact = Fraction(22, 3) * Fraction("19.875") * Fraction(3, 2)
    assert dollars(cents(exact * GRAINS)) == "218.63"
    printed = [row[2] for row in rows("6. Rounding")[2:]]
    assert printed == ["218.63", f"{float(Fraction('7.33') * Fraction('19.875') * 3 / 2):.2f}", "218.61"]


def test_the_small_case_of_the_readme():
    readme = (Path(wagelaw.__file__).parent / "README.md").read_text(encoding="utf-8")
    case = json.loads(re.search(r"```json\n(.*?)```", readme, re.DOTALL)[1])
    items = {item["code"]: item["amount"] for item in wagelaw.claim(case).as_json()["items"]}
    assert items.keys() == {"overtime", "meal_premium", "interest"}
    for code in ("overtime", "meal_premium"):
        assert f"${items[code]}" in readme
    commands = set(re.findall(r"^wagelaw (\w+)", readme, re.MULTILINE))
    assert commands == set(COMMANDS)
