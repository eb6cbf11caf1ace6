"""Times of day as people say them: “10:30–22:00”, “de 9 a 6 de la tarde”, “오전 9시 30분부터 오후 6시까지”."""

import re
from dataclasses import dataclass

NOON, DAY = 720, 1440
_ENGLISH = r"a\.?\s?m\b\.?|p\.?\s?m\b\.?|in\s+the\s+(?:morning|afternoon|evening)|at\s+night"
_SPANISH = r"(?:de|en|por)\s+la\s+(?:manana|tarde|noche|madrugada)"
_KOREAN = "오전|오후|아침|낮|저녁|밤|새벽"
_NAMED = {
    **dict.fromkeys(("noon", "midday", "mediodia", "정오"), NOON),
    **dict.fromkeys(("midnight", "medianoche", "자정"), 0),
}
_MORNING = ("am", "morning", "manana", "madrugada", "오전", "아침", "새벽")
_UNIT = r"(?:\s?(?:hrs?|horas?|h)\b)"
_TIME = (
    rf"(?:(?P<k{{n}}>{_KOREAN})\s*)?(?:(?P<h{{n}}>\d{{{{1,2}}}})"
    rf"(?:(?:[:.]|h(?=\d))(?P<m{{n}}>\d\d)(?!\d)|시(?!간)(?:\s*(?P<b{{n}}>\d{{{{1,2}}}})\s*분|"
    rf"\s*(?P<half{{n}}>반))?)?"
    rf"(?!\d){_UNIT}?(?:\s*(?P<e{{n}}>{_ENGLISH}|{_SPANISH}))?|(?P<w{{n}}>{'|'.join(_NAMED)})\b)"
)
_TO = (
    r"\s*(?:-+|~|to\b|till?\b|until\b|thru\b|through\b|a\b|al\b|hasta\b|y\b|and\b|부터|에서)\s*"
    r"(?:las?\b\s*|el\b\s*|about\b\s*|약\s*)?"
)
_NO_LENGTH = r"(?!\s*-?\s*(?:min|분|dias?\b|days?\b|veces|times|회|번|hours?\b|시간|%))"
RANGE = re.compile(_TIME.format(n=1) + _TO + _TIME.format(n=2) + r"(?:까지)?" + _NO_LENGTH)
_SURE = rf"(?=(?:{_KOREAN})|\d{{{{1,2}}}}(?::\d\d|시(?!간)|\.\d\d|\s*(?:{_ENGLISH}|{_SPANISH}))|{'|'.join(_NAMED)})"
TIME = re.compile(_SURE.replace("{{", "{").replace("}}", "}") + _TIME.format(n=1) + _NO_LENGTH)
AT_TIME = re.compile(r"(?:at|a las?|las|@)\s*" + _TIME.format(n=1) + _NO_LENGTH)


@dataclass(frozen=True)
class Half:
    """A time as it was said: minutes of a day, and whether morning or afternoon was said with it."""

    minutes: int
    is_marked: bool
    could_be_later: bool  # said on a clock of twelve hours, without saying which half


def half_of(match: re.Match[str], n: int) -> Half | None:
    """The n-th time of a match; None where there is no such time of day (25:00)."""
    word = match[f"w{n}"]
    if word:
        return Half(_NAMED[word], True, False)
    hour, minute = int(match[f"h{n}"]), int(match[f"m{n}"] or match[f"b{n}"] or (30 if match[f"half{n}"] else 0))
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    mark = match[f"k{n}"] or match[f"e{n}"] or ""
    if not mark or hour > 12:
        is_short = 1 <= hour <= 12 and not match[f"h{n}"].startswith("0")
        return Half(hour % 24 * 60 + minute, bool(mark), is_short and not mark)
    return Half(_on_whole_clock(hour, minute, mark), True, False)


def _on_whole_clock(hour: int, minute: int, mark: str) -> int:
    word = mark.rsplit(maxsplit=1)[-1].replace(".", "")
    word = {"a": "am", "m": mark[:1] + "m"}.get(word, word)
    is_morning = word in _MORNING or (hour == 12 and word in ("밤", "noche", "night"))
    return (hour % 12 + (0 if is_morning else 12)) * 60 + minute


def range_of(match: re.Match[str]) -> tuple[str, str] | None:
    """Start and end of a match of RANGE; the half of the day that was not said is the one that makes sense."""
    start, end = half_of(match, 1), half_of(match, 2)
    if start is None or end is None:
        return None
    first, last = start.minutes, end.minutes
    if end.could_be_later and last <= first and last + NOON > first:
        last += NOON
    elif start.could_be_later and end.is_marked and not start.is_marked and NOON <= first + NOON < last:
        first += NOON
    return clock(first), clock(last % DAY)


def time_of(match: re.Match[str]) -> str | None:
    """The one time of a match of TIME; an hour before six without a mark is one of the afternoon."""
    half = half_of(match, 1)
    if half is None:
        return None
    return clock(half.minutes + (NOON if half.could_be_later and half.minutes < 360 else 0))


def clock(minutes: int) -> str:
    """Minutes of a day as "HH:MM"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minutes_of(text: str) -> int:
    """ "HH:MM" as minutes of the day."""
    return int(text[:2]) * 60 + int(text[3:])


def minutes_between(start: str, end: str) -> int:
    """How long from one time to the next; an end that is not after its start is on the next day."""
    return (minutes_of(end) - minutes_of(start)) % DAY or DAY
