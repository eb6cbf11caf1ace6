"""Time stamps from a typed or pasted list: clock photos, bus cards, messages (“2025-03-04 10:28 in”, “3/4 22:05”)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from centro.clinic.calendar.clocks import TIME, half_of
from centro.clinic.calendar.dates import DATE_RULES, Said
from centro.clinic.calendar.model import Day, Line
from centro.clinic.calendar.reading import folded

LONGEST = timedelta(hours=16)  # a later stamp belongs to another day's work
MOST_LINES = 2000
_BARE = re.compile(r"(?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?![\d/:.])")
_IN = re.compile(r"\b(?:in|entrada|entro|arrived|llegada)\b|출근|입실")
_OUT = re.compile(r"\b(?:out|salida|salio|left)\b|퇴근|퇴실")


@dataclass(frozen=True)
class Stamp:
    """One moment, and whether it was said to be a coming or a going."""

    at: datetime
    way: str = ""


@dataclass
class StampReading:
    """The days the stamps make; lines that hold no moment; moments without their other half."""

    days: dict[date, Day]
    unread: list[str]
    alone: list[datetime]


def read_stamps(text: str, today: date) -> StampReading:
    """Stretches of work from the first stamp to the next, and so on, each under the day it began."""
    stamps, unread = [], []
    day: date | None = None
    for line in text.splitlines()[:MOST_LINES]:
        if not line.strip():
            continue
        day, found = _line(folded(line), day, today)
        stamps += found
        if not found and not (day and _is_only_a_day(line, today)):
            unread.append(line.strip())
    days: dict[date, Day] = {}
    alone: list[datetime] = []
    for start, end in _pairs(sorted(set(stamps), key=lambda one: one.at), alone):
        lines = days[start.date()].lines if start.date() in days else ()
        line_ = Line((), f"{start:%H:%M}", f"{end:%H:%M}")
        days[start.date()] = Day("hours", (*lines, line_), source="stamps")
    return StampReading(days, unread, alone)


def _is_only_a_day(line: str, today: date) -> bool:
    return _line(folded(line), None, today)[0] is not None


def _line(plain: str, before: date | None, today: date) -> tuple[date | None, list[Stamp]]:
    """The day of a line (or that of the line before) and the stamps on it."""
    day, rest = before, plain
    for at in range(len(plain)):
        said, end = _day_at(plain, at)
        if said:
            try:
                day, rest = _near(said, before, today), plain[:at] + " " * (end - at) + plain[end:]
            except ValueError:
                return before, []
            break
    return day, list(_stamps(rest, day)) if day else []


def _near(said: Said, before: date | None, today: date) -> date:
    """The day that was said; without a year the one that goes on from the line before."""
    if said.year is not None or before is None:
        return said.first(today)
    day = Said(before.year, said.month, said.day).first(today)
    return day if (before - day).days < 180 else Said(before.year + 1, said.month, said.day).first(today)


def _day_at(plain: str, at: int) -> tuple[Said | None, int]:
    if at and plain[at - 1].isdigit():
        return None, at
    for one in DATE_RULES:
        match = one.pattern.match(plain, at)
        if match and (said := one.make(match)).day:
            return said, match.end()
    match = _BARE.match(plain, at)
    return (Said(None, int(match["m"]), int(match["d"])), match.end()) if match else (None, at)


def _stamps(rest: str, day: date) -> Iterator[Stamp]:
    at, last_end = 0, 0
    while at < len(rest):
        match = (
            TIME.match(re.sub(r"(?<=\d:\d\d):\d\d", "   ", rest), at) if at == 0 or not rest[at - 1].isdigit() else None
        )
        half = half_of(match, 1) if match else None
        if match is None or half is None:
            at += 1
            continue
        following = TIME.search(rest, match.end())
        around = rest[last_end : following.start() if following else len(rest)]
        way = "in" if _IN.search(around) else "out" if _OUT.search(around) else ""
        yield Stamp(datetime.combine(day, time(half.minutes // 60, half.minutes % 60)), way)
        at = last_end = match.end()


def _pairs(stamps: list[Stamp], alone: list[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """A coming and the going after it; a stamp without its other half goes to `alone`."""
    waiting: Stamp | None = None
    for stamp in stamps:
        if waiting is None and stamp.way == "out":
            alone.append(stamp.at)
        elif waiting is None:
            waiting = stamp
        elif stamp.way == "in" or stamp.at - waiting.at > LONGEST:
            alone.append(waiting.at)
            waiting = stamp
        else:
            yield waiting.at, stamp.at
            waiting = None
    if waiting:
        alone.append(waiting.at)
