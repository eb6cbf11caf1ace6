"""Learners: the first 160 hours of work without experience may be paid at 85 percent of the state's minimum wage.

Only the state's own rate is lowered: a higher local or industry minimum wage stands.
"""

from __future__ import annotations

import numpy as np

from wagelaw.calendar import Calendar, Ints, Spells
from wagelaw.case.records import Case
from wagelaw.claims.law import Law
from wagelaw.money import rate_units
from wagelaw.parameters import minimum_wage_series
from wagelaw.rules.minimum_wage import LEARNING, learner_rate


def with_learning_apart(spells: Spells) -> Spells:
    """The spells, with the one in which the 160th hour ends cut in two."""
    reached = np.cumsum(spells.minutes)
    at = int(np.searchsorted(reached, LEARNING, side="right"))
    if at == len(reached) or not 0 < (later := int(reached[at]) - LEARNING) < int(spells.minutes[at]):
        return spells
    minutes = np.insert(spells.minutes, at, spells.minutes[at] - later)
    minutes[at + 1] = later
    return Spells(np.insert(spells.shift, at, spells.shift[at]), np.insert(spells.day, at, spells.day[at]), minutes)


def learner_minimums(case: Case, calendar: Calendar, law: Law, rates: Ints) -> Ints:
    """The minimum wage of each spell with the learner's rate in the first 160 hours; `rates`: without it."""
    learning = np.cumsum(calendar.spells.minutes) <= LEARNING
    found = rates.copy()
    for step in minimum_wage_series("US-CA", headcount=case.employer_headcount):
        span = calendar.clip_span(step.from_on, step.until_on or calendar.date_of(calendar.days))
        here = learning & (calendar.spells.day >= span.start) & (calendar.spells.day < span.stop)
        here &= rates == rate_units(step.amount)
        if here.any():
            on = calendar.date_of(int(calendar.spells.day[np.flatnonzero(here)[0]]))
            share = law.number("ca_learner_rate", on, "learner_first_160_hours", "US-CA")
            found[here] = learner_rate(rate_units(step.amount), share)
    return found
