"""What a structure test says: shares by department and shift, by language and by leader, against the goal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from centro.core.policy import Actor
from centro.organizing.choices import Shift
from centro.organizing.models import Headcount, StructureTest
from centro.organizing.queries import structure as queries
from centro.organizing.structure.choices import ASKED, Deed
from centro.people import queries as people
from centro.people.choices import LANGUAGES
from centro.people.models import Person


@dataclass
class Share:
    """Of some people: how many there are (known or expected), were asked, and did it."""

    label: str
    people: int = 0
    asked: int = 0
    did: int = 0

    @property
    def percent(self) -> int:
        return 100 * self.did // self.people if self.people else 0

    @property
    def is_gap(self) -> bool:
        """Three people or more, and nobody acted."""
        return self.people >= 3 and self.did == 0


@dataclass
class Results:
    """The whole test. Lines are in the order of the chart, or by name: nobody is ranked."""

    total: Share
    goal: int
    places: list[Share]
    languages: list[Share]
    leaders: list[Share]
    ones: list[Person] = field(default_factory=list)
    threes: list[Person] = field(default_factory=list)

    @property
    def gaps(self) -> list[Share]:
        return [share for share in self.places if share.is_gap]

    @property
    def is_reached(self) -> bool:
        return self.total.percent >= self.goal


def results(actor: Actor, test: StructureTest) -> Results:
    """Ten queries, whatever the number of people."""
    rows = queries.cube(actor, test)
    titles = queries.departments_of(actor, test)
    led = people.people_by_id(actor, {row["leader"] for row in rows})
    places = _places(rows, titles)
    total = _sum("", rows)
    total.people = sum(share.people for share in places)
    return Results(
        total=total,
        goal=test.goal,
        places=places,
        languages=_languages(rows),
        leaders=sorted(_leaders(rows, led), key=lambda share: share.label.casefold()),
        ones=queries.people_who(actor, test, ones=True),
        threes=queries.people_who(actor, test, ones=False),
    )


def _sum(label: str, rows: Iterable[dict[str, Any]]) -> Share:
    share = Share(label)
    for row in rows:
        share.people += row["people"]
        share.asked += row["people"] if row["deed"] in ASKED else 0
        share.did += row["people"] if row["deed"] == Deed.DID else 0
    return share


def _by(rows: list[dict[str, Any]], *names: str) -> dict[Any, list[dict[str, Any]]]:
    """Rows by what they say under one name, or under some."""
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)].append(row)
    return found


def _leaders(rows: list[dict[str, Any]], led: dict[UUID, Person]) -> list[Share]:
    grouped = _by(rows, "leader")
    return [_sum(str(person.name), grouped[pk]) for pk, person in led.items()]


def _places(rows: list[dict[str, Any]], titles: dict[UUID, str]) -> list[Share]:
    """Each department and shift; where more people are expected than known, those not known count too."""
    expected = {
        (head.department_id, head.shift): head.expected for head in Headcount.objects.filter(department__in=titles)
    }
    known = _by(rows, "department", "shift")
    found = []
    for department, title in titles.items():
        for shift in Shift:
            place = (department, shift.value)
            if place in known or place in expected:
                label = f"{title}, {shift.label}"
                share = _sum(label, known.get(place, []))
                share.people = max(share.people, expected.get(place, 0))
                found.append(share)
    nowhere = _sum(_("Nowhere on the chart"), (row for row in rows if row["department"] not in titles))
    return [*found, nowhere] if nowhere.people else found


def _languages(rows: list[dict[str, Any]]) -> list[Share]:
    return [_sum(LANGUAGES.get(code, code), found) for code, found in sorted(_by(rows, "language").items())]
