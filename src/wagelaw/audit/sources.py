"""Tables read worker by worker, whatever their size: in order where the file has them in order, else by way of disk."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pyarrow.parquet as parquet
from numpy.typing import NDArray

from wagelaw.audit.stretches import Columns
from wagelaw.audit.tables import READERS, Names, SetAside, between, empty, joined, read

Ints = NDArray[np.int64]

ROWS_A_BUCKET = 500_000
BLOCK = 1 << 22  # bytes of CSV read at once


def batches(path: Path, table: str, rows: int, only: tuple[str, ...] = ()) -> Iterator[Any]:
    """Record batches of a Parquet or CSV file; CSV columns stay text. `only`: the columns wanted, where present."""
    if path.suffix == ".parquet":
        known = [name for name in wanted(table, only) if name in columns_of(path)]
        words = [name for name in ("employer", "worker", "place") if name in known]
        with parquet.ParquetFile(path, read_dictionary=words) as file:
            yield from file.iter_batches(batch_size=rows, columns=known)
        return
    names = csv_names(path)
    known = [name for name in wanted(table, only) if name in names]
    convert = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        include_columns=known,
        strings_can_be_null=True,
        null_values=[""],
    )
    with arrow_csv.open_csv(
        path, read_options=arrow_csv.ReadOptions(block_size=BLOCK), convert_options=convert
    ) as reader:
        yield from reader


def wanted(table: str, only: tuple[str, ...] = ()) -> list[str]:
    """Names of columns the audit reads of a table."""
    return list(only) or ["employer", "worker", *READERS[table]]


def csv_names(path: Path) -> list[str]:
    """The first line of a CSV file as names of columns."""
    with path.open(encoding="utf-8-sig") as file:
        return [name.strip().strip('"') for name in file.readline().rstrip("\r\n").split(",")]


def columns_of(path: Path) -> list[str]:
    """Names of the columns of a file."""
    if path.suffix == ".parquet":
        names: list[str] = parquet.read_schema(path).names
        return names
    return csv_names(path)


def first_look(path: Path, table: str, names: Names, rows: int) -> tuple[Ints, bool]:
    """Registers (or finds) the workers of a file: rows by worker, and whether each worker's rows stand together."""
    total = np.zeros(0, dtype=np.int64)
    reached, ordered = -1, True
    for batch in batches(path, table, rows, ("employer", "worker")):
        numbers = names.numbers(batch)
        numbers = numbers[numbers >= 0]
        if len(numbers):
            ordered = ordered and bool(numbers[0] >= reached and (np.diff(numbers) >= 0).all())
            reached = max(reached, int(numbers[-1]))
            total = np.pad(total, (0, max(0, int(numbers.max()) + 1 - len(total))))
            total += np.bincount(numbers, minlength=len(total))
    return np.pad(total, (0, len(names.workers) - len(total))), ordered


class Source:
    """One table of an audit, given out by worker. Use as a context; what it writes to disk is gone afterwards."""

    def __init__(self, path: Path | None, table: str, names: Names, aside: SetAside, rows: int) -> None:
        self.path, self.table, self.names, self.aside, self.rows = path, table, names, aside, rows
        self.count = np.zeros(0, dtype=np.int64)
        self._ordered = True
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._left: Columns | None = None
        self._parts: Iterator[Columns] = iter(())

    def __enter__(self) -> Source:
        if self.path is not None:
            self.count, self._ordered = first_look(self.path, self.table, self.names, self.rows)
            self._parts = self._cleaned() if self._ordered else self._by_buckets()
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def _cleaned(self) -> Iterator[Columns]:
        first_row = 0
        if self.path is None:
            return
        for batch in batches(self.path, self.table, self.rows):
            columns = read(self.table, batch, self.names, first_row, self.aside)
            first_row += len(batch)
            if len(columns["worker"]):
                yield columns

    def _by_buckets(self) -> Iterator[Columns]:
        """Writes the rows to files of neighbouring workers, and reads these back one by one, in order."""
        self._folder = tempfile.TemporaryDirectory(prefix="wagelaw-audit-")
        bucket_of_worker = np.cumsum(self.count) // ROWS_A_BUCKET
        paths: dict[int, Path] = {}
        writers: dict[int, Any] = {}
        for columns in self._cleaned():
            batch = pa.RecordBatch.from_pydict({name: pa.array(values) for name, values in columns.items()})
            bucket = bucket_of_worker[columns["worker"]]
            for number in np.unique(bucket).tolist():
                if number not in writers:
                    paths[number] = Path(self._folder.name) / str(number)
                    writers[number] = pa.ipc.new_stream(paths[number], batch.schema)
                writers[number].write_batch(batch.take(pa.array(np.flatnonzero(bucket == number))))
        for writer in writers.values():
            writer.close()
        for number in sorted(paths):
            with pa.ipc.open_stream(paths[number]) as stream:
                table = stream.read_all()
            columns = {name: table.column(name).to_numpy() for name in table.column_names}
            order = np.argsort(columns["worker"], kind="stable")
            yield {name: values[order] for name, values in columns.items()}

    def chunks(self) -> Iterator[tuple[int, Columns]]:
        """Whole workers, about `rows` rows at a time: the number of the last worker, and the rows."""
        while True:
            columns = self._gather(self.rows)
            if columns is None:
                return
            worker = columns["worker"]
            if len(worker) > self.rows and worker[self.rows] != worker[0]:
                cut = int(np.searchsorted(worker, worker[self.rows], side="left"))
                self._left = between(columns, cut, len(worker))
                columns = between(columns, 0, cut)
            yield int(columns["worker"][-1]), columns

    def _gather(self, rows: int) -> Columns | None:
        """At least so many rows and the whole of their first worker, or all that is left."""
        parts = [] if self._left is None else [self._left]
        self._left = None
        have = sum(len(part["worker"]) for part in parts)
        while have <= rows or parts[0]["worker"][0] == parts[-1]["worker"][-1]:
            more = next(self._parts, None)
            if more is None:
                break
            parts.append(more)
            have += len(more["worker"])
        return joined(parts) if parts else None

    def up_to(self, worker: int) -> Columns:
        """All rows, not yet given out, of workers up to a number."""
        parts = [] if self._left is None else [self._left]
        self._left = None
        while not parts or parts[-1]["worker"][-1] <= worker:
            more = next(self._parts, None)
            if more is None:
                break
            parts.append(more)
        if not parts:
            return empty(self.table)
        columns = joined(parts)
        cut = int(np.searchsorted(columns["worker"], worker, side="right"))
        if cut < len(columns["worker"]):
            self._left = between(columns, cut, len(columns["worker"]))
        return between(columns, 0, cut)
