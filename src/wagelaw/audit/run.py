"""An audit from beginning to end: Arrow tables in memory, or files of any size in chunks."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet

from wagelaw.audit.kernel import Result, Terms, audit_rows
from wagelaw.audit.law import Floors
from wagelaw.audit.memory import keep_freed_memory
from wagelaw.audit.options import Options
from wagelaw.audit.results import EMPLOYERS, TOTALS, WEEKS, Employers, totals, totals_table, weeks_table
from wagelaw.audit.sources import Source, columns_of
from wagelaw.audit.stretches import Columns
from wagelaw.audit.tables import PLACES, MissingColumns, Names, SetAside, check_columns, empty, in_order, read, terms_of
from wagelaw.audit.words import words

Progress = Callable[[int, int], None]  # rows done, rows in all
TURN = 0.0001  # seconds
ASIDE = pa.schema(
    [
        ("table", pa.string()),
        ("row", pa.int64()),
        ("worker", pa.string()),
        ("reason", pa.string()),
        ("why", pa.string()),
    ]
)


@dataclass(slots=True)
class Audit:
    """What an audit came to: rows read, workers, worker-weeks, rows set aside, and the files written."""

    rows: int = 0
    workers: int = 0
    weeks: int = 0
    set_aside: SetAside = field(default_factory=SetAside)
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def rows_aside(self) -> int:
        """How many rows were set aside, of all tables."""
        return sum(len(rows) for rows in self.set_aside.rows.values())


def audit_table(
    shifts: Any, payments: Any = None, terms: Any = None, options: Options | None = None
) -> tuple[Any, Any]:
    """Worker-weeks of Arrow tables or batches in memory, and the rows set aside.

    The workers of a batch are whole: all their shifts, payments and terms. The columns are those of docs/wage-law.md;
    ValueError (MissingColumns) where one is missing. Batches of different workers may go to different machines.
    """
    keep_freed_memory()
    options = options or Options()
    names, aside = Names(), SetAside()
    columns = read("shifts", one_batch(shifts), names, 0, aside)
    names.is_open = False
    rate_rows = read("terms", one_batch(terms), names, 0, aside) if terms is not None else empty("terms")
    paid = read("payments", one_batch(payments), names, 0, aside) if payments is not None else empty("payments")
    columns = in_order(columns)
    agreed = terms_of(rate_rows, aside, names)
    floors = Floors(options, PLACES)
    tables = []
    for part, pay in _workers(columns, paid, options.chunk):
        result = audit_rows(part, agreed, pay, floors, options)
        _note(result, part, names, aside)
        tables.append(weeks_table(result.columns, names))
    return pa.concat_tables([WEEKS.empty_table(), *tables]), aside_table(aside)


def one_batch(data: Any) -> Any:
    """A record batch or table as one record batch."""
    if isinstance(data, pa.RecordBatch):
        return data
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in data.columns], names=data.schema.names)


def _workers(columns: Columns, payments: Columns, rows: int) -> Iterator[tuple[Columns, Columns]]:
    """Parts of whole workers, of about so many rows, each with its payments."""
    worker = columns["worker"]
    order = np.argsort(payments["worker"], kind="stable")
    payments = {name: values[order] for name, values in payments.items()}
    low = 0
    while low < len(worker):
        high = len(worker)
        if low + rows < high:
            high = int(np.searchsorted(worker, worker[low + rows], side="left"))
            if high == low:
                high = int(np.searchsorted(worker, worker[low], side="right"))
        first, last = np.searchsorted(payments["worker"], (worker[low], worker[high - 1] + 1))
        yield (
            {name: values[low:high] for name, values in columns.items()},
            {name: values[first:last] for name, values in payments.items()},
        )
        low = high


def _note(result: Result, part: Columns, names: Names, aside: SetAside) -> None:
    """Enters the rows a chunk set aside."""
    if len(result.set_aside):
        order = np.argsort(part["row"])
        at = order[np.searchsorted(part["row"], result.set_aside, sorter=order)]
        workers = [names.workers[worker] for worker in part["worker"][at].tolist()]
        aside.add("shifts", result.set_aside, workers, result.reasons)


def aside_table(aside: SetAside, language: str = "en") -> Any:
    """Rows set aside as a table: table, row (from 1), worker, reason as a code and in words."""
    why = words(language)["reasons"]
    rows = sorted((table, *row, why[row[2]]) for table, found in aside.rows.items() for row in found)
    columns = list(zip(*rows, strict=True)) or [()] * len(ASIDE)
    return pa.Table.from_arrays(
        [pa.array(column, kind.type) for column, kind in zip(columns, ASIDE, strict=True)], schema=ASIDE
    )


def audit_files(
    shifts: Path,
    out: Path,
    payments: Path | None = None,
    terms: Path | None = None,
    options: Options | None = None,
    progress: Progress = lambda done, whole: None,
    language: str = "en",
) -> Audit:
    """Audits Parquet or CSV files into `out` (worker-weeks) and, beside it, totals and rows set aside.

    Files are Parquet where their name ends so, else CSV. Memory does not grow with the number of rows. `language`: that
    of the reasons in the file of rows set aside. ValueError (MissingColumns), pyarrow.ArrowInvalid or OSError where a
    file cannot be used; parameters.SizeNeeded where the law asks for the employer's size.
    """
    keep_freed_memory()
    options = options or Options()
    found = Audit(files=_paths(out))
    names = Names()
    for path, table in ((shifts, "shifts"), (payments, "payments"), (terms, "terms")):
        if path is not None:
            check_columns(table, columns_of(path))
            _check_employer(shifts, path, table)
    aside, rows = found.set_aside, options.chunk
    with Source(shifts, "shifts", names, aside, rows) as work:
        names.is_open = False
        with (
            Source(payments, "payments", names, aside, rows) as paid,
            Source(terms, "terms", names, aside, rows) as agreed,
            _Writer(found.files, names) as writer,
        ):
            whole = int(work.count.sum())
            for part, result in _computed(_tasks(work, paid, agreed, aside, names), options):
                _note(result, part, names, aside)
                writer.write(result.columns)
                found.rows += len(part["row"])
                found.weeks += len(result.columns.get("week", ()))
                progress(found.rows, whole)
            writer.employers()
    found.workers = len(names.workers)
    _write(found.files["set_aside"], aside_table(aside, language))
    return found


def _check_employer(shifts: Path, path: Path, table: str) -> None:
    """Where the shifts tell employers apart, payments and terms must do so too."""
    if "employer" in columns_of(shifts) and "employer" not in columns_of(path):
        raise MissingColumns(table, ["employer"])


Task = tuple[Columns, Terms, Columns]


def _tasks(work: Source, paid: Source, agreed: Source, aside: SetAside, names: Names) -> Iterator[Task]:
    for last, part in work.chunks():
        yield in_order(part), terms_of(agreed.up_to(last), aside, names), paid.up_to(last)


def _computed(tasks: Iterator[Task], options: Options) -> Iterator[tuple[Columns, Result]]:
    """Results in the order of the tasks, computed by so many threads; few tasks wait at a time."""
    floors = Floors(options, PLACES)
    if options.threads == 1:
        for part, terms, payments in tasks:
            yield part, audit_rows(part, terms, payments, floors, options)
        return
    waiting: deque[tuple[Columns, Future[Result]]] = deque()
    with _short_turns(), ThreadPoolExecutor(options.threads) as pool:
        for part, terms, payments in tasks:
            waiting.append((part, pool.submit(audit_rows, part, terms, payments, floors, options)))
            if len(waiting) > options.threads:
                first, future = waiting.popleft()
                yield first, future.result()
        while waiting:
            first, future = waiting.popleft()
            yield first, future.result()


@contextmanager
def _short_turns() -> Iterator[None]:
    """A thread that waits for its turn may insist on it after a tenth of a millisecond, not only after five.

    Array functions let others run for moments that are shorter than a sleeping thread takes to wake: it comes too
    late, again and again, unless it may insist.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _paths(out: Path) -> dict[str, Path]:
    def beside(name: str, suffix: str) -> Path:
        return out.with_name(f"{out.stem}-{name}{suffix}")

    return {
        "weeks": out,
        "workers": beside("workers", out.suffix),
        "employers": beside("employers", out.suffix),
        "set_aside": beside("set-aside", ".csv"),
    }


