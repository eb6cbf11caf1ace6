"""Whatever JSON comes in, clocks and coverage answer or refuse with a path; they never fall over."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import tries
from wagelaw.clocks import as_json, event_kinds
from wagelaw.coverage import coverage, facts_table
from wagelaw.facts import BadFacts, parse

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2026-02-03")
KEYS = st.sampled_from(["events", "facts", "as_of", "kind", "on", "because", "served", "place", "label", "{x}"])
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=6), inner, max_size=5)
)
RULE = settings(max_examples=tries(200), deadline=None)


def refused(compute, document):
    """The problems of a document, none where it has an answer."""
    try:
        json.dumps(compute(document))
    except BadFacts as error:
        return [problem.words(language) for problem in error.problems for language in ("en", "es", "ko")]
    return []


@RULE
@given(document=ANYTHING)
def test_any_json_is_answered_or_refused(document):
    for compute in (as_json, lambda facts: coverage(facts).as_json()):
        for line in refused(compute, document):
            assert line.strip()
            assert "\n" not in line


@RULE
@given(text=st.text(max_size=200))
def test_any_text_is_json_or_refused(text):
    problems = refused(lambda document: parse(document) and None, text)
    assert all(line.strip() for line in problems)
    if not problems:
        json.loads(text)


@RULE
@given(data=st.data())
def test_any_good_events_are_answered_in_order(data):
    kind = data.draw(st.sampled_from(event_kinds()))
    event = {"kind": kind["id"], "on": str(data.draw(st.dates(date(1990, 1, 1), date(2189, 12, 31))))}
    for field in kind.get("fields", ()):
        choice = st.sampled_from(field["choices"])
        event[field["key"]] = data.draw(st.lists(choice) if field["kind"] == "choices" else st.none() | choice)
    found = as_json([event], "ko")["clocks"]
    days = [clock["on"] for clock in found if clock["on"]]
    assert days == sorted(days)
    assert all(clock["extended_on"] is None or clock["extended_on"] > clock["on"] for clock in found)


def test_one_wrong_fact_is_one_problem():
    good = {"on": "2026-11-01", "place": "US-CA"}
    for fact in facts_table():
        assert len(refused(lambda facts: coverage(facts).as_json(), {**good, fact["key"]: [7.5]})) == 3, fact["key"]
