"""The tables of what can happen in a case: they hold together, and faults in them are named."""

import copy
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import yaml

from centro.clinic import routes
from centro.clinic.choices import CaseState, Route
from centro.clinic.routes import Guard
from centro.core.classes import Role
from centro.core.policy import Actor, may

TABLES = routes.tables()
MOVES = [(code, move) for code, table in TABLES.items() for move in table.moves]
IDS = [f"{code}.{move.event}" for code, move in MOVES]


def _raw(code: str = "records") -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((routes.FOLDER / f"{code}.yaml").read_text(encoding="utf-8"))
    return raw


def test_every_route_has_a_table_and_the_case_has_its_own() -> None:
    assert set(TABLES) == {"intake", *Route.values}
    assert set(TABLES["intake"].states) == set(CaseState.values)


@pytest.mark.parametrize("code", sorted(TABLES))
def test_a_table_has_no_fault(code: str) -> None:
    assert routes.faults_of(code, _raw(code)) == []


@pytest.mark.parametrize("code", sorted(TABLES))
def test_every_state_but_an_end_leads_on_and_an_end_leads_nowhere(code: str) -> None:
    for state in TABLES[code].states.values():
        assert bool(TABLES[code].moves_from(state.code)) is not state.is_end


@pytest.mark.parametrize(("code", "move"), MOVES, ids=IDS)
def test_a_move_can_happen_in_its_states_and_in_no_other(code: str, move: routes.Move) -> None:
    found = {state for state in TABLES[code].states if TABLES[code].find(move.event, state) is not None}
    others = {state for other in TABLES[code].moves if other.event == move.event for state in other.sources}
    assert move.sources <= found
    assert found == others


@pytest.mark.parametrize(("code", "move"), MOVES, ids=IDS)
def test_every_move_says_what_is_next_unless_it_ends_the_matter(code: str, move: routes.Move) -> None:
    assert (move.next is None) is TABLES[code].state(move.to).is_end
    assert move.roles


# clinic.md 3.1 to 3.5: the transitions of the text, state by state, so that none is lost in an edit.
TRANSITIONS = """
intake: new>triaged triaged>cleared triaged>conflict conflict>referred conflict>cleared cleared>interview
        interview>assessed assessed>info_only assessed>brief_help assessed>full assessed>referred assessed>declined
        new>lost_contact triaged>lost_contact full>lost_contact lost_contact>closed
wage_claim: screened>evidence evidence>records_wait records_wait>calculating evidence>calculating calculating>valued
        valued>demand_sent demand_sent>paid_closed demand_sent>settling demand_sent>packet valued>packet packet>filed
        filed>conference_set conference_set>settled conference_set>hearing_set hearing_set>await_oda await_oda>oda
        oda>appealed oda>oda oda>final final>judgment appealed>judgment judgment>enforcement enforcement>enforcement
        settling>settled settled>hearing_set settled>enforcement enforcement>paid_closed filed>withdrawn
        filed>dismissed filed>time_barred screened>time_barred
retaliation: screened>dated dated>filed filed>investigation investigation>settled investigation>determined
        investigation>dismissed
discrimination: screened>dated dated>intake intake>complaint complaint>open open>right_to_sue dated>right_to_sue
        right_to_sue>litigation right_to_sue>closed
unemployment: separated>claim claim>appeal_due appeal_due>appealed appealed>hearing_set hearing_set>decided
        decided>board
"""


def _told() -> list[tuple[str, str, str]]:
    found, code = [], ""
    for word in TRANSITIONS.split():
        if word.endswith(":"):
            code = word[:-1]
        else:
            before, _, after = word.partition(">")
            found.append((code, before, after))
    return found


@pytest.mark.parametrize(("code", "before", "after"), _told())
def test_the_transitions_of_the_domain_text_are_there(code: str, before: str, after: str) -> None:
    assert any(move.to == after for move in TABLES[code].moves_from(before))


@pytest.mark.parametrize(
    ("code", "event", "kind"),
    [
        ("wage_claim", "ask_records", "records_requested"),
        ("wage_claim", "file_claim", "claim_filed"),
        ("wage_claim", "serve_oda", "oda_served"),
        ("wage_claim", "enter_judgment", "judgment_entered"),
        ("wage_claim", "dismiss", "claim_dismissed"),
        ("retaliation", "write_dates", "adverse_act"),
        ("discrimination", "crd_right_to_sue", "crd_right_to_sue"),
        ("unemployment", "notice_came", "ui_notice_mailed"),
        ("unemployment", "decide", "ui_decision_mailed"),
        ("paga", "send_notice", "paga_notice_sent"),
    ],
)
def test_moves_that_start_deadlines_ask_for_the_day(code: str, event: str, kind: str) -> None:
    assert next(move for move in TABLES[code].moves if move.event == event).asks == kind


def test_what_applies_law_to_the_facts_waits_for_an_attorney() -> None:
    guarded = {f"{code}.{move.event}" for code, move in MOVES if Guard.ATTORNEY_APPROVAL in move.guards}
    assert {"wage_claim.send_demand", "wage_claim.agree_terms", "demand.send_demand"} <= guarded


def test_only_an_attorney_may_say_that_it_is_too_late_or_lift_a_conflict() -> None:
    for code, event in (("wage_claim", "bar_by_time"), ("intake", "clear_conflict")):
        (move,) = [move for move in TABLES[code].moves if move.event == event]
        assert move.roles == {Role.ATTORNEY}


