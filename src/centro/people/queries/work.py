"""Workplaces, their owners, and the people there."""

from uuid import UUID

from centro.core import policy
from centro.core.policy import Actor
from centro.core.vault.fields import open_columns
from centro.people import names, search
from centro.people.models import (
    Employer,
    Employment,
    Person,
    Workplace,
)
from centro.people.queries.persons import PAGE, TYPED_AHEAD, Page, let_see_jobs, page_of, with_list_columns


def workplaces(actor: Actor, *, after: str = "") -> Page:
    """Workplaces, the ones changed last first."""
    rows = Workplace.objects.visible_to(actor, "see").select_related("employer")
    page = page_of(actor, rows.order_by("-changed_at", "id"), after)
    for workplace in page.rows:
        if workplace.employer is not None:
            policy.opens_all(workplace.employer)
    return page


def get_workplace(actor: Actor, workplace: UUID, verb: str = "see") -> Workplace:
    row: Workplace = Workplace.objects.select_related("employer").get_for(actor, verb, pk=workplace)
    if row.employer is not None:
        policy.opens_all(row.employer)
    return row


def find_workplaces(actor: Actor, words: str, *, limit: int = TYPED_AHEAD) -> list[Workplace]:
    """Workplaces whose sign, checks or aliases hold every word."""
    wanted = names.fold(words).split()
    if not wanted:
        return []
    ids = [pk for pk, line in search.workplace_lines().items() if all(word in line for word in wanted)]
    rows = Workplace.objects.visible_to(actor, "find").filter(pk__in=ids[:200]).order_by("-changed_at")
    return list(rows[:limit])


def people_at(actor: Actor, workplace: Workplace) -> list[Person]:
    """People this actor may see who work or worked there, fifty at most."""
    there = Employment.objects.filter(workplace=workplace).values("person")
    rows = with_list_columns(Person.objects.visible_to(actor, "see").filter(pk__in=there).order_by("-changed_at"))
    found = list(rows[:PAGE])
    let_see_jobs(actor, found)
    return found


def employer_by_name(name: str) -> Employer | None:
    """The employer of this very name, accents and case apart. Unscoped: used where an owner is typed."""
    wanted = names.fold(name)
    rows = open_columns(Employer.objects.all(), ("name",), for_index=True)
    found = next((pk for pk, known in rows if names.fold(known) == wanted), None)
    return Employer.objects.filter(pk=found).first() if found else None


def same_owner(actor: Actor, workplace: Workplace) -> list[Workplace]:
    """The other shops of one owner."""
    if workplace.employer_id is None:
        return []
    rows = Workplace.objects.visible_to(actor, "see").filter(employer=workplace.employer_id)
    return list(rows.exclude(pk=workplace.pk)[:PAGE])
