# ruff: noqa: N801, N805 - OpenFisca names variables by their class, and the first argument of a formula is no self
"""The audit beside OpenFisca-core: overtime, double time, seventh day and minimum wage, with equal cents.

Run where OpenFisca-core is installed: `python -m pytest tests/bench/wagelaw_openfisca.py -s`. SHIFTS=10000000 in the
environment compares ten million shifts. Both start from the same rows in memory and end with the same six columns.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import pytest

from wagelaw.audit import Options
from wagelaw.audit.kernel import Terms, audit_rows
from wagelaw.audit.law import Floors
from wagelaw.audit.memory import keep_freed_memory
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


class Week(NamedTuple):
    """Sums of a week: minutes by kind, agreed rate, and lawful pay in grains where the minimum wage plays a part."""

    straight: Any
    overtime: Any
    double: Any
    agreed: Any
    whole: Any
    premium: Any
    pool: Any
    short: Any


SUMS: dict[str, Week] = {}


def of_week(amount):
    """A variable of a week, computed from its sums; in cents, minutes or millionths of a dollar."""

    def formula(worker, week, parameters):
        if str(week) not in SUMS:
            SUMS.clear()  # the six variables of one week are asked for one after the other
            SUMS[str(week)] = sums_of_week(worker, week.get_subperiods(DateUnit.WEEKDAY))
        return amount(SUMS[str(week)])

    about = {"value_type": int, "entity": PERSON, "definition_period": DateUnit.WEEK, "formula": formula}
    return type(amount.__name__, (Variable,), about)


@of_week
def overtime_minutes(week):
    return week.overtime


@of_week
def double_minutes(week):
    return week.double


@of_week
def regular_rate(week):
    return (2 * week.pool * 100 + week.whole) // (2 * week.whole)


@of_week
def unpaid_wages(week):
    return rounded(week.agreed * week.straight, 1)


@of_week
def minimum_wage_owed(week):
    return rounded(week.short, 1)


@of_week
def overtime_owed(week):
    extra = week.premium * 2 * week.whole + week.pool * (week.overtime + 2 * week.double)
    return rounded(extra, 2 * week.whole)


OF_DAY = (minutes, rate, days_so_far, straight_of_day, straight_so_far, double)
OF_WEEK = (overtime_minutes, double_minutes, regular_rate, unpaid_wages, minimum_wage_owed, overtime_owed)


def is_monday(at) -> bool:
    return at.start.date.weekday() == 0


def floor(at) -> int:
    return int(minimum_wage("US-CA", at.start.date).amount * 10_000)


def sums_of_week(worker, days) -> Week:
    """What the variables of a week share."""
    straight = worker("straight_so_far", days[-1]).astype(np.int64)
    double = sum(worker("double", day) for day in days).astype(np.int64)
    whole = np.maximum(sum(worker("minutes", day) for day in days).astype(np.int64), 1)
    agreed = worker("rate", days[0]).astype(np.int64)
    overtime = whole - straight - double
    floors = [floor(day) for day in days]
    if min(floors) == max(floors):
        lawful = np.maximum(agreed, floors[0])
        more = lawful * (overtime + double), lawful * whole, (lawful - agreed) * straight
    else:
        more = day_by_day(worker, days, floors, agreed)
    return Week(straight, overtime, double, agreed, whole, *more)


def day_by_day(worker, days, floors, agreed):
    """A week in which the minimum wage changes."""
    premium, pool, short, before = (np.zeros(len(agreed), dtype=np.int64) for _ in range(4))
    for at, day in zip(floors, days, strict=True):
        lawful, worked = np.maximum(agreed, at), worker("minutes", day).astype(np.int64)
        after = worker("straight_so_far", day).astype(np.int64)
        pool = pool + lawful * worked
        short = short + (lawful - agreed) * (after - before)
        premium = premium + lawful * (worked - (after - before))
        before = after
    return premium, pool, short


def rounded(amount, over):
    unit = over * GRAINS_PER_CENT
    return (2 * amount + unit) // (2 * unit)


def made_up(workers):
    """Rows of shifts: worker, day from the first, minutes; and each worker's rate in ten-thousandths of a dollar."""
    dice = np.random.default_rng(1)
    taken = np.arange(7)[None, None, :] < dice.integers(5, 8, (workers, WEEKS, 1))
    worker, day = np.nonzero(taken.reshape(workers, 7 * WEEKS))
    return worker, day, dice.integers(240, 840, len(day)), 10_000 * dice.integers(14, 30, workers)


