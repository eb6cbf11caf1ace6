"""A usual week as a counsellor types it, in three languages: “Mon–Sat 10:30–22:00, one 20-minute meal, no rests”.

What is said of meals and rests holds for the hours before it that have none of their own; said before any hours, for
all. What was not understood is handed back word for word, and what is missing is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from centro.clinic.calendar.clocks import minutes_between, minutes_of
from centro.clinic.calendar.dates import Said
from centro.clinic.calendar.model import Line, Meal
from centro.clinic.calendar.reading import Token, tokens_of, unread_words
from centro.clinic.calendar.week_words import SHORTEST_WORK, WEEK_RULES, WEEKDAYS

LONGEST_TYPED = 600
MEAL_FROM = 20  # minutes from which a “break” is a meal off duty and no rest
USUAL_MEAL = 30


@dataclass(frozen=True)
class WeekReading:
    """What a typed week says. `missing`: days, hours. `unread`: words nobody understood. `impossible`: no such day."""

    lines: tuple[Line, ...] = ()
    first: date | None = None
    last: date | None = None
    confidence: str = "sure"
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every word was understood and nothing is missing."""
        return bool(self.lines) and not (self.missing or self.unread or self.impossible)


@dataclass
class _Group:
    """Days and hours that were said together."""

    days: list[str] = field(default_factory=list)
    spans: list[tuple[str, str]] = field(default_factory=list)
    minutes: int | None = None
    is_time_first: bool = False
    meals: tuple[Meal, ...] | None = None
    rests: int | None = None

    @property
    def has_time(self) -> bool:
        return bool(self.spans) or self.minutes is not None


@dataclass
class _Break:
    """A meal or rest being said: its noun, and what was said about it."""

    kind: str
    count: int | None = None
    length: int | None = None
    start: str = ""
    is_none: bool = False


