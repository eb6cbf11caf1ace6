"""How fast the audit is: against a plain reference in fractions, with two threads, and what memory it takes.

Run: `python -m pytest tests/bench/wagelaw_audit.py -s`. ROWS=10000000 in the environment measures ten million shifts.
Where OpenFisca-core is installed, `tests/bench/wagelaw_openfisca.py` compares with it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from wagelaw.audit import Options
from wagelaw.audit.kernel import Terms
from wagelaw.audit.memory import keep_freed_memory
from wagelaw.audit.run import _computed, _workers
from wagelaw.parameters import minimum_wage_series

pytestmark = pytest.mark.bench

ROWS = int(os.environ.get("ROWS", "1000000"))
WEEKS = 156
SUNDAY = 738_154 - 738_154 % 7
OPTIONS = Options(employer_headcount=30)
keep_freed_memory()
NO_TERMS = Terms(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
EPOCH = 719_163
LEAST_RATIO, LEAST_THREADS, MOST_MEMORY, MOST_GROWTH = 30, 1.6, 250, 1.1
STAT = Path("/proc/stat")
MOST_OF_OTHERS = 0.03  # seconds of work in a round; the system counts in hundredths


def made_up(rows: int, by_clock: bool, seed: int = 1):
    """Whole workers with three years of work of five to seven days a week, and their weekly payments."""
    dice = np.random.default_rng(seed)
    workers = max(1, round(rows / (6 * WEEKS)))
    weeks = workers * WEEKS
    taken = np.arange(7)[None, :] < dice.integers(5, 8, weeks)[:, None]
    worker = np.repeat(np.arange(workers), WEEKS)
    start = SUNDAY + 7 * np.tile(np.arange(WEEKS), workers)
    day = (start[:, None] + np.arange(7)[None, :])[taken]
    owner = np.repeat(worker, taken.sum(axis=1))
    minutes = dice.integers(240, 840, len(day))
    shifts = {"worker": owner, "day": day, "row": np.arange(len(day))}
    shifts["rate"] = 10_000 * dice.integers(14, 30, workers)[owner]
    if by_clock:
        begin = dice.integers(300, 720, len(day))
        shifts |= {"start": begin, "end": (begin + minutes) % 1440}
        shifts |= {"meal_start": begin + 230, "meal_end": begin + 230 + dice.integers(20, 40, len(day))}
        short = minutes < 360
        for name in ("meal_start", "meal_end"):
            shifts[name] = np.where(short, -1, shifts[name] % 1440)
        shifts["rest_periods"] = dice.integers(0, 4, len(day))
    else:
        shifts["minutes"] = minutes
    amount = 10_000 * dice.integers(300, 1200, weeks)
    return shifts, {"worker": worker, "from": start, "to": start + 6, "amount": amount}


def audited(shifts, payments, threads=1):
    """Seconds, and the results of all chunks."""
    options = replace(OPTIONS, threads=threads)
    tasks = [(part, NO_TERMS, paid) for part, paid in _workers(shifts, payments, options.chunk)]
    begun = time.perf_counter()
    results = [result for _, result in _computed(iter(tasks), options)]
    return time.perf_counter() - begun, results


def cents(amount: Fraction) -> int:
    return int((amount * 100 + Fraction(1, 2)) // 1)


def reference(shifts, payments):
    """The same law in plain fractions of dollars and hours, a day at a time; total cents by code."""
    steps = minimum_wage_series(OPTIONS.place, headcount=OPTIONS.employer_headcount)
    floors = [(one.from_on.toordinal(), (one.until_on or one.from_on).toordinal(), one.amount) for one in steps]
    weeks_paid = zip(payments["worker"].tolist(), payments["from"].tolist(), strict=True)
    paid = dict(zip(weeks_paid, payments["amount"].tolist(), strict=True))
    names = list(shifts)
    weeks: dict[tuple[int, int], list[dict[str, int]]] = {}
    for values in zip(*(shifts[name].tolist() for name in names), strict=True):
        row = dict(zip(names, values, strict=True))
        weeks.setdefault((row["worker"], row["day"] - row["day"] % 7), []).append(row)
    total = dict.fromkeys(("unpaid_wages", "minimum_wage", "overtime", "meal_premium", "rest_premium"), 0)
    for (worker, sunday), rows in weeks.items():
        amounts = week_of(rows, sunday, floors, Fraction(paid.get((worker, sunday), 0), 10_000))
        for code, amount in amounts.items():
            total[code] += cents(amount)
    return total


def week_of(rows, sunday, floors, paid):
    """One worker-week: straight time, overtime, double time, seventh day; what is owed by code."""
    rate = Fraction(rows[0]["rate"], 10_000)
    days = {row["day"] - sunday: row for row in rows}
    length = {day: hours(row) for day, row in days.items()}
    floor = {day: next(f for low, high, f in floors if low <= sunday + day <= high) for day in days}
    regular, overtime, double = {}, {}, {}
    for day, worked in sorted(length.items()):
        if day == 6 and len(days) == 7:
            regular[day], overtime[day] = Fraction(0), min(worked, Fraction(8))
            double[day] = max(worked - 8, Fraction(0))
        else:
            regular[day] = min(worked, Fraction(8))
            overtime[day] = min(max(worked - 8, Fraction(0)), Fraction(4))
            double[day] = max(worked - 12, Fraction(0))
    excess = max(sum(regular.values()) - 40, Fraction(0))
    for day in sorted(days, reverse=True):
        moved = min(excess, regular[day])
        regular[day] -= moved
        overtime[day] += moved
        excess -= moved
    agreed = rate * sum(regular.values())
    short = sum(max(floor[day] - rate, 0) * regular[day] for day in days)
    lawful = {day: max(rate, floor[day]) for day in days}
    pool = sum(lawful[day] * length[day] for day in days)
    whole = sum(length.values())
    due = sum(lawful[day] * (overtime[day] + double[day]) for day in days)
    due += pool / whole * (sum(overtime.values()) / 2 + sum(double.values()))
    credited = min(agreed, paid)
    left = paid - credited
    overtime_paid = min(due, left)
    found = {"unpaid_wages": agreed - credited, "overtime": due - overtime_paid}
    found["minimum_wage"] = max(short - (left - overtime_paid), Fraction(0))
    if "start" in rows[0]:
        hour = {day: max(pool / whole, floor[day]) for day in days}
        found["meal_premium"] = sum((hour[day] for day, row in days.items() if misses_meal(row)), Fraction(0))
        found["rest_premium"] = sum((hour[day] for day, row in days.items() if misses_rest(row)), Fraction(0))
    return found


def hours(row) -> Fraction:
    if "minutes" in row:
        return Fraction(row["minutes"], 60)
    return Fraction((row["end"] - row["start"]) % 1440 - meal(row), 60)


def meal(row) -> int:
    return (row["meal_end"] - row["meal_start"]) % 1440 if row["meal_start"] >= 0 else 0


def misses_meal(row) -> bool:
    worked = hours(row)
    taken = 1 if meal(row) >= 30 and (row["meal_start"] - row["start"]) % 1440 <= 300 else 0
    return (worked > 5 and taken < 1) or (worked > 10 and taken < 2)


def misses_rest(row) -> bool:
    worked = hours(row)
    due = 0 if worked < Fraction(7, 2) else int(worked // 4) + (worked % 4 > 2)
    return row["rest_periods"] < due


def no_midnight(shifts):
    """Rows that end on the day they began, for the reference knows no midnight."""
    if "start" not in shifts:
        return shifts
    kept = shifts["end"] > shifts["start"]
    return {name: values[kept] for name, values in shifts.items()}


@pytest.mark.parametrize("by_clock", [False, True])
def test_the_audit_is_thirty_times_as_fast_as_plain_fractions(by_clock):
    few, paid = made_up(15_000, by_clock)
    few = no_midnight(few)
    begun = time.perf_counter()
    expected = reference(few, paid)
    slow = len(few["day"]) / (time.perf_counter() - begun)
    _, results = audited(few, paid)
    for code, amount in expected.items():
        assert sum(int(one.columns[code].sum()) for one in results if code in one.columns) == amount, code
    many, paid = made_up(ROWS, by_clock)
    seconds = min(audited(many, paid)[0] for _ in range(3))
    fast = len(many["day"]) / seconds
    kind = "all items by the clock" if by_clock else "overtime, seventh day, minimum wage"
    print(f"\n{kind}: {fast / 1e6:.1f} million shifts a second, {fast / slow:.0f} times plain fractions")
    assert fast > LEAST_RATIO * slow


def test_two_threads():
    """By the clock on the wall, in turns, while no other program works; where others always do, nothing is shown."""
    if (os.cpu_count() or 1) < 2 or not STAT.exists():
        pytest.skip("needs two cores, and Linux to see what others do")
    many, paid = made_up(ROWS, by_clock=True)
    rounds = [(threads, undisturbed(lambda count=threads: audited(many, paid, count))) for threads in (1, 2) * 20]
    one, two = (sorted(took for count, took in rounds if count == threads and took) for threads in (1, 2))
    if min(len(one), len(two)) < 3:
        pytest.skip("other programs use the cores")
    print(f"\ntwo threads: {one[0] / two[0]:.2f} times one (the best of {len(one)} and {len(two)} quiet rounds)")
    assert one[0] > LEAST_THREADS * two[0]


def undisturbed(act):
    """Seconds that something took by the clock; None where other programs worked in the meantime."""
    all_before, own_before, begun = work_of_all(), time.process_time(), time.perf_counter()
    act()
    took = time.perf_counter() - begun
    others = work_of_all() - all_before - (time.process_time() - own_before)
    return took if others <= MOST_OF_OTHERS else None


def work_of_all() -> float:
    """Seconds that the cores have worked since the machine started."""
    user, nice, system, _idle, _waiting, *interrupts = map(int, STAT.read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def test_memory_and_growth(tmp_path):
    """Files in, files out, in a process of its own: memory beside the program, and the work of ten times the rows."""
    small, large = (write(tmp_path, ROWS // part) for part in (10, 1))
    first, second = (measured(tmp_path, name) for name in (small, large))
    memory = second["peak"] - second["at_start"]
    growth = (second["seconds"] / first["seconds"]) / 10
    print(f"\n{ROWS} rows in {second['seconds']:.1f} s of work, {memory:.0f} MiB beside the program; 10 × the rows")
    print(f"take {10 * growth:.1f} times the work ({first['seconds']:.2f} s)")
    assert memory <= MOST_MEMORY
    assert growth <= MOST_GROWTH


def write(folder: Path, rows: int) -> str:
    name = f"{rows}"
    writers = None
    for number in range(-(-rows // 500_000)):
        shifts, payments = made_up(min(rows, 500_000), by_clock=True, seed=number)
        tables = [as_table(one, number) for one in (shifts, payments)]
        if writers is None:
            paths = [folder / f"{name}-{kind}.parquet" for kind in ("shifts", "payments")]
            writers = [parquet.ParquetWriter(path, one.schema) for path, one in zip(paths, tables, strict=True)]
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table, row_group_size=1 << 17)
    for writer in writers or ():
        writer.close()
    return name


def as_table(columns, number):
    names = {"day": "date"}
    made = {}
    for name, values in columns.items():
        if name in ("day", "from", "to"):
            made[names.get(name, name)] = pa.array((values - EPOCH).astype(np.int32), pa.date32())
        elif name in ("rate", "amount"):
            made[name] = pa.array(values // 10_000)
        elif name == "worker":
            made[name] = pa.array(values + 1_000_000 * number).cast(pa.string())
        elif name != "row":
            made[name] = pa.array(values, mask=values < 0)
    return pa.table(made)


PROGRAM = """
import sys, time
from pathlib import Path
from wagelaw.audit import Options, audit_files
folder, name = Path(sys.argv[1]), sys.argv[2]

def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

at_start, begun = peak(), time.process_time()
audit_files(folder / f"{name}-shifts.parquet", folder / f"{name}-out.parquet", folder / f"{name}-payments.parquet",
            options=Options(employer_headcount=30))
print(at_start, peak(), time.process_time() - begun)
"""


def measured(folder: Path, name: str) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), name],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    return dict(zip(("at_start", "peak", "seconds"), map(float, run.stdout.split()), strict=True))
