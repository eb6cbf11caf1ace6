"""The wall chart of a workplace: departments by shifts, a card a worker, a blank for each who is not known yet."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from centro.core.policy import Actor
from centro.organizing.choices import Shift
from centro.organizing.models import Campaign, Department, Headcount, Post
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.people.models import Employment, Person, Workplace

MOST = 500  # people on one chart


@dataclass(frozen=True)
class Card:
    """One worker on the chart."""

    person: Person
    standing: Row
    is_leader: bool = False


@dataclass
class Cell:
    """A department on a shift: whom we know there, and how many there ought to be."""

    department: Department
    shift: Shift
    expected: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def blanks(self) -> range:
        return range(max(0, self.expected - len(self.cards)))


@dataclass(frozen=True)
class Chart:
    """The whole chart: its shifts (those that occur), a row a department, and those who stand nowhere yet."""

    shifts: list[Shift]
    rows: list[tuple[Department, list[Cell]]]
    unplaced: list[Card]

    @property
    def gaps(self) -> list[Cell]:
        """Where we know fewer than half, the emptiest first."""
        cells = [cell for _, cells in self.rows for cell in cells if cell.expected > 2 * len(cell.cards)]
        return sorted(cells, key=lambda cell: len(cell.cards) - cell.expected)


def wall_chart(actor: Actor, workplace: Workplace, campaign: Campaign) -> Chart:
    """Six queries, whatever the number of people."""
    rows = Department.objects.visible_to(actor, "see").filter(campaign=campaign, workplace=workplace)
    departments: dict[UUID, Department] = {row.pk: row for row in rows}
    cells: dict[tuple[UUID, str], Cell] = {}
    for head in Headcount.objects.filter(department__in=departments):
        department = departments[head.department_id]
        cells[department.pk, head.shift] = Cell(department, Shift(head.shift), head.expected)
    cards = _cards(actor, workplace, campaign)
    for post in Post.objects.visible_to(actor, "see").filter(department__in=departments, person__in=cards):
        department = departments[post.department_id]
        cell = cells.setdefault((department.pk, post.shift), Cell(department, Shift(post.shift)))
        card = cards.pop(post.person_id)
        cell.cards.append(Card(card.person, card.standing, post.is_leader))
    shifts = [shift for shift in Shift if any(shift == used for _, used in cells)]
    lines = [(row, [cells.get((pk, shift), Cell(row, shift)) for shift in shifts]) for pk, row in departments.items()]
    return Chart(shifts, lines, list(cards.values()))


def _cards(actor: Actor, workplace: Workplace, campaign: Campaign) -> dict[UUID, Card]:
    """Everybody who works there now, or stands on the chart, and whom the actor may see."""
    works = Employment.objects.filter(workplace=workplace, to_on__isnull=True).values("person")
    stands = Post.objects.filter(department__workplace=workplace, campaign=campaign).values("person")
    there = works.order_by().union(stands.order_by())  # one set: with two, SQLite asks both of everybody it knows
    people: Any = Person.objects.visible_to(actor, "see").filter(pk__in=there)
    found = list(people.filter(restricted_at__isnull=True).order_by("-changed_at", "pk")[:MOST])
    at = standings_of(campaign.pk, [person.pk for person in found])
    return {person.pk: Card(person, row_of(person, at.get(person.pk))) for person in found}


def get_department(actor: Actor, department: UUID) -> Department:
    row: Department = Department.objects.get_for(actor, "add", pk=department)
    return row
