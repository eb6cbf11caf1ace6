"""The table of what runs after a decision, and its days."""

from datetime import date

import pytest

from centro.clinic import after_decision
from centro.clinic.after_decision import Rule, due_after, rules
from centro.clinic.models.money import StepKind

LEAP = date(2028, 2, 29)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_every_rule_says_what_to_do_and_where_it_comes_from(rule: Rule) -> None:
    assert rule.step in set(StepKind)
    assert rule.who in after_decision.WHO
    words = [rule.says(language) for language in after_decision.LANGUAGES]
    assert all(words)
    assert len(set(words)) == 3
    assert bool(rule.clock) != bool(rule.after), "the day comes from the law package or from here, not from both"
    due = next(due for due in due_after(rule.step, LEAP) if due.rule == rule)
    assert due.state in after_decision.STATES
    assert due.source
    assert due.citation
    assert date.fromisoformat(due.checked)
    assert due.on >= LEAP
    assert due.raise_on <= due.on


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))


def test_the_ladder_after_a_judgment() -> None:
    days = {due.rule.id: due.on.isoformat() for due in due_after("judgment", date(2026, 3, 2))}
    assert days == {
        "collection_sheet": "2026-03-05",
        "license_bar": "2026-04-01",
        "triple_penalty": "2026-08-29",
        "judgment_renewal": "2036-03-02",
    }


def test_ten_days_to_appeal() -> None:
    assert due_after("award", date(2026, 3, 2))[0].on == date(2026, 3, 12)


def test_a_leap_day_becomes_the_28th() -> None:
    assert due_after("lien", LEAP)[0].on == date(2033, 2, 28)


def test_a_step_without_timers_starts_none() -> None:
    assert due_after("levy", LEAP) == []


def test_what_came_from_memory_says_so() -> None:
    assert {due.rule.id for due in due_after("writ", LEAP) if due.state == "memory"} == {"writ_runs_out"}
