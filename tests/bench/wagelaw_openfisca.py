# ruff: noqa: N801, N805 - OpenFisca names variables by their class, and the first argument of a formula is no self
"""The audit beside OpenFisca-core: overtime, double time, seventh day and minimum wage, with equal cents.

Run where OpenFisca-core is installed: `python -m pytest tests/bench/wagelaw_openfisca.py -s`. SHIFTS=10000000 in the
environment compares ten million shifts. Only computing is timed: both get arrays in the form they like best.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta

import numpy as np
import pytest

from wagelaw.audit import Options
from wagelaw.audit.kernel import Terms, audit_rows
from wagelaw.audit.law import Floors
from wagelaw.audit.run import _workers
from wagelaw.money import GRAINS_PER_CENT
from wagelaw.parameters import minimum_wage

pytest.importorskip("openfisca_core")
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

pytestmark = pytest.mark.bench

SHIFTS = int(os.environ.get("SHIFTS", "1000000"))
WEEKS = 156
MONDAY = date(2023, 1, 2)
OPTIONS = Options(workweek_start="monday")
LEAST_RATIO = 2
PERSON = build_entity("worker", "workers", "Worker", is_person=True)


class minutes(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEKDAY


class rate(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.ETERNITY


class days_so_far(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEKDAY

    def formula(worker, at, parameters):
        worked = (worker("minutes", at) > 0).astype(np.int32)
        return worked if is_monday(at) else worker("days_so_far", at.offset(-1)) + worked


class straight_of_day(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEKDAY

    def formula(worker, at, parameters):
        seventh = worker("days_so_far", at) == 7
        return np.where(seventh, 0, np.minimum(worker("minutes", at), 480))


class straight_so_far(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEKDAY

    def formula(worker, at, parameters):
        today = worker("straight_of_day", at)
        return np.minimum(2400, today if is_monday(at) else worker("straight_so_far", at.offset(-1)) + today)


class double(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEKDAY

    def formula(worker, at, parameters):
        seventh = worker("days_so_far", at) == 7
        return np.maximum(worker("minutes", at) - np.where(seventh, 480, 720), 0)


class owed(Variable):
    value_type = int
    entity = PERSON
    definition_period = DateUnit.WEEK

    def formula(worker, week, parameters):
        days = week.get_subperiods(DateUnit.WEEKDAY)
        straight = worker("straight_so_far", days[-1]).astype(np.int64)
        twice = sum(worker("double", day) for day in days).astype(np.int64)
        agreed = worker("rate", week).astype(np.int64)
        whole = sum(worker("minutes", day) for day in days).astype(np.int64)
        return cents_of_week(
            straight, whole - straight - twice, twice, agreed, [floor(day) for day in days], worker, days
        )


def is_monday(at) -> bool:
    return at.start.date.weekday() == 0


def floor(at) -> int:
    return int(minimum_wage("US-CA", at.start.date).amount * 10_000)


def cents_of_week(straight, overtime, twice, agreed, floors, worker, days):
    """Unpaid wages, minimum wage and overtime of a week of which nothing was paid, in cents, each rounded once."""
    whole = np.maximum(straight + overtime + twice, 1)
    if min(floors) == max(floors):
        lawful = np.maximum(agreed, floors[0])
        premium, pool, short = lawful * (overtime + twice), lawful * whole, (lawful - agreed) * straight
    else:
        premium = pool = short = np.zeros_like(whole)
        before = np.zeros_like(whole)
        for at, day in zip(floors, days, strict=True):
            lawful, worked = np.maximum(agreed, at), worker("minutes", day).astype(np.int64)
            after = worker("straight_so_far", day).astype(np.int64)
            pool = pool + lawful * worked
            short = short + (lawful - agreed) * (after - before)
            premium = premium + lawful * (worked - (after - before))
            before = after
    extra = premium * 2 * whole + pool * (overtime + 2 * twice)
    return sum(rounded(part, over) for part, over in ((agreed * straight, 1), (short, 1), (extra, 2 * whole)))


def rounded(amount, over):
    unit = over * GRAINS_PER_CENT
    return (2 * amount + unit) // (2 * unit)


def made_up(workers):
    """Minutes of every worker and day, and rates in ten-thousandths of a dollar."""
    dice = np.random.default_rng(1)
    taken = np.arange(7)[None, None, :] < dice.integers(5, 8, (workers, WEEKS, 1))
    worked = np.where(taken, dice.integers(240, 840, taken.shape), 0).reshape(workers, 7 * WEEKS)
    return worked, 10_000 * dice.integers(14, 30, workers)


def by_openfisca(worked, rates):
    """Seconds, and cents of all workers and weeks."""
    system = TaxBenefitSystem([PERSON])
    for variable in (minutes, rate, days_so_far, straight_of_day, straight_so_far, double, owed):
        system.add_variable(variable)
    simulation = SimulationBuilder().build_default_simulation(system, len(rates))
    simulation.max_spiral_loops = 10  # a day looks back to the day before, up to seven times
    simulation.set_input("rate", "ETERNITY", rates.astype(np.int32))
    for day in range(worked.shape[1]):
        year, week, weekday = (MONDAY + timedelta(days=day)).isocalendar()
        simulation.set_input("minutes", f"{year}-W{week:02d}-{weekday}", worked[:, day].astype(np.int32))
    begun = time.perf_counter()
    total = 0
    for number in range(WEEKS):
        year, week, _ = (MONDAY + timedelta(days=7 * number)).isocalendar()
        total += int(simulation.calculate("owed", f"{year}-W{week:02d}").astype(np.int64).sum())
    return time.perf_counter() - begun, total


def by_audit(worked, rates):
    """Seconds, and cents of all workers and weeks."""
    worker, day = np.nonzero(worked)
    rows = {"worker": worker, "day": MONDAY.toordinal() + day, "row": np.arange(len(day))}
    rows |= {"minutes": worked[worker, day], "rate": rates[worker]}
    none = {name: np.zeros(0, dtype=np.int64) for name in ("worker", "from", "to", "amount")}
    terms, floors = Terms(none["from"], none["to"], none["amount"]), Floors(OPTIONS, [])
    begun = time.perf_counter()
    results = [audit_rows(part, terms, paid, floors, OPTIONS) for part, paid in _workers(rows, none, 1 << 16)]
    return time.perf_counter() - begun, sum(int(one.columns["owed"].sum()) for one in results)


def test_twice_as_fast_with_equal_cents():
    worked, rates = made_up(max(1, round(SHIFTS / (6 * WEEKS))))
    theirs, their_cents = by_openfisca(worked, rates)
    ours, our_cents = min(by_audit(worked, rates) for _ in range(3))
    shifts = int((worked > 0).sum())
    print(f"\n{shifts} shifts: ours {shifts / ours / 1e6:.1f}, OpenFisca {shifts / theirs / 1e6:.1f} million a second")
    assert our_cents == their_cents
    assert theirs > LEAST_RATIO * ours