def by_openfisca(worker, day, worked, rates):
    """Seconds of work from rows of shifts to all variables of all weeks, without making the arrays; sums by name."""
    system = TaxBenefitSystem([PERSON])
    for variable in (*OF_DAY, *OF_WEEK):
        system.add_variable(variable)
    simulation = SimulationBuilder().build_default_simulation(system, len(rates))
    SUMS.clear()
    simulation.max_spiral_loops = 10  # a day looks back to the day before, up to seven times
    begun = time.process_time()
    by_day = np.zeros((7 * WEEKS, len(rates)), dtype=np.int32)
    by_day[day, worker] = worked
    simulation.set_input("rate", "ETERNITY", rates.astype(np.int32))
    for number in range(7 * WEEKS):
        year, week, weekday = (MONDAY + timedelta(days=number)).isocalendar()
        simulation.set_input("minutes", f"{year}-W{week:02d}-{weekday}", by_day[number])
    ready = time.process_time()
    sums = dict.fromkeys((variable.__name__ for variable in OF_WEEK), 0)
    for number in range(WEEKS):
        year, week, _ = (MONDAY + timedelta(days=7 * number)).isocalendar()
        for name in sums:
            sums[name] += int(simulation.calculate(name, f"{year}-W{week:02d}").astype(np.int64).sum())
    done = time.process_time()
    return done - begun, done - ready, sums


def by_audit(worker, day, worked, rates):
    """Seconds of work from rows of shifts to worker-weeks; the same sums."""
    rows = {"worker": worker, "day": MONDAY.toordinal() + day, "row": np.arange(len(day))}
    rows |= {"minutes": worked, "rate": rates[worker]}
    none = {name: np.zeros(0, dtype=np.int64) for name in ("worker", "from", "to", "amount")}
    terms, floors = Terms(none["from"], none["to"], none["amount"]), Floors(OPTIONS, [])
    keep_freed_memory()  # as an audit does; OpenFisca is measured before, as it comes
    begun = time.process_time()
    ours = {"minimum_wage_owed": "minimum_wage", "overtime_owed": "overtime"}
    sums = dict.fromkeys((variable.__name__ for variable in OF_WEEK), 0)
    for part, paid in _workers(rows, none, OPTIONS.chunk):
        columns = audit_rows(part, terms, paid, floors, OPTIONS).columns
        for name in sums:
            sums[name] += int(columns[ours.get(name, name)].sum())
    return time.process_time() - begun, sums


def test_twice_as_fast_with_equal_cents():
    shifts = made_up(max(1, round(SHIFTS / (6 * WEEKS))))
    theirs, made, their_sums = min((by_openfisca(*shifts) for _ in range(2)), key=lambda one: one[1])
    ours, our_sums = min((by_audit(*shifts) for _ in range(3)), key=lambda one: one[0])
    count = len(shifts[0])
    print(f"\n{count} shifts: ours {count / ours / 1e6:.1f}, OpenFisca {count / theirs / 1e6:.1f} million a second,")
    print(f"{count / made / 1e6:.1f} with its arrays ready: {theirs / ours:.1f} and {made / ours:.1f} times")
    assert our_sums == their_sums
    assert theirs > LEAST_RATIO * ours
    assert made > ours
