"""Deadlines from dated events: the days, the order, what is certain, and bad documents."""

import json
from datetime import date

import pytest

from wagelaw.cli_clocks import run
from wagelaw.clocks import as_json, clocks, described, event_kinds
from wagelaw.facts import BadFacts
from wagelaw.worded import load

FIRED = {
    "kind": "adverse_act",
    "on": "2026-03-02",
    "act": "fired",
    "because": ["wage_complaint", "safety_complaint", "discrimination", "injury_claim"],
}


def deadlines(*events, **facts):
    """Clock id → day to plan on."""
    return {clock.rule: clock.on for clock in clocks({"events": list(events), "facts": facts})}


def only(document, rule):
    return next(clock for clock in clocks(document) if clock.rule == rule)


def test_fired_after_asking_for_overtime_and_safety_fans_out_to_every_agency():
    """The example of the clinic's design, section 3.6, from the day D."""
    found = deadlines(
        FIRED, {"kind": "protected_act", "on": "2026-03-01"}, {"kind": "payday_missed", "on": "2026-03-02"}
    )
    assert found["final_pay_now"] == date(2026, 3, 2)
    assert found["safety_federal"] == date(2026, 4, 1)
    assert found["presumption_window"] == date(2026, 5, 30)
    assert found["concerted"] == date(2026, 9, 2)
    assert found["eeoc"] == date(2026, 12, 27)
    assert found["retaliation"] == found["paga_payday"] == found["injury_retaliation"] == date(2027, 3, 2)
    assert found["wrongful_termination"] == date(2028, 3, 2)
    assert found["feha"] == found["wages"] == date(2029, 3, 2)


def test_the_earliest_day_comes_first_and_unknown_periods_last():
    listed = clocks({"events": [FIRED], "facts": {"place": "US-CA-los-angeles"}})
    days = [clock.on for clock in listed if clock.on]
    assert days == sorted(days)
    assert listed[-1].rule == "la_wages"
    assert listed[-1].on is None


@pytest.mark.parametrize(
    ("served", "latest", "reasons"),
    [
        ("hand", date(2026, 11, 23), ("next_court_day",)),  # day 10 is Sunday the 22nd
        ("mail_california", date(2026, 11, 30), ("mail_california", "next_court_day")),  # the 27th is a court holiday
        ("electronic", date(2026, 11, 24), ("electronic",)),
        ("mail_other_state", date(2026, 12, 2), ("mail_other_state",)),
        ("safe_at_home", date(2026, 12, 4), ("safe_at_home",)),
        ("mail_abroad", date(2026, 12, 14), ("mail_abroad", "next_court_day")),
    ],
)
def test_appeal_days_for_mail_and_court_holidays_are_shown_apart(served, latest, reasons):
    clock = only([{"kind": "oda_served", "on": "2026-11-12", "served": served}], "oda_appeal")
    assert clock.on == date(2026, 11, 22)
    assert (clock.extended_on, clock.extensions) == (latest, reasons)
    assert clock.certain


def test_an_appeal_served_nobody_knows_how_counts_no_mail_days_and_is_provisional():
    clock = only([{"kind": "oda_served", "on": "2026-11-16"}], "oda_appeal")
    assert clock.on == date(2026, 11, 26)  # Thanksgiving; Friday is closed too
    assert clock.extended_on == date(2026, 11, 30)
    assert clock.provisional == ("service_unknown",)


def test_a_federal_clock_rolls_by_federal_holidays_only():
    clock = only([{"kind": "eeoc_right_to_sue", "on": "2025-11-13"}], "eeoc_suit")
    assert clock.on == date(2026, 2, 11)
    assert clock.extended_on is None
    lincoln = only([{"kind": "eeoc_right_to_sue", "on": "2025-11-14"}], "eeoc_suit")
    assert lincoln.on == date(2026, 2, 12)  # Lincoln's day closes California's courts, not the federal ones
    assert lincoln.extended_on is None
    state = only([{"kind": "crd_right_to_sue", "on": "2025-02-12"}], "feha_suit")
    assert (state.on, state.extended_on) == (date(2026, 2, 12), date(2026, 2, 13))


def test_a_leap_day_is_clamped_backwards():
    found = deadlines({"kind": "payday_missed", "on": "2024-02-29"})
    assert found["wages"] == date(2027, 2, 28)
    assert found["wages_restitution"] == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("how", "due"),
    [
        ("discharged", {"final_pay_now": date(2026, 5, 1), "waiting_time_full": date(2026, 5, 31)}),
        ("laid_off", {"final_pay_now": date(2026, 5, 1), "waiting_time_full": date(2026, 5, 31)}),
        ("quit_with_notice", {"final_pay_notice": date(2026, 5, 1), "waiting_time_full": date(2026, 5, 31)}),
        ("quit_without_notice", {"final_pay_72h": date(2026, 5, 4), "waiting_time_full_72h": date(2026, 6, 3)}),
    ],
)
def test_final_pay_by_how_the_job_ended(how, due):
    found = deadlines({"kind": "last_day", "on": "2026-05-01", "how": how})
    assert {rule: day for rule, day in found.items() if rule in _FINAL} == due


