"""Who is covered: the table of lawyers' expectations, the ABC test, facts that are missing, bad facts."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.wagelaw.strategies import EXAMPLES
from wagelaw import claim
from wagelaw.cli_coverage import run
from wagelaw.coverage import ANSWERS, coverage, facts_table, schema
from wagelaw.facts import BadFacts

BASE = {"on": "2026-11-01", "place": "US-CA"}
LAWS = ("nlra", "flsa_minimum_wage", "flsa_overtime", "ca_minimum_wage", "ca_overtime")


def _expected():
    with (Path(__file__).parent / "coverage_expected.csv").open(encoding="utf-8") as stream:
        return [pytest.param(row, id=row["group"]) for row in csv.DictReader(stream)]


@pytest.mark.parametrize("row", _expected())
def test_every_group_is_answered_as_lawyers_expect(row):
    found = coverage({**BASE, **json.loads(row["facts"])})
    assert {law: found.answer(law) for law in LAWS} == {law: row[law] for law in LAWS}
    assert str(found.case.get("wage_order", "")) == row["order"] or row["order"] in ("", "4")
    assert next(each for each in found.answers if each.law == "ca_overtime").rows == (row["row"],)


@pytest.mark.parametrize("row", _expected())
def test_who_is_left_out_is_told_what_remains(row):
    shown = coverage({**BASE, **json.loads(row["facts"])}).as_json("ko")
    for answer in shown["answers"]:
        if answer["answer"] == "left_out" and not answer["law"].startswith(("prong", "federal_status")):
            assert answer["rows"][0]["remains"], answer["law"]


def _prongs(**facts):
    found = coverage({**BASE, "label": "contractor", "work": "general", "business": "shop", **facts})
    return [found.answer(law) for law in ("prong_a", "prong_b", "prong_c", "status")]


def test_abc_prong_by_prong_one_failure_makes_an_employee():
    assert _prongs(controls_work=True, same_business=False, own_business=True) == [
        "protected", "left_out", "left_out", "protected",
    ]  # fmt: skip
    assert _prongs(controls_work=False, same_business=True, own_business=True)[3] == "protected"
    assert _prongs(controls_work=False, same_business=False, own_business=False)[3] == "protected"
    assert _prongs(controls_work=False, same_business=False, own_business=True)[3] == "left_out"


def test_one_failed_prong_settles_it_though_the_others_are_unknown():
    assert _prongs(same_business=True) == ["needs_fact", "protected", "needs_fact", "protected"]
    assert _prongs(same_business=False)[3] == "needs_fact"


def _borello(**facts):
    exception = {"exemption_claimed": "business_to_business", "exemption_conditions": True}
    outside = {"controls_work": False, "same_business": False, "own_business": True}
    found = coverage(
        {**BASE, "label": "contractor", "work": "general", "business": "shop", **outside, **exception, **facts}
    )
    return found.answer("borello"), found.answer("status")


def test_borello_decides_where_an_exception_holds():
    contractor = {"can_be_fired": False, "tools_from": "worker", "paid_by": "job", "lasting": "one_job"}
    assert _borello(**contractor) == ("left_out", "left_out")
    assert (
        _borello(**{**contractor, "controls_work": True, "own_business": False, "tools_from": "hirer"})[1]
        == "protected"
    )
    assert _borello(**{**contractor, "paid_by": "time"}) == ("unsettled", "unsettled")


def test_an_exception_whose_conditions_fail_goes_back_to_abc():
    assert _borello(exemption_conditions=False, same_business=True) == ("protected", "protected")
    assert _borello(exemption_conditions=False) == ("protected", "left_out")


def test_prop_22_conditions_and_its_floor():
    driver = {**BASE, "label": "contractor", "work": "app_driving", "same_business": True}
    kept = dict.fromkeys(
        ("app_sets_hours", "app_forces_accepting", "app_bars_other_apps", "app_bars_other_work"), False
    )
    inside = coverage({**driver, **kept})
    assert (inside.answer("prop22"), inside.answer("prop22_floor")) == ("left_out", "protected")
    assert inside.case == {"worker_class": "app_driver"}
    before = coverage({**driver, **kept, "on": "2020-12-15"})
    assert (before.answer("status"), before.answer("prop22_floor")) == ("protected", "left_out")
    unknown = coverage({**driver, **kept, "app_sets_hours": None})
    needs = next(each for each in unknown.answers if each.law == "prop22").needs
    assert needs == ("app_sets_hours",)


def test_outside_california_only_federal_laws_are_asked():
    found = coverage({"on": "2026-11-01", "place": "US", "label": "employee", "work": "general"})
    assert [each.law for each in found.answers] == ["federal_status", "nlra", "flsa_minimum_wage", "flsa_overtime"]


def test_the_salary_floor_of_an_earlier_year_needs_the_size():
    manager = {**BASE, "on": "2019-06-01", "label": "employee", "work": "general", "business": "shop"}
    manager |= {"exempt_duties": True, "salary_year": "48000.00"}
    unknown = next(each for each in coverage(manager).answers if each.law == "ca_overtime")
    assert unknown.needs == ("employer_headcount",)
    assert coverage({**manager, "employer_headcount": 25}).answer("ca_overtime") == "left_out"
    assert coverage({**manager, "employer_headcount": 26}).answer("ca_overtime") == "protected"


def test_nothing_known_asks_and_never_guesses():
    found = coverage(BASE)
    assert found.answer("status") == "needs_fact"
    assert all(each.needs for each in found.answers if each.answer == "needs_fact")


def test_assumptions_are_told_and_null_takes_one_back():
    assert coverage({**BASE, "label": "employee", "work": "general"}).assumed["sector"] == "private"
    open_ = coverage({**BASE, "label": "employee", "work": "general", "sector": None})
    assert "sector" not in open_.assumed
    assert open_.answer("nlra") == "needs_fact"


def test_immigration_status_is_never_a_fact():
    keys = " ".join(fact["key"] for fact in facts_table())
    assert not any(word in keys for word in ("immigr", "visa", "document", "citizen", "status", "ssn"))
    with pytest.raises(BadFacts):
        coverage({**BASE, "immigration_status": "any"})


@pytest.mark.parametrize(
    ("facts", "path", "message"),
    [
        ([], "$", "not_an_object"),
        ({}, "on", "missing"),
        ({"on": "2026-11-01"}, "place", "missing"),
        ({**BASE, "place": "Los Angeles"}, "place", "place"),
        ({**BASE, "place": "US-CA-atlantis"}, "place", "unknown_place"),
        ({**BASE, "on": 20261101}, "on", "date"),
        ({**BASE, "label": "1099"}, "label", "choice"),
        ({**BASE, "live_in": "yes"}, "live_in", "flag"),
        ({**BASE, "live_in": 1}, "live_in", "flag"),
        ({**BASE, "employer_headcount": -1}, "employer_headcount", "count"),
        ({**BASE, "employer_headcount": True}, "employer_headcount", "count"),
        ({**BASE, "employer_headcount": 5.0}, "employer_headcount", "count"),
        ({**BASE, "salary_year": 70304.0}, "salary_year", "money"),
        ({**BASE, "salary_year": "-1"}, "salary_year", "money"),
        ({**BASE, "hours": 3}, "hours", "unknown_key"),
    ],
)
def test_bad_facts_are_refused_with_path_and_remedy(facts, path, message):
    with pytest.raises(BadFacts) as caught:
        coverage(facts)
    assert (path, message) in [(problem.path, problem.message) for problem in caught.value.problems]
    for language in ("en", "es", "ko"):
        assert all(problem.words(language).startswith(problem.path) for problem in caught.value.problems)


def _any_value(fact):
    kinds = {
        "date": st.dates(min_value=_DAY.replace(year=2012), max_value=_DAY).map(str),
        "place": st.sampled_from(["US", "US-CA", "US-CA-los-angeles"]),
        "flag": st.booleans(),
        "count": st.integers(0, 200),
        "money": st.integers(0, 200000).map(lambda whole: f"{whole}.00"),
    }
    value = st.sampled_from(fact["choices"]) if fact["kind"] == "choice" else kinds[fact["kind"]]
    return value if fact.get("required") else st.none() | value


_DAY = date(2026, 11, 1)
_REQUIRED = {fact["key"]: _any_value(fact) for fact in facts_table() if fact.get("required")}
_OPTIONAL = {fact["key"]: _any_value(fact) for fact in facts_table() if not fact.get("required")}
ANY_FACTS = st.fixed_dictionaries(_REQUIRED, optional=_OPTIONAL)


def test_what_is_settled_begins_a_case_file():
    """The example of docs/wage-coverage.md."""
    facts = {"on": "2025-03-01", "place": "US-CA-los-angeles", "label": "employee", "work": "home"}
    found = coverage({**facts, "hired_by": "family", "home_duties": "personal_care", "chores_over_fifth": False})
    assert found.case == {"worker_class": "personal_attendant", "wage_order": 15}
    work = {"shifts": [{"date": "2025-03-03", "start": "08:00", "end": "19:00"}]}
    pay = {"from": "2025-03-02", "to": "2025-03-15", "basis": "hourly", "amount": "18.00"}
    claimed = claim({**found.case, "place": found.place, "computed_on": "2026-01-31", "pay": [pay], **work})
    assert claimed.weeks[0].overtime == 2 * 60  # nine hours a day and no daily double time for attendants
    assert coverage(facts).case == {}


@pytest.mark.parametrize(("business", "order"), [("packing_after_harvest", 8), ("packing_on_farm", 13)])
def test_sellers_of_packed_produce_fall_under_the_order_of_their_business(business, order):
    facts = {"on": "2025-06-01", "place": "US-CA", "label": "employee", "work": "outside_sales", "business": business}
    found = coverage(facts)
    assert found.answer("ca_order") == "protected"
    assert found.case["wage_order"] == order


@settings(max_examples=EXAMPLES, deadline=None)
@given(facts=ANY_FACTS)
def test_any_good_facts_get_an_answer_for_every_law(facts):
    shown = coverage(facts).as_json("es")
    assert all(each["answer"] in ANSWERS and (each["rows"] or each["needs"]) for each in shown["answers"])
    json.dumps(shown)


@settings(max_examples=EXAMPLES, deadline=None)
@given(facts=ANY_FACTS, data=st.data())
def test_learning_a_fact_never_overturns_an_answer_already_given(facts, data):
    """What is settled with a fact unknown stays settled whatever that fact turns out to be."""
    fact = data.draw(st.sampled_from([each for each in facts_table() if not each.get("required")]))
    before = coverage({**facts, fact["key"]: None})
    after = coverage({**facts, fact["key"]: data.draw(_any_value(fact))})
    for answer in before.answers:
        if answer.answer != "needs_fact" and after.answer(answer.law) is not None:
            assert after.answer(answer.law) == answer.answer


def test_the_schema_names_every_fact():
    shape = schema()
    assert shape["required"] == ["on", "place"]
    assert set(shape["properties"]) == {fact["key"] for fact in facts_table()}


@pytest.mark.parametrize(("language", "words"), [("en", "LEFT OUT"), ("es", "DEJA FUERA"), ("ko", "빠짐")])
def test_the_command_prints_a_table_and_a_document(tmp_path, capsys, language, words):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps({**BASE, "label": "employee", "work": "farm", "farm_kind": "field"}), encoding="utf-8")
    assert run([str(path), "--table", "--lang", language]) == 0
    assert words in capsys.readouterr().out
    assert run([str(path), "--lang", language]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "wagelaw/coverage/1"


def test_the_command_refuses_bad_facts_with_exit_2(tmp_path, capsys):
    path = tmp_path / "facts.json"
    path.write_text('{"on": "2026-11-01", "place": "US-CA", "papers": true, "label": "x"}', encoding="utf-8")
    assert run([str(path)]) == 2
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == ["papers", "label"]
