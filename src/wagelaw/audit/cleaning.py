"""Arrow columns become whole numbers, one column at a time; what cannot be read is marked, never guessed.

Every function takes an Arrow array of any length and returns `(values, bad)`: int64 values with `MISSING` where the
row says nothing, and a mask of rows that say something unreadable.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Read = tuple[Ints, Flags]

MISSING = -1
DAY = 1440
EPOCH = 719_163  # ordinal of 1970-01-01
EARLIEST, LATEST = 726_468, 767_009  # 1990-01-01 and 2100-12-31
RATE_UNITS = 10_000
LARGEST_MONEY = 10**13  # ten-thousandths: a billion dollars


def days(array: Any) -> Read:
    """Dates, timestamps or texts such as 2025-03-09, as ordinals."""
    if pa.types.is_timestamp(array.type):
        array = pc.cast(array, pa.date32(), safe=False)
    if pa.types.is_date(array.type):
        values = _numbers(pc.cast(pc.cast(array, pa.date32()), pa.int32()), MISSING - EPOCH) + EPOCH
        return _within(values, EARLIEST, LATEST, array)
    if not _is_text(array):
        return _unreadable(array)
    good = _matches(array, r"^\d{4}-\d{2}-\d{2}$")
    text = pc.if_else(good, array, "2000-01-01")
    year, month, day = (
        _numbers(pc.cast(pc.utf8_slice_codeunits(text, low, high), pa.int64()), 0)
        for low, high in ((0, 4), (5, 7), (8, 10))
    )
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    whole = months.astype("datetime64[D]") + (day - 1)
    right = (month >= 1) & (month <= 12) & (whole.astype("datetime64[M]") == months) & (day >= 1)
    values = whole.astype(np.int64) + EPOCH
    return _within(np.where(_mask(good) & right, values, 0), EARLIEST, LATEST, array)


def clock(array: Any) -> Read:
    """Times of day, texts such as 08:30, or minutes since midnight, as minutes of the day."""
    if pa.types.is_time(array.type):
        array = pc.divide(pc.cast(pc.cast(array, pa.time32("s"), safe=False), pa.int32()), 60)
    if pa.types.is_integer(array.type):
        return _within(_numbers(array, MISSING), 0, DAY - 1, array)
    if not _is_text(array):
        return _unreadable(array)
    good = _matches(array, r"^\d{2}:\d{2}(:00(\.0+)?)?$")
    text = pc.if_else(good, array, "00:00")
    hour, minute = (
        _numbers(pc.cast(pc.utf8_slice_codeunits(text, low, high), pa.int64()), 0) for low, high in ((0, 2), (3, 5))
    )
    right = _mask(good) & (hour < 24) & (minute < 60)
    return _within(np.where(right, hour * 60 + minute, MISSING - 1), 0, DAY - 1, array)


def counts(array: Any) -> Read:
    """Whole numbers from nought, also written as text or as 30.0."""
    if pa.types.is_floating(array.type):
        values = np.nan_to_num(array.to_numpy(zero_copy_only=False), nan=MISSING, posinf=-2, neginf=-2)
        whole = np.where((values == np.floor(values)) & (np.abs(values) < 2**31), values, -2).astype(np.int64)
        absent = _mask(pc.is_null(array))
        return np.where(absent, MISSING, whole), ~absent & (whole < 0)
    if pa.types.is_boolean(array.type):
        return _within(_numbers(pc.cast(array, pa.int8()), MISSING), 0, 1, array)
    if pa.types.is_integer(array.type):
        return _within(_numbers(array, MISSING), 0, 2**31, array)
    if not _is_text(array):
        return _unreadable(array)
    good = _matches(array, r"^\d{1,9}$")
    values = _numbers(pc.cast(pc.if_else(good, array, "0"), pa.int64()), MISSING)
    return _within(np.where(_mask(good), values, MISSING - 1), 0, 2**31, array)


def flags(array: Any) -> Read:
    """true or false, 1 or 0, in any case of letters; as 1 and 0."""
    if _is_text(array):
        lower = pc.utf8_lower(array)
        array = pc.if_else(pc.equal(lower, "true"), "1", pc.if_else(pc.equal(lower, "false"), "0", array))
    values, bad = counts(array)
    return values, bad | (values > 1)


def money(array: Any) -> Read:
    """Dollars in ten-thousandths: decimals, whole numbers, texts such as 17.87; a float only if it is one exactly."""
    if pa.types.is_floating(array.type):
        scaled = array.to_numpy(zero_copy_only=False) * RATE_UNITS
        near = np.rint(np.nan_to_num(scaled, nan=-2, posinf=-2, neginf=-2))
        exact = (np.abs(scaled - near) < 1e-4) & (np.abs(near) < LARGEST_MONEY)
        values = np.where(exact, near, MISSING - 1).astype(np.int64)
        return _within(values, 0, LARGEST_MONEY, array)
    if pa.types.is_integer(array.type):
        values = _numbers(array, MISSING)
        small = np.where(values > LARGEST_MONEY // RATE_UNITS, MISSING - 1, values)
        return _within(np.where(small >= 0, small * RATE_UNITS, small), 0, LARGEST_MONEY, array)
    if pa.types.is_decimal(array.type):
        array = pc.cast(array, pa.string())
    if not _is_text(array):
        return _unreadable(array)
    good = _matches(array, r"^\d{1,9}(\.\d{1,4}0*)?$")
    text = pc.replace_substring_regex(pc.if_else(good, array, "0"), r"(\.\d{4})0*$", r"\1")
    exact = pc.cast(text, pa.decimal128(18, 4))
    scaled = pc.cast(pc.multiply(exact, pa.scalar(RATE_UNITS, pa.decimal128(5, 0))), pa.int64())
    return _within(np.where(_mask(good), _numbers(scaled, MISSING), MISSING - 1), 0, LARGEST_MONEY, array)


def choices(array: Any, known: Callable[[str], int | None]) -> Read:
    """Words as numbers: `known` gives the number of a word, or None for one that does not exist."""
    if not _is_text(array):
        return _unreadable(array)
    coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    words = coded.dictionary.to_pylist()
    numbers = np.array([_number(known, word) for word in words] + [MISSING], dtype=np.int64)
    values = numbers[_numbers(coded.indices, len(words))]
    return np.maximum(values, MISSING), values < MISSING


def _number(known: Callable[[str], int | None], word: str | None) -> int:
    if word is None or word == "":
        return MISSING
    number = known(word)
    return MISSING - 1 if number is None else number


def _within(values: Ints, low: int, high: int, array: Any) -> Read:
    """Marks what lies outside; a null or an empty text is missing, not bad."""
    absent = _absent(array)
    bad = ~absent & ((values < low) | (values > high))
    return np.where(absent | bad, MISSING, values), bad


def _unreadable(array: Any) -> Read:
    """A column of a type that cannot mean this: every value in it is bad."""
    present = ~_mask(pc.is_null(array))
    return np.full(len(array), MISSING, dtype=np.int64), present


def _absent(array: Any) -> Flags:
    absent = pc.is_null(array)
    if _is_text(array):
        absent = pc.or_kleene(absent, pc.equal(array, ""))
    return _mask(absent)


def _is_text(array: Any) -> bool:
    kind = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _matches(array: Any, pattern: str) -> Any:
    return pc.fill_null(pc.match_substring_regex(array, pattern), False)


def _mask(array: Any) -> Flags:
    values: Flags = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return values


def _numbers(array: Any, missing: int) -> Ints:
    filled = pc.fill_null(array, missing) if array.null_count else array
    values: Ints = filled.to_numpy(zero_copy_only=False).astype(np.int64)
    return values
