"""Cases: opening one, and what stands at the head of each of its pages."""

from collections.abc import Iterable
from uuid import UUID

from centro.clinic.models import Case, Matter
from centro.core import clock, policy
from centro.core.classes import Relation
from centro.core.models import Place
from centro.core.policy import Actor
from centro.people.models import Person


def get_case(actor: Actor, case: UUID, verb: str = "see") -> Case:
    """A case with its person, workplace and owner, as this actor may see them."""
    rows = Case.objects.select_related("person", "workplace", "owner")
    row: Case = rows.get_for(actor, verb, pk=case)
    let_see_heads(actor, [row])
    return row


def let_see_heads(actor: Actor, cases: Iterable[Case]) -> None:
    """Who may open a case may read whose it is and where they worked."""
    for case in cases:
        policy.opens_all(case.person, Relation(policy.relation_to(case)))
        if case.workplace is not None:
            policy.opens_all(case.workplace)
        if case.owner is not None:
            policy.opens_all(case.owner)


def matters_of(case: Case) -> list[Matter]:
    """The matters of a case that a query fetched for the actor, with their next actions."""
    rows = list(case.matters.select_related("owner", "attorney", "next_task"))
    for row in rows:
        row.case = case
        _let_see_staff(row)
    return rows


def _let_see_staff(matter: Matter) -> None:
    for user in (matter.owner, matter.attorney):
        if user is not None:
            policy.opens_all(user)
    if matter.next_task is not None:
        policy.opens_all(matter.next_task, Relation.OWN)


def cases_of(actor: Actor, person: Person) -> list[Case]:
    """The cases of a person that this actor may open, the newest first."""
    rows = Case.objects.visible_to(actor, "see").filter(person=person).select_related("person", "workplace", "owner")
    found = list(rows.order_by("-opened_at"))
    let_see_heads(actor, found)
    return found


def team_of(case: Case) -> list[Place]:
    """Who is on the team of a case now."""
    now = clock.now()
    rows = Place.objects.filter(scope=case.pk, scope_kind="case", from_at__lte=now).select_related("user")
    places = [row for row in rows if row.to_at is None or row.to_at > now]
    for place in places:
        policy.opens_all(place.user)
    return places


def heads(actor: Actor, cases: Iterable[UUID], matters: Iterable[UUID]) -> dict[UUID, str]:
    """“26-00053 · Chung-ho” by the id of a case or a matter, for those that this actor may open."""
    of_matters = dict(Matter.objects.filter(pk__in=set(matters)).values_list("pk", "case_id"))
    wanted = {*cases, *of_matters.values()}
    if not wanted:
        return {}
    rows = Case.objects.visible_to(actor, "see").filter(pk__in=wanted).select_related("person", "workplace", "owner")
    found = {row.pk: row for row in rows}
    let_see_heads(actor, found.values())
    said = {pk: f"{row.number} · {row.person.short_name}" for pk, row in found.items()}
    return said | {matter: said[case] for matter, case in of_matters.items() if case in said}
