"""Every worked example agrees: printed ones of statutes, agencies and courts, and whole lives of work."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from wagelaw import claim

EXAMPLES = json.loads((Path(__file__).parents[2] / "cases" / "worked_examples.json").read_text(encoding="utf-8"))


def at(document, path):
    """The value at a dotted path: items and reasons by code, weeks by number."""
    node = document
    for part in path.split("."):
        if isinstance(node, list):
            found = [node[int(part)]] if part.isdigit() else [one for one in node if one["code"] == part]
            node = found[0] if found else None
        else:
            node = node[part]
        if node is None:
            return None
    return node


def is_near(found, wanted, tolerance):
    if found == wanted:
        return True
    if found is None or wanted is None or (isinstance(wanted, str) and not wanted[:1].isdigit()):
        return False
    return abs(Decimal(str(found)) - Decimal(str(wanted))) <= Decimal(str(tolerance))


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["id"] for one in EXAMPLES])
def test_example(example):
    document = claim(example["case"]).as_json()
    tolerances = example.get("tolerances") or {}
    wrong = {
        path: (at(document, path), wanted)
        for path, wanted in example["expect"].items()
        if not is_near(at(document, path), wanted, tolerances.get(path, example["tolerance"]))
    }
    assert not wrong, example["why"]


def test_there_are_examples():
    assert len(EXAMPLES) >= 57


@pytest.mark.parametrize("example", EXAMPLES, ids=[one["id"] for one in EXAMPLES])
def test_totals_are_sums_of_rounded_lines(example):
    document = claim(example["case"]).as_json()
    for item in document["items"]:
        lines = sum(Decimal(step["result"]) for step in item["working"])
        assert lines == Decimal(item["amount"])
    groups = {name: Decimal(value) for name, value in document["totals"].items()}
    assert sum(value for name, value in groups.items() if name != "total") == groups["total"]
    assert groups["total"] == sum(Decimal(item["amount"]) for item in document["items"])
