"""Arrow tables of shifts, payments and terms as columns of whole numbers; rows that cannot be read are set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from wagelaw.audit.cleaning import MISSING, Read, choices, clock, counts, days, flags, money
from wagelaw.audit.kernel import REASONS, Terms
from wagelaw.audit.stretches import DAYS, Columns
from wagelaw.parameters import is_california, places

Ints = NDArray[np.int64]

LARGEST_RATE = 10**8  # ten-thousandths an hour: with any week's minutes a product still fits int64
LARGEST_PAYMENT = 10**12
LATEST_DAY = 767_009
PLACES = [code for code in places() if is_california(code)]
SHIFTS: Mapping[str, Callable[[Any], Read]] = {
    "date": days,
    "start": clock,
    "end": clock,
    "minutes": counts,
    "meal_start": clock,
    "meal_end": clock,
    "meal2_start": clock,
    "meal2_end": clock,
    "meal_minutes": counts,
    "meal_after_minutes": counts,
    "rest_periods": counts,
    "meal_violation": flags,
    "rest_violation": flags,
    "rate": money,
    "paid_minutes": counts,
    "scheduled_minutes": counts,
    "place": partial(choices, known=lambda code: PLACES.index(code) if code in PLACES else None),
}
PAYMENTS: Mapping[str, Callable[[Any], Read]] = {
    "from": days,
    "to": days,
    "amount": money,
    "for": partial(choices, known=lambda word: 0 if word == "any" else None),
}
TERMS: Mapping[str, Callable[[Any], Read]] = {"from": days, "to": days, "rate": money}
NEEDED = {"shifts": ("worker", "date"), "payments": ("worker", "from", "to", "amount"), "terms": ("worker", "rate")}
READERS = {"shifts": SHIFTS, "payments": PAYMENTS, "terms": TERMS}
REASON_OF = {"for": "purpose"}


class MissingColumns(ValueError):
    """A table lacks columns the audit cannot do without: `table`, `columns`."""

    def __init__(self, table: str, columns: list[str]) -> None:
        super().__init__(f"{table}: no column {', '.join(columns)}")
        self.table, self.columns = table, columns


class Names:
    """Workers by number, in the order in which they first come; one who works for two employers is two."""

    def __init__(self) -> None:
        self.workers: list[str] = []
        self.employers: list[str] = []
        self.employer_of: list[int] = []
        self.is_open = True
        self._numbers: dict[tuple[str, str], int] = {}
        self._employers: dict[str, int] = {}

    def number(self, employer: str, worker: str) -> int:
        """A worker's number; MISSING for one not met before once the registry is closed."""
        key = (employer, worker)
        known = self._numbers.get(key)
        if known is not None or not self.is_open:
            return MISSING if known is None else known
        if employer not in self._employers:
            self._employers[employer] = len(self.employers)
            self.employers.append(employer)
        self._numbers[key] = len(self.workers)
        self.workers.append(worker)
        self.employer_of.append(self._employers[employer])
        return self._numbers[key]

    def numbers(self, batch: Any) -> Ints:
        """The number of each row's worker; MISSING − 1 where the row names none."""
        worker, worker_words = _coded(batch.column("worker"))
        if "employer" in batch.schema.names:
            employer, employer_words = _coded(batch.column("employer"))
        else:
            employer, employer_words = np.zeros_like(worker), [""]
        pair = employer * (len(worker_words) + 1) + worker
        heads = np.flatnonzero(np.concatenate(([True], pair[1:] != pair[:-1]))) if len(pair) else pair
        found, first, inverse = np.unique(pair[heads], return_index=True, return_inverse=True)
        numbers = np.empty(len(found), dtype=np.int64)
        for at in np.argsort(first, kind="stable").tolist():
            row = int(heads[first[at]])
            word = worker_words[worker[row]]
            numbers[at] = self.number(employer_words[employer[row]], word) if word else MISSING - 1
        return np.repeat(numbers[inverse], np.diff(np.append(heads, len(pair))))


def _coded(array: Any) -> tuple[Ints, list[str]]:
    """A column as indices into a list of words; the last word is empty, for nulls."""
    coded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array)
    words = [str(word) if word is not None else "" for word in coded.dictionary.to_pylist()]
    indices = pc.fill_null(coded.indices, len(words)).to_numpy(zero_copy_only=False).astype(np.int64)
    return indices, [*words, ""]


@dataclass(slots=True)
class SetAside:
    """Rows that are not computed: by table, their numbers in the input (from 1), workers and reasons."""

    rows: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)

    def add(self, table: str, rows: Ints, workers: list[str], reasons: Ints) -> None:
        """Notes rows by their number from nought."""
        entries = self.rows.setdefault(table, [])
        for row, worker, reason in zip(rows.tolist(), workers, reasons.tolist(), strict=True):
            entries.append((row + 1, worker, REASONS[reason]))


