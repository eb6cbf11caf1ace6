"""The JSON Schemas and the program accept and refuse the same documents."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import tries
from wagelaw import claim, schema
from wagelaw.case import CaseError
from wagelaw.case.read import read_case

EXAMPLES = [
    one["case"]
    for one in json.loads((Path(__file__).parents[2] / "cases" / "worked_examples.json").read_text(encoding="utf-8"))
]
CASE = jsonschema.Draft202012Validator(schema("case"), format_checker=jsonschema.FormatChecker(["date"]))
CLAIM = jsonschema.Draft202012Validator(schema("claim"), format_checker=jsonschema.FormatChecker(["date"]))
SMALL = [one for one in EXAMPLES if len(json.dumps(one)) < 3000]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 30_000),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.text(max_size=12),
    st.sampled_from(
        [
            "2025-02-30",
            "2024-02-29",
            "2023-02-29",
            "24:00",
            "23:59",
            "-1.00",
            "1.00001",
            "0.5",
            "US-CA",
            "sunday",
        ]
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["date", "from", "x"]), st.integers(0, 2), max_size=2),
)


def is_read(document):
    try:
        read_case(document)
    except CaseError:
        return False
    return True


def places_in(node, path=()):
    """Every place of a document where a value stands."""
    yield path
    if isinstance(node, dict):
        for key in node:
            yield from places_in(node[key], (*path, key))
    elif isinstance(node, list):
        for at in range(len(node)):
            yield from places_in(node[at], (*path, at))


def put(document, path, value):
    """The document with another value at a place; None at the root."""
    if not path:
        return value
    changed = copy.deepcopy(document)
    node = changed
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    return changed


@pytest.mark.parametrize("document", EXAMPLES[::3])
def test_examples_are_accepted_by_both(document):
    assert CASE.is_valid(document)
    assert is_read(document)


@given(st.data())
@settings(max_examples=tries(150), deadline=None)
def test_both_say_the_same_of_broken_documents(data):
    document = data.draw(st.sampled_from(SMALL))
    path = data.draw(st.sampled_from(sorted(places_in(document), key=str)))
    changed = put(document, path, data.draw(ODD))
    assert CASE.is_valid(changed) == is_read(changed), path


@given(st.data())
@settings(max_examples=tries(80), deadline=None)
def test_both_say_the_same_of_documents_with_more_or_fewer_keys(data):
    document = copy.deepcopy(data.draw(st.sampled_from(SMALL)))
    records = [path for path in places_in(document) if isinstance(at(document, path), dict)]
    record = at(document, data.draw(st.sampled_from(records)))
    if data.draw(st.booleans()):
        record.pop(data.draw(st.sampled_from(sorted(record))), None)
    else:
        record[data.draw(st.sampled_from(["meals", "rate", "kind", "colour", "per", "note"]))] = data.draw(ODD)
    assert CASE.is_valid(document) == is_read(document)


def at(document, path):
    for step in path:
        document = document[step]
    return document


@pytest.mark.parametrize("document", EXAMPLES[::2])
def test_claims_fit_their_schema(document):
    CLAIM.validate(claim(document).as_json())


def test_schemas_are_sound():
    jsonschema.Draft202012Validator.check_schema(schema("case"))
    jsonschema.Draft202012Validator.check_schema(schema("claim"))
    with pytest.raises(KeyError):
        schema("moon")
