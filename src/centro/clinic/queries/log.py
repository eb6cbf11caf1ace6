"""The service log, the places on a team, the attorney file."""

from dataclasses import dataclass
from uuid import UUID

from centro.clinic.models import AttorneyFile, AttorneyNote, Case, LogLine
from centro.clinic.queries.matters import without_hidden
from centro.core.models import Place
from centro.core.policy import Actor, Refused
from centro.people import queries as people

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A row of the log and the name of whoever wrote it."""

    row: LogLine
    who: str
    matter: str

    @property
    def is_waiting(self) -> bool:
        return self.row.is_answer_owed and self.row.answered_at is None


def lines(actor: Actor, case: Case, *, limit: int = SHOWN) -> list[Line]:
    """The service log of a case, the newest first; what waits for our answer stands before all.

    Lines about matters that this actor may not open are left out.
    """
    rows = list(without_hidden(actor, case.log.select_related("matter"))[:limit])
    names = people.names_of_staff(actor, [row.by_id for row in rows])
    for row in rows:
        row.case = case
    found = [
        Line(row, names.get(row.by_id, "") if row.by_id else "", row.matter.get_route_display() if row.matter else "")
        for row in rows
    ]
    return sorted(found, key=lambda line: not line.is_waiting)


def get_line(actor: Actor, case: Case, line: UUID) -> LogLine:
    """A line of the log, unless it is about a matter that this actor may not open."""
    row = without_hidden(actor, case.log.filter(pk=line)).first()
    if row is None:
        raise Refused("case.log")
    row.case = case
    return row


def get_place(case: Case, place: UUID) -> Place:
    """A place on the team of this case."""
    row: Place | None = Place.objects.filter(pk=place, scope=case.pk, scope_kind="case").first()
    if row is None:
        raise Refused("place")
    return row


def attorney_notes(actor: Actor, case: Case) -> list[tuple[AttorneyNote, str]]:
    """The attorney file of a case with the names of whoever wrote; `Refused` for all but attorneys on its team.

    Where nothing was written yet there is no file, and no key.
    """
    if not AttorneyFile.objects.filter(case=case).exists():
        return []
    file: AttorneyFile = AttorneyFile.objects.get_for(actor, "see", case=case)
    rows = list(file.notes.all())
    names = people.names_of_staff(actor, [row.by_id for row in rows])
    for row in rows:
        row.file = file
    return [(row, names.get(row.by_id, "") if row.by_id else "") for row in rows]