class _Reader:
    """Walks the tokens of one text."""

    def __init__(self, text: str, today: date) -> None:
        self.text, self.today = text, today
        self.tokens = list(tokens_of(text, WEEK_RULES))
        self.groups = [_Group()]
        self.off: set[str] = set()
        self.unread: list[Token] = [token for token in self.tokens if token.kind == "unread"]
        self.before = _Break("")  # what was said ahead of its noun
        self.now: _Break | None = None  # the meal or rest last named
        self.said: list[tuple[int, _Break]] = []  # with the group it was said after
        self.first: date | None = None
        self.last: date | None = None
        self.impossible: list[str] = []
        self.confidence = "sure"
        self.how_many: Token | None = None

    def read(self) -> WeekReading:
        for at, token in enumerate(self.tokens):
            handle = getattr(self, f"_{token.kind}", None)
            if handle:
                handle(at, token)
        if self.before.count is not None or self.before.length is not None:
            self._left_over()
        lines = tuple(self._lines())
        days = {name for line in lines for name in line.weekdays}
        if self.how_many and len(days) != self.how_many.value:
            self._not_understood(self.how_many)
        missing = [] if any(group.has_time for group in self.groups) else ["hours"]
        if not any(group.days for group in self.groups) and not self.off:
            missing.append("days")
        words = unread_words(self.text, self.unread)
        return WeekReading(
            () if missing else lines,
            self.first,
            self.last,
            self.confidence,
            tuple(missing),
            words,
            tuple(self.impossible),
        )

    # --- days -----------------------------------------------------------------------------------------------

    def _days(self, at: int, token: Token) -> None:
        if self._is_off(at):
            self.off |= set(token.value)
            return
        self.now = None
        names = list(token.value)
        if self._kind(at - 1) == "to" or (self._kind(at - 1) in ("article", "from") and self._kind(at - 2) == "days"):
            begun = self.groups[-1].days[-1:] if self.groups[-1].days else []
            names = _from_to(begun[0], names[-1])[1:] if begun else names
        elif self._begins_group():
            self.groups.append(_Group())
        self.groups[-1].days += [name for name in names if name not in self.groups[-1].days]

    def _begins_group(self) -> bool:
        group = self.groups[-1]
        return bool(group.days) and group.has_time

    def _is_off(self, at: int) -> bool:
        """Whether a day is named as one without work: “off Sunday”, “Sundays off”, “except Tuesday”, “일요일 휴무”."""
        near = at
        while near > 0 and self._kind(near - 1) in ("filler", "stop", "days", "article") and not self._ends(near - 1):
            near -= 1
        if self._kind(near - 1) in ("off", "but") or (self._kind(near - 1) == "rest" and self._is_day_off(near - 1)):
            return True
        after = at + 1
        while self._kind(after) in ("filler", "days") and self.tokens[after].value != ",":
            after += 1
        kind = self._kind(after)
        return (
            kind == "off"
            or (kind == "but" and self.tokens[after].at > 0 and self._is_korean(after))
            or (kind == "rest" and self._is_day_off(after) and self._kind(after + 1) in ("", "stop"))
        )

    def _ends(self, at: int) -> bool:
        return self._kind(at) == "stop" and self.tokens[at].value == ","

    def _is_korean(self, at: int) -> bool:
        return any("가" <= letter <= "힣" for letter in self.text[self.tokens[at].at : self.tokens[at].end])

    def _is_day_off(self, at: int) -> bool:
        """“descanso domingo” is a day off; with a count, a length or a “no” it is a rest."""
        word = self.text[self.tokens[at].at : self.tokens[at].end].lower()
        beside = {self._kind(at - 1), self._kind(at + 1)}
        return word.startswith("descanso") and not beside & {"count", "length", "no_before", "article"}

    def _count_of_days(self, at: int, token: Token) -> None:
        """“6 days a week” says how many, not which: it is understood where the days are named too."""
        self.how_many = token

    # --- hours ----------------------------------------------------------------------------------------------

    def _range(self, at: int, token: Token) -> None:
        start, end = token.value
        if self.now and self.now.kind == "meal" and not self.now.start:
            self.now.start, self.now.length = start, minutes_between(start, end)
            return
        group = self.groups[-1]
        if group.has_time and group.days and (group.is_time_first or self._names_days_after(at)):
            self.groups.append(_Group())
            group = self.groups[-1]
        group.is_time_first = group.is_time_first or not group.days
        group.spans.append((start, end))
        self.now = None

    def _names_days_after(self, at: int) -> bool:
        """Whether these hours are those of the days that follow them (“…, 10–2 Sat”)."""
        if self._kind(at + 1) != "days":
            return False
        while self._kind(at + 1) in ("days", "to", "filler"):
            at += 1
        return self._kind(at + 1) not in ("range", "time")

    def _time(self, at: int, token: Token) -> None:
        if self.now and self.now.kind == "meal":
            self.now.start = token.value
            return
        group = self.groups[-1]
        if group.spans and not group.spans[-1][1]:
            group.spans[-1] = (group.spans[-1][0], token.value)
        else:
            group.spans.append((token.value, ""))

    def _date(self, at: int, token: Token) -> None:
        said: Said = token.value
        is_end = self._kind(at - 1) == "to" or (self._kind(at + 1) == "to" and self._is_korean(at + 1))
        try:
            if is_end:
                self.last = said.last(self.today)
            else:
                self.first = said.first(self.today)
        except ValueError:
            self.impossible.append(self.text[token.at : token.end])

    # --- meals and rests ------------------------------------------------------------------------------------

    def _meal(self, at: int, token: Token) -> None:
        self._name("meal")

    def _rest(self, at: int, token: Token) -> None:
        beside = {self._kind(at - 1), self._kind(at + 1)}
        if "days" in beside and self._is_day_off(at):
            return
        self._name("rest")

    def _name(self, kind: str) -> None:
        said = self.before
        said.kind = kind
        self.before = _Break("")
        self.now = said
        self.said.append((len(self.groups) - 1, said))

    def _length(self, at: int, token: Token) -> None:
        if token.value >= SHORTEST_WORK and self.before.count is None:
            self.groups[-1].minutes = token.value
        elif self.now and self.now.length is None and self.before.count is None:
            self.now.length = token.value
        else:
            self.before.length = token.value

    def _count(self, at: int, token: Token) -> None:
        if self.now and self.now.count is None and (self._is_korean(at) or self._kind(at + 1) in ("", "stop")):
            self.now.count = token.value
        else:
            self.before.count = token.value

    def _no_before(self, at: int, token: Token) -> None:
        if self._kind(at + 1) == "days":
            return
        self.before.is_none = True

    def _no_after(self, at: int, token: Token) -> None:
        for _, said in reversed(self.said):
            if said.count is not None or said.length is not None:
                break
            said.is_none = True

    def _nor(self, at: int, token: Token) -> None:
        """“no meal or rest”: the no goes on."""
        if self.said and self.said[-1][1].is_none:
            self.before.is_none = True

    def _stop(self, at: int, token: Token) -> None:
        if self.now and self._kind(at + 1) not in ("length", "count", "no_after"):
            self.now = None

    def _rough(self, at: int, token: Token) -> None:
        self.confidence = "guess" if self.confidence == "guess" else "rough"

    def _guess(self, at: int, token: Token) -> None:
        self.confidence = "guess"

    # --- putting together -----------------------------------------------------------------------------------

    def _kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def _left_over(self) -> None:
        """A number or a length that belongs to nothing was not understood."""
        last = next(token for token in reversed(self.tokens) if token.kind in ("count", "length"))
        self._not_understood(last)

    def _not_understood(self, token: Token) -> None:
        self.unread.append(Token("unread", token.value, token.at, token.end))
        self.unread.sort(key=lambda one: one.at)

    def _lines(self) -> Iterable[Line]:
        self._share_breaks()
        if self.off and not any(group.days for group in self.groups):
            self.groups[-1].days = list(WEEKDAYS)
        known = [group for group in self.groups if group.days or group.has_time]
        for at, group in enumerate(known):
            if not group.days and at:
                group.days = known[at - 1].days
            days = tuple(name for name in WEEKDAYS if name in group.days and name not in self.off)
            spans = [span for span in group.spans if span[1]]
            for start, end in spans or ([("", "")] if group.minutes else []):
                minutes = None if start else group.minutes
                if days:
                    yield Line(days, start, end, minutes, _within(group.meals, start, end, len(spans)), group.rests)

    def _share_breaks(self) -> None:
        """Each meal and rest goes to the groups before it without one; what was said first goes to all."""
        for kind in ("meal", "rest"):
            after = -1
            for at, said in ((at, said) for at, said in self.said if _is_of(said, kind)):
                before_hours = not self.groups[at].has_time
                reach = range(len(self.groups)) if before_hours and after < 0 else range(after + 1, at + 1)
                for one in reach:
                    _give(self.groups[one], said, kind)
                after = max(after, at)