def test_next_is_due_before_the_day_that_was_asked_for_but_never_before_today() -> None:
    (move,) = [move for move in TABLES["wage_claim"].moves if move.event == "set_conference"]
    assert move.next is not None
    assert move.next.due_on(date(2026, 11, 23), date(2027, 1, 20)) == date(2027, 1, 6)
    assert move.next.due_on(date(2026, 11, 23), date(2026, 11, 30)) == date(2026, 11, 23)


def _without(path: str) -> Callable[[dict[str, Any]], None]:
    def spoil(raw: dict[str, Any]) -> None:
        *folder, last = path.split(".")
        place: Any = raw
        for name in folder:
            place = place[int(name) if name.isdigit() else name]
        del place[last]

    return spoil


def _with(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def spoil(raw: dict[str, Any]) -> None:
        *folder, last = path.split(".")
        place: Any = raw
        for name in folder:
            place = place[int(name) if name.isdigit() else name]
        place[last] = value

    return spoil


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_with("moves.0.to", "nowhere"), "unknown state nowhere"),
        (_with("moves.0.from", ["drafting", "lost"]), "unknown state lost"),
        (_with("moves.0.from", ["received"]), "goes on from received, which is an end"),
        (_with("states.island", {"en": "a", "es": "b", "ko": "c"}), "state island cannot be reached"),
        (_without("states.drafting.ko"), "state drafting has no words in “ko”"),
        (_without("moves.0.title.es"), "title has no words in “es”"),
        (_without("moves.0.wait.ko"), "next has no words in “ko”"),
        (_without("moves.0.wait"), "what comes next is missing"),
        (_with("moves.0.next", {"days": 1, "en": "a", "es": "b", "ko": "c"}), "next and wait exclude each other"),
        (_with("moves.1.next", {"days": 1, "en": "a", "es": "b", "ko": "c"}), "it ends here, so nothing is next"),
        (_with("moves.0.asks", "eclipse"), "no deadline knows the event eclipse"),
        (_with("moves.0.meets", ["midnight"]), "no deadline is called midnight"),
        (_with("moves.0.papers", ["scroll"]), "the paper scroll has no words"),
        (_with("moves.0.roles", ["king"]), "unknown role king"),
        (_with("moves.0.roles", ["front_desk"]), "front_desk may not do this: their role has no case.move"),
        (_with("moves.0.noted_by", ["counsellor"]), "noted_by is for what an attorney does themselves"),
        (_with("moves.0.who", ["ghost"]), "nobody is called ghost"),
        (_with("moves.0.guards", ["luck"]), "unknown guard luck"),
        (
            _with("moves.1.guards", ["attorney_approval"]),
            "others than attorneys need a letter that an attorney can approve",
        ),
        (_with("moves.0.state", "rumour"), "state must be read or memory, not rumour"),
        (_without("moves.0.source"), "source is missing"),
        (_with("moves.0.colour", "red"), "unknown key colour"),
        (_with("start", "nowhere"), "unknown start nowhere"),
        (_with("route", "other"), "route is other, the file records"),
        (_with("states", []), "it needs states and moves"),
    ],
)
def test_a_fault_is_named(spoil: Callable[[dict[str, Any]], None], fault: str) -> None:
    raw = copy.deepcopy(_raw())
    spoil(raw)
    assert any(fault in line for line in routes.faults_of("records", raw))


def test_a_state_that_nobody_can_leave_is_a_fault() -> None:
    raw = _raw()
    raw["moves"] = [{**row, "from": [s for s in row["from"] if s != "late"] or ["sent"]} for row in raw["moves"]]
    assert "state late cannot be left" in routes.faults_of("records", raw)


def test_an_event_means_one_thing_in_a_state() -> None:
    raw = _raw()
    raw["moves"].append({**raw["moves"][0], "to": "late"})
    assert "send_request can mean two things in drafting" in routes.faults_of("records", raw)


def test_the_case_itself_keeps_the_states_of_its_column() -> None:
    raw = _raw("intake")
    raw["states"]["asleep"] = {"en": "Asleep", "es": "Dormido", "ko": "잠듦"}
    raw["moves"][0]["to"] = "asleep"
    wake = {"event": "wake", "from": ["asleep"], "to": "triaged", "roles": ["counsellor"]}
    raw["moves"].append({**raw["moves"][0], **wake})
    assert any("differs from the states of a case: asleep" in line for line in routes.faults_of("intake", raw))


def test_every_paper_is_called_for_and_has_words() -> None:
    called = {paper for _, move in MOVES for paper in move.papers}
    assert called == set(routes.papers())


def test_words_fall_back_to_english() -> None:
    assert routes.said({"en": "Filed", "es": "Presentado"}, "ko") == "Filed"
    assert routes.said({"en": "Filed", "es": "Presentado"}, "es") == "Presentado"


def test_whoever_a_table_names_can_do_it() -> None:
    """Each role of each row moves cases, or leads the intakes in which that step is taken."""
    for code, table in routes.tables().items():
        for move in table.moves:
            is_at_the_door = code == routes.INTAKE and move.event in routes.AT_THE_DOOR
            verbs = {"case.move", "intake.start"} if is_at_the_door else {"case.move"}
            for role in move.roles:
                assert any(may(Actor(role=role), verb) for verb in verbs), (code, move.event, role)


def test_the_front_desk_is_named_where_it_takes_the_steps_and_nowhere_else() -> None:
    named = {(c, m.event) for c, t in routes.tables().items() for m in t.moves if Role.FRONT_DESK in m.roles}
    assert named == {(routes.INTAKE, event) for event in routes.AT_THE_DOOR}