class _Writer:
    """Writes worker-weeks and totals as they come."""

    def __init__(self, paths: dict[str, Path], names: Names) -> None:
        self.paths, self.names = paths, names
        self._weeks = _open(paths["weeks"], WEEKS)
        self._workers = _open(paths["workers"], TOTALS)
        self._employers = Employers()

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._weeks.close()
        self._workers.close()

    def write(self, columns: Columns) -> None:
        """Writes the worker-weeks of one chunk and the totals of its workers."""
        if columns:
            self._weeks.write_table(weeks_table(columns, self.names))
            by_worker = totals(columns)
            self._workers.write_table(totals_table(by_worker, self.names))
            self._employers.add(by_worker, self.names)

    def employers(self) -> None:
        """Writes the totals by employer."""
        _write(self.paths["employers"], self._employers.table(self.names))


def _open(path: Path, schema: Any) -> Any:
    if path.suffix == ".parquet":
        return parquet.ParquetWriter(path, schema, compression="zstd", use_dictionary=["employer", "worker"])
    return arrow_csv.CSVWriter(path, schema)


def _write(path: Path, table: Any) -> None:
    with _open(path, table.schema) as writer:
        writer.write_table(table)


__all__ = ["EMPLOYERS", "TOTALS", "WEEKS", "Audit", "audit_files", "audit_table"]
