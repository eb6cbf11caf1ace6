"""Payments by installments, in whole cents: how a sum is split, when each part is due, and which are late."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 120


class Every(models.TextChoices):
    """How far apart installments are."""

    WEEK = "week", _("Every week")
    TWO_WEEKS = "two_weeks", _("Every two weeks")
    MONTH = "month", _("Every month")


class Standing(StrEnum):
    """How an installment stands today."""

    PAID = "paid"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Part:
    """One installment of a plan: its number from 1, the day it is due, whole cents."""

    number: int
    due_on: date
    cents: int


def split(total: int, count: int) -> list[int]:
    """`total` cents in `count` parts that differ only in the last, which takes what division leaves over."""
    if not 1 <= count <= MOST or total < count:
        raise ValueError("a plan has between 1 and 120 parts of at least one cent")
    each = total // count
    return [each] * (count - 1) + [total - each * (count - 1)]


def due_days(first: date, count: int, every: Every) -> list[date]:
    """The days on which they are due. Monthly ones keep the day of the first, or take the last day of a short month."""
    if every is Every.MONTH:
        return [_months_after(first, number) for number in range(count)]
    step = timedelta(days=7 if every is Every.WEEK else 14)
    return [first + step * number for number in range(count)]


def _months_after(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    year = first.year + years
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def plan(total: int, first: date, count: int, every: Every) -> list[Part]:
    """The whole plan: parts that add up to `total`."""
    pairs = zip(due_days(first, count, every), split(total, count), strict=True)
    return [Part(number, due_on, cents) for number, (due_on, cents) in enumerate(pairs, start=1)]


def standing(*, due_on: date, cents: int, received: int, today: date) -> Standing:
    """Paid when all of it came in; late from the day after it was due."""
    if received >= cents:
        return Standing.PAID
    return Standing.LATE if due_on < today else Standing.DUE


def missing(parts: Iterable[tuple[int, int]]) -> int:
    """Cents that (due, received) pairs still lack; more than was due on one does not pay another."""
    return sum(max(0, cents - received) for cents, received in parts)
