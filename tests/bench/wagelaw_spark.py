"""The audit on Apache Spark: a local session runs the Arrow function worker by worker, equal to the cent.

Run where PySpark 4 and Java are installed: `python -m pytest tests/bench/wagelaw_spark.py -s`. Never in CI.
"""

from __future__ import annotations

import time
from datetime import date, timedelta

import pyarrow as pa
import pytest

from wagelaw.audit import audit_table

pyspark = pytest.importorskip("pyspark", minversion="4")
pytestmark = pytest.mark.bench

NAMES = ["worker", "week", "minutes", "overtime", "owed"]
COLUMNS = "worker string, week date, minutes int, overtime decimal(18,2), owed decimal(18,2)"
SUNDAY = date(2025, 1, 5)


def made_up(workers):
    """Shifts and weekly payments of a year."""
    shifts = [
        {
            "worker": f"w{worker:04d}",
            "date": SUNDAY + timedelta(days=7 * week + day),
            "minutes": 300 + (worker * 37 + week * 11 + day * 53) % 500,
            "rate": f"{16 + worker % 9}.{worker % 100:02d}",
        }
        for worker in range(workers)
        for week in range(50)
        for day in range(5 + (worker + week) % 3)
    ]
    payments = [
        {
            "worker": f"w{worker:04d}",
            "from": SUNDAY + timedelta(days=7 * week),
            "to": SUNDAY + timedelta(days=7 * week + 6),
            "amount": f"{500 + (worker * week) % 400}.00",
        }
        for worker in range(workers)
        for week in range(50)
    ]
    return pa.Table.from_pylist(shifts), pa.Table.from_pylist(payments)


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    yield session
    session.stop()


def sorted_rows(rows):
    return sorted(tuple(row[name] for name in NAMES) for row in rows)


def test_spark_gives_the_same_cents(spark):
    shifts, payments = made_up(200)
    frames = [spark.createDataFrame(table) for table in (shifts, payments)]
    alone = frames[0].groupBy("worker").applyInArrow(lambda one: audit_table(one)[0].select(NAMES), COLUMNS)
    assert sorted_rows(alone.collect()) == sorted_rows(audit_table(shifts)[0].to_pylist())
    both = frames[0].groupBy("worker").cogroup(frames[1].groupBy("worker"))
    paid = both.applyInArrow(lambda work, pay: audit_table(work, pay)[0].select(NAMES), COLUMNS)
    begun = time.perf_counter()
    rows = paid.collect()
    print(f"\n{shifts.num_rows} shifts of 200 workers on a local session: {time.perf_counter() - begun:.1f} s")
    assert sorted_rows(rows) == sorted_rows(audit_table(shifts, payments)[0].to_pylist())
