"""Reads for the pages of no single module: what is due, what was open, with the names the actor may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centro.clinic.queries import board, cases
from centro.core import clock, policy
from centro.core import queries as core
from centro.core.classes import Relation
from centro.core.policy import Actor
from centro.people import queries as people

RECENT = 6


@dataclass(frozen=True)
class Line:
    """A task as a list shows it: with what it is about and the names of who does it and who asked."""

    task: Any
    person: Any = None
    about_url: str = ""
    about_words: str | Promise = ""
    owner: str = ""
    set_by: str = ""

    @property
    def is_overdue(self) -> bool:
        return self.task.done_at is None and self.task.due_on < clock.today()


@dataclass(frozen=True)
class Group:
    """Tasks that are due at the same time, under a heading."""

    heading: str | Promise
    lines: list[Line]
    is_late: bool = False


def task_lines(actor: Actor, tasks: Iterable[Any]) -> list[Line]:
    """Tasks with their names, in a few more queries however many there are."""
    rows = list(tasks)
    of_clinic = _of_clinic(actor, rows)
    about = people.people_by_id(actor, (row.about for row in rows if row.about_kind == "person"))
    staff = people.names_of_staff(actor, [row.owner_id for row in rows] + [row.set_by_id for row in rows])
    return [
        Line(
            task=row,
            person=about.get(row.about),
            **_leads_to(actor, row, of_clinic),
            owner=staff.get(row.owner_id, "") if row.owner_id != actor.user_id else "",
            set_by=staff.get(row.set_by_id, "") if row.set_by_id != actor.user_id else "",
        )
        for row in rows
    ]


# Kind of record a task is about → who may open such a record, its page, what the link says.
_PAGES: dict[str, tuple[str, str, str | Promise]] = {
    "case": ("case.see", "clinic:case", _("To the case")),
    "matter": ("case.see", "clinic:matter", _("To the matter")),
    "letter": ("case.see", "clinic:letter", _("To the letter")),
    "intake": ("intake.see", "clinic:intake", _("To the intake")),
    "legaldemand": ("legal_demand.see", "clinic:demand", _("To the legal demand")),
    "gathering": ("event.edit", "organizing:event_calls", _("To the call sheet")),
    "workplace": ("workplace.see", "people:workplace", _("To the workplace")),
    "user": ("user.see", "core:user", _("To the account")),
}


def _of_clinic(actor: Actor, tasks: list[Any]) -> dict[UUID, str]:
    """Whose case or matter each task is about, as far as this actor may open it."""
    if not policy.may(actor, "case.see"):
        return {}
    about = {kind: [task.about for task in tasks if task.about_kind == kind] for kind in ("case", "matter")}
    return cases.heads(actor, about["case"], about["matter"])


def _leads_to(actor: Actor, task: Any, of_clinic: dict[UUID, str]) -> dict[str, Any]:
    """Where a task leads, for those whose role may open such a page; whether they may open this one, the page says."""
    verb, page, words = _PAGES.get(task.about_kind, ("", "", ""))
    if task.about is None or not policy.may(actor, verb):
        return {}
    return {"about_url": reverse(page, args=[task.about]), "about_words": of_clinic.get(task.about, words)}


def clocks_running_out(actor: Actor) -> list[Any]:
    """Deadlines of the coming thirty days in the cases and matters this actor answers for."""
    return board.near_deadlines(actor) if policy.may(actor, "case.see") else []


def due_groups(actor: Actor, *, limit: int = 50) -> list[Group]:
    """The actor's open tasks: overdue, today, the coming week, later."""
    lines = task_lines(actor, core.tasks(actor)[:limit])
    today = clock.today()
    return [
        Group(_WHEN[when], list(found), is_late=when == "late")
        for when, found in groupby(lines, key=lambda line: _when(line.task.due_on, today))
    ]


_WHEN: dict[str, str | Promise] = {
    "late": _("Overdue"),
    "today": _("Today"),
    "week": _("In the next seven days"),
    "later": _("Later"),
}


def _when(due_on: date, today: date) -> str:
    if due_on <= today:
        return "late" if due_on < today else "today"
    return "week" if (due_on - today).days <= 7 else "later"


def recent_people(actor: Actor) -> list[Any]:
    """People whose page this actor opened last and may still see."""
    if not policy.may(actor, "person.see"):
        return []
    ids = core.recently_opened(actor, "people:person")
    found = people.people_by_id(actor, ids)
    return [found[person] for person in ids if person in found][:RECENT]


def assigned_people(actor: Actor) -> list[Any]:
    """The list of the shift, for those who see nobody else."""
    if policy.relations(actor, "person.see") != [Relation.ASSIGNED]:
        return []
    return people.people(actor).rows


def get_about(actor: Actor, person: UUID | None) -> Any:
    """The person a new task is about; absent and not theirs are the same answer."""
    if person is None:
        return None
    found = people.people_by_id(actor, [person])
    if person not in found:
        raise policy.Refused("person.see")
    return found[person]
