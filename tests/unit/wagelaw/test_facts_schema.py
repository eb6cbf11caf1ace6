"""The schemas of `coverage` and `clocks` and the readers accept and refuse the same documents."""

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import tries
from wagelaw import schema
from wagelaw.cli import main
from wagelaw.clocks import event_kinds, read_events
from wagelaw.coverage import coverage, facts_table
from wagelaw.facts import BadFacts

CHECKS = jsonschema.FormatChecker(["date"])
COVERAGE, CLOCKS = (
    jsonschema.Draft202012Validator(schema(name), format_checker=CHECKS) for name in ("coverage", "clocks")
)
NUMBERS = (0, -1, 12, 2.5, "1234.50", "12.345")
DAYS = ("2026-02-03", "2026-02-30", "1989-12-31", "٢٠٢٦-٠١-٠١")
WORDS = ("", "US-CA", "us", "employee", "farm", "sure", "fired", "x" * 2001)
VALUES = st.sampled_from([None, True, *NUMBERS, *DAYS, *WORDS, ["wage_complaint"], ["moon"], [], {}])
RULE = settings(max_examples=tries(300), deadline=None)
EVENT = {"kind": "last_day", "on": "2026-01-31", "how": "discharged", "id": "1", "note": "", "confidence": "rough"}
SOUND = {"events": [EVENT], "facts": {"place": "US-CA", "employer_headcount": 12}, "as_of": "2026-02-01"}
FACTS = {"on": "2026-11-01", "place": "US-CA", "label": "contractor", "controls_work": True, "salary_year": "60000.00"}


def reads(reader, document):
    """Whether the shape is accepted; what only makes no sense (a place that is in no table) is no matter of shape."""
    try:
        reader(document)
    except BadFacts as error:
        return {problem.message for problem in error.problems} <= {"unknown_place"}
    return True


@RULE
@given(data=st.data())
def test_coverage_reads_what_its_schema_allows(data):
    keys = st.sampled_from([*(entry["key"] for entry in facts_table()), "colour"])
    changed = {**FACTS, **data.draw(st.dictionaries(keys, VALUES, max_size=2))}
    for key in data.draw(st.lists(st.sampled_from(sorted(changed)), max_size=1)):
        del changed[key]
    assert COVERAGE.is_valid(changed) == reads(coverage, changed)


@RULE
@given(data=st.data())
def test_clocks_read_what_their_schema_allows(data):
    keys = st.sampled_from([*EVENT, "because", "served", "colour"])
    event = {**EVENT, **data.draw(st.dictionaries(keys, VALUES, max_size=2))}
    parts = st.dictionaries(st.sampled_from(["events", "facts", "as_of", "colour"]), VALUES, max_size=1)
    document = data.draw(st.sampled_from([[event], {**SOUND, "events": [event]}, {**SOUND, **data.draw(parts)}]))
    assert CLOCKS.is_valid(document) == reads(read_events, document)


@pytest.mark.parametrize("kind", event_kinds(), ids=lambda kind: kind["id"])
def test_every_kind_of_event_has_a_shape(kind):
    chosen = {entry["key"]: entry["choices"][0] for entry in kind.get("fields", ()) if entry["kind"] == "choice"}
    CLOCKS.validate([{"kind": kind["id"], "on": "2026-01-31", **chosen}])


@pytest.mark.parametrize("name", ["coverage", "clocks"])
def test_the_command_prints_a_sound_schema(name, capsys):
    assert main(["schema", name]) == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("facts", [[], False, 0, ""])
def test_facts_of_the_wrong_type_are_refused(facts):
    with pytest.raises(BadFacts):
        read_events({"events": [], "facts": facts})
