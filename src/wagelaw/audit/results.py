"""Worker-weeks as Arrow tables, and their totals by worker and by employer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from wagelaw.audit.cleaning import EPOCH
from wagelaw.audit.kernel import MONEY
from wagelaw.audit.stretches import Columns
from wagelaw.audit.tables import Names

Ints = NDArray[np.int64]

MINUTES = ("minutes", "regular_minutes", "overtime_minutes", "double_minutes")
AMOUNTS = ("due", *MONEY, "owed")
MONEY_TYPE = pa.decimal128(18, 2)
RATE_TYPE = pa.decimal128(18, 6)
WAGE_TYPE = pa.decimal128(18, 4)
WEEKS = pa.schema(
    [
        ("employer", pa.string()),
        ("worker", pa.string()),
        ("week", pa.date32()),
        *((name, pa.int32()) for name in MINUTES),
        ("regular_rate", RATE_TYPE),
        ("minimum", WAGE_TYPE),
        *((name, MONEY_TYPE) for name in AMOUNTS),
    ]
)
TOTALS = pa.schema(
    [
        ("employer", pa.string()),
        ("worker", pa.string()),
        ("weeks", pa.int64()),
        *((name, pa.int64()) for name in MINUTES),
        *((name, MONEY_TYPE) for name in AMOUNTS),
    ]
)
EMPLOYERS = pa.schema([("workers", pa.int64()) if one.name == "worker" else one for one in TOTALS])


def weeks_table(columns: Columns, names: Names) -> Any:
    """Worker-weeks as a table of the schema WEEKS; a code the rows say nothing of is null."""
    if not columns:
        return WEEKS.empty_table()
    employer, worker = _named(columns["worker"], names)
    arrays = [employer, worker, pa.array((columns["week"] - EPOCH).astype(np.int32), pa.date32())]
    arrays += [pa.array(columns[name].astype(np.int32)) for name in MINUTES]
    arrays += [_decimals(columns["regular_rate"], RATE_TYPE), _decimals(columns["minimum"], WAGE_TYPE)]
    arrays += [_amounts(columns, name) for name in AMOUNTS]
    return pa.Table.from_arrays(arrays, schema=WEEKS)


def totals(columns: Columns) -> Columns:
    """Sums of worker-weeks by worker; the workers of a chunk stand together."""
    worker = columns["worker"]
    starts = np.flatnonzero(np.concatenate(([True], worker[1:] != worker[:-1])))
    sums = {name: np.add.reduceat(columns[name], starts) for name in (*MINUTES, *AMOUNTS) if name in columns}
    return {"worker": worker[starts], "weeks": np.diff(np.append(starts, len(worker))), **sums}


def totals_table(columns: Columns, names: Names) -> Any:
    """Totals by worker as a table of the schema TOTALS."""
    if not columns:
        return TOTALS.empty_table()
    employer, worker = _named(columns["worker"], names)
    return pa.Table.from_arrays([employer, worker, *_sums(columns)], schema=TOTALS)


class Employers:
    """Running totals by employer."""

    def __init__(self) -> None:
        self._sums: dict[int, dict[str, int]] = {}

    def add(self, by_worker: Columns, names: Names) -> None:
        """Adds totals by worker."""
        employer = np.array(names.employer_of, dtype=np.int64)[by_worker["worker"]]
        for number in np.unique(employer).tolist():
            mine = employer == number
            sums = self._sums.setdefault(number, {"workers": 0})
            sums["workers"] += int(mine.sum())
            for name, values in by_worker.items():
                if name != "worker":
                    sums[name] = sums.get(name, 0) + int(values[mine].sum())

    def table(self, names: Names) -> Any:
        """A table of the schema EMPLOYERS, in the order in which employers first came."""
        order = sorted(self._sums)
        if not order:
            return EMPLOYERS.empty_table()
        present = {name for sums in self._sums.values() for name in sums}
        columns = {
            name: np.array([self._sums[number].get(name, 0) for number in order], dtype=np.int64) for name in present
        }
        employer = pa.array([names.employers[number] for number in order], pa.string())
        return pa.Table.from_arrays([employer, pa.array(columns["workers"]), *_sums(columns)], schema=EMPLOYERS)


def _sums(columns: Columns) -> list[Any]:
    return [
        pa.array(columns["weeks"]),
        *(pa.array(columns[name]) for name in MINUTES),
        *(_amounts(columns, name) for name in AMOUNTS),
    ]


def _named(worker: Ints, names: Names) -> tuple[Any, Any]:
    """Names of employer and worker of each row, built from few words."""
    low, high = int(worker.min()), int(worker.max()) + 1
    index = pa.array(worker - low)
    workers = pa.array(names.workers[low:high], pa.string())
    employers = pa.array([names.employers[one] or None for one in names.employer_of[low:high]], pa.string())
    return employers.take(index), workers.take(index)


def _amounts(columns: Columns, name: str) -> Any:
    if name in columns:
        return _decimals(columns[name], MONEY_TYPE)
    return pa.nulls(len(columns["weeks"] if "weeks" in columns else columns["week"]), MONEY_TYPE)


def _decimals(values: Ints, kind: Any) -> Any:
    """Whole numbers of the last place as decimals, without a detour through text."""
    words = np.empty((len(values), 2), dtype=np.int64)
    words[:, 0] = values
    words[:, 1] = values >> 63  # the sign, in the upper half of 128 bits
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(words)])
