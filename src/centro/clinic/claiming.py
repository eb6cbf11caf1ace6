"""The claim of a calendar: computed by the wage law, kept in short, and compared (“why did it change”)."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import wagelaw
from centro.clinic.calendar.compiling import compile_case
from centro.clinic.calendar.model import Calendar
from centro.clinic.calendar.problems import Problem

LANGUAGES = ("en", "es", "ko")
# What a claim changes by, in the order in which the steps are taken: the keys of the case file that belong together.
STEPS: dict[str, tuple[str, ...]] = {
    "time": ("computed_on",),
    "job": (
        "place",
        "worker_class",
        "wage_order",
        "industry",
        "employer_headcount",
        "employment",
        "forum",
        "filed_on",
        "final_payment",
    ),
    "hours": ("patterns", "shifts"),
    "pay": ("pay", "payments", "payment_patterns"),
    "switches": ("switches",),
}


@dataclass
class Outcome:
    """A claim with the case file it rests on, or the problems that stop it; others only ask to look again."""

    case_file: dict[str, Any] | None
    claim: Any = None  # wagelaw's Claim
    problems: list[Problem] = field(default_factory=list)

    @property
    def stopped(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.stops]

    @property
    def total(self) -> int:
        """Cents that can still be claimed."""
        return int(self.claim.totals()["total"]) if self.claim else 0


def compute(calendar: Calendar, today: date) -> Outcome:
    """The claim of a calendar on a day. Every problem stands at the day, week or part it belongs to."""
    compiled = compile_case(calendar, today)
    if compiled.case is None:
        return Outcome(None, None, compiled.problems)
    try:
        return Outcome(compiled.case, wagelaw.claim(compiled.case), compiled.problems)
    except wagelaw.CaseError as error:
        by_law = [_by_law(one, compiled.origin(one.path)) for one in error.problems]
        return Outcome(compiled.case, None, [*by_law, *compiled.problems])


def _by_law(problem: Any, origin: tuple[str, Any]) -> Problem:
    """A problem that the wage law found, in its own words."""
    words = {code: problem.words(code).removeprefix(f"{problem.path}: ") for code in LANGUAGES}
    return Problem("law", *origin, values={"words": words})


def short_of(claim: Any) -> dict[str, Any]:
    """What is kept of a computed claim: cents by item, totals, what expires when, notes and what was left out."""
    return {
        "items": [[item.code, item.cents, item.barred_cents] for item in claim.items],
        "totals": claim.totals(),
        "expiring": dict(claim.expiring()),
        "notes": [[name, dict(values)] for name, values in claim.notes],
        "not_covered": [list(pair) for pair in claim.not_covered],
        "minutes": sum(week.minutes for week in claim.weeks),
    }


def month_of(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    return month_of(month_of(day) + timedelta(days=32))


def at_risk(expiring: Mapping[str, int], today: date) -> int:
    """Cents that expire this month and next, if nothing is filed: the melting money."""
    months = {f"{month_of(today):%Y-%m}", f"{next_month(today):%Y-%m}"}
    return sum(cents for month, cents in expiring.items() if month in months)


@dataclass(frozen=True)
class Step:
    """One reason why a claim changed: by how many cents, in all and by item."""

    why: str
    cents: int
    items: dict[str, int]


def why_changed(
    before: Mapping[str, Any], old_file: Mapping[str, Any], new_file: Mapping[str, Any], *, is_new_law: bool
) -> list[Step]:
    """The steps from a kept result to the claim of a newer case file: other law, time, facts, switches.

    The old file is computed again with one part after the other put in from the new one; what each step adds is its
    reason. A step that cannot be computed alone is counted with the next.
    """
    now, steps = {code: cents for code, cents, _ in before["items"]}, []
    for why, file in _parts(dict(old_file), new_file, is_new_law):
        found = _totals(file)
        if found is None or found == now:
            continue
        items = {code: found.get(code, 0) - now.get(code, 0) for code in {*found, *now}}
        steps.append(Step(why, sum(items.values()), {code: cents for code, cents in items.items() if cents}))
        now = found
    return steps


def _parts(file: dict[str, Any], new_file: Mapping[str, Any], is_new_law: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """The old file again if the law tables are others now, then with each part that is different put in."""
    if is_new_law:
        yield "law", file
    for why, keys in STEPS.items():
        if any(file.get(name) != new_file.get(name) for name in keys):
            file = {name: value for name, value in file.items() if name not in keys}
            file |= {name: new_file[name] for name in keys if name in new_file}
            yield why, file


def _totals(file: Mapping[str, Any]) -> dict[str, int] | None:
    try:
        claim = wagelaw.claim(dict(file))
    except wagelaw.CaseError:
        return None
    return {item.code: item.cents for item in claim.items}


def written(document: Mapping[str, Any]) -> str:
    """A document as text to be sealed."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