_FINAL = {"final_pay_now", "final_pay_72h", "final_pay_notice", "waiting_time_full", "waiting_time_full_72h"}


def test_records_answers_and_the_year_for_their_penalties():
    found = deadlines({"kind": "records_requested", "on": "2026-06-01", "what": "both"})
    assert found == {
        "payroll_records": date(2026, 6, 22),
        "personnel_records": date(2026, 7, 1),
        "payroll_records_penalty": date(2027, 6, 22),
        "personnel_records_penalty": date(2027, 7, 1),
    }
    assert "personnel_records" not in deadlines({"kind": "records_requested", "on": "2026-06-01", "what": "payroll"})


def test_the_reason_not_given_keeps_every_agency_provisional_and_names_what_to_ask():
    clock = only([{"kind": "adverse_act", "on": "2026-03-02"}], "safety_federal")
    assert "fact_missing" in clock.provisional
    assert clock.needs == ("because",)


@pytest.mark.parametrize(
    ("facts", "body", "others"),
    [
        ({}, "concerted", {"concerted_farm", "concerted_public"}),
        ({"farm": True}, "concerted_farm", {"concerted", "concerted_public"}),
        ({"sector": "state_local"}, "concerted_public", {"concerted", "concerted_farm"}),
    ],
)
def test_acting_together_goes_to_the_board_of_the_sector(facts, body, others):
    found = deadlines({**FIRED, "because": ["concerted_activity"]}, **facts)
    assert found[body] == date(2026, 9, 2)
    assert not others & found.keys()


def test_a_federal_employee_has_45_days_and_no_direct_charge():
    found = deadlines({**FIRED, "because": ["discrimination"]}, sector="federal")
    assert found["federal_employee"] == date(2026, 4, 16)
    assert "eeoc" not in found


def test_equal_pay_changes_with_the_year_of_the_pay():
    assert deadlines({"kind": "unequal_pay", "on": "2026-01-01"})["equal_pay_state"] == date(2029, 1, 1)
    before = deadlines({"kind": "unequal_pay", "on": "2025-12-31"})
    assert before["equal_pay_state_before"] == date(2027, 12, 31)
    assert "equal_pay_state" not in before


def test_the_presumption_of_retaliation_began_in_2024():
    assert deadlines({"kind": "protected_act", "on": "2023-12-31"}) == {}


def test_a_guessed_day_makes_every_clock_provisional():
    listed = clocks([{"kind": "payday_missed", "on": "2026-03-02", "confidence": "guess"}])
    assert all("date_not_sure" in clock.provisional for clock in listed)
    sure = only([{"kind": "payday_missed", "on": "2026-03-02"}], "wages")
    assert sure.certain


def test_a_rule_from_memory_is_never_certain():
    state = {row["id"]: row["state"] for row in load("clocks")["clocks"]}
    every = [{"kind": kind["id"], "on": "2026-03-02"} for kind in event_kinds()]
    law = [clock for clock in clocks(every) if _row(clock.rule)["kind"] != "practice"]
    assert law
    assert all(not clock.certain for clock in law if state[clock.rule] == "memory")


def _row(rule):
    return next(row for row in load("clocks")["clocks"] if row["id"] == rule)


def test_every_kind_of_event_starts_a_clock_and_every_clock_can_start():
    every = [{"kind": kind["id"], "on": "2026-03-02"} for kind in event_kinds()]
    started = {clock.rule for clock in clocks({"events": every, "facts": _UNKNOWN})}
    started |= {clock.rule for clock in clocks({"events": [{"kind": "unequal_pay", "on": "2025-03-02"}]})}
    assert started == {row["id"] for row in load("clocks")["clocks"]}
    for event in every:
        assert clocks({"events": [event], "facts": _UNKNOWN}), event["kind"]


_UNKNOWN = {"place": None, "sector": None, "farm": None, "construction": None}


def test_the_same_deadline_from_two_events_stands_once():
    both = [FIRED, {"kind": "last_day", "on": "2026-03-02", "how": "discharged"}]
    assert [clock.rule for clock in clocks(both)].count("wrongful_termination") == 1
    apart = [FIRED, {"kind": "last_day", "on": "2026-03-03", "how": "discharged"}]
    assert [clock.rule for clock in clocks(apart)].count("wrongful_termination") == 2


