"""Finding people by name: an index in memory, because sealed names cannot be searched in the database.

One line of folded words a person. Names repeat, so all different words stand once in one string, which is scanned at
the speed of `str.find`, and each says in which lines it is: a twentieth of the text of a large center. The index is
built from the sealed rows at first use and kept fresh by the event log, whose numbers rise in the order of commits.
It answers ids only; `queries.py` asks `visible_to()` before anything is counted or shown.
"""

import gc
import threading
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Max, Q

from centro.core import access, policy
from centro.core.models import Event
from centro.core.vault import keyring
from centro.core.vault.fields import open_columns
from centro.core.vault.root import Locked
from centro.people import names
from centro.people.models import Employment, Person, Phone, Workplace

_SOUND, _FAMILY, _DIGITS, _WORK = "~", "^", "#", "@"
REBUILD_AFTER = 5_000
ENOUGH = 1_000
LARGE = 10_000


@dataclass
class _Index:
    """The lines, the different words in them, the lines of each word, and what changed since they were laid out."""

    ids: list[UUID] = field(default_factory=list)
    row_of: dict[UUID, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    words: str = ""
    starts: list[int] = field(default_factory=list)
    rows: list["array[int]"] = field(default_factory=list)
    sort_keys: dict[UUID, str] = field(default_factory=dict)
    fresh: dict[UUID, str] = field(default_factory=dict)
    seen: int = -1
    shops: dict[UUID, str] = field(default_factory=dict)
    signs: dict[str, UUID] = field(default_factory=dict)
    shops_seen: int = -1

    def lay_out(self, lines: dict[UUID, str]) -> None:
        self.ids, self.lines, self.fresh = list(lines), list(lines.values()), {}
        self.row_of = {person: row for row, person in enumerate(self.ids)}
        rows_of: dict[str, array[int]] = {}
        for row, line in enumerate(self.lines):
            for word in dict.fromkeys(line.split()):
                rows_of.setdefault(word, array("I")).append(row)
        self.words, self.rows = f" {' '.join(rows_of)} ", list(rows_of.values())
        self.starts = list(accumulate((len(word) + 1 for word in rows_of), initial=0))

    def holding(self, words: list["_Word"], among: Collection[UUID] | None) -> Iterable[UUID]:
        """Ids of lines that hold every word: found by the rarest word, each then asked once for the rest."""
        for person, line in self.fresh.items():
            if (among is None or person in among) and all(word.is_in(line) for word in words):
                yield person
        rarest = min(words, key=self._frequency) if len(words) > 1 else words[0]
        others = [word for word in words if word is not rarest]
        rows = None if among is None else sorted(self.row_of[person] for person in among if person in self.row_of)
        asked: set[int] = set()
        for needle in rarest.needles:
            for row in self._rows_with(needle, rows):
                if row not in asked:
                    asked.add(row)
                    if self._holds(row, others) and self.ids[row] not in self.fresh:
                        yield self.ids[row]

    def _holds(self, row: int, words: list["_Word"]) -> bool:
        line = self.lines[row]
        for word in words:  # noqa: SIM110  (asked ten thousand times for a common name; `all` costs twice as much)
            if not word.is_in(line):
                return False
        return True

    def _rows_with(self, needle: str, among: list[int] | None) -> Iterable[int]:
        """Lines that hold `needle`: all of them, or those of `among`, which are then read one by one."""
        if among is not None:
            yield from (row for row in among if needle in self.lines[row])
            return
        for word in self._words_with(needle):
            yield from self.rows[word]

    def _words_with(self, needle: str) -> Iterable[int]:
        """Numbers of the words that hold `needle`; a space in it is a word's beginning or end."""
        at = self.words.find(needle)
        while at >= 0:
            word = bisect_right(self.starts, at) - 1
            yield word
            at = self.words.find(needle, self.starts[word + 1])

    def _frequency(self, word: "_Word") -> float:
        """How many lines hold a word, about; a single letter is in so many that nobody counts."""
        if len(word.anywhere) < 2:
            return float("inf")
        return sum(len(self.rows[number]) for number in self._words_with(word.anywhere))


@dataclass(frozen=True)
class _Word:
    """One typed word: the forms it may have in a line, a word's start before anywhere inside one."""

    needles: tuple[str, ...]

    @property
    def anywhere(self) -> str:
        return self.needles[-1]

    def is_in(self, line: str) -> bool:
        for needle in self.needles:  # noqa: SIM110
            if needle in line:
                return True
        return False


_index = _Index()
_lock = threading.RLock()


def forget() -> None:
    """Drop the index (after a restore, between tests)."""
    global _index
    with _lock:
        _index = _Index()


def warm_up() -> None:
    """Build the index in a thread of its own at the start of a process: nine seconds of work at 100,000 people."""
    try:
        with _lock:
            _ready()
    except (Locked, DatabaseError):
        return  # a locked center, or one whose tables are not there yet: the first search builds it
    finally:
        connection.close()


def find(words: str, *, among: Collection[UUID] | None = None, limit: int = ENOUGH) -> list[UUID]:
    """Ids of people for whom every word is part of a name, a workplace or the end of a phone number.

    Names that begin with the rarest word come first, workplaces after names. With `among` only their lines are read,
    so few among very many cost little; nobody is searched past `limit`, so that a common word costs no more than a
    rare one.
    """
    wanted = [_word(word) for word in _split(words)]
    if not wanted:
        return []
    found: dict[UUID, None] = {}
    with _lock:
        for person in _ready().holding(wanted, among):
            found[person] = None
            if len(found) >= limit:
                break
    return list(found)


def people_by_name() -> dict[str, UUID]:
    """Folded whole name → one person who has it, for checking a table of ten thousand."""
    with _lock:
        return {key: person for person, key in _ready().sort_keys.items()}


def _split(words: str) -> list[str]:
    return [word for word in words.split() if names.fold(word)][:6]


def _word(typed: str) -> _Word:
    folded = names.fold(typed).replace(" ", "")
    if folded.isdigit():
        digits = f" {_DIGITS}{folded[-4:]}"
        return _Word((digits,))
    needles = [
        f" {folded}",
        *(f" {_FAMILY}{names.fold(family)}{_SOUND}" for family in sorted(names.families_of(typed))),
    ]
    if names.is_hangul(typed) and len(typed) >= 3:
        family, given = names.split_hangul(typed)
        needles.append(f" {_korean_word(family, given)} ")
    elif len(names.sound(typed)) >= 3:
        needles.append(f"{_SOUND}{names.sound(typed)}")
    return _Word((*needles, folded))


def _ready() -> _Index:
    newest = Event.objects.aggregate(newest=Max("seq"))["newest"] or 0
    if _index.seen < 0 or newest < _index.seen or len(_index.fresh) > REBUILD_AFTER:
        _rebuild(newest)
    elif newest > _index.seen:
        _refresh(newest)
    return _index


def _rebuild(newest: int) -> None:
    lines = dict(_lines(None))
    _index.sort_keys = {person: key for person, (_, key) in lines.items()}
    _index.lay_out({person: line for person, (line, _) in lines.items()})
    _index.seen = newest
    if len(lines) >= LARGE:
        _set_aside()


def _set_aside() -> None:
    """Keep Python's collector of garbage from walking through a large index: each walk stops every page for 170 ms."""
    gc.collect()
    gc.freeze()


def _refresh(newest: int) -> None:
    touched = Event.objects.filter(seq__gt=_index.seen)
    people = {person for person in touched.values_list("person", flat=True) if person}
    workplaces = touched.filter(about_kind="workplace").values_list("about", flat=True)
    people |= set(Employment.objects.filter(workplace__in=list(workplaces)).values_list("person", flat=True))
    lines = dict(_lines(people)) if people else {}
    for person in people:
        line, key = lines.get(person, ("", "\uffff"))
        _index.fresh[person], _index.sort_keys[person] = line, key
    _index.seen = newest


_NAME_FIELDS = ("call_me", "given", "family", "family2", "native", "romanized", "aliases")


def _lines(people: set[UUID] | None) -> Iterable[tuple[UUID, tuple[str, str]]]:
    """Line and sort key of the people named, or of all (`None`)."""
    chosen = Q() if people is None else Q(pk__in=people)
    of_chosen = Q() if people is None else Q(person__in=people)
    with keyring.held_for_request():
        if people is None:
            keyring.hold_all(["person-identity", "workplace"])
        works, digits = _workplace_words(of_chosen), _last_digits(of_chosen)
        for person, *parts in open_columns(Person.objects.filter(chosen), _NAME_FIELDS, for_index=True):
            name = _Name(*parts)
            words = [*name.words(), *works.get(person, ()), *digits.get(person, ())]
            yield person, (f" {' '.join(words)} ", name.sort_key())


class _Name(NamedTuple):
    call_me: str
    given: str
    family: str
    family2: str
    native: str
    romanized: str
    aliases: str

    def words(self) -> Iterable[str]:
        yield from (names.fold(part) for part in self if part)
        if self.native and names.is_hangul(self.native):
            yield _korean_word(*names.split_hangul(self.native))
        elif names.is_hangul(self.family + self.given):
            yield _korean_word(self.family, self.given)
        else:
            yield from (_korean_word(hangul, self.given) for hangul in sorted(names.families_of(self.family)))
        yield from (
            _korean_word(*names.split_hangul(one)) for one in names.listed(self.aliases) if names.is_hangul(one)
        )

    def sort_key(self) -> str:
        return names.fold(f"{self.family} {self.family2} {self.given} {self.native}")


def _korean_word(family: str, given: str) -> str:
    """Family and given name in one word: how they sound together, however each is spelled."""
    return f"{_FAMILY}{names.fold(family)}{_SOUND}{names.sound(given)}"


def workplace_lines() -> dict[UUID, str]:
    """Folded words of every workplace: its sign, its checks, what people call it. Kept fresh by the event log."""
    with _lock:
        newest = Event.objects.filter(about_kind="workplace").aggregate(newest=Max("seq"))["newest"] or 0
        if newest != _index.shops_seen:
            touched = Event.objects.filter(about_kind="workplace", seq__gt=_index.shops_seen).values("about")
            chosen = Q(pk__in=touched) if 0 <= _index.shops_seen < newest else Q()
            with access.viewing(policy.system("search index")):
                for shop in Workplace.objects.filter(chosen).iterator():
                    _index.shops[shop.pk] = names.fold(f"{shop.name} {shop.name_on_checks} {shop.aliases}")
                    _index.signs[names.fold(shop.name)] = shop.pk
            _index.shops_seen = newest
        return _index.shops


def workplaces_by_sign() -> dict[str, UUID]:
    """Folded name on the sign → the workplace, for a table whose rows name where people work."""
    with _lock:
        workplace_lines()
        return dict(_index.signs)


def _workplace_words(of_chosen: Q) -> dict[UUID, list[str]]:
    shops = workplace_lines()
    words: dict[UUID, list[str]] = {}
    for person, shop in Employment.objects.filter(of_chosen).values_list("person_id", "workplace_id"):
        words.setdefault(person, []).extend(f"{_WORK}{word}" for word in shops.get(shop, "").split())
    return words


def _last_digits(of_chosen: Q) -> dict[UUID, list[str]]:
    digits: dict[UUID, list[str]] = {}
    owners = dict(Phone.objects.filter(of_chosen).values_list("pk", "person_id"))
    for phone, number in open_columns(Phone.objects.filter(of_chosen), ("number",), for_index=True):
        digits.setdefault(owners[phone], []).append(f"{_DIGITS}{number[-4:]}")
    return digits
