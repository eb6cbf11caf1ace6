"""What runs after a decision: each step starts timers, from `timers.yaml`, that become tasks in time.

Where the law package knows the deadline, the day, the citation and how far it was checked come from there, so that no
rule of law stands in two places.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from wagelaw import clocks

TABLE = Path(__file__).with_name("timers.yaml")
LANGUAGES = ("en", "es", "ko")
# Step of a case → the kind of dated event that the law package knows it as.
EVENT_OF = {"award": "oda_served", "judgment": "judgment_entered"}
STATES = frozenset({"read", "memory"})
WHO = frozenset({"attorney", "counsellor", "owner"})


@dataclass(frozen=True)
class Rule:
    """One line of the table."""

    id: str
    step: str
    who: str
    lead: timedelta
    clock: str
    after: tuple[tuple[str, int], ...]
    until_paid: bool
    words: tuple[tuple[str, str], ...]
    law: tuple[tuple[str, str], ...]

    def says(self, language: str) -> str:
        """What to do, in English where the language is another."""
        words = dict(self.words)
        return words.get(language, words["en"])


@dataclass(frozen=True)
class Due:
    """A rule on a day: when it is due, when its task appears, and where the rule comes from."""

    rule: Rule
    on: date
    citation: str
    source: str
    state: str
    checked: str

    @property
    def raise_on(self) -> date:
        return self.on - self.rule.lead


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The table, in its order."""
    return tuple(_rule(row) for row in yaml.safe_load(TABLE.read_text(encoding="utf-8"))["timers"])


def rule_of(code: str) -> Rule:
    """The rule of this id; `KeyError` when the table no longer has it."""
    return {rule.id: rule for rule in rules()}[code]


def due_after(step: str, on: date) -> list[Due]:
    """Every timer that a step on this day starts, the earliest first."""
    return sorted((_due(rule, on) for rule in rules() if rule.step == step), key=lambda due: (due.on, due.rule.id))


def _rule(row: dict[str, Any]) -> Rule:
    law = {name: row[name] for name in ("citation", "source", "state", "checked") if name in row}
    return Rule(
        id=row["id"],
        step=row["step"],
        who=row["who"],
        lead=timedelta(days=row.get("lead", 0)),
        clock=row.get("clock", ""),
        after=tuple(row.get("after", {}).items()),
        until_paid=row.get("until_paid", False),
        words=tuple((language, row[language]) for language in LANGUAGES),
        law=tuple(law.items()),
    )


def _due(rule: Rule, on: date) -> Due:
    if not rule.clock:
        return Due(rule, _moved(on, dict(rule.after)), **dict(rule.law))
    found = clocks.clocks([{"kind": EVENT_OF[rule.step], "on": on.isoformat()}])
    clock = next(clock.as_json() for clock in found if clock.rule == rule.clock)
    law = {name: clock[name] for name in ("citation", "source", "state", "checked")}
    return Due(rule, date.fromisoformat(clock["on"]), **law)


def _moved(day: date, after: dict[str, int]) -> date:
    """The day so many years and days later; 29 February becomes the 28th."""
    year = day.year + after.get("years", 0)
    is_leap_day = (day.month, day.day) == (2, 29)
    moved = date(year, 2, 28) if is_leap_day and after.get("years") else day.replace(year=year)
    return moved + timedelta(days=after.get("days", 0))