def test_each_payday_has_its_own_clock():
    listed = clocks([{"kind": "payday_missed", "on": day} for day in ("2024-05-03", "2024-05-10")])
    assert [clock.on for clock in listed if clock.rule == "wages"] == [date(2027, 5, 3), date(2027, 5, 10)]


def test_preparation_counts_backwards_from_a_hearing():
    found = deadlines({"kind": "conference_on", "on": "2026-03-15"})
    assert found == {"prepare_hearing": date(2026, 3, 1), "prepare_hearing_again": date(2026, 3, 12)}


@pytest.mark.parametrize("language", ["en", "es", "ko"])
def test_every_clock_is_told_in_words(language):
    every = [{"kind": kind["id"], "on": "2026-03-02"} for kind in event_kinds()]
    found = as_json({"events": every, "facts": _UNKNOWN, "as_of": "2026-04-01"}, language)
    for clock in found["clocks"]:
        assert clock["what"]
        assert clock["body_name"]
        assert clock["stops"]
        assert clock["passed"] in (True, False, None)
        assert (clock["certainty"] == "certain") == (not clock["why_provisional"])


@pytest.mark.parametrize(
    ("document", "path", "message"),
    [
        ("events", "$", "not_an_object"),
        ({}, "events", "not_a_list"),
        ({"events": [], "status": 1}, "status", "unknown_key"),
        ({"events": [7]}, "events[0]", "not_an_object"),
        ({"events": [{"on": "2026-01-01"}]}, "events[0].kind", "missing"),
        ({"events": [{"kind": "fired", "on": "2026-01-01"}]}, "events[0].kind", "choice"),
        ({"events": [{"kind": "last_day"}]}, "events[0].on", "missing"),
        ({"events": [{"kind": "last_day", "on": "2026-02-30"}]}, "events[0].on", "date"),
        ({"events": [{"kind": "last_day", "on": "20260230"}]}, "events[0].on", "date"),
        ({"events": [{"kind": "last_day", "on": "2026-02-03", "act": "fired"}]}, "events[0].act", "unknown_key"),
        ({"events": [{**FIRED, "because": "fun"}]}, "events[0].because", "choices"),
        ({"events": [], "facts": {"farm": "yes"}}, "facts.farm", "flag"),
        ({"events": [], "facts": [1]}, "facts", "not_an_object"),
        ({"events": [], "as_of": 5}, "as_of", "date"),
        ({"events": [{"kind": "last_day", "on": "2026-02-03"}] * 1001}, "events", "too_many"),
    ],
)
def test_a_bad_document_is_refused_with_path_and_remedy(document, path, message):
    with pytest.raises(BadFacts) as caught:
        clocks(document)
    assert (path, message) in [(problem.path, problem.message) for problem in caught.value.problems]
    for language in ("en", "es", "ko"):
        assert all(problem.words(language) for problem in caught.value.problems)


def test_all_problems_are_told_at_once():
    with pytest.raises(BadFacts) as caught:
        clocks({"events": [{"kind": "x", "on": "2026-01-01"}, {"kind": "injury"}], "as_of": "now", "facts": {"a": 1}})
    assert {problem.path for problem in caught.value.problems} == {"events[0].kind", "events[1].on", "as_of", "facts.a"}


@pytest.mark.parametrize(("language", "words"), [("en", "PASSED"), ("es", "YA PASÓ"), ("ko", "지남")])
def test_the_command_prints_a_table(tmp_path, capsys, language, words):
    path = tmp_path / "events.json"
    path.write_text(json.dumps({"events": [FIRED], "as_of": "2026-06-01"}), encoding="utf-8")
    assert run([str(path), "--table", "--lang", language]) == 0
    printed = capsys.readouterr().out
    assert words in printed
    assert printed.index("2026-03-02") < printed.index("2027-03-02")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[[[[", '{"events": NaN}', '{"events": [], "events": []}', "\ufeff\ufeff[]", "[]\ufeff", "[" * 100000],
)
def test_the_command_refuses_nonsense_without_a_traceback(tmp_path, capsys, text):
    path = tmp_path / "events.json"
    path.write_text(text, encoding="utf-8")
    assert run([str(path), "--lang", "ko"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert "Traceback" not in captured.err


def test_the_command_refuses_a_missing_file_and_a_huge_one(tmp_path, capsys):
    assert run([str(tmp_path / "none.json")]) == 2
    huge = tmp_path / "huge.json"
    huge.write_bytes(b"[" + b"1," * 5_000_000 + b"1]")
    assert run([str(huge)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_rule_is_described_without_an_event():
    words = described("retaliation", "es")
    assert words["what"] == "Queja por represalia"
    assert words["citation"] == "Lab. Code § 98.7"
    assert (words["state"], words["whose"]) == ("read", "worker")
    with pytest.raises(KeyError):
        described("midnight")
