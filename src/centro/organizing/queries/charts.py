"""The wall chart of a workplace: departments by shifts, a card a worker, a blank for each who is not known yet."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from centro.core.policy import Actor
from centro.organizing.choices import Shift
from centro.organizing.models import Campaign, Department, Headcount, Post
from centro.organizing.queries.lookup import Row, row_of, standings_of
from centro.people.choices import LANGUAGES
from centro.people.models import Employment, Person, Workplace

MOST = 500  # people on one chart


@dataclass(frozen=True)
class Card:
    """One worker on the chart."""

    person: Person
    standing: Row
    works_here: bool = True  # not: on the chart still, and gone from the workplace
    is_leader: bool = False


@dataclass
class Cell:
    """A department on a shift: whom we know there, and how many there ought to be. `others` are known and not shown."""

    department: Department
    shift: Shift
    expected: int = 0
    cards: list[Card] = field(default_factory=list)
    others: int = 0

    @property
    def known(self) -> int:
        return len(self.cards) + self.others

    @property
    def blanks(self) -> range:
        return range(max(0, self.expected - self.known))

    def only_in(self, language: str) -> "Cell":
        shown = _in_language(self.cards, language)
        return replace(self, cards=shown, others=self.others + len(self.cards) - len(shown))


@dataclass(frozen=True)
class Chart:
    """The whole chart: its shifts (those that occur), a row a department, and those who stand nowhere yet."""

    shifts: list[Shift]
    rows: list[tuple[Department, list[Cell]]]
    unplaced: list[Card]

    @property
    def gaps(self) -> list[Cell]:
        """Where we know fewer than half, the emptiest first."""
        cells = [cell for _, cells in self.rows for cell in cells if cell.expected > 2 * cell.known]
        return sorted(cells, key=lambda cell: cell.known - cell.expected)

    @property
    def languages(self) -> list[tuple[str, str, int]]:
        """The languages in which people here are talked with: code, name, how many; most spoken first."""
        cards = [card for _, cells in self.rows for cell in cells for card in cell.cards]
        counted = Counter(card.person.language for card in (*cards, *self.unplaced))
        return [(code, LANGUAGES.get(code, code), count) for code, count in counted.most_common() if code]

    def only_in(self, language: str) -> "Chart":
        """The same chart with the cards of one language; whoever else is known still counts."""
        rows = [(department, [cell.only_in(language) for cell in cells]) for department, cells in self.rows]
        return Chart(self.shifts, rows, _in_language(self.unplaced, language))


def _in_language(cards: list[Card], language: str) -> list[Card]:
    return [card for card in cards if card.person.language == language]


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
        cell.cards.append(replace(card, is_leader=post.is_leader))
    shifts = [shift for shift in Shift if any(shift == used for _, used in cells)]
    lines = [(row, [cells.get((pk, shift), Cell(row, shift)) for shift in shifts]) for pk, row in departments.items()]
    return Chart(shifts, lines, list(cards.values()))


def _cards(actor: Actor, workplace: Workplace, campaign: Campaign) -> dict[UUID, Card]:
    """Everybody who works there now, or stands on the chart, and whom the actor may see."""
    jobs = Employment.objects.filter(workplace=workplace, to_on__isnull=True)
    works = jobs.values("person")
    stands = Post.objects.filter(department__workplace=workplace, campaign=campaign).values("person")
    there = works.order_by().union(stands.order_by())  # one set: with two, SQLite asks both of everybody it knows
    people: Any = Person.objects.visible_to(actor, "see").filter(pk__in=there)
    people = people.annotate(works_here=Exists(jobs.filter(person=OuterRef("pk"))))
    found = list(people.filter(restricted_at__isnull=True).order_by("-changed_at", "pk")[:MOST])
    at = standings_of(campaign.pk, [person.pk for person in found])
    return {row.pk: Card(row, row_of(row, at.get(row.pk)), row.works_here) for row in found}


def get_department(actor: Actor, department: UUID) -> Department:
    row: Department = Department.objects.get_for(actor, "add", pk=department)
    return row


def heads_of(department: Department) -> dict[str, int]:
    """How many ought to be there on each shift. The caller has fetched the department for the actor."""
    return dict(Headcount.objects.filter(department=department).values_list("shift", "expected"))


def post_of(actor: Actor, person: Person, workplace: Workplace, campaign: Campaign) -> Post | None:
    """Where this person stands on the chart, if they do."""
    rows = Post.objects.visible_to(actor, "see").filter(person=person, campaign=campaign)
    post: Post | None = rows.filter(department__workplace=workplace).first()
    return post