def _is_of(said: _Break, kind: str) -> bool:
    """A “break” of twenty minutes or more is a meal off duty."""
    is_meal = said.kind == "meal" or (said.kind == "rest" and (said.length or 0) >= MEAL_FROM)
    return is_meal == (kind == "meal")


def _give(group: _Group, said: _Break, kind: str) -> None:
    count = 0 if said.is_none else 1 if said.count is None else said.count
    if kind == "rest":
        group.rests = count if said.count is not None or said.is_none or said.length else group.rests
    else:
        group.meals = (group.meals or ()) + (Meal(said.length or USUAL_MEAL, said.start),) * count


def _within(meals: tuple[Meal, ...] | None, start: str, end: str, spans: int) -> tuple[Meal, ...] | None:
    """The meals of one of several stretches of a day: those with a time inside it, those without in the first."""
    if not meals or not start or spans < 2:
        return meals
    return tuple(
        meal
        for meal in meals
        if not meal.start or (minutes_of(meal.start) - minutes_of(start)) % 1440 < minutes_between(start, end)
    )


def _from_to(first: str, last: str) -> list[str]:
    """The weekdays from one to another, around the week where need be."""
    start, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
    return [WEEKDAYS[(start + step) % 7] for step in range((end - start) % 7 + 1)]


def read_week(text: str, today: date) -> WeekReading:
    """What a typed usual week says; `today` gives the year to “from March”."""
    return _Reader(text[:LONGEST_TYPED], today).read()


def read_hours(text: str, today: date) -> WeekReading:
    """The hours of one day: “10:30–23:15, one 20-minute meal”. Its lines have no weekdays."""
    reading = read_week(f"daily {text}", today)
    return replace(reading, lines=tuple(replace(line, weekdays=()) for line in reading.lines))
