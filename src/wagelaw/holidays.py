"""Court days: weekends and court holidays, California and federal, by `law/clocks/holidays.yaml`."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from wagelaw.worded import load

SATURDAY, SUNDAY = 5, 6


def next_court_day(day: date, court: str) -> date:
    """`day` itself, or the next day on which the courts (`california` or `federal`) are open."""
    while not is_court_day(day, court):
        day += timedelta(days=1)
    return day


def step_court_days(day: date, days: int, court: str) -> date:
    """The day that lies `days` court days after `day`."""
    for _ in range(days):
        day = next_court_day(day + timedelta(days=1), court)
    return day


def is_court_day(day: date, court: str) -> bool:
    """Neither Saturday nor Sunday nor a holiday of these courts."""
    return day.weekday() < SATURDAY and day not in holidays(day.year, court)


def later_month(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def holidays(year: int, court: str) -> frozenset[date]:
    """The days of `year` on which these courts are closed, as kept (Saturday → Friday, Sunday → Monday).

    New Year's Day of the next year may be kept on 31 December.
    """
    kept = [_kept(_falls_on(row, each)) for each in (year, year + 1) for row in _rows(each, court)]
    return frozenset(day for day in kept if day.year == year)


def _rows(year: int, court: str) -> list[Mapping[str, Any]]:
    return [
        row
        for row in load("clocks")["holidays"]
        if court in row["courts"] and row.get("from", 0) <= year <= row.get("until", 9999)
    ]


def _falls_on(row: Mapping[str, Any], year: int) -> date:
    if "fixed" in row:
        month, day = row["fixed"]
        return date(year, month, day)
    month, weekday, which = row["nth"]
    return _nth(year, month, weekday, which) + timedelta(days=row.get("plus", 0))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    """The `which`-th weekday of a month, -1 = the last one."""
    if which < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _kept(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day