def read(table: str, batch: Any, names: Names, first_row: int, aside: SetAside) -> Columns:
    """A batch of `shifts`, `payments` or `terms` as columns with `worker` and `row`; bad rows go to `aside`."""
    check_columns(table, batch.schema.names)
    worker = names.numbers(batch)
    reason = np.zeros(len(worker), dtype=np.int64)
    reason[worker < MISSING] = REASONS.index("worker")
    reason[worker == MISSING] = REASONS.index("no_shifts")
    columns = {"worker": worker, "row": np.arange(first_row, first_row + len(worker))}
    for name, reader in READERS[table].items():
        if name in batch.schema.names:
            values, bad = reader(_plain(batch.column(name), keep=name in ("place", "for")))
            _mark(reason, bad, REASON_OF.get(name, name))
            columns[name] = values
    _check(table, columns, reason)
    if reason.any():
        at = np.flatnonzero(reason)
        aside.add(table, columns["row"][at], _words(batch, at), reason[at])
        kept = reason == 0
        columns = {name: values[kept] for name, values in columns.items()}
    columns.pop("for", None)
    if "date" in columns:
        columns["day"] = columns.pop("date")
    return columns


def check_columns(table: str, present: list[str]) -> None:
    """MissingColumns where a table cannot be used."""
    missing = [name for name in NEEDED[table] if name not in present]
    if table == "shifts" and not missing and "minutes" not in present:
        missing = [name for name in ("start", "end") if name not in present]
    if missing:
        raise MissingColumns(table, missing)


def _check(table: str, columns: Columns, reason: Ints) -> None:
    """What the table cannot do without in each row, and what would not fit the arithmetic."""
    if table == "shifts":
        _mark(reason, columns["date"] < 0, "date")
        if "rate" in columns:
            _mark(reason, columns["rate"] > LARGEST_RATE, "rate")
        return
    for name, usual in (("from", 1), ("to", LATEST_DAY)):
        given = columns.get(name, np.full(len(reason), MISSING))
        if table == "payments":
            _mark(reason, given < 0, name)
        columns[name] = np.where(given < 0, usual, given)
    amount, most = ("amount", LARGEST_PAYMENT) if table == "payments" else ("rate", LARGEST_RATE)
    _mark(reason, (columns[amount] < 0) | (columns[amount] > most), amount)
    _mark(reason, columns["to"] < columns["from"], "ends_before_start")


def _mark(reason: Ints, bad: Any, name: str) -> None:
    if bad.any():
        reason[bad & (reason == 0)] = REASONS.index(name)


def _plain(array: Any, keep: bool) -> Any:
    """A column with its dictionary decoded, unless its words are wanted."""
    if pa.types.is_dictionary(array.type) and not keep:
        return pc.cast(array, array.type.value_type)
    return array


def _words(batch: Any, at: Ints) -> list[str]:
    taken = batch.column("worker").take(pa.array(at)).to_pylist()
    return ["" if word is None else str(word) for word in taken]


def terms_of(columns: Columns, aside: SetAside, names: Names) -> Terms:
    """Agreed rates in order; a rate that overlaps an earlier one of its worker is set aside."""
    first = columns["worker"] * DAYS + columns["from"]
    last = columns["worker"] * DAYS + columns["to"]
    order = np.lexsort((last, first))
    first, last, rate = first[order], last[order], columns["rate"][order]
    late = np.zeros(len(first), dtype=np.bool_)
    late[1:] = first[1:] <= np.maximum.accumulate(last)[:-1]
    if late.any():
        rows = columns["row"][order][late]
        workers = [names.workers[worker] for worker in columns["worker"][order][late].tolist()]
        aside.add("terms", rows, workers, np.full(len(rows), REASONS.index("terms_overlap")))
    return Terms(first[~late], last[~late], rate[~late])


def in_order(columns: Columns) -> Columns:
    """Shifts sorted by worker, day and start; as they are where they already stand so."""
    key = (columns["worker"] * DAYS + columns["day"]) * 2048
    if "start" in columns:
        key = key + columns["start"] + 1
    if not len(key) or (key[1:] >= key[:-1]).all():
        return columns
    order = np.argsort(key, kind="stable")
    return {name: values[order] for name, values in columns.items()}


def joined(parts: list[Columns]) -> Columns:
    """Columns of several batches one after the other."""
    if len(parts) == 1:
        return parts[0]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def between(columns: Columns, low: int, high: int) -> Columns:
    """Rows from one index to another."""
    return {name: values[low:high] for name, values in columns.items()}


def empty(table: str) -> Columns:
    """No rows of a table."""
    names = {"payments": ("worker", "row", "from", "to", "amount"), "terms": ("worker", "row", "from", "to", "rate")}
    return {name: np.zeros(0, dtype=np.int64) for name in names[table]}
